using Sekisho.Formats.Identifiers;

namespace Sekisho.Formats.Claims.Masters;

/// <summary>What a master says about a code in a month.</summary>
internal enum Standing
{
    /// <summary>No version of it was ever seen.</summary>
    Unknown,

    /// <summary>In force.</summary>
    InForce,

    /// <summary>It ended before the month.</summary>
    Ended,

    /// <summary>Its oldest version seen begins later; an older one may have been in force.</summary>
    Later,
}

/// <summary>All versions of all codes of one master.</summary>
internal sealed class MasterTable(MasterLayout layout)
{
    // Between two editions further apart a code may have come and gone unseen.
    private const int MostMonthsApart = 12;

    private readonly Dictionary<int, MasterRow> _newest = [];
    private readonly List<MasterEdition> _editions = [];

    public MasterLayout Layout { get; } = layout;

    public IReadOnlyList<MasterEdition> Editions => _editions;

    /// <summary>True when attributes of known codes hold in <paramref name="month"/>.</summary>
    public bool Covers(YearMonth month) => _editions.Exists(e => e.Covers(month));

    /// <summary>
    /// True when every code that could be used in <paramref name="month"/> is known: a full edition of that month, or full editions of before and after.
    /// Abolished codes vanish from later editions, and new ones are missing in earlier ones; so neither alone can tell that a code is unknown.
    /// </summary>
    public bool Whole(YearMonth month)
    {
        YearMonth? before = null;
        foreach (var edition in _editions)
        {
            if (!edition.Full || edition.Month is not { } at)
            {
                continue;
            }

            if (at == month || (before is { } earlier && earlier < month && month < at && earlier.Add(MostMonthsApart) >= at))
            {
                return true;
            }

            before = at;
        }

        return false;
    }

    /// <summary>Newest version.</summary>
    public MasterRow? Newest(int code) => _newest.GetValueOrDefault(code);

    /// <summary>The version in force between two days, or the one that ended last.</summary>
    public MasterRow? Find(int code, int first, int last, out Standing standing)
    {
        // Newest first: the version that began last by this month decides, also when it has ended since.
        var row = _newest.GetValueOrDefault(code);
        standing = row is null ? Standing.Unknown : Standing.Later;
        while (row is not null && row.From > last)
        {
            row = row.Older;
        }

        if (row is not null)
        {
            standing = row.Until >= first ? Standing.InForce : Standing.Ended;
        }

        return row;
    }

    /// <summary>Takes an edition; older ones come first.</summary>
    public void Add(MasterFile file, MasterEdition edition)
    {
        var known = _newest.Count;
        foreach (var code in file.Erased)
        {
            _newest.Remove(code);
        }

        foreach (var row in file.Rows)
        {
            _newest[row.Code] = Insert(_newest.GetValueOrDefault(row.Code), row);
        }

        // A code is abolished in one edition and deleted in a later one. Where the one between was not loaded, the day is unknown: it ends with
        // the month of the full edition that no longer has it.
        if (edition.Full && edition.Month is { } month && _editions.Exists(e => e.Full) && file.Rows.Count * 2 > known)
        {
            Drop(file, edition.Date, (month.Year * 10_000) + (month.Month * 100) + month.Days);
        }

        _editions.Add(edition);
    }

    private void Drop(MasterFile file, int date, int last)
    {
        var present = file.Rows.ConvertAll(r => r.Code).ToHashSet();
        foreach (var row in _newest.Values)
        {
            if (row.Until > last && !present.Contains(row.Code))
            {
                row.Until = last;
                row.Dropped = date;
            }
        }
    }

    // Versions of a code are chained newest first; a later row of the same day replaces the one before.
    private static MasterRow Insert(MasterRow? chain, MasterRow row)
    {
        var newer = default(MasterRow);
        var older = chain;
        while (older is not null && older.From > row.From)
        {
            (newer, older) = (older, older.Older);
        }

        row.Older = older?.From == row.From ? older.Older : older;
        if (newer is null)
        {
            return row;
        }

        newer.Older = row;
        return chain!;
    }
}
