namespace Sekisho.Formats.Claims;

/// <summary>チェック区分 — the six classes of the published list; nothing else.</summary>
public enum Severity
{
    /// <summary>受付不能・ファイル: the whole file is rejected.</summary>
    L1,

    /// <summary>受付不能・レセプト: that claim is rejected.</summary>
    L2,

    /// <summary>返戻対象: would be returned if submitted.</summary>
    L3,

    /// <summary>要確認: may be submitted as it is.</summary>
    L4,

    /// <summary>連絡: processed as normal.</summary>
    L48,

    /// <summary>算定ルール (支払基金).</summary>
    L7,
}

/// <summary>One entry of the published or our own list of checks; permanent.</summary>
/// <param name="Number">E.g. L2951 (published) or S2103 (ours).</param>
/// <param name="Severity">How grave.</param>
/// <param name="Title">Japanese: what is wrong.</param>
/// <param name="Clause">What it rests on.</param>
/// <param name="Remedy">Japanese: how to fix it.</param>
public sealed record Rule(string Number, Severity Severity, string Title, string Clause, string Remedy);

/// <summary>Where in the file.</summary>
/// <param name="Line">1-based line.</param>
/// <param name="Claim">レセプト番号の順 (1-based ordinal of the RE in the file); 0 = the file itself.</param>
/// <param name="Record">レコード識別情報; empty when the line has none.</param>
/// <param name="Item">項番 (1-based column); 0 = the record itself.</param>
/// <param name="Name">項目名; empty for the record itself.</param>
public readonly record struct Place(int Line, int Claim, string Record, int Item, string Name);

/// <summary>指摘 — a statement about submitted data; never thrown.</summary>
/// <param name="Rule">Which rule.</param>
/// <param name="Place">Where.</param>
/// <param name="Value">The offending value, masked where it is personal; empty when there is none.</param>
/// <param name="Message">Japanese sentence for this place.</param>
public sealed record Finding(Rule Rule, Place Place, string Value, string Message);
