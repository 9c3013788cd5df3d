namespace Sekisho.Contracts;

/// <summary>監査事象 — every kind of event the audit trail can hold.</summary>
public enum AuditKind
{
    /// <summary>サインイン (成功・失敗).</summary>
    SignIn,

    /// <summary>サインアウト.</summary>
    SignOut,

    /// <summary>アクセス拒否.</summary>
    AccessDenied,

    /// <summary>セッションの終了 (自動・本人・管理者).</summary>
    SessionEnded,

    /// <summary>サインインの状況と認証手段の閲覧.</summary>
    SignInRead,

    /// <summary>パスワードの変更.</summary>
    PasswordChanged,

    /// <summary>認証手段 (パスキー・ワンタイムパスワード・回復用コード) の登録・変更・削除.</summary>
    FactorChanged,

    /// <summary>代表する組織の切替え.</summary>
    OrganisationSwitched,

    /// <summary>認証の回復 (申請・承認・却下・使用).</summary>
    SignInRecovery,

    /// <summary>組織の登録・変更.</summary>
    OrganisationChanged,

    /// <summary>証明書の発行.</summary>
    CertificateIssued,

    /// <summary>証明書の失効.</summary>
    CertificateRevoked,

    /// <summary>伝送の開始.</summary>
    TransmissionOpened,

    /// <summary>伝送内容の受信・照会・中止.</summary>
    TransmissionUpload,

    /// <summary>伝送の受領 (受領確認の付与).</summary>
    TransmissionAcknowledged,

    /// <summary>伝送の拒否.</summary>
    TransmissionRefused,

    /// <summary>受領確認の閲覧.</summary>
    AcknowledgementRead,

    /// <summary>配信の閲覧・取得.</summary>
    DeliveryRead,

    /// <summary>配信の受領確認.</summary>
    DeliveryAcknowledged,

    /// <summary>医療機関届出の登録.</summary>
    RegistryChanged,

    /// <summary>医療機関届出の閲覧.</summary>
    RegistryRead,

    /// <summary>受付状況・結果の閲覧.</summary>
    ReceptionRead,

    /// <summary>レセプトの閲覧.</summary>
    ClaimRead,

    /// <summary>請求の状態遷移 (受付点検・確定・取消・締切・審査・決定・配信).</summary>
    ClaimsTransition,

    /// <summary>送信前の点検 (内容も結果も残さない).</summary>
    ClaimPreviewed,

    /// <summary>点検の指摘についての人の判断.</summary>
    FindingJudged,

    /// <summary>画面の閲覧 (個人情報なし).</summary>
    PageRead,

    /// <summary>模擬業務日の変更 (開発のみ).</summary>
    BusinessTimeChanged,

    /// <summary>受領した内容の不正ソフトウェア検査の結果.</summary>
    ContentScanned,

    /// <summary>隔離していた内容の開封.</summary>
    ContentOpened,

    /// <summary>隔離した内容についての人の決定 (申出・開封・不開封).</summary>
    ContentDecided,

    /// <summary>隔離の一覧の閲覧.</summary>
    QuarantineRead,

    /// <summary>検査機構の停止・復旧.</summary>
    ScannerChanged,

    /// <summary>時計の状態の変化・跳躍.</summary>
    ClockChanged,

    /// <summary>運用の通知の発生 (不正利用の疑いを含む).</summary>
    NoticeRaised,

    /// <summary>運用の通知の再通知.</summary>
    NoticeReminded,

    /// <summary>運用の通知への原因・対策の記入.</summary>
    NoticeAnswered,

    /// <summary>運用の通知の閲覧.</summary>
    NoticeRead,

    /// <summary>台帳の記録 (エントリー) の取得.</summary>
    LedgerRead,

    /// <summary>職員と役割の閲覧.</summary>
    PeopleRead,

    /// <summary>職員の登録・役割・役職の変更・退職.</summary>
    PeopleChanged,

    /// <summary>任命・任命の終了.</summary>
    AppointmentChanged,

    /// <summary>規程の採用.</summary>
    RegulationChanged,

    /// <summary>代行の登録・終了.</summary>
    AgencyChanged,

    /// <summary>端末の登録・変更・持出し・返却・廃止.</summary>
    DeviceChanged,

    /// <summary>証明書の申請・承認・却下・受取り.</summary>
    CertificateRequested,

    /// <summary>接続の届出・確認・終了.</summary>
    ConnectionChanged,

    /// <summary>届け出た接続元以外からの要求の拒否.</summary>
    ConnectionRefused,

