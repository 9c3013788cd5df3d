using Sekisho.Formats.Claims.Masters;
using Sekisho.Formats.Claims.Reading;

namespace Sekisho.Formats.Claims.Checks;

/// <summary>Every code of a claim's own 摘要 looked up once, for all checks. The arrays are reused from claim to claim.</summary>
internal sealed class MasterRows
{
    private MasterRow?[] _rows = [];
    private Standing[] _standings = [];
    private int _ordinal = -1;

    /// <summary>All marks of the claim together.</summary>
    public Marks Marks { get; private set; }

    /// <summary>The master's row in force, or the one that ended last; null when there is none or it may not be asked.</summary>
    public MasterRow? this[int row] => _rows[row];

    /// <summary>診療行為 in force of a row.</summary>
    public ProcedureRow? Procedure(int row) => _standings[row] == Standing.InForce ? _rows[row] as ProcedureRow : null;

    /// <summary>What its master says about the code of a row; <see cref="Standing.Later"/> where nothing is known.</summary>
    public Standing StandingOf(int row) => _standings[row];

    /// <summary>Looks up what has not been yet.</summary>
    public MasterRows For(ClaimView claim)
    {
        if (_ordinal != claim.Ordinal)
        {
            Read(claim);
        }

        return this;
    }

    private void Read(ClaimView claim)
    {
        _ordinal = claim.Ordinal;
        Marks = Marks.None;
        if (_rows.Length < claim.Count)
        {
            Array.Resize(ref _rows, claim.Count * 2);
            Array.Resize(ref _standings, claim.Count * 2);
        }

        var masters = claim.In();
        if (masters == MasterMonth.None)
        {
            Array.Fill(_standings, Standing.Later, 0, claim.Count);
            return;
        }

        Take(claim, RecordKey.SI, masters.診療行為);
        Take(claim, RecordKey.IY, masters.医薬品);
        Take(claim, RecordKey.TO, masters.特定器材);
        Take(claim, RecordKey.CO, masters.コメント);
    }

    private void Take<TRow>(ClaimView claim, ushort key, MonthTable<TRow> master)
        where TRow : MasterRow
    {
        var donors = claim.Donors;
        foreach (var row in claim.Of(key))
        {
            // Donors' months may be others.
            var found = row < donors ? master.Find(claim[row, 摘要.コード], out var standing) : Nothing<TRow>(out standing);
            if (standing == Standing.Unknown && (!master.Whole || !Listed(claim[row, 摘要.コード], master)))
            {
                standing = Standing.Later;
            }

            _rows[row] = found;
            _standings[row] = standing;
            Marks |= standing switch
            {
                Standing.InForce => found!.Marks,
                Standing.Ended => Marks.Ended,
                Standing.Unknown => Marks.Unknown,
                _ => Marks.None,
            };
        }
    }

    // A code of another form has findings of its own, and some codes stand in no master.
    private static bool Listed<TRow>(ReadOnlySpan<byte> code, MonthTable<TRow> master)
        where TRow : MasterRow =>
        master.TryNumber(code, out _) && !マスター.病棟コード(code) && !マスター.未コード化特定器材(code);

    private static TRow? Nothing<TRow>(out Standing standing)
        where TRow : MasterRow
    {
        standing = Standing.Later;
        return null;
    }
}
