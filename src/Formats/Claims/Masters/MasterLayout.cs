using System.Collections.Frozen;

namespace Sekisho.Formats.Claims.Masters;

/// <summary>Where the official layout of a master keeps what is needed; columns are 1-based 項番.</summary>
/// <param name="Kind">Which master.</param>
/// <param name="Letter">マスター種別 (column 2).</param>
/// <param name="CodeColumn">Code.</param>
/// <param name="CodeLength">Digits of the code.</param>
/// <param name="NameColumn">Name as printed on a claim.</param>
/// <param name="FromColumn">First day in force.</param>
/// <param name="ChangedColumn">変更年月日.</param>
/// <param name="UntilColumn">廃止年月日.</param>
internal sealed record MasterLayout(
    MasterKind Kind,
    string Letter,
    int CodeColumn,
    int CodeLength,
    int NameColumn,
    int FromColumn,
    int ChangedColumn,
    int UntilColumn)
{
    /// <summary>変更区分: 1 抹消, 9 廃止.</summary>
    public const int ChangeColumn = 1;

    /// <summary>マスター種別.</summary>
    public const int LetterColumn = 2;

    /// <summary>
    /// By マスター種別. For diseases and modifiers 変更年月日 only says when an attribute changed, so they are in force from 収載年月日;
    /// the others carry a new 変更年月日 whenever name or price changes, and are in force from it.
    /// </summary>
    public static FrozenDictionary<string, MasterLayout> ByLetter { get; } = new MasterLayout[]
    {
        new(MasterKind.Disease, "B", 3, 7, 6, 22, 23, 24),
        new(MasterKind.Modifier, "Z", 3, 4, 7, 14, 15, 16),
        new(MasterKind.Procedure, "S", 3, 9, 5, 87, 87, 88),
        new(MasterKind.Drug, "Y", 3, 9, 5, 30, 30, 31),
        new(MasterKind.Material, "T", 3, 9, 5, 28, 28, 30),
        new(MasterKind.Comment, "C", 23, 9, 7, 21, 21, 22),
    }.ToFrozenDictionary(l => l.Letter);

    /// <summary>Digits of a code of <paramref name="kind"/>.</summary>
    public static int Length(MasterKind kind) => kind switch
    {
        MasterKind.Disease => 7,
        MasterKind.Modifier => 4,
        _ => 9,
    };

    /// <summary>Fewer columns than this cannot be the official layout; later editions only add columns at the end.</summary>
    public int MinColumns => Math.Max(CodeColumn, UntilColumn);
}
