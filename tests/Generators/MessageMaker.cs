using System.Globalization;
using Sekisho.Formats.Eligibility;
using Sekisho.Formats.Eligibility.Shape;

namespace Sekisho.Generators;

/// <summary>
/// A faultless message of any shape from a seed: every kind of value its table allows, in any order, about nobody. It knows only the tables, so a new message is made without a change here.
/// </summary>
internal static class MessageMaker
{
    private static readonly string[] Texts =
    [
        "関所　太郎", "架空　●夫", "ｾｷｼｮ ﾀﾛｳ", "ABC-123", "前後 空白 ", " 先頭", "<&>\"'", "１２３", "髙﨑", "―－～￥", "]]>", "改\n行", "改\r\n行", "東京都千代田区架空町１－２－３", "0",
    ];

    public static OqsMessage Make(OqsShape shape, Seed seed)
    {
        var root = new OqsElement("XmlMsg");
        root.Add(Group(shape.Header, seed));
        if (shape.Body.Required || (shape.Body.Children.Count > 0 && seed.In100(90)))
        {
            root.Add(Group(shape.Body, seed));
        }

        return new OqsMessage(shape, root);
    }

    private static OqsElement Group(ElementShape shape, Seed seed)
    {
        var group = new OqsElement(shape.Name);
        var children = shape.Children.Where(c => c.Name != "CharacterCodeIdentifier").ToList();
        var sure = seed.Below(Math.Max(children.Count, 1));
        var start = seed.Below(Math.Max(children.Count, 1));
        for (var i = 0; i < children.Count; i++)
        {
            // Readers do not count on the order, so it begins anywhere.
            var child = children[(start + i) % children.Count];
            var count = child.Required || i == sure || seed.In100(55) ? (child.Many ? seed.From(1, 3) : 1) : 0;
            for (var n = 0; n < count; n++)
            {
                group.Add(child.Type == ElementType.群 ? Group(child, seed) : new OqsElement(child.Name, Value(child, seed)));
            }
        }

        return group;
    }

    private static string Value(ElementShape shape, Seed seed) => shape.Type switch
    {
        ElementType.文字 => Text(shape, seed),
        ElementType.数字 => Digits(seed, shape.Length),
        ElementType.整数 => seed.Below(100_000).ToString(CultureInfo.InvariantCulture),
        ElementType.数 => seed.In100(50) ? seed.Below(100).ToString(CultureInfo.InvariantCulture) : $"{seed.Below(100)}.{seed.From(1, 9)}",
        ElementType.日 => Day(seed).ToString("yyyyMMdd", CultureInfo.InvariantCulture),
        ElementType.日時 => Day(seed).ToDateTime(new TimeOnly(seed.Below(24), seed.Below(60), seed.Below(60))).ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture),
        ElementType.年月 => Day(seed).ToString("yyyyMM", CultureInfo.InvariantCulture),
        ElementType.保険者番号 => seed.In100(40) ? "00" + Digits(seed, 6, '1') : Digits(seed, 8, '1'),
        ElementType.コード => seed.Of(shape.Codes!.Rows).Code,
        _ => throw new ArgumentOutOfRangeException(nameof(shape)),
    };

    private static string Text(ElementShape shape, Seed seed)
    {
        var text = seed.Of<string>(Texts);
        return shape.Length > 0 && text.Length > shape.Length ? text[..shape.Length] : text;
    }

    private static string Digits(Seed seed, int length, char first = '0') =>
        string.Create(length, (seed, first), static (digits, state) =>
        {
            for (var i = 0; i < digits.Length; i++)
            {
                digits[i] = i == 0 ? (char)(state.first + state.seed.Below(9)) : (char)('0' + state.seed.Below(10));
            }
        });

    private static DateOnly Day(Seed seed) => new DateOnly(1930, 1, 1).AddDays(seed.Below(36_000));
}
