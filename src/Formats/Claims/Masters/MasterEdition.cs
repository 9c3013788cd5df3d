using Sekisho.Formats.Identifiers;

namespace Sekisho.Formats.Claims.Masters;

/// <summary>One file of one master as it was published.</summary>
/// <param name="Kind">Which master.</param>
/// <param name="File">File name.</param>
/// <param name="Sha256">Digest of the file, lower-case hex.</param>
/// <param name="Date">Date of the edition, YYYYMMDD: from the file name as the publisher writes it, else the newest 変更年月日; 0 = unknown.</param>
/// <param name="From">First 診療年月 in which most rows are in force.</param>
/// <param name="Until">Last 診療年月: two years on, and not beyond the next revision of the fee schedule.</param>
/// <param name="Full">All codes of the master stand in it; false for parts and changes.</param>
public sealed record MasterEdition(MasterKind Kind, string File, string Sha256, int Date, YearMonth From, YearMonth Until, bool Full)
{
    // A revision comes every second year; beyond it an edition says nothing certain.
    private const int Life = 24;

    /// <summary>Month of <see cref="Date"/>; null when it is unknown.</summary>
    public YearMonth? Month => YearMonth.TryCreate(Date / 10_000, Date / 100 % 100, out var month) ? month : null;

    /// <summary>True when attributes of its codes hold in <paramref name="month"/>.</summary>
    public bool Covers(YearMonth month) => From <= month && month <= Until;

    internal static (YearMonth From, YearMonth Until) Coverage(MasterKind kind, List<MasterRow> rows, int date)
    {
        var begins = rows.ConvertAll(r => r.From);
        begins.Sort();

        // Rows that begin later say nothing about an earlier month (Standing.Later), so it is enough that most are in force.
        var most = begins[(begins.Count - 1) / 2];
        var from = YearMonth.TryCreate(most / 10_000, most / 100 % 100, out var begin) ? begin : Shape.CodeRow.First;
        if (!YearMonth.TryCreate(date / 10_000, date / 100 % 100, out var month))
        {
            return (from, Shape.CodeRow.Last);
        }

        var until = month.Add(Life);
        var revision = NextRevision(from > month ? from : month).Add(-1);
        return (from, kind is MasterKind.Disease or MasterKind.Modifier || until < revision ? until : revision);
    }

    // April of even years until 2022, June from 2024; October 2019 with the consumption tax. Later years as planned now.
    private static YearMonth NextRevision(YearMonth after)
    {
        for (var year = after.Year; ; year++)
        {
            var month = year == 2019 ? 10 : year < 2024 ? 4 : 6;
            if ((year % 2 == 0 || year == 2019) && YearMonth.TryCreate(year, month, out var revision) && revision > after)
            {
                return revision;
            }
        }
    }
}
