using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility;

/// <summary>What the doors of cards, consent and emergencies refuse. Texts stand as they are on the screen of a desk.</summary>
internal static partial class Refusals
{
    public static readonly Refusal NotOwnInstitution = new(
        "EL-0401", RefusalKind.Invalid, "医療機関コードが、照会する組織のものではありません。", "組織に登録された10桁の医療機関コードを指定してください。コードが一つだけなら空にできます。");

    public static readonly Refusal CardRequestWrong = new("EL-0402", RefusalKind.Invalid, "カードの照会の項目が違います。", "docs/protocol/cards.md のとおりに送ってください。");

    public static readonly Refusal ChallengeUnusable = new(
        "EL-0403", RefusalKind.Invalid, "カードの確認がやり直しになりました（時間切れ、または使用済み）。", "カードをもう一度置いてください。");

    public static readonly Refusal NotACardCertificate = new(
        "EL-0404", RefusalKind.Invalid, "利用者証明用電子証明書として読めません。", "マイナンバーカードかどうかを確かめ、もう一度置いてください。署名用電子証明書は使いません。");

    public static readonly Refusal UnknownCardAuthority = new(
        "EL-0405", RefusalKind.Invalid, "このセンターが信頼する認証局の証明書ではありません。", "マイナンバーカードかどうかを確かめてください。試験用のカードは本番では使えません。");

    public static readonly Refusal CardCertificateOutOfTime = new(
        "EL-0406",
        RefusalKind.Invalid,
        "電子証明書の有効期間の外です。",
        "資格確認書などで確かめてください。電子証明書は市区町村の窓口で更新できます（カードの有効期限とは別です）。更新後、利用登録は引き継がれます。");

    public static readonly Refusal CardRevoked = new(
        "EL-0407", RefusalKind.Invalid, "電子証明書が失効しています。", "資格確認書などで確かめてください。本人は市区町村の窓口で、紛失の届出やカードの再交付の状況を確認できます。");

    public static readonly Refusal CardListStale = new(
        "EL-0408",
        RefusalKind.Unavailable,
        "失効の情報が古いため、電子証明書を確かめられません。カードの問題ではありません。",
        "資格確認書などの券面で照会してください。センターは失効リストを差し替えます。");

    public static readonly Refusal CardSignatureFalse = new("EL-0409", RefusalKind.Invalid, "カードの署名が成り立ちません。", "カードをもう一度置いてください。続くときは券面で照会し、読み取り装置の業者に連絡してください。");

    public static readonly Refusal CardNotRegistered = new(
        "EL-0410", RefusalKind.NotFound, "この電子証明書の利用登録がありません。", "利用登録をするか、資格確認書などの券面で照会してください。利用登録は受付でもできます。");

    public static readonly Refusal NoCardInquiry = new("EL-0411", RefusalKind.NotFound, "この照会は見つかりません。", "カードをもう一度置いて照会してください。結果を取れるのは24時間です。");

    public static readonly Refusal NoSuchKiosk = new("EL-0412", RefusalKind.Conflict, "その名前の受付機は開いていません。", "受付機を開くか、読み取り装置の設定（受付機の名前）を確かめてください。");

    public static readonly Refusal OnlyAPersonVouches = new(
        "EL-0413", RefusalKind.Forbidden, "目視の確認は、端末だけではできません。", "サインインした職員が「目視の確認」の画面で、本人とカードの写真を見比べて認めてください。");

    public static readonly Refusal NothingToVouch = new("EL-0414", RefusalKind.Conflict, "目視の確認を待っていないか、時間が過ぎています。", "カードをもう一度置いて照会してください。");

    public static readonly Refusal PasscodeWrong = new("EL-0415", RefusalKind.Invalid, "目視用パスコードが違います。", "システム管理者が発行した8桁の数字を入力してください。");

    public static readonly Refusal PasscodeLocked = new("EL-0416", RefusalKind.TooMany, "パスコードの誤りが続いたため、15分間使えません。", "待ってから入力するか、システム管理者に新しいパスコードの発行を依頼してください。");

    public static readonly Refusal RegistrationDoesNotFit = new(
        "EL-0421", RefusalKind.Invalid, "券面と氏名が、登録されている資格と一致しません。", "資格確認書などを見て、保険者番号・記号・番号・枝番・生年月日・氏名（または氏名カナ）をそのまま入力してください。資格取得の直後は、まだ登録されていないことがあります。");

    public static readonly Refusal CardIsAnothers = new(
        "EL-0422", RefusalKind.Conflict, "この電子証明書は、別の人に登録されています。", "登録を移すことはしません。本人のカードであることを確かめ、利用登録を解除してから登録してください。");

    public static readonly Refusal BadRenewals = new("EL-0423", RefusalKind.Invalid, "新旧シリアル番号の CSV の形が違います。", "1行目を「旧発行者,旧シリアル番号,新発行者,新シリアル番号」にしてください。");

    public static readonly Refusal BadRenewal = new("EL-0424", RefusalKind.Invalid, "この行の対応は取り込めません。", "発行者（64桁の16進）とシリアル番号（16進）を確かめてください。");

