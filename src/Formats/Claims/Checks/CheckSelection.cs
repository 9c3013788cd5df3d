using Sekisho.Formats.Claims.Masters;
using Sekisho.Formats.Identifiers;

namespace Sekisho.Formats.Claims.Checks;

/// <summary>
/// Which checks run for a 診療年月, and why the others do not. A check runs as far as the masters reach: one that needs several runs with those that
/// cover the month, and what is missing is said. Everything here is decided once per month, not per claim.
/// </summary>
internal sealed class CheckSelection(MasterSet? masters)
{
    private static readonly Needs[] Kinds = [Needs.傷病名, Needs.修飾語, Needs.診療行為, Needs.医薬品, Needs.特定器材, Needs.コメント];

    // The months of a real file are few; one that names every month must not make this grow.
    private const int MostMonths = 64;

    private readonly Dictionary<YearMonth, OfficeCheck[]> _chosen = [];
    private readonly HashSet<YearMonth> _seen = [];
    private readonly Dictionary<OfficeCheck, Gap> _gaps = [];
    private OfficeCheck[] _run = [];
    private YearMonth? _month;

    /// <summary>The checks of that month, in the order of the list.</summary>
    public OfficeCheck[] For(YearMonth month)
    {
        if (_month != month)
        {
            _month = month;
            if (!_chosen.TryGetValue(month, out _run!))
            {
                if (_chosen.Count == MostMonths)
                {
                    _chosen.Clear();
                }

                _chosen[month] = _run = Select(month);
            }
        }

        return _run;
    }

    /// <summary>Rule number → reason in Japanese.</summary>
    public IEnumerable<(string Number, string Reason)> NotRun()
    {
        foreach (var (check, gap) in _gaps)
        {
            yield return (check.Rule.Number, Reason(check, gap));
        }
    }

    private OfficeCheck[] Select(YearMonth month)
    {
        var run = new List<OfficeCheck>(OfficeChecks.医科.Length);
        var first = _seen.Add(month);
        var covered = Covered(month, whole: false);
        var whole = Covered(month, whole: true);
        foreach (var check in OfficeChecks.医科)
        {
            if (check.From > month)
            {
                Note(first, check, month, Needs.なし);
                continue;
            }

            var wanted = check.Needs & ~(Needs.全件 | Needs.なくても);
            var there = wanted & (check.Needs.HasFlag(Needs.全件) ? whole : covered);
            if (there != wanted)
            {
                Note(first, check, month, wanted & ~there);
            }

            if (wanted == Needs.なし || there != Needs.なし || check.Needs.HasFlag(Needs.なくても))
            {
                run.Add(check);
            }
        }

        return [.. run];
    }

    private Needs Covered(YearMonth month, bool whole)
    {
        var there = Needs.なし;
        if (masters?.In(month) is { } m)
        {
            bool[] covered = whole
                ? [m.傷病名.Whole, m.修飾語.Whole, m.診療行為.Whole, m.医薬品.Whole, m.特定器材.Whole, m.コメント.Whole]
                : [m.傷病名.Covered, m.修飾語.Covered, m.診療行為.Covered, m.医薬品.Covered, m.特定器材.Covered, m.コメント.Covered];
            for (var kind = 0; kind < Kinds.Length; kind++)
            {
                there |= covered[kind] ? Kinds[kind] : Needs.なし;
            }
        }

        return there;
    }

    private void Note(bool first, OfficeCheck check, YearMonth month, Needs missing)
    {
        if (first)
        {
            var gap = _gaps.GetValueOrDefault(check) ?? (_gaps[check] = new Gap(month, month));
            gap.Missing |= missing;
            gap.TooOld |= missing == Needs.なし;
            gap.First = month < gap.First ? month : gap.First;
            gap.Last = month > gap.Last ? month : gap.Last;
        }
    }

    private string Reason(OfficeCheck check, Gap gap)
    {
        var reason = gap.TooOld ? $"診療年月が {check.From} より前のレセプトには適用していません。" : "";
        if (gap.Missing == Needs.なし)
        {
            return reason;
        }

        var names = string.Join('・', Kinds.Where(k => gap.Missing.HasFlag(k)).Select(k => $"{k}マスター"));
        var months = gap.First == gap.Last ? $"{gap.First}" : $"{gap.First}〜{gap.Last}";
        var partly = check.Needs.HasFlag(Needs.なくても) || (check.Needs & ~(Needs.全件 | Needs.なくても)) != gap.Missing ? "この部分は" : "";
        return reason + (masters is null ? $"{names}が読み込まれていないため、{partly}点検していません（診療年月 {months}）。"
            : check.Needs.HasFlag(Needs.全件) ? $"{names}に診療年月 {months} のコードがすべてそろう版（その月の全件の版、又は前後の全件の版）がないため、{partly}点検していません。"
            : $"{names}に診療年月 {months} を含む版がないため、{partly}点検していません。");
    }

    private sealed class Gap(YearMonth first, YearMonth last)
    {
        public Needs Missing { get; set; }

        public bool TooOld { get; set; }

        public YearMonth First { get; set; } = first;

        public YearMonth Last { get; set; } = last;
    }
}
