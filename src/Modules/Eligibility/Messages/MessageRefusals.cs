using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility;

/// <summary>What the door of the interface's files refuses. Only the first two are HTTP errors; the others stand in a result file.</summary>
internal static partial class Refusals
{
    public static readonly Refusal NotAMessageName = new(
        "EL-0301", RefusalKind.Invalid, "要求ファイルの名前ではありません。", "OQSsiquc01req_任意.xml の形の名前にしてください。任意の部分に患者の番号や氏名を入れないでください。");

    public static readonly Refusal MessageTooLong = new(
        "EL-0302", RefusalKind.TooLarge, "要求ファイルが上限を超えています。", "1人についての要求は1つのファイルに1人だけ、一括の要求は件数を分けて送ってください。");

    public static readonly Refusal KindNotServed = new(
        "EL-0303", RefusalKind.Invalid, "この種類の要求には対応していません。", "使える要求は docs/protocol/eligibility.md にあります。レセコン・電子カルテの設定を確かめてください。");

    public static readonly Refusal OtherInstitution = new(
        "EL-0304",
        RefusalKind.Forbidden,
        "医療機関コードが、この端末の医療機関・薬局のものではありません。",
        "レセコン・電子カルテに設定した医療機関コード（10桁）を確かめてください。正しければ、センターに登録の変更を依頼してください。");

    public static readonly Refusal TooManyRows = new(
        "EL-0305", RefusalKind.TooLarge, "一括の要求が上限（5,000人）を超えています。", "5,000人までに分けて送ってください。");

    public static readonly Refusal NoRows = new("EL-0306", RefusalKind.Invalid, "一括の要求に1人も入っていません。", "照会する人を1人以上入れてください。");

    public static readonly Refusal TooManyJobs = new(
        "EL-0307", RefusalKind.TooMany, "処理中の一括の要求が5件あります。", "Retry-After の秒数を待って、もう一度送ってください。受け付けた要求の処理は続いています。");

    public static readonly Refusal TooMuchWaiting = new(
        "EL-0308", RefusalKind.Unavailable, "混み合っているため、一括の要求を受け付けられません。", "Retry-After の秒数を待って、もう一度送ってください。1人ずつの資格確認には影響しません。");

    public static readonly Refusal NoSuchJob = new(
        "EL-0309", RefusalKind.NotFound, "この受付番号の一括の要求はありません。", "受付番号と要求の種類を確かめてください。結果は受付から3日で削除されます。削除されたときは、もう一度アップロードしてください。");

    public static readonly Refusal JobGivenUp = new(
        "EL-0310", RefusalKind.Conflict, "一括の処理が途中で止まりました。", "もう一度アップロードしてください。繰り返すときは、受付番号を添えてセンターに連絡してください。");

    public static readonly Refusal SettingsBusy = new(
        "EL-0311", RefusalKind.Conflict, "環境設定が同時に変更されました。", "いまの設定を照会し、もう一度変更してください。");

    public static readonly Refusal ListTooLong = new(
        "EL-0312", RefusalKind.TooLarge, "一括照会の本文が上限（8 MiB）を超えています。", "5,000人、8 MiB までに分けて送ってください。");

    public static readonly Refusal NoConsentInForce = new(
        "EL-0313", RefusalKind.Forbidden, "この医療機関・薬局への有効な同意がありません。", "マイナンバーカードで資格を確認し、訪問診療・オンライン診療の同意をもう一度受けてください。");

    public static readonly Refusal NoSpan = new(
        "EL-0314", RefusalKind.Invalid, "取得する期間か診療区分が正しくありません。", "同意日（オンライン診療等では受診日でもよい）の「から」と「まで」を31日以内で、診療区分は訪問 2・オンライン 3（JSON では HomeVisit・Online）を入れてください。");
}
