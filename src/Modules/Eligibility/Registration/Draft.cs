using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Formats.Eligibility.Matching;
using Sekisho.Modules.Eligibility.Data;

namespace Sekisho.Modules.Eligibility.Registration;

/// <summary>A row that may be registered, with the hashes it is found by (under every key still kept; the first is the current one).</summary>
internal sealed class Draft
{
    private readonly RegistryKeys _keys;

    public Draft(Numbered<CoverageEntry> row, OrganisationId insurer, PersonKey person, RegistryKeys keys)
    {
        (Row, Insurer, Person, _keys) = (row, insurer, person, keys);
        var coverage = row.Entry.Coverage ?? new Coverage();
        var card = new CardKeys { Insurer = coverage.Insurer, Symbol = coverage.Symbol, Number = coverage.Number, Branch = coverage.Branch, Birth = coverage.Birth };
        var alike = keys.Alike(coverage);
        Nearby = [.. Enumerable.Range(0, keys.Count).Select(k => new Nearby(keys.Entry(insurer, row.Entry.Id, k), keys.Card(card, k), keys.Branch(card, k), person, alike))];
    }

    public Numbered<CoverageEntry> Row { get; }

    public OrganisationId Insurer { get; }

    public PersonKey Person { get; }

    public IReadOnlyList<Nearby> Nearby { get; }

    public bool HasBranch => Nearby[0].Branch is not null;

    /// <summary>● stands for a character that could not be recorded.</summary>
    public bool IsMasked => new[] { Coverage.Name, Coverage.Kana, Coverage.OtherName, Coverage.OtherKana, Coverage.Holder, Coverage.Address }.Any(t => t.Contains('●', StringComparison.Ordinal));

    private Coverage Coverage => Row.Entry.Coverage!;

    private bool Shielded => Row.Entry.NonDisclosure || Row.Entry.NoSelfDisclosure;

    public bool IsCardOf(CoverageRow other) => Nearby.Any(n => n.Search.AsSpan().SequenceEqual(other.Search));

    public bool IsBranchOf(CoverageRow other) => other.Branch is not null && Nearby.Any(n => n.Branch is not null && n.Branch.AsSpan().SequenceEqual(other.Branch));

    /// <summary>Some day is covered by both.</summary>
    public bool Meets(CoverageRow other) => (other.Until is not { } theirs || Coverage.Acquired < theirs) && (Coverage.Lost is not { } ours || other.From < ours);

    /// <summary>氏名, カナ, 生年月日 and 性別 are the same. What cannot be read (●) is like nobody's.</summary>
    public bool IsNamedLike(CoverageRow other) =>
        Nearby[0].Alike is { } alike && !IsMasked && other.Alike is not null && alike.AsSpan().SequenceEqual(other.Alike)
        && NameMatch.Compare(Coverage.Name, CoverageBytes.Read(_keys.Open(other.Sealed, other.Id)).Coverage.Name) == NameAgreement.一致;

    /// <summary>Nothing new.</summary>
    public bool Says(CoverageRow before, Coverage known, string member) =>
        before.Person == Person && before.Shielded == Shielded && before.Notified == Row.Entry.Notified
        && Bytes(Coverage, Row.Entry.Member).AsSpan().SequenceEqual(Bytes(known, member));

    /// <summary>氏名, カナ, 生年月日, 性別, 住所 are as they were.</summary>
    public bool IsSamePersonally(Coverage known) =>
        (Coverage.Name, Coverage.Kana, Coverage.Birth, Coverage.Sex, Coverage.Address) == (known.Name, known.Kana, known.Birth, known.Sex, known.Address);

    public CoverageRow Version(DateTimeOffset at, bool stopped)
    {
        var id = Guid.CreateVersion7(at);
        var own = Nearby[0];
        return new CoverageRow(
            id, Person, Insurer, own.Entry, own.Search, own.Branch, own.Alike, Coverage.Acquired, Coverage.Lost, at, null, stopped, Shielded, Row.Entry.Notified,
            _keys.Seal(Bytes(Coverage, Row.Entry.Member), id));
    }

    private byte[] Bytes(Coverage coverage, string member) => CoverageBytes.Write(coverage, Row.Entry.Id, member);
}

/// <summary>What is known around a batch of rows, kept up to date while it is worked through.</summary>
internal sealed class Neighbourhood
{
    private readonly Dictionary<string, CoverageRow> _entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<CoverageRow>> _near = new(StringComparer.Ordinal);

    private readonly List<CoverageRow> _withdrawn = [];

    /// <param name="rows">All that is and was known, each version once.</param>
    public Neighbourhood(IEnumerable<CoverageRow> rows)
    {
        foreach (var latest in rows.GroupBy(r => Name(r.Entry)).Select(versions => versions.MaxBy(r => r.KnownFrom)!))
        {
            if (latest.KnownUntil is null)
            {
                Replace(null, latest);
            }
            else
            {
                _withdrawn.Add(latest);
            }
        }
    }

    /// <summary>What of the person is under 閲覧停止, or was when it was withdrawn.</summary>
    public IEnumerable<CoverageRow> Stopped(PersonKey person) =>
        _near.GetValueOrDefault(NameOf(person), []).Concat(_withdrawn.Where(r => r.Person == person)).Where(r => r.Stopped);

    public CoverageRow? Current(Draft draft) => draft.Nearby.Select(n => _entries.GetValueOrDefault(Name(n.Entry))).FirstOrDefault(r => r is not null);

    public IEnumerable<CoverageRow> Of(Draft draft) => draft.Nearby
        .SelectMany(n => Names(n.Search, n.Branch, draft.Person, n.Alike)).SelectMany(name => _near.GetValueOrDefault(name, [])).DistinctBy(r => r.Id);

    public void Replace(CoverageRow? before, CoverageRow? after)
    {
        if (before is not null)
        {
            _entries.Remove(Name(before.Entry));
            foreach (var name in Names(before.Search, before.Branch, before.Person, before.Alike))
            {
                _near.GetValueOrDefault(name, []).RemoveAll(r => r.Id == before.Id);
            }

            if (after is null)
            {
                _withdrawn.Add(before);
            }
        }

        if (after is not null)
        {
            _entries[Name(after.Entry)] = after;
            foreach (var name in Names(after.Search, after.Branch, after.Person, after.Alike))
            {
                if (!_near.TryGetValue(name, out var rows))
                {
                    _near.Add(name, rows = []);
                }

                rows.Add(after);
            }
        }
    }

    private static IEnumerable<string> Names(byte[] search, byte[]? branch, PersonKey person, byte[]? alike)
    {
        yield return "s" + Name(search);
        yield return NameOf(person);
        if (branch is not null)
        {
            yield return "b" + Name(branch);
        }

        if (alike is not null)
        {
            yield return "a" + Name(alike);
        }
    }

    private static string NameOf(PersonKey person) => "p" + person.Value.ToString("N");

    private static string Name(byte[] hash) => Convert.ToBase64String(hash);
}
