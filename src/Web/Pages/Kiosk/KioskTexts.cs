using Sekisho.Contracts;

namespace Sekisho.Web.Pages.Kiosk;

/// <summary>A language of the kiosk, by its code.</summary>
internal sealed record KioskLanguage(string Code, string Name, int Index)
{
    public static readonly IReadOnlyList<KioskLanguage> All = [new("ja", "日本語", 0), new("en", "English", 1), new("zh-Hans", "简体中文", 2), new("ko", "한국어", 3)];

    /// <summary>The language asked for; Japanese when there is no such.</summary>
    public static KioskLanguage Of(string? code) => All.FirstOrDefault(l => l.Code == code) ?? All[0];

    public string Say(KioskText text) => KioskTexts.All[text][Index];

    public string Say(KioskText text, params object[] values) => string.Format(System.Globalization.CultureInfo.InvariantCulture, Say(text), values);
}

/// <summary>Everything the kiosk can say.</summary>
internal enum KioskText
{
    Title,
    Skip,
    PutCard,
    PutCardHelp,
    Closed,
    ClosedHelp,
    Start,
    Explain,
    ForADay,
    UntilWithdrawn,
    LimitsIncluded,
    OneByOne,
    AllYes,
    AllNo,
    TakeBack,
    TakeBackHelp,
    Question,
    Progress,
    Yes,
    No,
    Back,
    Quit,
    Check,
    CheckHelp,
    Agreed,
    NotAgreed,
    TakenBack,
    Send,
    Thanks,
    ThanksHelp,
    Over,
    OverHelp,
    Limits,
    Diseases,
    Medicines,
    Diagnoses,
    Operations,
    Checkups,
    RegisterOffer,
    RegisterExplain,
    RegisterStart,
    RegisterNo,
    RegisterTitle,
    RegisterHint,
    RegisterInsurer,
    RegisterSymbol,
    RegisterNumber,
    RegisterBranch,
    RegisterName,
    RegisterKana,
    RegisterBirth,
    RegisterEra,
    RegisterYear,
    RegisterMonth,
    RegisterDay,
    RegisterSend,
    RegisterIncomplete,
    RegisterFailed,
    RegisterSigning,
    RegisterSigningHelp,
    RegisterLook,
    RegisterOver,
    RegisterOverHelp,
    Accesses,
    AccessesOpen,
    AccessesPeriod,
    AccessesNone,
    AccessesQuarter,
    AccessesYear,
    AccessesFiveYears,
    AccessesNewer,
    AccessesOlder,
    AccessesClose,
    AccessesRefused,
    AccessesCentre,
    AccessesHelp,
    AccessesNeedCard,
    AccessesTooMany,
    AccessesElsewhere,
    LookedEligibility,
    LookedMedicines,
    LookedCheckups,
    LookedClaims,
    LookedRegistration,
    LookedConsents,
    LookedEmergency,
    LookedDesk,
    LookedAccesses,
    LookedOther,
}

