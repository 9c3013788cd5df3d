using System.Buffers.Binary;
using System.Text;

namespace Sekisho.Wire;

/// <summary>A signature line of a note: <c>— name base64(key id ‖ signature)</c>.</summary>
/// <param name="Name">Name of the key.</param>
/// <param name="KeyId">With the name it says which key this is.</param>
/// <param name="Signature">What follows the key id.</param>
public sealed record NoteSignature(string Name, uint KeyId, byte[] Signature)
{
    private const string Dash = "— ";

    /// <summary>The line, with its newline.</summary>
    public string ToLine()
    {
        var bytes = new byte[sizeof(uint) + Signature.Length];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, KeyId);
        Signature.CopyTo(bytes, sizeof(uint));
        return $"{Dash}{Name} {Convert.ToBase64String(bytes)}\n";
    }

    /// <summary>Reads one line without its newline; null when it is none.</summary>
    internal static NoteSignature? Parse(string line)
    {
        var space = line.Length > Dash.Length ? line.IndexOf(' ', Dash.Length) : -1;
        if (!line.StartsWith(Dash, StringComparison.Ordinal) || space <= Dash.Length)
        {
            return null;
        }

        var (name, text) = (line[Dash.Length..space], line[(space + 1)..]);
        var bytes = new byte[text.Length];
        if (!IsName(name) || !Convert.TryFromBase64String(text, bytes, out var length) || length <= sizeof(uint)
            || Convert.ToBase64String(bytes, 0, length) != text)
        {
            return null;
        }

        return new NoteSignature(name, BinaryPrimitives.ReadUInt32BigEndian(bytes), bytes[sizeof(uint)..length]);
    }

    /// <summary>Not empty, no space of any script, no plus sign.</summary>
    internal static bool IsName(string name) => name.Length is > 0 and <= 255 && !name.Any(c => char.IsWhiteSpace(c) || c == '+' || char.IsControl(c));
}

/// <summary>C2SP signed-note: a text ended by a newline, an empty line, one or more signature lines. Nothing in it may be believed before a known key verifies.</summary>
/// <param name="Text">With its last newline.</param>
/// <param name="Signatures">In the order of the note.</param>
public sealed record SignedNote(string Text, IReadOnlyList<NoteSignature> Signatures)
{
    private const int MaxBytes = 256 * 1024;
    private const int MaxSignatures = 100;
    private static readonly UTF8Encoding _strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The note's bytes.</summary>
    public byte[] ToBytes() => Encoding.UTF8.GetBytes(ToString());

    /// <summary>The note.</summary>
    public override string ToString() => Text + "\n" + string.Concat(Signatures.Select(s => s.ToLine()));

    /// <summary>Reads a note, byte for byte; WI-0506. Signatures are not judged here: see <see cref="NoteKey.Check"/>.</summary>
    public static Outcome<SignedNote> Parse(ReadOnlySpan<byte> note)
    {
        if (note.Length > MaxBytes || Decode(note) is not { } whole)
        {
            return Refusals.NoteMalformed;
        }

        var end = whole.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (end < 0 || whole[^1] != '\n' || Lines(whole[(end + 2)..]) is not { } signatures)
        {
            return Refusals.NoteMalformed;
        }

        var parsed = new SignedNote(whole[..(end + 1)], signatures);
        return note.SequenceEqual(parsed.ToBytes()) ? parsed : Refusals.NoteMalformed;
    }

    /// <summary>Reads signature lines alone, as a witness answers; null when they are none.</summary>
    public static IReadOnlyList<NoteSignature>? Lines(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var lines = text.Split('\n');
        if (lines.Length is < 2 or > MaxSignatures + 1 || lines[^1].Length > 0)
        {
            return null;
        }

        var signatures = lines[..^1].Select(NoteSignature.Parse).OfType<NoteSignature>().ToList();
        return signatures.Count == lines.Length - 1 ? signatures : null;
    }

    private static string? Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var text = _strict.GetString(bytes);
            return text.Any(c => c < ' ' && c != '\n') ? null : text;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
