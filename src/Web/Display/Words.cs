using Sekisho.Contracts.Claims;
using Sekisho.Contracts.Exchange;
using Sekisho.Formats.Claims;
using Sekisho.Wire;

namespace Sekisho.Web.Display;

/// <summary>The words people read for what the code calls by enum.</summary>
internal static class Words
{
    public static string Word(this Classification value) => value switch
    {
        Classification.Public => "公開",
        Classification.Confidential => "秘密",
        _ => "厳秘",
    };

    public static string Word(this SiteEnvironment value) => value switch
    {
        SiteEnvironment.Development => "開発",
        SiteEnvironment.Test => "試験",
        _ => "本番",
    };

    public static string Word(this ReceptionState value) => value switch
    {
        ReceptionState.Received => "点検中",
        ReceptionState.Rejected => "受付不能",
        ReceptionState.Checked => "結果（確定待ち）",
        ReceptionState.Cancelled => "取消",
        ReceptionState.Confirmed => "請求確定",
        ReceptionState.Closed => "締切",
        ReceptionState.UnderReview => "審査中",
        ReceptionState.Decided => "決定",
        _ => "配信済み",
    };

    /// <summary>Style of a state's badge.</summary>
    public static string Tone(this ReceptionState value) => value switch
    {
        ReceptionState.Rejected => "error",
        ReceptionState.Checked => "warning",
        ReceptionState.Confirmed or ReceptionState.Decided or ReceptionState.Delivered => "success",
        ReceptionState.Cancelled => "muted",
        _ => "info",
    };

    public static string Word(this ClaimState value) => value switch
    {
        ClaimState.Accepted => "受付",
        ClaimState.Rejected => "受付不能",
        ClaimState.Dropped => "対象外",
        ClaimState.Approved => "請求どおり",
        ClaimState.Held => "保留",
        ClaimState.Delivered => "配信済み",
        ClaimState.Withdrawn => "取下げ",
        _ => "配信保留（保険者不明）",
    };

    public static string Tone(this ClaimState value) => value switch
    {
        ClaimState.Rejected or ClaimState.Undeliverable => "error",
        ClaimState.Held => "warning",
        ClaimState.Approved or ClaimState.Delivered => "success",
        ClaimState.Dropped or ClaimState.Withdrawn => "muted",
        _ => "info",
    };

    public static string Word(this Severity value) => value switch
    {
        Severity.L1 => "受付不能（ファイル）",
        Severity.L2 => "受付不能（レセプト）",
        Severity.L3 => "返戻対象",
        Severity.L4 => "要確認",
        Severity.L48 => "連絡",
        _ => "算定ルール",
    };

    /// <summary>What a severity means for the reader.</summary>
    public static string Meaning(this Severity value) => value switch
    {
        Severity.L1 => "ファイル全体を受け付けられません。直して送り直してください。",
        Severity.L2 => "このレセプトは請求されません。直して送り直してください。",
        Severity.L3 => "このまま請求すると返戻になります。",
        Severity.L4 => "内容を確かめてください。このまま請求できます。",
        Severity.L48 => "お知らせです。そのまま処理されます。",
        _ => "算定ルールの確認です。",
    };

    /// <summary>Order of what to look at first: 算定ルール asks for a look, 連絡 for nothing.</summary>
    public static int Gravity(this Severity value) => value switch
    {
        Severity.L1 => 1,
        Severity.L2 => 2,
        Severity.L3 => 3,
        Severity.L4 => 4,
        Severity.L7 => 5,
        _ => 6,
    };

    public static string Word(this Verdict value) => value switch
    {
        Verdict.Right => "指摘どおり",
        Verdict.Wrong => "正当（点検の見直しが必要）",
        _ => "判断を取り消した",
    };

    public static string Word(this JudgingSide value) => value == JudgingSide.Payer ? "審査支払機関" : "医療機関";

    public static string Tone(this Severity value) => value switch
    {
        Severity.L1 or Severity.L2 => "error",
        Severity.L3 or Severity.L4 => "warning",
        _ => "info",
    };

    public static string Word(this Provenance value) => value switch
    {
        Provenance.SenderSigned => "送信者の電子署名あり",
        Provenance.HandedOver => "画面からの持込み（電子署名なし）",
        _ => "センターが作成",
    };

    /// <summary>審査支払機関 as a person says it, from its code.</summary>
    public static string Payer(string code) => code switch
    {
        "1" => "支払基金",
        ['2', ..] => "国保連",
        _ => code,
    };

    public static string Word(this WithdrawalState value) => value switch
    {
        WithdrawalState.Requested => "取下げを依頼中",
        WithdrawalState.Granted => "取下げ",
        _ => "取下げを認めない",
    };

    public static string Tone(this WithdrawalState value) => value switch
    {
        WithdrawalState.Requested => "warning",
        WithdrawalState.Granted => "muted",
        _ => "error",
    };

    /// <summary>What travelled.</summary>
    public static string Kind(string kind) => kind switch
    {
        "claim" => "請求（レセプト）",
        "reception-result" => "受付・事務点検結果",
        "delivery" => "請求情報の配信",
        "notice" => "センターからのお知らせ",
        "withdrawal" => "配信した請求の取下げ",
        _ => kind,
    };
}
