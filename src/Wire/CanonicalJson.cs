using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Sekisho.Wire;

/// <summary>
/// One value, one byte string: members in a fixed order, no white space, strings escaped as in RFC 8785 (only <c>"</c>, <c>\</c> and control
/// characters), so that the bytes do not depend on a library's table of printable characters. The first member names the type and its version:
/// a signature over one kind of message never passes for another.
/// </summary>
internal static class CanonicalJson
{
    /// <summary>The largest integer every JSON implementation keeps exactly (2^53 - 1).</summary>
    public const long MaxInteger = 9_007_199_254_740_991;

    public const int MaxBytes = 64 * 1024;

    public delegate T? Reading<T>(ref CanonicalReader reader) where T : class;

    /// <summary>Reads, lets <paramref name="fault"/> judge the values, and refuses whatever does not serialise to the same bytes again.</summary>
    public static Outcome<T> Parse<T>(ReadOnlySpan<byte> json, string type, Reading<T> read, Func<T, Refusal?> fault, Func<T, byte[]> write, Refusal malformed)
        where T : class
    {
        var reader = new CanonicalReader(json);
        try
        {
            reader.Begin(type);
            var value = read(ref reader);
            reader.End();
            if (value is null || reader.Failed)
            {
                return At(malformed, reader.Member);
            }

            if (fault(value) is { } refusal)
            {
                return refusal;
            }

            return json.SequenceEqual(write(value)) ? value : malformed;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return At(malformed, reader.Member);
        }
    }

    private static Refusal At(Refusal refusal, string member) => refusal with { Text = $"{refusal.Text}(項目 {member} の付近)" };
}

/// <summary>Writes one canonical object.</summary>
internal sealed class CanonicalWriter
{
    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);
    private readonly ArrayBufferWriter<byte> _buffer = new(512);
    private bool _any;

    public CanonicalWriter(string type)
    {
        Raw("{");
        Add("type", type);
    }

    public CanonicalWriter Add(string name, string value)
    {
        Name(name);
        Text(value);
        return this;
    }

    public CanonicalWriter Add(string name, Guid value) => Add(name, value.ToString("D"));

    public CanonicalWriter Add(string name, long value)
    {
        Name(name);
        Raw(value.ToString(CultureInfo.InvariantCulture));
        return this;
    }

    public CanonicalWriter Add(string name, ReadOnlySpan<byte> value) => Add(name, Convert.ToBase64String(value));

    public CanonicalWriter AddSeconds(string name, DateTimeOffset value) => Add(name, Instant(value, CanonicalReader.Seconds));

    public CanonicalWriter AddMicroseconds(string name, DateTimeOffset value) => Add(name, Instant(value, CanonicalReader.Microseconds));

    public CanonicalWriter Add(string name, IEnumerable<string> values)
    {
        Name(name);
        Raw("[");
        var first = true;
        foreach (var value in values)
        {
            if (!first)
            {
                Raw(",");
            }

            first = false;
            Text(value);
        }
        Raw("]");
        return this;
    }

    public byte[] End()
    {
        Raw("}");
        return _buffer.WrittenSpan.ToArray();
    }

    private static string Instant(DateTimeOffset value, string format) => value.UtcDateTime.ToString(format, CultureInfo.InvariantCulture);

    private void Name(string name)
    {
        if (_any)
        {
            Raw(",");
        }

        _any = true;
        Text(name);
        Raw(":");
    }

    private void Text(string value)
    {
        var builder = new StringBuilder(value.Length + 2).Append('"');
        foreach (var c in value)
        {
            _ = c switch
            {
                '"' => builder.Append("\\\""),
                '\\' => builder.Append("\\\\"),
                '\b' => builder.Append("\\b"),
                '\t' => builder.Append("\\t"),
                '\n' => builder.Append("\\n"),
                '\f' => builder.Append("\\f"),
                '\r' => builder.Append("\\r"),
                < ' ' => builder.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => builder.Append(c),
            };
        }

        Raw(builder.Append('"').ToString());
    }

    private void Raw(string text)
    {
        var size = Utf8.GetByteCount(text);
        _buffer.Advance(Utf8.GetBytes(text, _buffer.GetSpan(size)));
    }
}

/// <summary>Reads the members of one canonical object in their order; the first surprise makes everything after it fail.</summary>
internal ref struct CanonicalReader(ReadOnlySpan<byte> json)
{
    public const string Seconds = "yyyy-MM-dd'T'HH:mm:ss'Z'";
    public const string Microseconds = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    private Utf8JsonReader _reader = new(json);

    /// <summary>True once something was not as expected.</summary>
    public bool Failed { get; private set; }

    /// <summary>The member last looked for: where to look when it failed.</summary>
    public string Member { get; private set; } = "type";

    public void Begin(string type)
    {
        Expect(JsonTokenType.StartObject);
        if (Text("type") != type)
        {
            Failed = true;
        }
    }

    public void End()
    {
        Expect(JsonTokenType.EndObject);
        if (!Failed && _reader.Read())
        {
            Failed = true;
        }
    }

    public string Text(string name) => Named(name, JsonTokenType.String) ? _reader.GetString()! : "";

    public long Integer(string name)
    {
        if (Named(name, JsonTokenType.Number) && _reader.TryGetInt64(out var value))
        {
            return value;
        }

        Failed = true;
        return -1;
    }

    public Guid Guid(string name)
    {
        if (!System.Guid.TryParseExact(Text(name), "D", out var value) || value == System.Guid.Empty)
        {
            Failed = true;
        }

        return value;
    }

    public byte[] Bytes(string name)
    {
        var text = Text(name);
        var buffer = new byte[text.Length];
        if (Convert.TryFromBase64String(text, buffer, out var size))
        {
            return buffer[..size];
        }

        Failed = true;
        return [];
    }

    public DateTimeOffset Instant(string name, string format)
    {
        var styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (!DateTimeOffset.TryParseExact(Text(name), format, CultureInfo.InvariantCulture, styles, out var value))
        {
            Failed = true;
        }

        return value;
    }

    public List<string> Texts(string name, int most)
    {
        var list = new List<string>();
        if (!Named(name, JsonTokenType.StartArray))
        {
            return list;
        }

        while (_reader.Read() && _reader.TokenType == JsonTokenType.String && list.Count < most)
        {
            list.Add(_reader.GetString()!);
        }

        if (_reader.TokenType != JsonTokenType.EndArray)
        {
            Failed = true;
        }

        return list;
    }

    private bool Named(string name, JsonTokenType type)
    {
        if (Failed)
        {
            return false;
        }

        Member = name;
        Expect(JsonTokenType.PropertyName);
        if (!Failed && !_reader.ValueTextEquals(name))
        {
            Failed = true;
        }

        Expect(type);
        return !Failed;
    }

    private void Expect(JsonTokenType type)
    {
        if (!Failed && (!_reader.Read() || _reader.TokenType != type))
        {
            Failed = true;
        }
    }
}
