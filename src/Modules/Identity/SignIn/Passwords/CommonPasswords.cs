using System.Reflection;
using System.Text;

namespace Sekisho.Modules.Identity.SignIn.Passwords;

/// <summary>The list of common passwords: one block of sorted lines, searched where it lies.</summary>
internal static class CommonPasswords
{
    private static readonly Lazy<byte[]> _lines = new(Load);

    public static bool Contains(ReadOnlySpan<char> word)
    {
        Span<byte> bytes = stackalloc byte[64];
        if (word.Length > bytes.Length || !Ascii.IsValid(word))
        {
            return false;
        }

        var wanted = bytes[..Encoding.ASCII.GetBytes(word, bytes)];
        ReadOnlySpan<byte> lines = _lines.Value;
        var (low, high) = (0, lines.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            var start = lines[..middle].LastIndexOf((byte)'\n') + 1;
            var line = lines[start..];
            line = line[..line.IndexOf((byte)'\n')];
            var order = line.SequenceCompareTo(wanted);
            if (order == 0)
            {
                return true;
            }

            (low, high) = order < 0 ? (start + line.Length + 1, high) : (low, start);
        }

        return false;
    }

    /// <summary>Without the lines that say where it comes from.</summary>
    private static byte[] Load()
    {
        using var source = Assembly.GetExecutingAssembly().GetManifestResourceStream("common-passwords.txt")
            ?? throw new InvalidOperationException("common-passwords.txt is not embedded");
        using var reader = new StreamReader(source, Encoding.ASCII);
        var text = new StringBuilder();
        while (reader.ReadLine() is { } line)
        {
            if (!line.StartsWith("# ", StringComparison.Ordinal))
            {
                text.Append(line).Append('\n');
            }
        }

        return Encoding.ASCII.GetBytes(text.ToString());
    }
}