    /// <summary>利用規約の公開.</summary>
    TermsPublished,

    /// <summary>利用規約への同意.</summary>
    TermsAccepted,

    /// <summary>監査ログの閲覧・検索.</summary>
    AuditRead,

    /// <summary>封印された値の開示.</summary>
    AuditOpened,

    /// <summary>保護対象者の記録を含む監査ログの閲覧.</summary>
    ProtectedRead,

    /// <summary>監査ログの書き出し.</summary>
    AuditExported,

    /// <summary>保存期間を過ぎた明細の削除.</summary>
    AuditExpired,

    /// <summary>保護対象者の登録・解除.</summary>
    ProtectionChanged,

    /// <summary>資格確認の照会.</summary>
    EligibilityInquired,

    /// <summary>加入者情報の登録・訂正・取消.</summary>
    CoverageRegistered,

    /// <summary>加入者情報のファイルによる登録.</summary>
    CoverageFileTaken,

    /// <summary>登録した加入者情報の照会 by the insurer.</summary>
    CoverageRead,

    /// <summary>照会番号の登録・削除.</summary>
    ReferenceChanged,

    /// <summary>本人の紐付けの候補の閲覧.</summary>
    MatchRead,

    /// <summary>本人の紐付け・取消.</summary>
    MatchDecided,

    /// <summary>閲覧停止.</summary>
    ViewingStopped,

    /// <summary>責任のある保険者の照会 by a payer.</summary>
    ResponsibilityRead,

    /// <summary>厳秘の情報をファイルとして書き出した.</summary>
    FileExported,

    /// <summary>受付の一覧・一括照会の報告・カードの結果の閲覧.</summary>
    DeskListRead,

    /// <summary>受付の1人の閲覧.</summary>
    DeskPatientRead,

    /// <summary>患者の控え・受付の変更.</summary>
    DeskPatientChanged,

    /// <summary>患者の控え・予約のファイルの取込み.</summary>
    DeskFileTaken,

    /// <summary>夜間の一括照会の予定の変更・開始.</summary>
    NightPlanChanged,

    /// <summary>医療券・調剤券の登録・訂正・取消.</summary>
    TicketRegistered,

    /// <summary>医療券・調剤券のファイルによる登録.</summary>
    TicketFileTaken,

    /// <summary>登録した医療券・調剤券の照会 by the office.</summary>
    TicketRead,

    /// <summary>加入者情報の登録の状況の閲覧 by the insurer.</summary>
    RegistrationRead,

    /// <summary>本人のデータの利用の記録 (だれが見たか) の閲覧・交付.</summary>
    AccessLogRead,

    /// <summary>一括の要求の受付.</summary>
    BulkTaken,

    /// <summary>一括の結果の取得.</summary>
    BulkRead,

    /// <summary>薬剤情報・診療情報の閲覧, refused ones too.</summary>
    MedicinesViewed,

    /// <summary>カードによる資格確認.</summary>
    CardInquired,

    /// <summary>目視の確認.</summary>
    CardVouched,

    /// <summary>利用登録・解除・引継ぎ.</summary>
    CardRegistered,

    /// <summary>提供・閲覧の同意と取消.</summary>
    ConsentChanged,

    /// <summary>受付機の開始・終了, 目視用パスコードの発行.</summary>
    KioskChanged,

    /// <summary>救急時の閲覧の許可・取消 of a facility.</summary>
    EmergencyPermitted,

    /// <summary>救急時の閲覧.</summary>
    EmergencyOpened,

    /// <summary>救急時の閲覧の一覧と事後確認.</summary>
    EmergencyReviewed,
    /// <summary>特定健診のファイルによる登録.</summary>
    CheckupPackageTaken,

    /// <summary>登録した特定健診の照会.</summary>
    CheckupRead,

    /// <summary>特定健診の取消.</summary>
    CheckupWithdrawn,

    /// <summary>保存期間を過ぎた特定健診の削除.</summary>
    CheckupsExpired,

    /// <summary>特定健診情報の閲覧; its refusal, too.</summary>
    CheckupsViewed,
    /// <summary>医療機関環境設定情報の変更.</summary>
    FacilitySettingsChanged,

    /// <summary>カードの紛失の届出による利用登録の終了, and its taking back.</summary>
    CardsLost,

    /// <summary>取下げの依頼.</summary>
    WithdrawalRequested,

    /// <summary>取下げの決定.</summary>
    WithdrawalDecided,

    /// <summary>受付機で本人が見た、自分のデータの利用の記録; its refusal, too.</summary>
    OwnAccessesRead,
}
