using System.Text;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Wire;

namespace Sekisho.Modules.Identity.SignIn.Passwords;

/// <summary>What somebody who knows the person would try first.</summary>
internal sealed record PasswordOwner(string Login, string Name, IReadOnlyList<string> Organisations, DateOnly? Born = null);

/// <summary>The rules for a password: pure, and each with its own answer. Reuse is judged where the past ones are.</summary>
internal static class PasswordRules
{
    public const int Longest = 128;
    private const int Own = 5;
    private const int ShortestWord = 4;
    private const int ShortestCommon = 5;

    public static int Shortest(PasswordPolicy policy) => policy == PasswordPolicy.Long13 ? 13 : 8;

    /// <summary>Null when nothing speaks against it.</summary>
    public static Refusal? Check(string password, PasswordPolicy policy, PasswordOwner owner)
    {
        if (password.Length < Shortest(policy))
        {
            return Refusals.PasswordTooShort with { Remedy = $"{Shortest(policy)}文字以上のパスワードを指定してください。" };
        }

        return password.Length > Longest || password.Any(c => c is < '!' or > '~') ? Refusals.PasswordNotTypeable
            : !IsMixed(password) ? Refusals.PasswordNotMixed
            : IsRepeated(password) ? Refusals.PasswordRepeated
            : IsGuessable(password, Words(owner)) ? Refusals.PasswordGuessable
            : IsCommon(password) ? Refusals.PasswordCommon
            : null;
    }

    /// <summary>True when the new one is the old one with little changed.</summary>
    public static bool IsSimilar(string password, string old)
    {
        var (a, b) = (Folded(password), Folded(old));
        var (stem, oldStem) = (Stem(password), Stem(old));
        return Distance(a, b) <= 3
            || Distance(a, Reversed(b)) <= 3
            || (stem.Length >= ShortestWord && stem == oldStem)
            || a.Contains(b, StringComparison.Ordinal)
            || b.Contains(a, StringComparison.Ordinal);
    }

    private static bool IsMixed(string password) =>
        password.Any(char.IsAsciiLetter) && password.Any(char.IsAsciiDigit) && password.Any(c => !char.IsAsciiLetterOrDigit(c));

    /// <summary>Few different characters, one unit said again and again, or one character for most of it.</summary>
    private static bool IsRepeated(string password)
    {
        var folded = password.ToLowerInvariant();
        if (folded.Distinct().Count() < 5 || folded.GroupBy(c => c).Max(g => g.Count()) * 2 > folded.Length)
        {
            return true;
        }

        for (var unit = 1; unit <= folded.Length / 2; unit++)
        {
            if (Enumerable.Range(0, folded.Length).All(i => folded[i] == folded[i % unit]))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsGuessable(string password, IReadOnlyList<string> words) =>
        words.Any(w => password.Contains(w, StringComparison.OrdinalIgnoreCase) || Folded(password).Contains(w, StringComparison.Ordinal)) && Remaining(password, words) < Own;

    private static bool IsCommon(string password)
    {
        var lower = password.ToLowerInvariant();
        var folded = Folded(password);
        return CommonPasswords.Contains(lower) || CommonPasswords.Contains(folded) || Remaining(password, []) < Own;
    }

    /// <summary>How many characters are left when known words, common passwords, years and rows of characters are taken out.</summary>
    private static int Remaining(string password, IReadOnlyList<string> words)
    {
        var left = int.MaxValue;
        foreach (var text in new[] { password.ToLowerInvariant(), Folded(password) })
        {
            var rest = text;
            foreach (var word in words)
            {
                rest = rest.Replace(word, "", StringComparison.Ordinal);
            }

            left = Math.Min(left, Unknown(rest));
        }

        return left;
    }

    /// <summary>Takes the longest known word at each place.</summary>
    private static int Unknown(string text)
    {
        var unknown = 0;
        for (var i = 0; i < text.Length;)
        {
            var known = Known(text.AsSpan(i));
            unknown += known == 0 ? 1 : 0;
            i += Math.Max(1, known);
        }

        return unknown;
    }

    private static int Known(ReadOnlySpan<char> text)
    {
        for (var length = Math.Min(text.Length, 32); length >= ShortestCommon; length--)
        {
            if (CommonPasswords.Contains(text[..length]))
            {
                return length;
            }
        }

        return IsYear(text) ? 4 : Row(text);
    }

    private static bool IsYear(ReadOnlySpan<char> text) =>
        text.Length >= 4 && (text.StartsWith("19", StringComparison.Ordinal) || text.StartsWith("20", StringComparison.Ordinal)) && char.IsAsciiDigit(text[2]) && char.IsAsciiDigit(text[3]);

    /// <summary>Length of a row like 4567, dcba or aaaa at the start; shorter ones than four are nothing.</summary>
    private static int Row(ReadOnlySpan<char> text)
    {
        if (text.Length < ShortestWord)
        {
            return 0;
        }

        var step = text[1] - text[0];
        var length = 2;
        while (step is >= -1 and <= 1 && length < text.Length && text[length] - text[length - 1] == step)
        {
            length++;
        }

        return length >= ShortestWord ? length : 0;
    }

    private static List<string> Words(PasswordOwner owner)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        foreach (var source in owner.Organisations.Append(owner.Login).Append(owner.Name))
        {
            foreach (var part in source.ToLowerInvariant().Split([' ', '　', '.', '_', '-', '@', '（', '）'], StringSplitOptions.RemoveEmptyEntries).Append(source.ToLowerInvariant()))
            {
                words.Add(part);
                words.Add(Folded(part));
                words.Add(Stem(part));
            }
        }

        if (owner.Born is { } born)
        {
            var culture = System.Globalization.CultureInfo.InvariantCulture;
            words.UnionWith([born.ToString("yyyyMMdd", culture), born.ToString("yyMMdd", culture), born.ToString("MMdd", culture), born.ToString("ddMMyyyy", culture)]);
        }

        words.UnionWith([.. words.Select(Reversed)]);
        return [.. words.Where(w => w.Length >= ShortestWord || (w.Length == 3 && owner.Login.Length == 3)).OrderByDescending(w => w.Length)];
    }

    /// <summary>Lower case, and what is written with look-alikes read as letters.</summary>
    private static string Folded(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in text.ToLowerInvariant())
        {
            folded.Append(c switch { '0' => 'o', '1' or '!' or '|' => 'i', '3' => 'e', '4' or '@' => 'a', '5' or '$' => 's', '7' => 't', _ => c });
        }

        return folded.ToString();
    }

    /// <summary>Without the digits and signs around it.</summary>
    private static string Stem(string text) => Folded(text.Trim([.. text.Where(c => !char.IsAsciiLetter(c)).Distinct()]));

    private static string Reversed(string text)
    {
        var characters = text.ToCharArray();
        Array.Reverse(characters);
        return new string(characters);
    }

    /// <summary>Levenshtein.</summary>
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(above, row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[b.Length];
    }
}
