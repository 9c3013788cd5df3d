using System.Globalization;
using Sekisho.Formats.Claims.Masters;
using Sekisho.Formats.Claims.Reading;

namespace Sekisho.Formats.Claims.Checks;

/// <summary>
/// 文字データ against the パターン of its コメントコード (コメントマスター 別紙6-1). The パターン is the second and third digit of the code;
/// only how many digits パターン40 takes, and which 修飾語 there are, stand in masters.
/// </summary>
internal static class コメント文
{
    private const int 組 = 3;

    public static void パターンに合わない(ClaimView claim, Places at) => 見る(claim, at, surplus: false);

    /// <summary>The value is there and can be read, and something follows it.</summary>
    public static void 値の後に文字がある(ClaimView claim, Places at) => 見る(claim, at, surplus: true);

    private static void 見る(ClaimView claim, Places at, bool surplus)
    {
        欄を見る(claim, at, surplus);
        var before = -1;
        foreach (var row in claim.Of(RecordKey.CO))
        {
            // A long comment goes on in the next record with the same code: only its beginning has the value.
            var continues = before == row - 1 && before > 0 && claim[before, 摘要.コード].SequenceEqual(claim[row, 摘要.コード])
                && 続く(claim[before, 摘要.コード], claim[before, CO.文字データ]);
            before = row;
            if (!continues)
            {
                判定(claim, row, 摘要.コード, CO.文字データ, at, surplus);
            }
        }
    }

    private static void 欄を見る(ClaimView claim, Places at, bool surplus)
    {
        foreach (var row in claim.Services.Annotated)
        {
            var first = Services.FirstComment(claim.Key(row));
            for (var item = first; item < first + (組 * 2); item += 2)
            {
                if (!claim[row, item].IsEmpty)
                {
                    判定(claim, row, item, item + 1, at, surplus);
                }
            }
        }
    }

    private static void 判定(ClaimView claim, int row, int code, int text, Places at, bool surplus)
    {
        if (claim[row, code] is not { Length: 9 } number || number[0] != '8' || !AsciiDigits.Are(number))
        {
            return;
        }

        var pattern = ((number[1] - '0') * 10) + number[2] - '0';
        var value = claim[row, text];
        if (surplus)
        {
            if (長さ(pattern) is > 0 and var length && value.Length > length && 合う(claim, pattern, number, value[..length]) is null)
            {
                at.Add(row, text);
            }
        }
        else if (合う(claim, pattern, number, 長さ(pattern) is > 0 and var length && value.Length > length ? value[..length] : value) is { } expected)
        {
            at.Add(row, text, expected);
        }
    }

    private static bool 続く(ReadOnlySpan<byte> code, ReadOnlySpan<byte> text) =>
        code.Length == 9 && AsciiDigits.Are(code) && text.Length > 長さ(((code[1] - '0') * 10) + code[2] - '0');

    // Bytes of the value where the パターン fixes them; 0 where it does not.
    private static int 長さ(int pattern) => pattern switch { 50 => 14, 51 => 8, 52 => 10, 53 => 12, 80 => 30, _ => 0 };

    // Null when it fits, else what was expected.
    private static string? 合う(ClaimView claim, int pattern, ReadOnlySpan<byte> code, ReadOnlySpan<byte> text)
    {
        Span<byte> half = stackalloc byte[50];
        switch (pattern)
        {
            case 10 or 30:
                return ItemCheck.IsAbsent(text) ? "文字を記録する" : null;
            case 31:
                return 数字(text, half, out var service) && service is [(byte)'1', _, _, _, _, _, _, _, _] ? null : "診療行為コードを全角9桁で記録する";
            case 40:
                return 空欄つき数字(claim, code, text);
            case 42:
                return 数値(text, half) ? null : "値を全角の数字で記録する";
            case 50:
                return 数字(text, half, out var date) && 年月日(date) ? null : "年月日を全角のGYYMMDDで記録する";
            case 51:
                return 数字(text, half, out var time) && time.Length == 4 && 時刻(time) ? null : "時刻を全角のHHMMで記録する";
            case 52:
                return 数字(text, half, out var minutes) && minutes.Length == 5 ? null : "分を先頭0埋めの全角5桁で記録する";
            case 53:
                return 数字(text, half, out var moment) && moment.Length == 6 && 範囲(moment[..2], 1, 31) && 時刻(moment[2..]) ? null : "日時を全角のDDHHMMで記録する";
            case 80:
                return text.Length == 30 && 数字(text[..14], half, out var day) && 年月日(day) && 数値(text[14..], half) ? null : "年月日GYYMMDDと値8桁（先頭0埋め）を全角で記録する";
            case 90:
                return 修飾語(claim, text, half);
            default:
                return null;
        }
    }

