using Sekisho.Wire;

namespace Sekisho.Modules.Identity;

internal static partial class Refusals
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
        "審査支払機関は 1 または 2+都道府県2桁、保険者番号は6桁または8桁、公費負担者番号は8桁、医療機関コードは10桁、社会保険労務士登録番号は8桁の数字、事業所は 都道府県-郡市区記号-事業所記号-番号 で指定してください。");

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

    public static readonly Refusal RevocationListStale = new(
        "ID-0306", RefusalKind.Unavailable, "センターの失効リストが古いため、端末の証明書を確かめられません。何も受け付けていません。",
        "センターが失効リストを更新するまで待って、同じものを送り直してください。続くときはセンターに連絡してください。");

    public static readonly Refusal PasswordNotTypeable = new(
        "ID-0501", RefusalKind.Invalid, "パスワードに使えない文字があるか、長すぎます。", "半角の英字・数字・記号だけで、128文字以内にしてください。");

    public static readonly Refusal PasswordNotMixed = new(
        "ID-0502", RefusalKind.Invalid, "パスワードの文字の種類が足りません。", "英字・数字・記号をそれぞれ1文字以上混ぜてください。");

    public static readonly Refusal PasswordRepeated = new(
        "ID-0503", RefusalKind.Invalid, "同じ文字または同じ並びを繰り返しています。", "異なる文字を5種類以上使い、繰り返しにならないようにしてください。");

    public static readonly Refusal PasswordCommon = new(
        "ID-0504", RefusalKind.Invalid, "よく使われるパスワードか、その言い換えです。", "よくある語や並び（password、qwerty、1234、西暦など）に頼らないものにしてください。");

    public static readonly Refusal PasswordGuessable = new(
        "ID-0505", RefusalKind.Invalid, "利用者名・氏名・組織名などから類推できます。", "自分や職場に関わる語と、その逆さ読みを除いても5文字以上残るものにしてください。");

    public static readonly Refusal PasswordSimilar = new(
        "ID-0506", RefusalKind.Invalid, "いまのパスワードと似ています。", "数字を増やすなどの小さな変更ではなく、別のものにしてください。");

    public static readonly Refusal PasswordReused = new(
        "ID-0507", RefusalKind.Invalid, "最近使ったパスワードです。", "直近5回に使っていないものにしてください。");

    public static readonly Refusal CurrentPasswordWrong = new(
        "ID-0508", RefusalKind.Invalid, "いまのパスワードが違います。", "いまのパスワードをもう一度入力してください。続けて誤るとしばらく使えなくなります。");

    public static readonly Refusal DeviceRequired = new(
        "ID-0510", RefusalKind.Forbidden, "この端末の証明書が確認できません。", "証明書を入れた職場の端末から開き、証明書の選択を求められたら選んでください。証明書がない場合はシステム管理者に依頼してください。");

    public static readonly Refusal NoSession = new(
        "ID-0511", RefusalKind.Unauthenticated, "サインインの有効期限が切れました。", "もう一度サインインしてください。");

    public static readonly Refusal DeviceOfAnother = new(
        "ID-0512", RefusalKind.Forbidden, "この端末は、代表する組織の端末ではありません。", "自分の組織の端末から開くか、代表する組織を端末の組織に切り替えてください。");

    public static readonly Refusal CrossSite = new(
        "ID-0513", RefusalKind.Forbidden, "ほかのサイトからの操作は受け付けません。", "関所の画面を開いて、そこから操作してください。");

    public static readonly Refusal CodeWrong = new(
        "ID-0520", RefusalKind.Invalid, "コードが正しくありません。", "アプリに表示されている新しい6桁を入力してください。合わない場合は、電話の時刻が自動設定になっているか確認してください。");

    public static readonly Refusal LastFactor = new(
        "ID-0521", RefusalKind.Conflict, "この組織の規程は二要素認証を求めているため、最後の認証手段は外せません。", "先に別のパスキーまたはワンタイムパスワードを登録してください。");

    public static readonly Refusal PasskeyRefused = new(
        "ID-0522", RefusalKind.Invalid, "パスキーを登録できませんでした。", "画面を開き直して、もう一度登録してください。同じ端末のパスキーがすでに登録されていないかも確認してください。");

    public static readonly Refusal PasskeyFailed = new(
        "ID-0526", RefusalKind.Unauthenticated, "パスキーでサインインできません。", "画面を開き直して、もう一度試してください。登録したパスキーがない場合は、利用者IDとパスワードでサインインしてください。");

    public static readonly Refusal NotFound = new(
        "ID-0523", RefusalKind.NotFound, "見つかりません。", "画面を開き直して、選び直してください。");

    public static readonly Refusal NotYourMembership = new(
        "ID-0524", RefusalKind.NotFound, "この組織には所属していません。", "所属している組織から選んでください。");

    public static readonly Refusal PasskeyNameMissing = new(
        "ID-0525", RefusalKind.Invalid, "パスキーの名前がないか、長すぎます。", "「受付のパソコン」のような名前を40文字以内で付けてください。");

    public static readonly Refusal RecoveryNotYours = new(
        "ID-0530", RefusalKind.Forbidden, "この申請は承認できません。", "本人と、すでに承認した人は承認できません。センターの管理者は、その組織に承認できる人が足りないときだけ承認できます。");

    public static readonly Refusal RecoveryFailed = new(
        "ID-0531", RefusalKind.Unauthenticated, "回復のコードを確認できません。", "利用者IDとコードを確認してください。コードは一度だけ、決められた時間の間だけ使えます。過ぎた場合はシステム管理者に依頼してください。");

    // 職員と役割

    public static readonly Refusal ColleagueUnknown = new(
        "ID-0401", RefusalKind.NotFound, "この職員は見つかりません。", "職員と役割の画面で選び直してください。");

    public static readonly Refusal AppointmentUnknown = new(
        "ID-0402", RefusalKind.NotFound, "この任命は見つからないか、すでに終わっています。", "職員と役割の画面で選び直してください。");

    public static readonly Refusal NotYours = new(
        "ID-0403", RefusalKind.Forbidden, "職員と役割を変える権限がありません。", "システム管理者に依頼してください。");

    public static readonly Refusal AppointsThemself = new(
        "ID-0404", RefusalKind.Forbidden, "自分を任命することはできません。", "ほかの権限のある人に操作を依頼してください。役職による充て職は、役職を登録すると自動で付きます。");

    public static readonly Refusal NotTheirsToAppoint = new(
        "ID-0405", RefusalKind.Invalid, "規程では、この人・役職はこの役割を任命できません。", "規程の定める任命者を選んでください。");

    public static readonly Refusal NobodyAppointed = new(
        "ID-0406", RefusalKind.Invalid, "任命した人（役職）が記録されていません。", "誰が任命したかを選んでください。");

    public static readonly Refusal NoSuchScope = new(
        "ID-0407", RefusalKind.Invalid, "この役割は、そのシステムの単位では任命しません。", "規程の定めるシステムを選んでください。");

    public static readonly Refusal AlreadyFilled = new(
        "ID-0408", RefusalKind.Conflict, "この役割にはすでに人がいます。", "交代するときは、いまの任命（役職）を先に終えてください。");

    public static readonly Refusal Combined = new(
        "ID-0409", RefusalKind.Conflict, "規程が認めない兼務です。", "別の人を任命するか、兼務を認める規程の採用を登録してください。");

    public static readonly Refusal AuditorOperates = new(
        "ID-0410", RefusalKind.Conflict, "監査人は、監査する先の運用や業務の役割を持てません。", "監査人と、運用・業務の担当は別の人にしてください。");

    public static readonly Refusal EndsBeforeItBegins = new(
        "ID-0411", RefusalKind.Invalid, "日付が正しくありません。", "終わりの日は、始まりの日とこれまでの日付より後にしてください。");

    public static readonly Refusal NoReason = new(
        "ID-0412", RefusalKind.Invalid, "理由が入力されていません。", "記録に残る理由（退職、異動、交代など）を入力してください。");

    public static readonly Refusal LastAdministrator = new(
        "ID-0413", RefusalKind.Conflict, "システム管理者がいなくなります。", "先に、別の人をシステム管理者に任命するか、充て職の役職を登録してください。");

    public static readonly Refusal RegulationInvalid = new(
        "ID-0414", RefusalKind.Invalid, "この規程では認められない内容です。", "規程の種類と、読替えの内容を確認してください。");

    public static readonly Refusal WaitingUnknown = new(
        "ID-0415", RefusalKind.NotFound, "この確認待ちは見つからないか、すでに済んでいます。", "職員と役割の画面で選び直してください。");

    public static readonly Refusal NotTheSecond = new(
        "ID-0416", RefusalKind.Forbidden, "この変更は、別の権限のある人が確認します。", "ほかのシステム管理者または機関の長（いないときはセンター）に確認を依頼してください。");

    public static readonly Refusal NameMissing = new(
        "ID-0417", RefusalKind.Invalid, "氏名または利用者IDが正しくありません。", "氏名を入力し、利用者IDは3～64文字の英小文字・数字・ . - _ にしてください。");

    public static readonly Refusal GainsByIt = new(
        "ID-0418", RefusalKind.Forbidden, "この変更で、自分がシステム管理者または機関の長になります。", "ほかの権限のある人に操作を依頼してください。");

    public static readonly Refusal AlreadyColleague = new(
        "ID-0419", RefusalKind.Conflict, "この人はすでにこの組織の職員です。", "職員と役割の画面を確認してください。");

    public static readonly Refusal AgencyUnknown = new(
        "ID-0431", RefusalKind.NotFound, "この代行は見つからないか、すでに終わっています。", "代行の一覧で選び直してください。");

    public static readonly Refusal AgencyInvalid = new(
        "ID-0432", RefusalKind.Invalid, "この代行は登録できません。", "代行する組織の種類（社会保険労務士・事務代行者・クラウド事業者）、期間、根拠（契約・届出）を確認してください。");
}
