using System.Collections.Frozen;
using System.Globalization;

namespace Sekisho.Formats.Claims.Masters;

/// <summary>Where the official layout of a master keeps what is needed; columns are 1-based 項番.</summary>
/// <param name="Kind">Which master.</param>
/// <param name="Name">Japanese name.</param>
/// <param name="Letter">マスター種別 (column 2).</param>
/// <param name="CodeColumn">Code.</param>
/// <param name="CodeLength">Digits of the code.</param>
/// <param name="NameColumn">Name as printed on a claim.</param>
/// <param name="FromColumn">First day in force.</param>
/// <param name="ChangedColumn">変更年月日.</param>
/// <param name="UntilColumn">廃止年月日.</param>
/// <param name="Whole">A published full edition has at least this many rows (half of what they had in 2023): a smaller file is a part.</param>
/// <param name="Build">Makes a row of a line.</param>
internal sealed record MasterLayout(
    MasterKind Kind,
    string Name,
    string Letter,
    int CodeColumn,
    int CodeLength,
    int NameColumn,
    int FromColumn,
    int ChangedColumn,
    int UntilColumn,
    int Whole,
    Func<CsvLine, int, string, MasterRow> Build)
{
    /// <summary>変更区分: 0 変更なし, 1 抹消, 2 復活, 3 新規, 5 変更, 9 廃止.</summary>
    public const int ChangeColumn = 1;

    /// <summary>マスター種別.</summary>
    public const int LetterColumn = 2;

    /// <summary>
    /// By MasterKind. For diseases and modifiers 変更年月日 only says when an attribute changed, so they are in force from 収載年月日;
    /// the others carry a new 変更年月日 whenever name or price changes, and are in force from it.
    /// </summary>
    public static MasterLayout[] All { get; } =
    [
        new(MasterKind.Disease, "傷病名マスター", "B", 3, 7, 6, 22, 23, 24, 13_000, Disease),
        new(MasterKind.Modifier, "修飾語マスター", "Z", 3, 4, 7, 14, 15, 16, 1_100, static (_, code, name) => new ModifierRow(code, name)),
        new(MasterKind.Procedure, "医科診療行為マスター", "S", 3, 9, 5, 87, 87, 88, 5_000, Procedure),
        new(MasterKind.Drug, "医薬品マスター", "Y", 3, 9, 5, 30, 30, 31, 9_000, Drug),
        new(MasterKind.Material, "特定器材マスター", "T", 3, 9, 5, 28, 28, 30, 600, Material),
        new(MasterKind.Comment, "コメントマスター", "C", 23, 9, 7, 21, 21, 22, 1_000, Comment),
    ];

    /// <summary>By マスター種別.</summary>
    public static FrozenDictionary<string, MasterLayout> ByLetter { get; } = All.ToFrozenDictionary(l => l.Letter);

    /// <summary>Fewer columns than this cannot be the official layout; later editions only add columns at the end.</summary>
    public int MinColumns => Math.Max(CodeColumn, UntilColumn);

    /// <summary>Digits of a code of <paramref name="kind"/>.</summary>
    public static int Length(MasterKind kind) => All[(int)kind].CodeLength;

    private static DiseaseRow Disease(CsvLine line, int code, string name) => new(code, name)
    {
        移行先 = Number(line[4]) is var next && next != code ? next : 0,
        単独使用禁止 = line[19] is "01",
        保険請求外 = line[20] is "1",
    };

    private static ProcedureRow Procedure(CsvLine line, int code, string name) => new ProcedureRow(code, name)
    {
        データ規格 = (short)Math.Min(Number(line[8]), short.MaxValue),
        点数識別 = Digit(line[11]),
        点数 = Hundredths(line[12]),
        入外適用 = Digit(line[13]),
        後期適用 = Digit(line[14]),
        病院診療所 = Digit(line[19]),
        麻酔識別 = Digit(line[23]),
        実日数 = Digit(line[27]),
        日数回数 = Digit(line[28]),
        上限回数 = (short)Math.Min(Number(line[36]), short.MaxValue),
        下限年齢 = AgeLimit.Parse(line[41]),
        上限年齢 = AgeLimit.Parse(line[42]),
        外来管理加算 = Digit(line[56]),
        告示等識別 = Digit(line[68]),
        区分番号 = (Number(line[90], 1) * 100_000) + (Number(line[91], 2) * 1_000) + Number(line[92], 3),
        長時間麻酔 = Digit(line[116]),
    }.Marked();

    private static DrugRow Drug(CsvLine line, int code, string name) => new DrugRow(code, name)
    {
        経過措置 = Number(line[34]),
        単位 = string.Intern(line.Text(10)),
        薬価基準コード = line.Text(32),
        一般名 = line.Text(38),
    }.Marked();

    private static MaterialRow Material(CsvLine line, int code, string name) => new MaterialRow(code, name)
    {
        経過措置 = Number(line[29]),
        下限年齢 = AgeLimit.Parse(line[15]),
        上限年齢 = AgeLimit.Parse(line[16]),
    }.Marked();

    private static CommentRow Comment(CsvLine line, int code, string name) => new(code, name)
    {
        パターン = (byte)(code / 1_000_000 % 100),
        桁数 = (byte)Math.Min(Number(line[11]) + Number(line[13]) + Number(line[15]) + Number(line[17]), byte.MaxValue),
    };

    private static byte Digit(ReadOnlySpan<char> text) => text is [>= '0' and <= '9'] ? (byte)(text[0] - '0') : (byte)0;

    // Columns of so many digits at most; anything else counts as not given.
    private static int Number(ReadOnlySpan<char> text, int most = 8) =>
        text.Length <= most && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static int Hundredths(ReadOnlySpan<char> text) =>
        text.Length <= 10 && decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number <= int.MaxValue / 100
            ? (int)(number * 100)
            : 0;
}
