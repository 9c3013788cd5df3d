using Sekisho.Formats.Claims.Reading;

namespace Sekisho.Formats.Claims.Checks;

/// <summary>
/// The grammar of a claim: RE [HO] [KO]… [SN]… [JD]… [MF]… [GR]… SY… (SI|IY|TO|CO)… [SJ]… { TI { TR TS SY… 摘要… [SJ]… }… }…
/// A record out of place is reported once and does not move the place, so that one slip gives one finding.
/// </summary>
internal sealed class RecordOrder(Findings findings)
{
    private const int MostWithoutKind = 98;
    private const int Body = 8;
    private const int Donor = 20;

    private int _rank;
    private int _withoutKind;
    private int _services;

    /// <summary>A claim begins with its RE.</summary>
    public void Begin()
    {
        _rank = 0;
        _withoutKind = 0;
        _services = 0;
    }

    /// <summary>The next record; <paramref name="hasKind"/> says whether item 2 (診療識別 of 摘要) is recorded.</summary>
    public void Next(RecordPlan record, bool hasKind, int insurers, in Spot spot)
    {
        var (key, rank) = (record.Key, record.Rank);
        if (!Follows(rank))
        {
            findings.Add(ShapeRules.S2011, spot);
        }
        else
        {
            _rank = rank >= Donor || _rank < Donor ? rank : Donor + rank;
        }

        if (key == RecordKey.HO && insurers == 2)
        {
            findings.Add(ShapeRules.S2012, spot);
        }

        _services += key is RecordKey.SI or RecordKey.IY or RecordKey.TO ? 1 : 0;
        CountWithoutKind(rank == Body, hasKind, spot);
    }

    /// <summary>The claim is complete.</summary>
    public void End(in Spot claim)
    {
        if (_services == 0)
        {
            findings.Add(ShapeRules.S2014, claim);
        }
    }

    /// <summary>Where a record stands in a claim; the same for all that may be mixed.</summary>
    public static int Rank(ushort key) => key switch
    {
        RecordKey.HO => 1,
        RecordKey.KO => 2,
        RecordKey.SN => 3,
        RecordKey.JD => 4,
        RecordKey.MF => 5,
        RecordKey.GR => 6,
        RecordKey.SY => 7,
        RecordKey.SJ => 9,
        RecordKey.TI => Donor,
        RecordKey.TR => Donor + 1,
        RecordKey.TS => Donor + 2,
        _ => Body,
    };

    private void CountWithoutKind(bool body, bool hasKind, in Spot spot)
    {
        _withoutKind = body && !hasKind ? _withoutKind + 1 : 0;
        if (_withoutKind == MostWithoutKind + 1)
        {
            findings.Add(ShapeRules.S2015, spot);
        }
    }

    // Inside the donor block the body's ranks are counted from 20: TI 20, TR 21, TS 22, SY 27, 摘要 28, SJ 29.
    private bool Follows(int rank) => rank switch
    {
        Donor => _rank is >= Body and < Donor or >= Donor + Body,
        Donor + 1 => _rank is Donor or >= Donor + Body,
        Donor + 2 => _rank == Donor + 1,
        _ when _rank < Donor => rank >= _rank,
        _ => rank >= Body - 1 && _rank >= Donor + 2 && Donor + rank >= _rank,
    };
}