    private static string? 空欄つき数字(ClaimView claim, ReadOnlySpan<byte> code, ReadOnlySpan<byte> text)
    {
        var digits = claim.In().コメント.InForce(code)?.桁数 ?? 0;
        for (var i = 0; i + 1 < text.Length; i += 2)
        {
            if (!(text[i] == 0x82 && text[i + 1] is >= 0x4F and <= 0x58) && !(text[i] == 0x81 && text[i + 1] == 0x40))
            {
                return "全角の数字で記録する";
            }
        }

        return text.IsEmpty || (digits > 0 && text.Length != digits * 2)
            ? string.Create(CultureInfo.InvariantCulture, $"全角の数字{(digits > 0 ? $"{digits}桁" : "")}で記録する")
            : null;
    }

    private static string? 修飾語(ClaimView claim, ReadOnlySpan<byte> text, Span<byte> half)
    {
        const int けた = 4, 最大 = 5;
        if (!数字(text, half, out var codes) || codes.Length % けた != 0 || codes.Length > けた * 最大)
        {
            return "修飾語コードを全角4桁で5個まで記録する";
        }

        var master = claim.In().修飾語;
        for (var i = 0; i < codes.Length; i += けた)
        {
            if (master.Whole && master.Find(codes.Slice(i, けた), out var standing) is null && standing == Standing.Unknown)
            {
                return $"修飾語マスターにないコード {SjisText.Decode(codes.Slice(i, けた))}";
            }
        }

        return null;
    }

    // Full-width digits only, made half-width.
    private static bool 数字(ReadOnlySpan<byte> text, Span<byte> half, out ReadOnlySpan<byte> digits)
    {
        digits = default;
        if (text.IsEmpty || text.Length % 2 != 0 || text.Length > half.Length * 2)
        {
            return false;
        }

        for (var i = 0; i < text.Length; i += 2)
        {
            if (text[i] != 0x82 || text[i + 1] is < 0x4F or > 0x58)
            {
                return false;
            }

            half[i / 2] = (byte)(text[i + 1] - 0x4F + '0');
        }

        digits = half[..(text.Length / 2)];
        return true;
    }

    // Full-width digits, at most one point, a sign in front.
    private static bool 数値(ReadOnlySpan<byte> text, Span<byte> half)
    {
        if (text is [0x81, 0x7C or 0x7B, ..])
        {
            text = text[2..];
        }

        var point = -1;
        for (var i = 0; i + 1 < text.Length; i += 2)
        {
            if (text[i] == 0x81 && text[i + 1] == 0x44)
            {
                point = i;
                break;
            }
        }

        return point < 0
            ? 数字(text, half, out _)
            : 数字(text[..point], half, out _) && 数字(text[(point + 2)..], half, out _);
    }

    private static bool 年月日(ReadOnlySpan<byte> digits) => digits.Length == 7 && Dates.TryDay(digits, out _, out _);

    private static bool 時刻(ReadOnlySpan<byte> digits) => 範囲(digits[..2], 0, 24) && 範囲(digits[2..4], 0, 59);

    private static bool 範囲(ReadOnlySpan<byte> two, int least, int most)
    {
        var value = ((two[0] - '0') * 10) + two[1] - '0';
        return value >= least && value <= most;
    }
}
