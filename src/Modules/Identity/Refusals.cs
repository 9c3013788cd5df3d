using Sekisho.Wire;

namespace Sekisho.Modules.Identity;

internal static class Refusals
{
    public static readonly Refusal OrganisationUnknown = new(
        "ID-0101", RefusalKind.NotFound, "組織が登録されていません。", "組織の識別子を確認し、未登録の場合はセンターに登録を依頼してください。");

    public static readonly Refusal CodeUnknown = new(
        "ID-0102", RefusalKind.NotFound, "このコードを持つ組織が登録されていません。", "コードの体系と値を確認してください。");

    public static readonly Refusal CodeTaken = new(
        "ID-0103", RefusalKind.Conflict, "コードはすでに別の組織が持っています。", "コードを確認し、移管の場合は先に元の組織から外してください。");

    public static readonly Refusal LoginTaken = new(
        "ID-0104", RefusalKind.Conflict, "この利用者名はすでに使われています。", "別の利用者名を指定してください。");

    public static readonly Refusal PasswordTooShort = new(
        "ID-0105", RefusalKind.Invalid, "パスワードが短すぎます。", "12文字以上のパスワードを指定してください。");

    public static readonly Refusal CodeInvalid = new(
        "ID-0106", RefusalKind.Invalid, "コードの桁数または文字が正しくありません。",
        "審査支払機関は 1 または 2+都道府県2桁、保険者番号は6桁または8桁、公費負担者番号は8桁、医療機関コードは10桁の数字で指定してください。");

    public static readonly Refusal SignInFailed = new(
        "ID-0201", RefusalKind.Unauthenticated, "サインインできません。", "利用者名とパスワードを確認してください。続けて誤るとしばらく使えなくなります。");

    public static readonly Refusal SignInLocked = new(
        "ID-0202", RefusalKind.Unauthenticated, "誤りが続いたため、しばらくサインインできません。", "時間をおいて試すか、システム管理者に連絡してください。");

    public static readonly Refusal AccountEnded = new(
        "ID-0203", RefusalKind.Unauthenticated, "この利用者は現在使えません。", "システム管理者に連絡してください。");

    public static readonly Refusal DeviceNotInForce = new(
        "ID-0301", RefusalKind.Unauthenticated, "この端末の証明書は有効ではありません（失効または未登録）。", "新しい証明書の発行をセンターに依頼してください。");

    public static readonly Refusal DeviceUnknown = new(
        "ID-0302", RefusalKind.NotFound, "端末が登録されていません。", "端末の識別子または証明書のシリアル番号を確認してください。");
}
