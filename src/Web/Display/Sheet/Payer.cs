using System.Globalization;

namespace Sekisho.Web.Display.Sheet;

/// <summary>One who pays: 医保 (position 0) or a 公費 (1–4), as HO and KO say.</summary>
internal sealed record Payer(int Position, SheetLine Line, string Branch)
{
    public string Name => Position == 0 ? "医療保険" : $"公費{"①②③④"[Math.Min(Position, 4) - 1]}";

    public string Number => (Line["保険者番号"] is { Length: > 0 } insurer ? insurer : Line["負担者番号"]).Trim();

    /// <summary>記号・番号 of the insurance, 受給者番号 of a 公費.</summary>
    public string Member => Position == 0
        ? string.Join("・", new[] { Line["被保険者証（手帳）等の記号"], Line["被保険者証（手帳）等の番号"] }.Where(t => t.Length > 0)) + (Branch.Length > 0 ? $"（枝番 {Branch}）" : "")
        : Line["受給者番号"];

    public string Days => Line["診療実日数"];

    public string Points => Amount(Line["合計点数"]);

    /// <summary>What the patient pays, in yen, where it is recorded.</summary>
    public string Burden => Amount(Line["負担金額 医療保険"] is { Length: > 0 } insured ? insured : Line["負担金額 公費"]);

    public static IReadOnlyList<Payer> Of(IReadOnlyList<SheetLine> lines)
    {
        var branch = lines.FirstOrDefault(l => l.Record.Id == "SN" && l["負担者種別"] == "1")?["枝番"] ?? "";
        var insurer = lines.Where(l => l.Record.Id == "HO").Take(1).Select(l => new Payer(0, l, branch));
        var publicPayers = lines.Where(l => l.Record.Id == "KO").Select((l, i) => new Payer(i + 1, l, ""));
        return [.. insurer, .. publicPayers];
    }

    private static string Amount(string recorded) =>
        long.TryParse(recorded, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? Show.Amount(value) : recorded;
}
