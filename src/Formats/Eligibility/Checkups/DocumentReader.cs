using System.Collections.Immutable;

namespace Sekisho.Formats.Eligibility.Checkups;

/// <summary>h….xml (CDA) → one person's result. Structural faults are findings; what can be read is read.</summary>
internal static class DocumentReader
{
    public static CheckupDocument? Read(ReadOnlyMemory<byte> bytes, CheckupNotes notes)
    {
        if (FileReading.Root(bytes, CheckupOids.Cda, "ClinicalDocument", notes) is not { } root)
        {
            return null;
        }

        if (root.Path("typeId") is not { } type || type["root"] != CheckupOids.Hl7Model || type["extension"] != CheckupOids.Hl7Document)
        {
            notes.Add(CheckupRules.DocumentType, root.Line);
        }

        var role = root.Need(notes, "recordTarget", "patientRole");
        var service = root.Need(notes, "documentationOf", "serviceEvent");
        var body = root.Need(notes, "component", "structuredBody");
        return role is null || service is null || body is null ? null : new CheckupDocument
        {
            ReportKind = root.Path("code")?["code"] ?? "",
            Written = FileReading.Time(root.Path("effectiveTime")),
            Person = Person(role),
            Author = Institution(root.Path("author", "assignedAuthor", "representedOrganization")),
            Performer = Institution(service.Path("performer", "assignedEntity", "representedOrganization")),
            Ticket = Ticket(root),
            Program = service.Path("code")?["code"] ?? "",
            Day = FileReading.Time(service.Path("effectiveTime")),
            Results = Results(body, notes),
        };
    }

    private static CheckupPerson Person(XmlPart role)
    {
        var patient = role.Path("patient");
        var address = role.Path("addr");
        return new CheckupPerson(
            Id(role, CheckupOids.Insurer),
            Id(role, CheckupOids.Symbol),
            Id(role, CheckupOids.Number),
            Id(role, CheckupOids.Branch),
            patient?.Path("name")?.Text ?? "",
            patient?.Path("administrativeGenderCode")?["code"] ?? "",
            FileReading.Time(patient?.Path("birthTime")),
            address?.Path("postalCode")?.Text ?? "",
            address?.Text ?? "");
    }

    private static string Id(XmlPart part, string root) => part.All("id").FirstOrDefault(i => i["root"] == root)?["extension"] ?? "";

    private static CheckupInstitution Institution(XmlPart? part) => part is null
        ? new CheckupInstitution("", "", "", "", "")
        : new CheckupInstitution(
            Id(part, CheckupOids.Institution),
            part.Path("name")?.Text ?? "",
            part.Path("telecom")?["value"] ?? "",
            part.Path("addr", "postalCode")?.Text ?? "",
            part.Path("addr")?.Text ?? "");

    private static CheckupTicket? Ticket(XmlPart root)
    {
        var holder = root.All("participant").FirstOrDefault(p => p["typeCode"] == "HLD");
        var entity = holder?.Path("associatedEntity");
        var id = entity?.All("id").FirstOrDefault(i => i["root"].StartsWith(CheckupOids.Ticket, StringComparison.Ordinal));
        return id is null ? null : new CheckupTicket(
            holder!.Path("functionCode")?["code"] ?? "",
            id["extension"],
            FileReading.Time(holder.Path("time", "high")),
            entity!.Path("scopingOrganization", "id")?["extension"] ?? "");
    }

    private static ImmutableArray<CheckupResult> Results(XmlPart body, CheckupNotes notes)
    {
        var results = ImmutableArray.CreateBuilder<CheckupResult>();
        var series = 0;
        foreach (var section in body.All("component").Select(c => c.Path("section")).OfType<XmlPart>())
        {
            var code = section.Path("code")?["code"] ?? "";
            foreach (var observation in section.All("entry").Select(e => e.Path("observation")).OfType<XmlPart>())
            {
                if (observation.Child("entryRelationship") is null)
                {
                    results.Add(Result(observation, code, notes));
                }
                else
                {
                    Series(results, observation, code, ++series, notes);
                }
            }
        }

        return results.ToImmutable();
    }

    // 一連検査: the outer observation has no code of its own; if it has one, it is a result too. The depth of the XML bounds the recursion.
    private static void Series(ImmutableArray<CheckupResult>.Builder results, XmlPart outer, string section, int number, CheckupNotes notes)
    {
        if (outer.Path("code")?["code"].Length > 0)
        {
            results.Add(Result(outer, section, notes) with { Series = number });
        }

        foreach (var relation in outer.All("entryRelationship"))
        {
            if (relation.Path("observation") is not { } inner)
            {
                continue;
            }

            if (inner.Child("entryRelationship") is not null)
            {
                Series(results, inner, section, number, notes);
            }
            else
            {
                results.Add(Result(inner, section, notes) with { Series = number, Relation = relation["typeCode"] });
            }
        }
    }

    private static CheckupResult Result(XmlPart observation, string section, CheckupNotes notes)
    {
        var code = observation.Path("code");
        var value = observation.Path("value");
        var range = observation.Path("referenceRange", "observationRange", "value");
        var type = Type(value, observation, code, notes);
        return new CheckupResult(code?["code"] ?? "", code?["displayName"] ?? "", type, Text(value, type))
        {
            Unit = type == CheckupType.PQ ? value!["unit"] : "",
            CodeSystem = type is CheckupType.CD or CheckupType.CO ? value!["codeSystem"] : "",
            State = State(observation, value),
            Interpretation = observation.Path("interpretationCode")?["code"] ?? "",
            Method = observation.Path("methodCode")?["code"] ?? "",
            Low = range?.Path("low")?["value"] ?? "",
            High = range?.Path("high")?["value"] ?? "",
            Section = section,
            Doctor = observation.Path("author", "assignedAuthor", "assignedPerson", "name")?.Text ?? "",
            Line = observation.Line,
        };
    }

    private static CheckupState State(XmlPart observation, XmlPart? value) =>
        observation["negationInd"] is "true" or "1" ? CheckupState.NotDone
        : value?["nullFlavor"].Length > 0 ? CheckupState.Impossible
        : CheckupState.Measured;

    private static CheckupType Type(XmlPart? value, XmlPart observation, XmlPart? code, CheckupNotes notes)
    {
        if (value is null)
        {
            return CheckupType.None;
        }

        var name = value["xsi:type"];
        switch (name[(name.IndexOf(':', StringComparison.Ordinal) + 1)..])
        {
            case "PQ":
                return CheckupType.PQ;
            case "CD" or "CE" or "CV":
                return CheckupType.CD;
            case "CO":
                return CheckupType.CO;
            case "ST":
                return CheckupType.ST;
            default:
                notes.Add(CheckupRules.ValueType, observation.Line, ItemChecks.Place(new CheckupResult(code?["code"] ?? "", code?["displayName"] ?? "", CheckupType.None, "")));
                return CheckupType.None;
        }
    }

    private static string Text(XmlPart? value, CheckupType type) => type switch
    {
        CheckupType.PQ => value!["value"],
        CheckupType.CD or CheckupType.CO => value!["code"],
        CheckupType.ST => value!.Text,
        _ when value is null => "",
        _ => value["value"] + value["code"] + value.Text,
    };
}
