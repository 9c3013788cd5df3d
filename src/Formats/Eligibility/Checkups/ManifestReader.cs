namespace Sekisho.Formats.Eligibility.Checkups;

/// <summary>ix08_V08.xml and su08_V08.xml.</summary>
internal static class ManifestReader
{
    public static CheckupIndex? Index(ReadOnlyMemory<byte> bytes, CheckupNotes notes)
    {
        var root = FileReading.Root(bytes, CheckupOids.Mhlw, "index", notes);
        var sender = root?.Need(notes, "sender", "id");
        var records = FileReading.Amount(root?.Need(notes, "totalRecordCount"), notes, "総ファイル数");
        if (root is null || sender is null || records is null)
        {
            return null;
        }

        var receiver = root.Path("receiver", "id");
        return new CheckupIndex(
            root.Path("interactionType")?["code"] ?? "",
            FileReading.Time(root.Path("creationTime")),
            sender["root"],
            sender["extension"],
            receiver?["root"] ?? "",
            receiver?["extension"] ?? "",
            root.Path("serviceEventType")?["code"] ?? "",
            records.Value);
    }

    public static CheckupSummary? Summary(ReadOnlyMemory<byte> bytes, CheckupNotes notes)
    {
        var root = FileReading.Root(bytes, CheckupOids.Mhlw, "summary", notes);
        var subjects = FileReading.Amount(root?.Need(notes, "totalSubjectCount"), notes, "受診者の総数");
        var cost = FileReading.Amount(root?.Need(notes, "totalCostAmount"), notes, "単価総計");
        var payment = FileReading.Amount(root?.Need(notes, "totalPaymentAmount"), notes, "窓口負担の総計");
        var claim = FileReading.Amount(root?.Need(notes, "totalClaimAmount"), notes, "請求金額の総計");
        return subjects is null || cost is null || payment is null || claim is null ? null : new CheckupSummary(
            root!.Path("serviceEventType")?["code"] ?? "",
            subjects.Value,
            cost.Value,
            payment.Value,
            FileReading.Amount(root.Path("totalPaymentByOtherProgram"), notes, "他の健診による負担の総計"),
            claim.Value);
    }
}
