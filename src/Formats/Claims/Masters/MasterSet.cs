using Sekisho.Formats.Identifiers;

namespace Sekisho.Formats.Claims.Masters;

/// <summary>The official masters by their マスター種別.</summary>
public enum MasterKind
{
    /// <summary>傷病名 (B)</summary>
    Disease,

    /// <summary>修飾語 (Z)</summary>
    Modifier,

    /// <summary>医科診療行為 (S)</summary>
    Procedure,

    /// <summary>医薬品 (Y)</summary>
    Drug,

    /// <summary>特定器材 (T)</summary>
    Material,

    /// <summary>コメント (C)</summary>
    Comment,
}

/// <summary>What loading one file gave.</summary>
/// <param name="File">File name.</param>
/// <param name="Kind">Which master; null when the file was not recognised.</param>
/// <param name="Rows">Rows taken.</param>
/// <param name="Skipped">Rows not taken, with the first reasons.</param>
/// <param name="Reasons">Japanese, at most 20: 行番号 and reason.</param>
public sealed record MasterLoad(string File, MasterKind? Kind, int Rows, int Skipped, IReadOnlyList<string> Reasons);

/// <summary>Official masters (基本マスター, CP932 CSV) in memory, effective-dated. Immutable and shared.</summary>
public sealed class MasterSet
{
    /// <summary>Loads every recognised file of a folder (also *.csv.txt as distributed); unrecognised files are reported, not thrown.</summary>
    public static (MasterSet Masters, IReadOnlyList<MasterLoad> Report) Load(string directory) => throw new NotImplementedException();

    /// <summary>True when an edition of <paramref name="kind"/> is loaded that covers <paramref name="month"/>.</summary>
    public bool Covers(MasterKind kind, YearMonth month) => throw new NotImplementedException();

    /// <summary>Name of <paramref name="code"/> in force in <paramref name="month"/>; false when unknown.</summary>
    public bool TryName(MasterKind kind, string code, YearMonth month, out string name) => throw new NotImplementedException();
}
