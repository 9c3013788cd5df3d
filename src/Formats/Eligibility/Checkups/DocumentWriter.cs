namespace Sekisho.Formats.Eligibility.Checkups;

/// <summary>One person's result → h….xml (CDA V08).</summary>
internal static class DocumentWriter
{
    private static readonly (string, string) NoInformation = ("nullFlavor", "NI");
    private static readonly (string, string)[] Observation = [("classCode", "OBS"), ("moodCode", "EVN")];

    public static byte[] Write(CheckupDocument document, CheckupItemTable table) =>
        XmlOut.Write(CheckupOids.Cda, "ClinicalDocument", "../XSD/hc08_V08.xsd", xml =>
        {
            xml.Empty("typeId", ("root", CheckupOids.Hl7Model), ("extension", CheckupOids.Hl7Document));
            xml.Empty("id", NoInformation);
            xml.Empty("code", ("code", document.ReportKind), ("codeSystem", CheckupOids.ReportKind));
            xml.Empty("effectiveTime", Time(document.Written));
            xml.Empty("confidentialityCode", ("code", "N"));
            xml.Around("recordTarget", () => xml.Around("patientRole", () => Person(xml, document.Person)));
            Author(xml, document);
            xml.Around("custodian", () => xml.Around("assignedCustodian", () => xml.Around("representedCustodianOrganization", () => xml.Empty("id", NoInformation))));
            if (document.Ticket is { } ticket)
            {
                Ticket(xml, ticket);
            }

            xml.Around("documentationOf", () => xml.Around("serviceEvent", () => Service(xml, document)));
            xml.Around("component", () => xml.Around("structuredBody", () => Sections(xml, document, table)));
        });

    private static (string, string) Time(DateOnly? day) => day is { } known ? ("value", XmlOut.Day(known)) : NoInformation;

    private static void Id(XmlOut xml, string extension, string root)
    {
        if (extension.Length > 0)
        {
            xml.Empty("id", ("extension", extension), ("root", root));
        }
    }

    private static void Person(XmlOut xml, CheckupPerson person)
    {
        Id(xml, person.InsurerNumber, CheckupOids.Insurer);
        Id(xml, person.Symbol, CheckupOids.Symbol);
        Id(xml, person.Number, CheckupOids.Number);
        Id(xml, person.Branch, CheckupOids.Branch);
        Address(xml, person.PostalCode, person.Address);
        xml.Around("patient", () =>
        {
            xml.Text("name", person.Name);
            xml.Empty("administrativeGenderCode", ("code", person.Gender), ("codeSystem", CheckupOids.Gender));
            xml.Empty("birthTime", Time(person.BirthDate));
        });
    }

    private static void Address(XmlOut xml, string postalCode, string address)
    {
        if (postalCode.Length + address.Length > 0)
        {
            xml.Around("addr", () =>
            {
                if (postalCode.Length > 0)
                {
                    xml.Text("postalCode", postalCode);
                }

                xml.Bare(address);
            });
        }
    }

    private static void Author(XmlOut xml, CheckupDocument document) =>
        xml.Around("author", () =>
        {
            xml.Empty("time", Time(document.Written));
            xml.Around("assignedAuthor", () =>
            {
                xml.Empty("id", NoInformation);
                Institution(xml, document.Author);
            });
        });

    private static void Institution(XmlOut xml, CheckupInstitution institution) =>
        xml.Around("representedOrganization", () =>
        {
            Id(xml, institution.Code, CheckupOids.Institution);
            if (institution.Name.Length > 0)
            {
                xml.Text("name", institution.Name);
            }

            if (institution.Telephone.Length > 0)
            {
                xml.Empty("telecom", ("value", institution.Telephone));
            }

            Address(xml, institution.PostalCode, institution.Address);
        });

    private static void Ticket(XmlOut xml, CheckupTicket ticket) =>
        xml.Around(
            "participant",
            () =>
            {
                xml.Empty("functionCode", ("code", ticket.Kind), ("codeSystem", CheckupOids.TicketKind));
                if (ticket.Until is { } until)
                {
                    xml.Around("time", () => xml.Empty("high", ("value", XmlOut.Day(until))));
                }

                xml.Around(
                    "associatedEntity",
                    () =>
                    {
                        // The insurer who issued the ticket is part of the number's root, behind a 1 that keeps leading zeros.
                        Id(xml, ticket.Number, $"{CheckupOids.Ticket}.1{ticket.InsurerNumber.PadLeft(8, '0')}");
                        xml.Around("scopingOrganization", () => Id(xml, ticket.InsurerNumber, CheckupOids.Insurer));
                    },
                    ("classCode", "IDENT"));
            },
            ("typeCode", "HLD"));

