using System.Globalization;
using System.Text;

namespace Sekisho.Modules.Tests.Claims;

/// <summary>A claim of a made-up patient; by default one that the check has nothing to say about.</summary>
internal sealed record MadeClaim(string Name, string Chart, string Insurer = "06132013", string PublicPayer = "", string TreatmentMonth = "202110", string Recipient = "1234566")
{
    public int Points { get; init; } = 288;

    public string Born { get; init; } = "19800101";

    public string Symbol { get; init; } = "１２３";

    public string Number { get; init; } = "４５６";

    public string Kana { get; init; } = "カクウ";

    /// <summary>枝番 of a 資格確認レコード; none when empty.</summary>
    public string Branch { get; init; } = "";

    /// <summary>摘要 behind the first visit, and the points in it.</summary>
    public IReadOnlyList<MadeService> Services { get; init; } = [];
}

/// <summary>A record of 摘要: SI or IY, given so many times on one day.</summary>
internal sealed record MadeService(string Record, string Section, string Code, int Day, int Times = 1, string Quantity = "", int Points = 10);

/// <summary>Makes 医科 claim files of invented people.</summary>
internal static class ClaimFiles
{
    private static readonly Encoding _shiftJis = CodePagesEncodingProvider.Instance.GetEncoding(932)!;

    public static byte[] Make(string institution, string name, string payer, string month, params MadeClaim[] claims)
    {
        var lines = new List<string> { $"IR,{payer[..1]},{institution[..2]},{institution[2]},{institution[3..]},,{name},{month},00,03-0000-0000" };
        foreach (var (index, claim) in claims.Index())
        {
            lines.AddRange(Claim(index + 1, claim));
        }

        var payers = claims.Sum(c => c.PublicPayer.Length > 0 ? 2 : 1);
        lines.Add(string.Create(CultureInfo.InvariantCulture, $"GO,{payers},{claims.Sum(c => c.Points)},99"));
        return [.. _shiftJis.GetBytes(string.Join("\r\n", lines) + "\r\n"), 0x1A];
    }

    private static IEnumerable<string> Claim(int number, MadeClaim claim)
    {
        var withPublic = claim.PublicPayer.Length > 0;
        var burden = withPublic ? "2" : "1";
        yield return Record("RE", 38, (2, number), (3, withPublic ? "1122" : "1112"), (4, claim.TreatmentMonth), (5, claim.Name), (6, "1"), (7, claim.Born), (14, claim.Chart), (37, claim.Kana));
        yield return Record("HO", 15, (2, claim.Insurer.PadLeft(8)), (3, claim.Symbol), (4, claim.Number), (5, "1"), (6, claim.Points));
        if (withPublic)
        {
            yield return Record("KO", 12, (2, claim.PublicPayer), (3, claim.Recipient), (5, "1"), (6, claim.Points));
        }

        if (claim.Branch.Length > 0)
        {
            yield return Record("SN", 9, (2, "1"), (3, "01"), (7, claim.Branch));
        }

        yield return Record("SY", 8, (2, "8830592"), (3, "20211001"), (4, "1"), (7, "01"));
        yield return Record("SI", 44, (2, "11"), (3, burden), (4, "111000110"), (6, claim.Points - claim.Services.Sum(s => s.Points * s.Times)), (7, "1"), (14, "1"));
        foreach (var made in claim.Services)
        {
            yield return Record(
                made.Record, 44, (2, made.Section), (3, burden), (4, made.Code), (5, made.Quantity), (6, made.Points), (7, made.Times), (13 + made.Day, made.Times));
        }
    }

    private static string Record(string id, int items, params (int Item, object Value)[] values)
    {
        var cells = new string[items];
        Array.Fill(cells, "");
        cells[0] = id;
        foreach (var (item, value) in values)
        {
            cells[item - 1] = Convert.ToString(value, CultureInfo.InvariantCulture)!;
        }

        return string.Join(',', cells);
    }
}
