using System.Globalization;
using Sekisho.Formats.Claims.Reading;

namespace Sekisho.Formats.Claims.Checks;

/// <summary>Collects findings of the claim at hand, gives them on in file order, caps them per rule and counts them in full.</summary>
internal sealed class Findings(IClaimFileSink sink)
{
    /// <summary>Findings of one rule that are given on; the rest is counted.</summary>
    public const int Cap = 1000;

    private const int LongestValue = 100;
    private const int MostL2 = 1000;

    private readonly Dictionary<string, int> _counts = [];
    private readonly List<(Finding Finding, int Order)> _pending = [];
    private int _l2;

    /// <summary>Per rule number, uncapped.</summary>
    public IReadOnlyDictionary<string, int> Counts => _counts;

    /// <summary>True when any L1 was found.</summary>
    public bool Rejected { get; private set; }

    /// <summary>Gravest class of the claim at hand.</summary>
    public Severity? Worst { get; private set; }

    /// <summary>Adds a finding about a record or one of its items.</summary>
    public void Add(Rule rule, in Spot spot, ItemPlan? item = null, ReadOnlySpan<byte> value = default, string detail = "")
    {
        var place = new Place(spot.Line, spot.Claim, spot.Record, item?.Shape.Item ?? 0, item?.Shape.Name ?? "");
        var shown = item is { Personal: true } ? Mask(value) : SjisText.Decode(value[..Math.Min(value.Length, LongestValue)]);
        Add(rule, place, shown, detail);
    }

    /// <summary>Adds a finding about a line or the file.</summary>
    public void Add(Rule rule, Place place, string value = "", string detail = "")
    {
        var count = Math.Min(_counts.GetValueOrDefault(rule.Number), int.MaxValue - 1) + 1;
        _counts[rule.Number] = count;
        Rejected |= rule.Severity == Severity.L1;
        if (place.Claim > 0 && (Worst is not { } worst || Gravity(rule.Severity) < Gravity(worst)))
        {
            Worst = rule.Severity;
        }

        if (count <= Cap)
        {
            _pending.Add((new Finding(rule, place, value, Message(rule, place, detail)), _pending.Count));
        }

        if (rule.Severity == Severity.L2 && _l2 < MostL2 && ++_l2 == MostL2)
        {
            Add(ShapeRules.L1920, new Place(place.Line, 0, "", 0, ""));
        }
    }

    /// <summary>Gives on what is pending, in file order, and begins anew.</summary>
    public void Flush()
    {
        if (_pending.Count > 0)
        {
            _pending.Sort(static (a, b) => (a.Finding.Place.Line, a.Finding.Place.Item, a.Order).CompareTo((b.Finding.Place.Line, b.Finding.Place.Item, b.Order)));
            foreach (var (finding, _) in _pending)
            {
                sink.Finding(finding);
            }

            _pending.Clear();
        }

        Worst = null;
    }

    // 算定ルール (L7) asks for a look, as 要確認 does; 連絡 asks for nothing.
    private static int Gravity(Severity severity) => severity switch
    {
        Severity.L1 => 1,
        Severity.L2 => 2,
        Severity.L3 => 3,
        Severity.L4 => 4,
        Severity.L7 => 5,
        Severity.L48 => 6,
        _ => throw new ArgumentOutOfRangeException(nameof(severity)),
    };

    private static string Message(Rule rule, Place place, string detail)
    {
        var line = place.Line.ToString(CultureInfo.InvariantCulture);
        var where = (place.Line, place.Item) switch
        {
            (0, _) => "ファイル",
            (_, 0) => place.Record.Length == 0 ? $"{line}行目" : $"{line}行目 {place.Record}",
            _ => string.Create(CultureInfo.InvariantCulture, $"{line}行目 {place.Record} 項番{place.Item}「{place.Name}」"),
        };
        return detail.Length == 0 ? $"{where}: {rule.Title}" : $"{where}: {rule.Title}（{detail}）";
    }

    // The form stays visible (how long, half or full width), the person does not.
    private static string Mask(ReadOnlySpan<byte> value)
    {
        var text = SjisText.Decode(value[..Math.Min(value.Length, LongestValue)]);
        return string.Create(text.Length, text, static (masked, source) =>
        {
            for (var i = 0; i < masked.Length; i++)
            {
                masked[i] = source[i] is ' ' or '　' ? source[i] : source[i] < 0x80 ? '*' : '＊';
            }
        });
    }
}

/// <summary>The record a finding is about.</summary>
/// <param name="Line">1-based line.</param>
/// <param name="Claim">Ordinal of the claim; 0 = the file.</param>
/// <param name="Record">レコード識別情報.</param>
internal readonly record struct Spot(int Line, int Claim, string Record);