    public static readonly Refusal NothingToWithdraw = new("EL-0425", RefusalKind.NotFound, "取り消せる同意がありません。", "券面と、同意の種類・診療区分を確かめてください。");

    public static readonly Refusal WithdrawalWrong = new("EL-0426", RefusalKind.Invalid, "同意の取消の項目が違います。", "kinds・cares を一つ以上、reason を 1・2・3 のどれかで指定してください。");

    public static readonly Refusal TooManyGuesses = new(
        "EL-0427", RefusalKind.TooMany, "一致しない利用登録が続いたため、しばらく受け付けません。", "資格確認書などの券面で照会してください。利用登録は、時間をおいて窓口の職員と一緒に行ってください。");

    public static readonly Refusal CardWasLost = new(
        "EL-0428", RefusalKind.Conflict, "この電子証明書は、紛失の届出があったため登録できません。", "本人がカードを見つけたときは、保険者かセンターに連絡してください。取り消されるまで、資格確認書などの券面で照会してください。");

    public static readonly Refusal NothingToRegister = new(
        "EL-0429", RefusalKind.Conflict, "この照会は、カードの署名を待っていません。", "カードをもう一度置いて照会してください。");

    public static readonly Refusal DetailsIncomplete = new(
        "EL-0434", RefusalKind.Invalid, "入力が足りません。", "保険者番号・番号・生年月日と、氏名か氏名カナを入力してください。");

    public static readonly Refusal KioskNameWrong = new("EL-0431", RefusalKind.Invalid, "受付機の名前が使えません。", "20文字までで入力してください（例: 1、受付2）。");

    public static readonly Refusal NoKiosk = new("EL-0432", RefusalKind.NotFound, "この受付機は開いていません。", "職員がサインインして、受付機を開き直してください。");

    public static readonly Refusal TurnOver = new("EL-0433", RefusalKind.Conflict, "この受付は終わっています。", "カードをもう一度置いてください。");

    public static readonly Refusal MayNotEndCards = new(
        "EL-0435", RefusalKind.Forbidden, "カードの紛失の届出を受け付ける権限がありません。", "センターのシステム管理者・情報管理責任者か、本人の保険者の保険者資格担当が行ってください。");

    public static readonly Refusal NoReasonToEndCards = new(
        "EL-0436", RefusalKind.Invalid, "理由が入力されていません。", "だれからの届出か、本人確認の方法など、理由を4文字以上で記入してください。理由は記録に残ります。");

    public static readonly Refusal OwnAccessesNeedTheCard = new(
        "EL-0437", RefusalKind.Forbidden, "目視で受け付けたため、利用の記録は示せません。", "暗証番号か顔認証でカードを置き直すか、加入している保険者の窓口に求めてください。");

    public static readonly Refusal TooManyLooks = new(
        "EL-0438", RefusalKind.TooMany, "利用の記録を見た回数が多いため、しばらく示せません。", "1時間ほど待つか、加入している保険者の窓口に求めてください。");

    public static readonly Refusal CardTakenAway = new(
        "EL-0439", RefusalKind.Conflict, "選ぶ前にカードが取り去られたため、受付を終わりました。", "受付を続けるときは、カードをもう一度置いてください。");

    public static readonly Refusal NotForEmergencies = new(
        "EL-0451", RefusalKind.Forbidden, "救急時の閲覧はできません。", "センターの許可を受けた医療機関の、医師・看護師・医療情報閲覧の役割のある人が、自分のサインインで行ってください。");

    public static readonly Refusal EmergencyIncomplete = new(
        "EL-0452", RefusalKind.Invalid, "本人を決める項目が足りません。", "券面の項目か、氏名カナ・生年月日・性別のすべてを入力してください。");

    public static readonly Refusal SecondFactorMissing = new("EL-0453", RefusalKind.Invalid, "ワンタイムコードが入力されていません。", "認証アプリに表示されている6桁を入力してください。");

    public static readonly Refusal EmergencyReasonMissing = new(
        "EL-0454", RefusalKind.Invalid, "理由が入力されていません。", "理由を4文字以上で記入してください。理由は記録に残り、事後に確認されます。");

    public static readonly Refusal NotAReviewer = new(
        "EL-0455", RefusalKind.Forbidden, "救急時の閲覧を確認する権限がありません。", "システム管理者か情報管理責任者が確認してください。");

    public static readonly Refusal NoEmergency = new("EL-0456", RefusalKind.NotFound, "この救急時の閲覧は見つかりません。", "一覧から選び直してください。");

    public static readonly Refusal OwnEmergency = new("EL-0457", RefusalKind.Forbidden, "自分が開いた救急時の閲覧は、自分では確認できません。", "ほかのシステム管理者か情報管理責任者に依頼してください。");

    public static readonly Refusal AlreadyReviewed = new("EL-0458", RefusalKind.Conflict, "この救急時の閲覧は確認済みです。", "一覧を開き直してください。");

    public static readonly Refusal NotPermittable = new("EL-0459", RefusalKind.Invalid, "この組織には、救急時の閲覧を許可できません。", "医療機関の組織を指定してください。");
}
