using System.Globalization;
using Sekisho.Contracts.Eligibility;
using Sekisho.Formats.Eligibility.Matching;

namespace Sekisho.Modules.Eligibility.Desk;

/// <summary>
/// What a facility has on file beside what is registered, field by field. Pure. Never overwritten silently: a person ticks each field, an empty value overwrites
/// nothing, and neither does one with ●.
/// </summary>
internal static class Differences
{
    public const string NameField = "氏名";
    public const string BranchField = "枝番";
    public const string RatioField = "一部負担金割合";

    private static readonly Field[] _fields =
    [
        new("保険者番号", p => p.Insurer, c => c.Insurer, By(SearchKey.Insurer), (p, v) => p with { Insurer = v.Trim() }),
        new("記号", p => p.Symbol, c => c.Symbol, By(SearchKey.Symbol), (p, v) => p with { Symbol = v }),
        new("番号", p => p.Number, c => c.Number, By(SearchKey.Number), (p, v) => p with { Number = v }),
        new(BranchField, p => p.Branch, c => c.Branch, By(SearchKey.Branch), (p, v) => p with { Branch = v }),
        new("本人・家族", p => p.Relation, c => c.Relation, By(v => v), (p, v) => p with { Relation = v }) { Word = Relation },
        new(RatioField, p => p.Ratio, Ratio, By(v => v.TrimStart('0')), (p, v) => p with { Ratio = v }) { Word = Share },
        new(NameField, p => p.Name, c => c.Name, Names, (p, v) => p with { Name = v }),
        new("氏名カナ", p => p.Kana, c => c.Kana, By(TextFold.Kana), (p, v) => p with { Kana = v }),
        new("生年月日", p => p.Birth == default ? "" : Day(p.Birth), c => Day(c.Birth), By(v => v), (p, v) => p with { Birth = DateOnly.Parse(v, CultureInfo.InvariantCulture) }),
        new("性別", p => p.Sex, Sex, By(v => v), (p, v) => p with { Sex = v }) { Word = SexWord },
        new("世帯主", p => p.Holder, c => c.Holder, Names, (p, v) => p with { Holder = v }),
        new("郵便番号", p => p.PostalCode, c => c.PostalCode, By(v => TextFold.Code(v).Replace("-", "", StringComparison.Ordinal)), (p, v) => p with { PostalCode = v }),
        new("住所", p => p.Address, c => c.Address, By(TextFold.Code), (p, v) => p with { Address = v }),
    ];

    /// <summary>Only where there is a coverage in force: what is over tells nothing about what is on file.</summary>
    public static IReadOnlyList<FieldDifference> Of(DeskPatient ours, InquiryAnswer? answer) =>
        answer is { Coverage: { } theirs, Validity: Validity.Valid or Validity.ValidWithoutTicket } ? [.. _fields.Select(f => Of(f, ours, theirs)).OfType<FieldDifference>()] : [];

    /// <summary>What somebody says of a patient who is on file with something else; an empty value says nothing.</summary>
    public static IReadOnlyList<string> Between(DeskPatient ours, DeskPatient said) =>
        [.. _fields.Where(f => f.Ours(said).Length > 0 && f.Compare(f.Ours(ours), f.Ours(said)) is not (true, "")).Select(f => f.Name)];

    /// <summary>With the ticked fields taken over, and how many they were.</summary>
    public static (DeskPatient Patient, int Fields) Adopted(DeskPatient ours, InquiryAnswer answer, IReadOnlyCollection<string> ticked)
    {
        var may = Of(ours, answer).Where(d => d.MayAdopt && ticked.Contains(d.Field)).Select(d => d.Field).ToHashSet(StringComparer.Ordinal);
        return (_fields.Where(f => may.Contains(f.Name)).Aggregate(ours, (p, f) => f.Take(p, f.Theirs(answer.Coverage!))), may.Count);
    }

    /// <summary>Everything registered, for somebody who was not on file.</summary>
    public static DeskPatient AllOf(Coverage theirs, string chart) =>
        _fields.Where(f => !NameMatch.HasUnknown(f.Theirs(theirs)) && f.Theirs(theirs).Length > 0).Aggregate(new DeskPatient { Chart = chart }, (p, f) => f.Take(p, f.Theirs(theirs)));

    private static FieldDifference? Of(Field field, DeskPatient ours, Coverage theirs)
    {
        var (here, there) = (field.Ours(ours), field.Theirs(theirs));
        if (there.Length == 0)
        {
            return null;
        }

        var (same, note) = field.Compare(here, there);
        if (same && note.Length == 0)
        {
            return null;
        }

        var masked = NameMatch.HasUnknown(there);
        note = masked ? "●は、中間サーバーで表せない文字です。控えの文字を使い続けてください。" : note.Length > 0 ? note : Unwritable(there);
        return new FieldDifference(field.Name, field.Word(here), field.Word(there), !masked && !same, note);
    }

    private static string Unwritable(string value) => JisX0208.Outside(value) is { Count: > 0 } outside
        ? $"レセプトに書けない文字（{string.Join('、', outside.Select(o => o.Character.ToString()).Distinct())}）があります。請求には置き換えた文字を使ってください。"
        : "";

    /// <summary>● stands for one character, and forms of one character are told apart only by a person.</summary>
    private static (bool Same, string Note) Names(string ours, string theirs) => NameMatch.Compare(ours, theirs) switch
    {
        NameAgreement.一致 => (true, ""),
        NameAgreement.不明な文字を除き一致 => (true, "●"),
        NameAgreement.異体字を含めて一致 => (false, "異体字の違いです。本人に確かめてください。"),
        _ => (false, ""),
    };

    private static Func<string, string, (bool, string)> By(Func<string, string> key) => (ours, theirs) => (key(ours) == key(theirs), "");

    /// <summary>性別2, where there is one: what the card shows on its front is left to it.</summary>
    private static string Sex(Coverage c) => c.CardSex.Length > 0 ? c.CardSex : c.Sex is "3" ? "" : c.Sex;

    /// <summary>高齢受給者証 decides over the coverage.</summary>
    private static string Ratio(Coverage c) => c.Elderly is [{ Ratio.Length: > 0 } elderly, ..] ? elderly.Ratio : c.Ratio;

    private static string Share(string ratio) => int.TryParse(ratio, NumberStyles.None, CultureInfo.InvariantCulture, out var percent) && percent % 10 == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{percent / 10}割")
        : ratio;

    private static string Relation(string code) => code switch { "1" => "本人", "2" => "家族", _ => code };

    private static string SexWord(string code) => code switch { "1" => "男", "2" => "女", "3" => "未設定", _ => code };

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private sealed record Field(
        string Name, Func<DeskPatient, string> Ours, Func<Coverage, string> Theirs, Func<string, string, (bool Same, string Note)> Compare, Func<DeskPatient, string, DeskPatient> Take)
    {
        public Func<string, string> Word { get; init; } = v => v;
    }
}
