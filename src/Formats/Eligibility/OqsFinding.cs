namespace Sekisho.Formats.Eligibility;

/// <summary>How grave a finding about a message is.</summary>
public enum OqsSeverity
{
    /// <summary>There is no message to work with.</summary>
    読めない,

    /// <summary>The message breaks its documented shape; what could be read is there.</summary>
    誤り,

    /// <summary>Tolerated; said because someone may want to know.</summary>
    連絡,
}

/// <summary>One entry of our own list of what can be wrong with a message; permanent.</summary>
/// <param name="Number">EM-nnnn.</param>
/// <param name="Severity">How grave.</param>
/// <param name="Title">Japanese: what is wrong.</param>
/// <param name="Remedy">Japanese: what to do.</param>
public sealed record OqsRule(string Number, OqsSeverity Severity, string Title, string Remedy);

/// <summary>A statement about a message; never thrown. Holds no personal value.</summary>
/// <param name="Rule">Which rule.</param>
/// <param name="Path">Element names joined by /; empty for the file itself.</param>
/// <param name="Line">Line in the file; 0 when unknown.</param>
/// <param name="Message">Japanese sentence for this place.</param>
public sealed record OqsFinding(OqsRule Rule, string Path, int Line, string Message);

/// <summary>Everything that is said about messages.</summary>
public static class OqsRules
{
    /// <summary>Nothing there.</summary>
    public static readonly OqsRule Empty = new("EM-0001", OqsSeverity.読めない, "ファイルが空です", "書き終わる前に読んだ可能性があります。少し待って読み直し、同じなら送り手に再出力を依頼してください");

    /// <summary>More bytes than <see cref="OqsLimits.MaxBytes"/>.</summary>
    public static readonly OqsRule TooLarge = new("EM-0002", OqsSeverity.読めない, "電文が大きすぎます", "一括照会は件数を分けて送ってください");

    /// <summary>Bytes that are no text in any encoding allowed.</summary>
    public static readonly OqsRule Undecodable = new("EM-0003", OqsSeverity.読めない, "文字として読めないバイトがあります", "UTF-8 または Shift_JIS で出力し直してください");

    /// <summary>An encoding the interface does not have.</summary>
    public static readonly OqsRule UnknownEncoding = new("EM-0004", OqsSeverity.読めない, "文字コードが UTF-8 でも Shift_JIS でもありません", "UTF-8 または Shift_JIS で出力し直してください");

    /// <summary>Not XML.</summary>
    public static readonly OqsRule Malformed = new("EM-0005", OqsSeverity.読めない, "XML の形が壊れています", "書き終わる前に読んだ可能性があります。少し待って読み直し、同じなら送り手に再出力を依頼してください");

    /// <summary>Has a DOCTYPE.</summary>
    public static readonly OqsRule HasDtd = new("EM-0006", OqsSeverity.読めない, "文書型宣言（DOCTYPE）は受け付けません", "文書型宣言の無い XML で出力し直してください");

    /// <summary>Deeper, longer or more than the limits allow.</summary>
    public static readonly OqsRule TooComplex = new("EM-0007", OqsSeverity.読めない, "要素が深すぎるか、多すぎるか、値が長すぎます", "電文の種類に合った内容か確かめてください。一括照会は件数を分けて送ってください");

    /// <summary>The root is not XmlMsg.</summary>
    public static readonly OqsRule WrongRoot = new("EM-0008", OqsSeverity.読めない, "最上位の要素が XmlMsg ではありません", "オンライン資格確認の電文か確かめてください");

    /// <summary>BOM, declaration, CharacterCodeIdentifier and bytes do not say the same.</summary>
    public static readonly OqsRule EncodingDisagrees = new("EM-0009", OqsSeverity.連絡, "文字コードの表示と実際が合いません", "送り手の文字コードの設定を確かめてください");

    /// <summary>A required element is missing or empty.</summary>
    public static readonly OqsRule Missing = new("EM-0101", OqsSeverity.誤り, "必須の要素がありません", "要素を加えて送り直してください");

    /// <summary>The value is not of its type.</summary>
    public static readonly OqsRule WrongValue = new("EM-0102", OqsSeverity.誤り, "値の形が正しくありません", "値を直して送り直してください");

    /// <summary>The code is not in its list.</summary>
    public static readonly OqsRule UnknownCode = new("EM-0103", OqsSeverity.誤り, "コード表に無いコードです", "コードを直して送り直してください");

    /// <summary>Longer than allowed.</summary>
    public static readonly OqsRule TooLong = new("EM-0104", OqsSeverity.誤り, "値が長すぎます", "値を短くして送り直してください");

    /// <summary>More than once where once is allowed.</summary>
    public static readonly OqsRule Repeated = new("EM-0105", OqsSeverity.誤り, "一つだけの要素が繰り返されています", "一つにして送り直してください");

    /// <summary>Text where elements belong, or the other way round.</summary>
    public static readonly OqsRule WrongContent = new("EM-0106", OqsSeverity.誤り, "要素の中身の種類が違います", "電文の形を確かめて送り直してください");

    /// <summary>Not in the table; kept and written back.</summary>
    public static readonly OqsRule Unknown = new("EM-0201", OqsSeverity.連絡, "知らない要素です", "無視してかまいません。書き戻すときはそのまま残ります");

    /// <summary>An older or other name was read as the one we know.</summary>
    public static readonly OqsRule Alias = new("EM-0202", OqsSeverity.連絡, "別名の要素を読み替えました", "無視してかまいません");

    /// <summary>Attributes are not kept.</summary>
    public static readonly OqsRule Attribute = new("EM-0203", OqsSeverity.連絡, "属性は使いません", "無視してかまいません");

    /// <summary>The encoding to be written has no such character.</summary>
    public static readonly OqsRule Unencodable = new("EM-0301", OqsSeverity.読めない, "この文字コードでは書けない文字です", "UTF-8 で書くか、文字を●や代わりの字に置き換えてから書いてください");

    /// <summary>XML has no such character.</summary>
    public static readonly OqsRule Unwritable = new("EM-0302", OqsSeverity.読めない, "XML に書けない文字です", "制御文字を取り除いてから書いてください");

    /// <summary>In order of their numbers.</summary>
    public static IReadOnlyList<OqsRule> All { get; } =
    [
        Empty, TooLarge, Undecodable, UnknownEncoding, Malformed, HasDtd, TooComplex, WrongRoot, EncodingDisagrees,
        Missing, WrongValue, UnknownCode, TooLong, Repeated, WrongContent, Unknown, Alias, Attribute, Unencodable, Unwritable,
    ];
}
