using System.Collections.Immutable;
using System.Globalization;

namespace Sekisho.Formats.Eligibility.Checkups;

/// <summary>One person's 決済情報 → c….xml; the index and the summary of a package.</summary>
internal static class ClaimWriter
{
    private static readonly (string, string) Yen = ("currency", "JPY");

    public static byte[] Write(CheckupClaim claim) =>
        XmlOut.Write(CheckupOids.Mhlw, "checkupClaim", "../XSD/cc08_V08.xsd", xml =>
        {
            xml.Around("encounter", () => xml.Empty("serviceEventType", ("code", claim.Service)));
            xml.Around("subjectPerson", () => Person(xml, claim));
            xml.Around("checkupCard", () => Card(xml, claim));
            xml.Around("settlement", () => Settlement(xml, claim));
        });

    public static byte[] Write(CheckupIndex index) =>
        XmlOut.Write(CheckupOids.Mhlw, "index", "./XSD/ix08_V08.xsd", xml =>
        {
            xml.Empty("interactionType", ("code", index.Interaction));
            xml.Empty("creationTime", ("value", index.Created is { } day ? XmlOut.Day(day) : ""));
            xml.Around("sender", () => xml.Empty("id", ("root", index.SenderRoot), ("extension", index.Sender)));
            if (index.Receiver.Length > 0)
            {
                xml.Around("receiver", () => xml.Empty("id", ("root", index.ReceiverRoot), ("extension", index.Receiver)));
            }

            xml.Empty("serviceEventType", ("code", index.Service));
            xml.Empty("totalRecordCount", ("value", XmlOut.Number(index.Records)));
        });

    public static byte[] Write(CheckupSummary summary) =>
        XmlOut.Write(CheckupOids.Mhlw, "summary", "./XSD/su08_V08.xsd", xml =>
        {
            xml.Empty("serviceEventType", ("code", summary.Service));
            xml.Empty("totalSubjectCount", ("value", XmlOut.Number(summary.Subjects)));
            Amount(xml, "totalCostAmount", summary.Cost);
            Amount(xml, "totalPaymentAmount", summary.Payment);
            Amount(xml, "totalPaymentByOtherProgram", summary.OtherProgram);
            Amount(xml, "totalClaimAmount", summary.Claim);
        });

    private static void Amount(XmlOut xml, string name, int? yen)
    {
        if (yen is { } known)
        {
            xml.Empty(name, ("value", XmlOut.Number(known)), Yen);
        }
    }

    private static void Person(XmlOut xml, CheckupClaim claim)
    {
        var person = claim.Person;
        xml.Around("performerOrganization", () => xml.Empty("id", ("root", CheckupOids.Institution), ("extension", claim.Institution)));
        xml.Around("insuranceCard", () =>
        {
            Id(xml, "insurerNumber", CheckupOids.Insurer, person.InsurerNumber);
            Id(xml, "symbol", CheckupOids.Symbol, person.Symbol);
            Id(xml, "number", CheckupOids.Number, person.Number);
            Id(xml, "branchCode", CheckupOids.Branch, person.Branch);
        });
        xml.Text("name", person.Name);
        xml.Around("addr", () =>
        {
            xml.Text("postalCode", person.PostalCode);
            xml.Bare(person.Address);
        });
        xml.Empty("birthTime", ("value", person.BirthDate is { } birth ? XmlOut.Day(birth) : ""));
        xml.Empty("administrativeGender", ("code", person.Gender));
    }

    private static void Id(XmlOut xml, string name, string root, string extension)
    {
        if (extension.Length > 0)
        {
            xml.Empty(name, ("root", root), ("extension", extension));
        }
    }

    private static void Card(XmlOut xml, CheckupClaim claim)
    {
        Id(xml, "id", CheckupOids.Ticket, claim.TicketNumber);
        if (claim.TicketUntil is { } until)
        {
            xml.Around("effectiveTime", () => xml.Empty("high", ("value", XmlOut.Day(until))));
        }

        Charge(xml, "chargeTypeBasic", claim.Basic);
        Charge(xml, "chargeTypeDetail", claim.Detail);
        Charge(xml, "chargeTypeOther", claim.Other);
    }

    // 2 定額 has an amount, 3 定率 a rate, 4 the amount the insurer bears at most.
    private static void Charge(XmlOut xml, string name, CheckupCharge charge)
    {
        if (charge.Code.Length == 0)
        {
            return;
        }

        xml.Around(
            name,
            () =>
            {
                if (charge.Value.Length > 0)
                {
                    xml.Empty(charge.Code == "3" ? "rate" : "amount", ("value", charge.Value), charge.Code == "3" ? ("unit", "%") : Yen);
                }
            },
            ("code", charge.Code));
    }

    private static void Settlement(XmlOut xml, CheckupClaim claim)
    {
        xml.Empty("claimType", ("code", claim.ClaimType));
        xml.Empty("commissionType", ("code", claim.Commission));
        if (claim.BasicPrice is { } basic)
        {
            xml.Around("unitPriceBasic", () => Amount(xml, "amount", basic));
        }

        Prices(xml, "unitPriceDetail", claim.DetailPrices, "");
        Prices(xml, "unitPriceOther", claim.OtherPrices, CheckupOids.Item);
        Payment(xml, "paymentForBasic", claim.Payments.Basic);
        Payment(xml, "paymentForDetail", claim.Payments.Detail);
        Payment(xml, "paymentForOther", claim.Payments.Other);
        Amount(xml, "unitAmount", claim.UnitAmount);
        Amount(xml, "paymentAmount", claim.PaymentAmount);
        Amount(xml, "paymentByOtherProgram", claim.OtherProgram);
        Amount(xml, "claimAmount", claim.ClaimAmount);
    }

    private static void Prices(XmlOut xml, string name, ImmutableArray<CheckupPrice> prices, string codeSystem)
    {
        foreach (var price in prices)
        {
            xml.Around(name, () =>
            {
                Amount(xml, "amount", price.Yen);
                if (price.Code.Length > 0)
                {
                    xml.Empty("observation", ("code", price.Code), ("codeSystem", codeSystem));
                }
            });
        }
    }

    private static void Payment(XmlOut xml, string name, int? yen)
    {
        if (yen is { } known)
        {
            xml.Around(name, () => xml.Empty("amount", ("value", known.ToString("D6", CultureInfo.InvariantCulture)), Yen));
        }
    }
}
