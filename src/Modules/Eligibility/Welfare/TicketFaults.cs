using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Welfare;

/// <summary>What can be said of a ticket that a 福祉事務所 registers, beside what can be said of every row.</summary>
internal static class TicketFaults
{
    public static readonly Refusal NotAid = new(
        "EL-0702", RefusalKind.Invalid, "自組織の医療扶助の公費負担者番号（法別番号12）ではありません。", "自組織の公費負担者番号を8桁で記録してください。番号が増えたときは、組織の登録の変更をセンターに依頼してください。");

    public static readonly Refusal NoRecipient = new(
        "EL-0703", RefusalKind.Invalid, "この受給者の医療扶助の資格が登録されていません。", "公費負担者番号・受給者番号・生年月日を確かめ、先に資格（被保険者証区分 A1）を登録してください。");

    public static readonly Refusal OutsideMonth = new(
        "EL-0704", RefusalKind.Invalid, "有効期間が診療年月の中にありません。", "券は1か月ごとです。診療年月の初日から末日までの間の日付を記録してください。");

    public static readonly Refusal KindsDiffer = new(
        "EL-0705", RefusalKind.Invalid, "券別・診療別・指定医療機関コードの点数表が合いません。", "調剤券は診療別 04 で薬局（点数表 4）、医療券はそれ以外で、歯科は点数表 3、訪問看護は点数表 6 です。");

    public static readonly Refusal NotCovered = new(
        "EL-0706", RefusalKind.Invalid, "医療扶助の資格のない日が有効期間にあります。", "登録はしました。資格の取得・喪失年月日か、券の有効期間を確かめてください。");

    public static readonly Refusal Again = new(
        "EL-0707", RefusalKind.Invalid, "同じ受給者・診療年月・指定医療機関・診療別の券がほかにもあります。", "登録はしました。二重の交付でないかを確かめ、誤っている方を取り消してください。");

    public static readonly Refusal UnknownInstitution = new(
        "EL-0708", RefusalKind.Invalid, "この指定医療機関コードの医療機関・薬局は、このサイトに登録されていません。", "登録はしました。コード（10桁）を確かめてください。正しければ、その医療機関・薬局が接続した後に見えるようになります。");
}
