using System.Globalization;
using Sekisho.Contracts.Eligibility;
using Sekisho.Formats.Eligibility;

namespace Sekisho.Web.Display;

/// <summary>One thing an answer says, in as many lines as it takes.</summary>
internal sealed record QualificationFact(string Term, params string[] Lines);

/// <summary>
/// What an answer carries, as a clerk copies it into the レセコン: codes in the words of the published lists, and nothing that was not answered. What may not be shown
/// is not in the answer.
/// </summary>
internal static class QualificationFacts
{
    private const string PublicAid = "A1";
    private const string GeneralCard = "01";

    public static IEnumerable<QualificationFact> Of(InquiryAnswer answer) => answer.Coverage is not { } c ? [] :
    [
        .. Card(c),
        .. Period(c, answer.On),
        .. c.Elderly.Select(e => new QualificationFact("高齢受給者証", [.. Texts(Share(e.Ratio), Period(e.From, e.Until))])),
        .. c.Limits.Select(l => new QualificationFact(
            Word<LimitCertificateKind>(l.Kind),
            [.. Texts(Labelled("適用区分 ", Word<LimitClassification>(l.Category)), Period(l.From, l.Until), Labelled("長期入院該当 ", Day(l.LongTerm)))])),
        .. c.Diseases.Select(d => new QualificationFact(
            "特定疾病療養受療証", [.. Texts(Word<SpecificDisease>(d.Category), Period(d.From, d.Until), Labelled("自己負担限度額 月 ", Yen(d.SelfPay)))])),
        .. answer.Tickets.Select(Ticket),
    ];

    /// <summary>030: 3割. What is no whole tenth stays as it is registered.</summary>
    public static string Share(string ratio) => int.TryParse(ratio, NumberStyles.None, CultureInfo.InvariantCulture, out var percent) && percent is > 0 and <= 100 && percent % 10 == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{percent / 10}割")
        : ratio;

    private static IEnumerable<QualificationFact> Card(Coverage c)
    {
        var isAid = c.CardKind == PublicAid;
        yield return new QualificationFact(isAid ? "福祉事務所・公費負担者番号" : "保険者", $"{c.InsurerName} {c.Insurer.Trim()}".Trim());
        yield return isAid ? new QualificationFact("受給者番号", c.Number)
            : new QualificationFact("記号・番号・枝番", string.Join("・", Texts(c.Symbol, c.Number)) + Labelled("（枝番 ", c.Branch, "）"));
        if (c.CardKind is not (GeneralCard or ""))
        {
            yield return new QualificationFact("証の区分", Word<InsuredCardClassification>(c.CardKind));
        }

        yield return new QualificationFact("本人・家族", Word<PersonalFamily>(c.Relation) + (c.Relation == "2" ? Labelled("（被保険者・世帯主 ", c.Holder, "）") : ""));
        var elderly = c.Elderly.FirstOrDefault(e => e.Ratio.Length > 0);
        if ((elderly?.Ratio ?? c.Ratio) is { Length: > 0 } ratio)
        {
            yield return new QualificationFact("窓口の負担割合", Share(ratio) + (elderly is null ? "" : "（高齢受給者証による）"));
        }

        if (c.Preschool == "1")
        {
            yield return new QualificationFact("未就学", "該当");
        }
    }

    private static IEnumerable<QualificationFact> Period(Coverage c, DateOnly on)
    {
        yield return new QualificationFact("資格取得", Day(c.Acquired));
        if (c.Lost is { } lost)
        {
            yield return new QualificationFact("資格喪失", [.. Texts(Day(lost) + "から資格なし", Labelled("喪失事由 ", Word<ReasonOfLoss>(c.LossReason)))]);
        }

        if (Period(c.CardFrom, c.CardUntil) is { Length: > 0 } valid)
        {
            yield return new QualificationFact("証の有効期限", [.. Texts(valid, c.CardUntil < on ? "資格確認日には過ぎています" : "")]);
        }
    }

    private static QualificationFact Ticket(ShownTicket shown)
    {
        var t = shown.Ticket;
        return new QualificationFact(
            $"{Word<TicketType>(t.Kind)}（{t.Month.Year}年{t.Month.Month}月・{Word<TicketTreatment>(t.Treatment)}）",
            [.. Texts(
                Labelled("交付番号 ", t.Issue),
                Period(t.From, t.Until),
                Labelled("指定 ", $"{t.InstitutionName} {t.Institution}".Trim()) + (shown.IsDesignated ? "" : "（照会した医療機関コードと違います）"),
                Labelled("処方箋の発行 ", $"{t.PrescriberName} {t.Prescriber}".Trim()),
                Labelled("傷病名 ", string.Join("、", t.Injuries)),
                Labelled("本人支払額 ", Yen(t.SelfPay)),
                Labelled("単独・併用 ", OqsCodes.Text("OQSCD020", t.Use)),
                Labelled("社会保険 ", OqsCodes.Text("OQSCD021", t.SocialInsurance)),
                Labelled("登録 ", OqsCodes.Text("OQSCD022", t.Inconsistent)),
                t.Infection == "01" ? "感染症法第37条の2 該当" : "",
                t.ElderlyCare == "01" ? "後期高齢者医療 該当" : "",
                t.PrefecturalExpenses == "01" ? "都道府県費 該当" : "",
                Labelled("地区担当員 ", t.DistrictContact),
                Labelled("取扱担当者 ", t.HandlingContact),
                Labelled("備考 ", string.Join("、", t.Remarks)))]);
    }

    private static IEnumerable<string> Texts(params string[] texts) => texts.Where(t => t.Length > 0);

    private static string Labelled(string before, string text, string after = "") => text.Length > 0 ? before + text + after : "";

    /// <summary>The word of a code; the code itself where the list does not know it.</summary>
    private static string Word<T>(string code)
        where T : struct, Enum => OqsCodes.Find<T>(code) is { } member ? OqsCodes.Text(member) : code;

    private static string Period(DateOnly? from, DateOnly? until) =>
        string.Join(" ", Texts(Labelled("", Day(from), " から"), Labelled("", Day(until), " まで")));

    private static string Day(DateOnly? day) => day is { } d ? string.Create(CultureInfo.InvariantCulture, $"{d.Year}年{d.Month}月{d.Day}日") : "";

    private static string Yen(int? amount) => amount is { } yen ? Show.Amount(yen) + "円" : "";
}
