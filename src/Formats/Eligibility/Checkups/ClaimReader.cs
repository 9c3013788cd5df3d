using System.Collections.Immutable;

namespace Sekisho.Formats.Eligibility.Checkups;

/// <summary>c….xml → one person's 決済情報.</summary>
internal static class ClaimReader
{
    public static CheckupClaim? Read(ReadOnlyMemory<byte> bytes, CheckupNotes notes)
    {
        if (FileReading.Root(bytes, CheckupOids.Mhlw, "checkupClaim", notes) is not { } root)
        {
            return null;
        }

        var person = root.Need(notes, "subjectPerson");
        var settlement = root.Need(notes, "settlement");
        var card = root.Need(notes, "checkupCard");
        var unit = FileReading.Amount(settlement?.Need(notes, "unitAmount"), notes, "単価（合計）");
        var payment = FileReading.Amount(settlement?.Need(notes, "paymentAmount"), notes, "窓口負担金額（合計）");
        var claim = FileReading.Amount(settlement?.Need(notes, "claimAmount"), notes, "請求金額");
        if (person is null || settlement is null || card is null || unit is null || payment is null || claim is null)
        {
            return null;
        }

        return Head(root, person, card) with
        {
            ClaimType = settlement.Path("claimType")?["code"] ?? "",
            Commission = settlement.Path("commissionType")?["code"] ?? "",
            BasicPrice = FileReading.Amount(settlement.Path("unitPriceBasic", "amount"), notes, "単価（基本）"),
            DetailPrices = Prices(settlement, "unitPriceDetail", "単価（詳細）", notes),
            OtherPrices = Prices(settlement, "unitPriceOther", "単価（追加）", notes),
            Payments = (Payment(settlement, "paymentForBasic", notes), Payment(settlement, "paymentForDetail", notes), Payment(settlement, "paymentForOther", notes)),
            UnitAmount = unit.Value,
            PaymentAmount = payment.Value,
            OtherProgram = FileReading.Amount(settlement.Path("paymentByOtherProgram"), notes, "他の健診による負担金額"),
            ClaimAmount = claim.Value,
        };
    }

    private static CheckupClaim Head(XmlPart root, XmlPart person, XmlPart card) => new()
    {
        Service = root.Path("encounter", "serviceEventType")?["code"] ?? "",
        Institution = person.Path("performerOrganization", "id")?["extension"] ?? "",
        Person = Person(person),
        TicketNumber = card.Path("id")?["extension"] ?? "",
        TicketUntil = FileReading.Time(card.Path("effectiveTime")),
        Basic = Charge(card, "chargeTypeBasic"),
        Detail = Charge(card, "chargeTypeDetail"),
        Other = Charge(card, "chargeTypeOther"),
    };

    private static CheckupPerson Person(XmlPart person) => new(
        person.Path("insuranceCard", "insurerNumber")?["extension"] ?? "",
        person.Path("insuranceCard", "symbol")?["extension"] ?? "",
        person.Path("insuranceCard", "number")?["extension"] ?? "",
        person.Path("insuranceCard", "branchCode")?["extension"] ?? "",
        person.Path("name")?.Text ?? "",
        person.Path("administrativeGender")?["code"] ?? "",
        FileReading.Time(person.Path("birthTime")),
        person.Path("addr", "postalCode")?.Text ?? "",
        person.Path("addr")?.Text ?? "");

    private static CheckupCharge Charge(XmlPart card, string name)
    {
        var part = card.Path(name);
        return new CheckupCharge(part?["code"] ?? "", part?.Path("amount")?["value"] ?? part?.Path("rate")?["value"] ?? "");
    }

    private static int? Payment(XmlPart settlement, string name, CheckupNotes notes) =>
        FileReading.Amount(settlement.Path(name, "amount"), notes, "窓口負担金額");

    private static ImmutableArray<CheckupPrice> Prices(XmlPart settlement, string name, string place, CheckupNotes notes) =>
    [
        .. from price in settlement.All(name)
           let yen = FileReading.Amount(price.Path("amount"), notes, place)
           where yen is not null
           select new CheckupPrice(price.Path("observation")?["code"] ?? "", yen.Value),
    ];
}