    private static void Service(XmlOut xml, CheckupDocument document)
    {
        xml.Empty("code", ("code", document.Program), ("codeSystem", CheckupOids.Program));
        xml.Empty("effectiveTime", Time(document.Day));
        xml.Around(
            "performer",
            () => xml.Around("assignedEntity", () =>
            {
                xml.Empty("id", NoInformation);
                Institution(xml, document.Performer);
            }),
            ("typeCode", "PRF"));
    }

    private static void Sections(XmlOut xml, CheckupDocument document, CheckupItemTable table)
    {
        foreach (var section in document.Results.GroupBy(r => r.Section))
        {
            xml.Around("component", () => xml.Around("section", () =>
            {
                xml.Empty("code", ("code", section.Key), ("codeSystem", CheckupOids.Section), ("displayName", Title(section.Key)));
                xml.Empty("text");
                var written = new HashSet<int>();
                var series = section.ToLookup(r => r.Series);
                foreach (var result in section)
                {
                    if (result.Series == 0)
                    {
                        xml.Around("entry", () => Result(xml, result, table));
                    }
                    else if (written.Add(result.Series))
                    {
                        xml.Around("entry", () => Series(xml, series[result.Series], table));
                    }
                }
            }));
        }
    }

    private static string Title(string section) => section switch
    {
        "01010" => "特定健診検査・問診セクション",
        "01990" => "追加項目セクション",
        _ => "",
    };

    private static void Series(XmlOut xml, IEnumerable<CheckupResult> results, CheckupItemTable table) =>
        xml.Around(
            "observation",
            () =>
            {
                xml.Empty("code", ("nullFlavor", "NA"));
                foreach (var result in results)
                {
                    xml.Around("entryRelationship", () => Result(xml, result, table), ("typeCode", result.Relation.Length > 0 ? result.Relation : "COMP"));
                }
            },
            Observation);

    private static void Result(XmlOut xml, CheckupResult result, CheckupItemTable table)
    {
        void Content()
        {
            var name = result.Name.Length > 0 ? result.Name : table.Find(result.Code)?.Name ?? "";
            xml.Empty("code", ("code", result.Code), ("displayName", name));
            Value(xml, result);
            Code(xml, "interpretationCode", result.Interpretation);
            Code(xml, "methodCode", result.Method);
            Doctor(xml, result.Doctor);
            Range(xml, result);
        }

        var attributes = result.State == CheckupState.NotDone ? [.. Observation, ("negationInd", "true")] : Observation;
        xml.Around("observation", Content, attributes);
    }

    private static void Code(XmlOut xml, string name, string code)
    {
        if (code.Length > 0)
        {
            xml.Empty(name, ("code", code));
        }
    }

    private static void Value(XmlOut xml, CheckupResult result)
    {
        var type = ("xsi:type", result.Type == CheckupType.None ? "ST" : result.Type.ToString());
        if (result.State == CheckupState.Impossible)
        {
            xml.Empty("value", type, NoInformation);
        }
        else if (result.State == CheckupState.Measured)
        {
            switch (result.Type)
            {
                case CheckupType.PQ:
                    xml.Empty("value", type, ("value", result.Value), ("unit", result.Unit));
                    break;
                case CheckupType.CD or CheckupType.CO:
                    xml.Empty("value", type, ("code", result.Value), ("codeSystem", result.CodeSystem));
                    break;
                default:
                    xml.Around("value", () => xml.Bare(result.Value), type);
                    break;
            }
        }
    }

    private static void Doctor(XmlOut xml, string doctor)
    {
        if (doctor.Length > 0)
        {
            xml.Around("author", () =>
            {
                xml.Empty("time", NoInformation);
                xml.Around("assignedAuthor", () =>
                {
                    xml.Empty("id", NoInformation);
                    xml.Around("assignedPerson", () => xml.Text("name", doctor));
                });
            });
        }
    }

    private static void Range(XmlOut xml, CheckupResult result)
    {
        if (result.Low.Length + result.High.Length == 0)
        {
            return;
        }

        void Bounds()
        {
            Bound(xml, "low", result.Low, result.Unit);
            Bound(xml, "high", result.High, result.Unit);
        }

        xml.Around("referenceRange", () => xml.Around(
            "observationRange",
            () => xml.Around("value", Bounds, ("xsi:type", "IVL_PQ")),
            ("classCode", "OBS"),
            ("moodCode", "EVN.CRT")));
    }

    private static void Bound(XmlOut xml, string name, string value, string unit)
    {
        if (value.Length > 0)
        {
            xml.Empty(name, ("value", value), ("unit", unit));
        }
    }
}