/// <summary>The texts, in the order of <see cref="KioskLanguage.All"/>. One table, so that a missing translation shows.</summary>
internal static class KioskTexts
{
    public static readonly IReadOnlyDictionary<KioskText, string[]> All = new Dictionary<KioskText, string[]>
    {
        [KioskText.Title] = ["マイナンバーカードの受付", "Check-in with My Number Card", "个人编号卡受理", "마이넘버카드 접수"],
        [KioskText.Skip] = ["本文へ移動", "Skip to the question", "跳到正文", "본문으로 이동"],
        [KioskText.PutCard] = ["カードをカードリーダーに置いてください", "Place your card on the reader", "请将卡片放在读卡器上", "카드를 카드 리더기에 올려 주세요"],
        [KioskText.PutCardHelp] =
        [
            "確認が終わると、この画面で質問します。", "When your card has been checked, this screen will ask you some questions.", "卡片确认后，将在此画面上提问。", "카드 확인이 끝나면 이 화면에서 질문합니다.",
        ],
        [KioskText.Closed] = ["この受付機は使えません", "This kiosk is not in service", "本机暂停使用", "이 접수기는 사용할 수 없습니다"],
        [KioskText.ClosedHelp] = ["窓口の職員に声をかけてください。", "Please speak to a member of staff.", "请联系窗口工作人员。", "창구 직원에게 말씀해 주세요."],
        [KioskText.Start] = ["情報を見せることへの同意", "Consent to share your information", "关于提供信息的同意", "정보 제공 동의"],
        [KioskText.Explain] =
        [
            "この医療機関・薬局が、あなたの次の情報を見てよいかをうかがいます。同意しなくても、保険で診療を受けられます。",
            "We ask whether this facility may see the following information about you. You will receive insured care even if you do not agree.",
            "将询问您是否同意本机构查看您的以下信息。即使不同意，也可以使用医疗保险就诊。",
            "이 기관이 귀하의 다음 정보를 열람해도 되는지 여쭙겠습니다. 동의하지 않아도 보험 진료를 받을 수 있습니다.",
        ],
        [KioskText.ForADay] =
        [
            "同意は、いまから24時間だけ有効です。", "Your consent is valid for 24 hours from now.", "同意自现在起24小时内有效。", "동의는 지금부터 24시간 동안만 유효합니다.",
        ],
        [KioskText.UntilWithdrawn] =
        [
            "訪問診療のための同意は、あなたが取り消すまで続きます。", "Consent for home visits continues until you withdraw it.", "上门诊疗的同意在您撤销之前持续有效。", "방문 진료를 위한 동의는 귀하가 철회할 때까지 계속됩니다.",
        ],
        [KioskText.LimitsIncluded] =
        [
            "窓口での支払いの上限（限度額）は、カードで受付をすると示されます。", "Your payment limit (high-cost care) is shown to the facility when you check in with the card.",
            "使用卡片受理时，将显示您的自付限额。", "카드로 접수하면 본인부담 한도액이 표시됩니다.",
        ],
        [KioskText.OneByOne] = ["一つずつ選ぶ", "Choose one by one", "逐项选择", "하나씩 선택"],
        [KioskText.AllYes] = ["すべて同意する", "Agree to all", "全部同意", "모두 동의"],
        [KioskText.AllNo] = ["どれも同意しない", "Agree to none", "全部不同意", "모두 동의하지 않음"],
        [KioskText.TakeBack] = ["これまでの同意を取り消す", "Withdraw my earlier consent", "撤销以前的同意", "이전 동의 철회"],
        [KioskText.TakeBackHelp] =
        [
            "この医療機関・薬局で前にした同意が、いまも有効です。", "Consent you gave to this facility before is still valid.", "您以前对本机构的同意目前仍然有效。", "이 기관에서 이전에 하신 동의가 아직 유효합니다.",
        ],
        [KioskText.Question] =
        [
            "「{0}」を見せることに同意しますか", "Do you agree to share: {0}?", "您同意提供“{0}”吗？", "「{0}」 열람에 동의하십니까?",
        ],
        [KioskText.Progress] = ["{0} / {1}", "{0} of {1}", "{0} / {1}", "{0} / {1}"],
        [KioskText.Yes] = ["同意する", "I agree", "同意", "동의함"],
        [KioskText.No] = ["同意しない", "I do not agree", "不同意", "동의하지 않음"],
        [KioskText.Back] = ["最初に戻る", "Start again", "返回开头", "처음으로"],
        [KioskText.Quit] = ["同意せずに終わる", "Finish without agreeing", "不同意并结束", "동의하지 않고 종료"],
        [KioskText.Check] = ["これでよろしいですか", "Is this correct?", "以上内容正确吗？", "이대로 진행할까요?"],
        [KioskText.CheckHelp] =
        [
            "「決定」を押すと、選んだとおりに伝えます。", "Press “Confirm” to send your choices.", "按“确定”后，将按所选内容发送。", "「확정」을 누르면 선택한 대로 전달합니다.",
        ],
        [KioskText.Agreed] = ["同意する", "Agree", "同意", "동의함"],
        [KioskText.NotAgreed] = ["同意しない", "Do not agree", "不同意", "동의하지 않음"],
        [KioskText.TakenBack] =
        [
            "この医療機関・薬局への同意を、すべて取り消します。", "All consent given to this facility will be withdrawn.", "将撤销对本机构的全部同意。", "이 기관에 대한 모든 동의를 철회합니다.",
        ],
        [KioskText.Send] = ["決定", "Confirm", "确定", "확정"],
        [KioskText.Thanks] = ["受け付けました", "Thank you", "已受理", "접수되었습니다"],
        [KioskText.ThanksHelp] =
        [
            "カードを忘れずにお取りください。", "Please do not forget your card.", "请勿忘记取回卡片。", "카드를 잊지 말고 가져가 주세요.",
        ],
        [KioskText.Over] = ["この受付は終わりました", "This check-in has ended", "本次受理已结束", "이번 접수는 종료되었습니다"],
        [KioskText.OverHelp] =
        [
            "もう一度行うには、カードを置き直してください。", "To try again, place your card on the reader once more.", "如需重新办理，请再次放置卡片。", "다시 하시려면 카드를 다시 올려 주세요.",
        ],
        [KioskText.Limits] = ["限度額適用認定証の情報", "Payment limit certificate", "限额认定证信息", "한도액 적용 인정증 정보"],
        [KioskText.Diseases] = ["特定疾病療養受療証の情報", "Specified disease certificate", "特定疾病疗养证信息", "특정질병 요양 진료증 정보"],
        [KioskText.Medicines] = ["お薬の情報", "Medicines you received", "用药信息", "약제 정보"],
        [KioskText.Diagnoses] = ["診療の情報", "Care you received", "诊疗信息", "진료 정보"],
        [KioskText.Operations] = ["手術の情報", "Operations you had", "手术信息", "수술 정보"],
        [KioskText.Checkups] = ["特定健診の結果", "Health check-up results", "特定健康检查结果", "특정건강검진 결과"],
        [KioskText.RegisterOffer] = ["このカードは、まだ保険証として使えません", "This card is not yet registered as your insurance card", "此卡尚未登记为保险证", "이 카드는 아직 보험증으로 등록되지 않았습니다"],
        [KioskText.RegisterExplain] =
        [
            "資格確認書など、保険の番号がわかるものがあれば、いまここで登録（利用登録）できます。登録は一度だけです。カードはリーダーに置いたままにしてください。",
            "If you have a document that shows your insurance numbers, you can register the card here now. You only do this once. Please leave the card on the reader.",
            "如果您持有写明保险号码的资格确认书等，现在即可在此登记。只需登记一次。请将卡片留在读卡器上。",
            "보험 번호를 알 수 있는 자격확인서 등이 있으면 지금 여기에서 등록할 수 있습니다. 등록은 한 번만 하면 됩니다. 카드는 리더기에 올려 두세요.",
        ],
        [KioskText.RegisterStart] = ["登録する", "Register now", "现在登记", "등록하기"],
        [KioskText.RegisterNo] = ["登録しないで終わる", "Finish without registering", "不登记并结束", "등록하지 않고 종료"],
        [KioskText.RegisterTitle] = ["資格確認書のとおりに入力してください", "Enter what your insurance document says", "请按资格确认书填写", "자격확인서에 적힌 대로 입력하세요"],
        [KioskText.RegisterHint] =
        [
            "わからないときは、窓口の職員に声をかけてください。入力したものは、登録のほかには使いません。",
            "If you are not sure, please ask a member of staff. What you enter is used for the registration only.",
            "如有不明，请咨询窗口工作人员。填写内容仅用于登记。",
            "모르는 점이 있으면 창구 직원에게 말씀해 주세요. 입력한 내용은 등록에만 사용합니다.",
        ],
        [KioskText.RegisterInsurer] = ["保険者番号（6桁か8桁）", "Insurer number (6 or 8 digits)", "保险者号码（6位或8位）", "보험자 번호 (6자리 또는 8자리)"],
        [KioskText.RegisterSymbol] = ["記号（ないときは空けておく）", "Symbol (leave empty if there is none)", "记号（没有则留空）", "기호 (없으면 비워 두세요)"],
        [KioskText.RegisterNumber] = ["番号", "Number", "号码", "번호"],
        [KioskText.RegisterBranch] = ["枝番（ないときは空けておく）", "Branch number (leave empty if there is none)", "枝番（没有则留空）", "가지번호 (없으면 비워 두세요)"],
        [KioskText.RegisterName] = ["氏名", "Name, as it is written", "姓名", "성명"],
        [KioskText.RegisterKana] = ["氏名のフリガナ（漢字を入力できないとき）", "Name in kana, if you cannot type it as written", "姓名读音（无法输入汉字时）", "성명 후리가나 (한자를 입력할 수 없을 때)"],
        [KioskText.RegisterBirth] = ["生まれた日", "Date of birth", "出生日期", "생년월일"],
        [KioskText.RegisterEra] = ["元号", "Era", "年号", "연호"],
        [KioskText.RegisterYear] = ["年", "year", "年", "년"],
        [KioskText.RegisterMonth] = ["月", "month", "月", "월"],
        [KioskText.RegisterDay] = ["日", "day", "日", "일"],
        [KioskText.RegisterSend] = ["この内容で登録する", "Register with this", "按此内容登记", "이 내용으로 등록"],
        [KioskText.RegisterIncomplete] =
        [
            "入力が足りません。保険者番号・番号・生まれた日と、氏名かフリガナを入力してください。",
            "Something is missing. Please enter the insurer number, the number, the date of birth, and the name.",
            "填写不完整。请填写保险者号码、号码、出生日期以及姓名。",
            "입력이 부족합니다. 보험자 번호, 번호, 생년월일, 성명을 입력하세요.",
        ],
        [KioskText.RegisterFailed] =
        [
            "登録されている内容と一致しません。資格確認書をもう一度見て、直してください（あと {0} 回）。",
            "This does not match what is registered. Please check your document and correct it (tries left: {0}).",
            "与登记内容不符。请再次核对资格确认书并更正（还可尝试 {0} 次）。",
            "등록된 내용과 일치하지 않습니다. 자격확인서를 다시 확인하고 고쳐 주세요 (남은 횟수: {0}).",
        ],
        [KioskText.RegisterSigning] = ["登録しています", "Registering your card", "正在登记", "등록하고 있습니다"],
        [KioskText.RegisterSigningHelp] = ["カードを動かさないでください。", "Please do not move the card.", "请勿移动卡片。", "카드를 움직이지 마세요."],
        [KioskText.RegisterLook] = ["次へ", "Continue", "下一步", "다음"],
        [KioskText.RegisterOver] = ["カードの登録は終わりました", "The registration has ended", "卡片登记已结束", "카드 등록이 종료되었습니다"],
        [KioskText.RegisterOverHelp] =
        [
            "登録していません。カードを取り、資格確認書などを窓口の職員に見せてください。",
            "Your card was not registered. Please take it and show your insurance document to the staff.",
            "卡片未登记。请取回卡片，并向窗口工作人员出示资格确认书等。",
            "카드는 등록되지 않았습니다. 카드를 가지고 창구 직원에게 자격확인서 등을 보여 주세요.",
        ],
        [KioskText.Accesses] = ["だれがあなたの情報を見たか", "Who looked at your information", "谁查看了您的信息", "누가 내 정보를 보았는가"],
        [KioskText.AccessesOpen] = ["だれが私の情報を見たかを見る", "See who looked at my information", "查看谁看过我的信息", "누가 내 정보를 보았는지 확인"],
        [KioskText.AccessesPeriod] = ["{0} から {1} まで（日本時間、新しい順）", "From {0} to {1} (time in Japan, newest first)", "{0} 至 {1}（日本时间，由新到旧）", "{0} ~ {1} (일본 시간, 최신순)"],
        [KioskText.AccessesNone] = ["この期間に示せる記録はありません。", "There is nothing to show for this period.", "此期间没有可显示的记录。", "이 기간에 표시할 수 있는 기록이 없습니다."],
        [KioskText.AccessesQuarter] = ["3か月", "3 months", "3个月", "3개월"],
        [KioskText.AccessesYear] = ["1年", "1 year", "1年", "1년"],
        [KioskText.AccessesFiveYears] = ["5年", "5 years", "5年", "5년"],
        [KioskText.AccessesNewer] = ["新しいほうへ", "Newer", "较新", "더 최근"],
        [KioskText.AccessesOlder] = ["古いほうへ", "Older", "较早", "더 이전"],
        [KioskText.AccessesClose] = ["閉じて、受付に戻る", "Close and return to check-in", "关闭并返回受理", "닫고 접수로 돌아가기"],
        [KioskText.AccessesRefused] = ["（断られました）", "(refused)", "（已被拒绝）", "(거부됨)"],
        [KioskText.AccessesCentre] = ["センター", "The centre", "中心", "센터"],
        [KioskText.AccessesHelp] =
        [
            "心当たりのない利用があるときは、加入している保険者（医療扶助は福祉事務所）にお問い合わせください。",
            "If you do not recognise an entry, please contact your insurer (for medical assistance, the welfare office).",
            "如有不明的查看记录，请联系您加入的保险者（医疗扶助请联系福利事务所）。",
            "모르는 이용 기록이 있으면 가입한 보험자(의료부조는 복지사무소)에 문의해 주세요.",
        ],
        [KioskText.AccessesNeedCard] = ["目視で受け付けたため、ここでは見られません", "This cannot be shown here, as your identity was checked by eye", "因采用目视确认，无法在此查看", "육안으로 확인했으므로 여기에서는 볼 수 없습니다"],
        [KioskText.AccessesTooMany] = ["見た回数が多いため、しばらく見られません", "You have looked too often; please try again later", "查看次数过多，请稍后再试", "조회 횟수가 많아 잠시 볼 수 없습니다"],
        [KioskText.AccessesElsewhere] = ["加入している保険者の窓口でも、同じ記録を求められます。", "You can also ask your insurer for the same record.", "您也可以向加入的保险者索取相同的记录。", "가입한 보험자 창구에서도 같은 기록을 요청할 수 있습니다."],
        [KioskText.LookedEligibility] = ["保険の資格", "Insurance eligibility", "保险资格", "보험 자격"],
        [KioskText.LookedMedicines] = ["お薬・診療の情報", "Medicines and care", "用药和诊疗信息", "약제·진료 정보"],
        [KioskText.LookedCheckups] = ["健診の結果", "Health check-up results", "健康检查结果", "건강검진 결과"],
        [KioskText.LookedClaims] = ["診療の請求（レセプト）", "Insurance claims", "医疗费申请", "진료비 청구"],
        [KioskText.LookedRegistration] = ["保険者の登録", "The insurer's registration", "保险者的登记", "보험자 등록"],
        [KioskText.LookedConsents] = ["同意・カードの登録", "Consent and card registration", "同意与卡片登记", "동의·카드 등록"],
        [KioskText.LookedEmergency] = ["救急時の閲覧", "Emergency access", "急救时的查看", "응급 시 열람"],
        [KioskText.LookedDesk] = ["受付の控え", "The facility's own list", "机构的受理记录", "접수 기록"],
        [KioskText.LookedAccesses] = ["この利用の記録", "This record of who looked", "本查看记录", "이 이용 기록"],
        [KioskText.LookedOther] = ["そのほか", "Something else", "其他", "기타"],
    };

