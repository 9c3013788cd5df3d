using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility;

/// <summary>What is refused about 登録の状況 and 利用の記録.</summary>
internal static partial class Refusals
{
    public static readonly Refusal BadPeriod = new("EL-0711", RefusalKind.Invalid, "期間が扱える範囲にありません。", "始まりの日を終わりの日以前にし、登録の状況は1年以内、利用の記録は5年以内で指定してください。");

    public static readonly Refusal MayNotHandOut = new(
        "EL-0712", RefusalKind.Forbidden, "利用の記録を交付する権限がありません。", "保険者・福祉事務所の「保険者資格担当」の役割のある人が、サインインして行ってください。");

    public static readonly Refusal NoReasonToHandOut = new(
        "EL-0713", RefusalKind.Invalid, "理由が入力されていません。", "本人の求めであることと本人確認の方法など、理由を4文字以上で記入してください。理由は記録に残ります。");
}
