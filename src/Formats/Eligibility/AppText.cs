using Sekisho.Formats.Identifiers;

namespace Sekisho.Formats.Eligibility;

/// <summary>
/// The text マイナ資格確認アプリ shares, a line <c>項目：値</c> each: what is on a 券面, for asking with. What else it says (資格取得年月日, 限度額) is somebody's copy of some day and is
/// left alone; only the centre's answer counts.
/// </summary>
/// <param name="Insurer">保険者番号.</param>
/// <param name="Symbol">記号; empty for 後期.</param>
/// <param name="Number">番号.</param>
/// <param name="Branch">枝番; empty where none stands there.</param>
/// <param name="Birth">生年月日.</param>
/// <param name="Name">氏名.</param>
/// <param name="Kana">フリガナ.</param>
public sealed record AppText(string Insurer, string Symbol, string Number, string Branch, DateOnly Birth, string Name, string Kana)
{
    private const int Longest = 4000;

    /// <summary>Null when it is too long, or one of 保険者番号, 番号, 生年月日 is missing or no such thing. Letters may be of either width; of a 項目 that stands there twice the first counts.</summary>
    public static AppText? Read(string text)
    {
        if (text.Length > Longest)
        {
            return null;
        }

        var items = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in text.Split('\n'))
        {
            if (line.IndexOfAny(['：', ':']) is var colon and > 0)
            {
                items.TryAdd(line[..colon].Trim(), line[(colon + 1)..].Trim());
            }
        }

        return Item("保険者番号") is { Length: > 0 } insurer && Item("番号") is { Length: > 0 } number && Wareki.TryParseWritten(Item("生年月日"), out var birth)
            ? new AppText(insurer, Item("記号"), number, Item("枝番"), birth, Item("氏名"), Item("フリガナ"))
            : null;

        string Item(string name) => items.GetValueOrDefault(name, "");
    }
}