    /// <summary>What a kind of consent is called.</summary>
    public static KioskText Of(Contracts.Eligibility.ConsentKind kind) => Enum.Parse<KioskText>(kind.ToString());

    /// <summary>What was looked at, in few words; several kinds of event are one thing to the person.</summary>
    public static KioskText Of(AuditKind kind) => kind switch
    {
        AuditKind.EligibilityInquired or AuditKind.CardInquired or AuditKind.CardVouched or AuditKind.ReferenceChanged or AuditKind.ResponsibilityRead => KioskText.LookedEligibility,
        AuditKind.MedicinesViewed => KioskText.LookedMedicines,
        AuditKind.CheckupsViewed or AuditKind.CheckupRead or AuditKind.CheckupWithdrawn => KioskText.LookedCheckups,
        AuditKind.ClaimRead => KioskText.LookedClaims,
        AuditKind.CoverageRegistered or AuditKind.CoverageRead or AuditKind.MatchRead or AuditKind.MatchDecided or AuditKind.ViewingStopped or AuditKind.TicketRegistered
            or AuditKind.TicketRead => KioskText.LookedRegistration,
        AuditKind.ConsentChanged or AuditKind.CardRegistered or AuditKind.CardsLost => KioskText.LookedConsents,
        AuditKind.EmergencyOpened or AuditKind.EmergencyReviewed => KioskText.LookedEmergency,
        AuditKind.DeskPatientRead or AuditKind.DeskPatientChanged => KioskText.LookedDesk,
        AuditKind.AccessLogRead or AuditKind.OwnAccessesRead => KioskText.LookedAccesses,
        _ => KioskText.LookedOther,
    };
}
