using Sekisho.Generators;

namespace Sekisho.Libraries.Tests.Formats.Mutations;

/// <summary>Where a mutation must be found.</summary>
internal readonly record struct Spot(int Line, int Claim, string Record, int Item);

/// <summary>A generated file without a fault, of which one property is being changed.</summary>
internal sealed class Mutant(ClaimFile file, Seed seed)
{
    private readonly List<(Row? Row, int Line, int Claim, string Record, int Item)> _expected = [];

    public Seed Seed => seed;

    public List<Row> Rows => file.Rows;

    public FileOrder Order => file.Order;

    /// <summary>Last change, to the bytes.</summary>
    public Func<byte[], byte[]> Raw { get; set; } = bytes => bytes;

    /// <summary>In file order.</summary>
    public IEnumerable<Spot> Expected => _expected
        .Select(e => e.Row is null ? new Spot(e.Line, e.Claim, e.Record, e.Item) : new Spot(Rows.IndexOf(e.Row) + 1, e.Row.Claim, e.Row.Id[..Math.Min(e.Row.Id.Length, 8)], e.Item))
        .OrderBy(s => (s.Line, s.Item));

    public byte[] ToBytes() => Raw(file.ToBytes());

    /// <summary>A record of that kind, anywhere; the file does not serve when it has none.</summary>
    public Row Any(string id, Func<Row, bool>? where = null)
    {
        var rows = Rows.FindAll(r => r.Id == id && (where is null || where(r)));
        return rows.Count == 0 ? throw new UnsuitableException() : seed.Of<Row>(rows);
    }

    /// <summary>All records of the claim of a record.</summary>
    public List<Row> ClaimOf(Row row) => Rows.FindAll(r => r.Claim == row.Claim);

    /// <summary>The record of that kind in the claim of another; null when there is none.</summary>
    public Row? In(Row row, string id) => Rows.Find(r => r.Claim == row.Claim && r.Id == id);

    /// <summary>True when the claim of a record has that kind of record.</summary>
    public bool Has(Row row, string id) => In(row, id) is not null;

    public Row RE(Row row) => In(row, "RE")!;

    /// <summary>The record before in the file.</summary>
    public Row Before(Row row) => Rows[Rows.IndexOf(row) - 1];

    public Row After(Row row) => Rows[Rows.IndexOf(row) + 1];

    /// <summary>The records counted together with this one, itself included: from one with 診療識別 to the next.</summary>
    public List<Row> UnitOf(Row row)
    {
        var first = Rows.IndexOf(row);
        while (Rows[first][2].Length == 0)
        {
            first--;
        }

        var next = first + 1;
        while (Rows[next] is { Id: "SI" or "IY" or "TO" or "CO" } follower && follower[2].Length == 0)
        {
            next++;
        }

        return Rows[first..next];
    }

    /// <summary>Records a value and says that it must be found there.</summary>
    public Row Set(Row row, int item, string value)
    {
        row[item] = value;
        return Expect(row, item);
    }

    /// <summary>Takes the last expectation back.</summary>
    public void Unexpect() => _expected.RemoveAt(_expected.Count - 1);

    public Row Expect(Row row, int item = 0)
    {
        _expected.Add((row, 0, 0, "", item));
        return row;
    }

    /// <summary>A place that is no record, or a line of it.</summary>
    public void ExpectAt(int line, int claim = 0, string record = "", int item = 0) => _expected.Add((null, line, claim, record, item));

    /// <summary>Puts a record before another, into the same claim.</summary>
    public Row Insert(Row before, Row row)
    {
        row.Claim = before.Id is "RE" or "GO" ? Math.Max(0, Rows[Rows.IndexOf(before) - 1].Claim) : before.Claim;
        Rows.Insert(Rows.IndexOf(before), row);
        return row;
    }

    public void Remove(Func<Row, bool> which) => Rows.RemoveAll(r => which(r));

    /// <summary>Makes GO say again what the claims add up to.</summary>
    public void Total() => Rows.Last(r => r.Id == "GO").With(2, file.Payers).With(3, file.Points);
}

/// <summary>The file at hand does not have what the mutation needs.</summary>
internal sealed class UnsuitableException : Exception;

/// <summary>One change that one check must find.</summary>
/// <param name="Number">The check.</param>
/// <param name="Change">What is changed, in the table of collateral findings.</param>
/// <param name="Apply">Changes and says where it must be found.</param>
internal sealed record Mutation(string Number, string Change, Action<Mutant> Apply)
{
    /// <summary>受付年月 of the file it is made in.</summary>
    public DateOnly Reception { get; init; } = new(2026, 6, 1);

    /// <summary>審査支払機関 whose files have what it needs; empty = either.</summary>
    public string Office { get; init; } = "";

    /// <summary>Another number that must be in the list: the check finds this change only since then.</summary>
    public string Since { get; init; } = "";

    /// <summary>The check looks codes up in masters.</summary>
    public bool Masters { get; init; }

    public override string ToString() => $"{Number} {Change}";
}
