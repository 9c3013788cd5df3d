namespace Sekisho.Web.Display;

/// <summary>レセプト種別 in words, from its four digits: 点数表・保険・公費の数・本人家族と入外.</summary>
internal static class ClaimKind
{
    public static string Words(string kind) => kind.Length == 4 ? $"{Payers(kind)}・{Person(kind)}{(IsInpatient(kind) ? "入院" : "入院外")}" : kind;

    public static bool IsInpatient(string kind) => kind.Length == 4 && kind[3] is '1' or '3' or '5' or '7' or '9';

    private static string Payers(string kind)
    {
        var insurance = kind[1] switch { '1' => "医保・国保", '2' => "公費", '3' => "後期高齢者", '4' => "退職者", _ => kind };
        return kind[2] switch
        {
            '1' => insurance + "単独",
            _ when kind[1] == '2' => $"公費{kind[2]}種の併用",
            var payers => $"{insurance}と公費{(char)(payers - 1)}種の併用",
        };
    }

    private static string Person(string kind) => kind[1] == '2' ? "" : kind[3] switch
    {
        '1' or '2' => kind[1] == '4' ? "本人・" : "本人（世帯主）・",
        '3' or '4' => "未就学者・",
        '5' or '6' => "家族・",
        '7' or '8' => kind[1] == '3' ? "一般・低所得者・" : "高齢受給者（一般・低所得者）・",
        _ => kind[1] == '3' ? "7割・" : "高齢受給者（7割）・",
    };
}
