using Sekisho.Formats.Identifiers;

namespace Sekisho.Formats.Claims;

/// <summary>What the header record says about the file. Values as recorded; empty when missing.</summary>
/// <param name="Payer">審査支払機関 (1, 2).</param>
/// <param name="Prefecture">都道府県 (2 digits).</param>
/// <param name="Table">点数表 (1 = 医科).</param>
/// <param name="Institution">医療機関コード (7 digits).</param>
/// <param name="InstitutionName">医療機関名称.</param>
/// <param name="BillingMonth">請求年月 as recorded (YYYYMM).</param>
/// <param name="Volume">マルチボリューム識別情報.</param>
public sealed record ClaimFileHeader(string Payer, string Prefecture, string Table, string Institution, string InstitutionName, string BillingMonth, string Volume);

/// <summary>Index row of one claim: where its slice lies and by what it is found. Holds no name and no 記号・番号.</summary>
/// <param name="Ordinal">1-based position of its RE in the file.</param>
/// <param name="Number">レセプト番号 as recorded.</param>
/// <param name="Line">Line of its RE.</param>
/// <param name="Lines">Number of lines.</param>
/// <param name="Offset">Byte offset of its RE in the file.</param>
/// <param name="Length">Bytes, through its last CRLF.</param>
/// <param name="Kind">レセプト種別 as recorded.</param>
/// <param name="TreatmentMonth">診療年月 as recorded.</param>
/// <param name="Insurer">保険者番号 without padding; empty when there is no HO.</param>
/// <param name="PublicPayers">公費負担者番号 in order.</param>
/// <param name="Payers">HO count + KO count (件数).</param>
/// <param name="Points">合計点数 of HO, else of the first KO.</param>
/// <param name="Worst">Gravest class found on this claim; null when nothing was found.</param>
public sealed record ClaimEntry(
    int Ordinal,
    string Number,
    int Line,
    int Lines,
    long Offset,
    int Length,
    string Kind,
    string TreatmentMonth,
    string Insurer,
    IReadOnlyList<string> PublicPayers,
    int Payers,
    long Points,
    Severity? Worst);

/// <summary>Receives what the check finds, in file order; a claim follows its findings.</summary>
public interface IClaimFileSink
{
    /// <summary>Once, when the header record has been read (also when it is faulty).</summary>
    void Header(ClaimFileHeader header);

    /// <summary>Each finding, capped at 1,000 per rule; the report holds the full counts.</summary>
    void Finding(Finding finding);

    /// <summary>Each claim, after its findings.</summary>
    void Claim(ClaimEntry claim);
}

/// <summary>What the check needs to know besides the file.</summary>
/// <param name="ReceptionMonth">受付年月: selects the edition together with each 診療年月.</param>
/// <param name="Masters">Loaded masters, or null: checks that need one then report "not run".</param>
public sealed record CheckContext(YearMonth ReceptionMonth, Masters.MasterSet? Masters = null)
{
    /// <summary>Leaves the office checks out: for measuring what each half costs.</summary>
    internal bool ShapeOnly { get; init; }
}

/// <summary>The sum of a run.</summary>
/// <param name="Kind">医科; empty when the file is not a claim file.</param>
/// <param name="Header">Null when there is no header record.</param>
/// <param name="Claims">Number of claims read.</param>
/// <param name="Payers">Σ(HO + KO) = what GO 総件数 must say.</param>
/// <param name="Points">Σ points = what GO 総合計点数 must say.</param>
/// <param name="Rejected">True when any L1 was found.</param>
/// <param name="Counts">Per rule number, how often it fired (uncapped).</param>
/// <param name="NotRun">Rule numbers that could not run, each with the reason in Japanese.</param>
/// <param name="Editions">The editions that were applied, e.g. 医科/2020-04.</param>
/// <param name="RuleListHash">SHA-256 (hex) of tables and rule list: the same input, edition, hash and masters give the same findings in ten years.</param>
/// <param name="Masters">The masters that were there to look codes up in: file, digest, edition, months.</param>
public sealed record CheckReport(
    string Kind,
    ClaimFileHeader? Header,
    int Claims,
    int Payers,
    long Points,
    bool Rejected,
    IReadOnlyDictionary<string, int> Counts,
    IReadOnlyDictionary<string, string> NotRun,
    IReadOnlyList<string> Editions,
    string RuleListHash,
    IReadOnlyList<Masters.MasterEdition> Masters);

/// <summary>受付・事務点検 of a claim file: streams, never throws on data, never stops at the first fault. The same code runs in a clinic and at reception.</summary>
public static class ClaimFileCheck
{
    /// <summary>Reads <paramref name="content"/> to its end. Only I/O errors of the stream itself are thrown.</summary>
    public static CheckReport Run(Stream content, CheckContext context, IClaimFileSink sink) =>
        new Checks.FileRun(content, context, sink).Run();
}
