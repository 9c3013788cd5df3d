using System.Text;
using Sekisho.Formats.Claims.Reading;

namespace Sekisho.Libraries.Tests.Formats.Reading;

/// <summary>The splitter against a loop that anybody can read, at every place where a block of 64 bytes may end.</summary>
public sealed class RecordFieldsTests
{
    private static readonly string[] Ends = ["\r\n", "\n", "\u001A", "\r\u001A"];

    [Fact]
    public void Split_AnyLine_AgreesWithThePlainLoop()
    {
        var random = new Random(20260605);
        var fields = new RecordFields();
        for (var round = 0; round < 60_000; round++)
        {
            var line = Line(random, random.Next(0, 200));
            var end = Encoding.ASCII.GetBytes(Ends[round % Ends.Length]);
            Compare(line, end, fields);
        }
    }

    [Fact]
    public void Split_LineEndOnEveryByteOfABlock_IsNoPartOfTheLine()
    {
        var fields = new RecordFields();
        for (var length = 0; length < 300; length++)
        {
            foreach (var end in Ends)
            {
                Compare([.. Enumerable.Repeat((byte)'7', length)], Encoding.ASCII.GetBytes(end), fields);
                Compare([.. Enumerable.Repeat((byte)',', length)], Encoding.ASCII.GetBytes(end), fields);
            }
        }
    }

    [Fact]
    public void Split_ControlCharactersAndShiftJis_AreNamed()
    {
        var fields = new RecordFields();
        Split("SI,11\r\n"u8, fields);
        Assert.Equal(Bytes.Plain, fields.Bytes);
        Split("SI,1\r1\r\n"u8, fields);
        Assert.Equal(Bytes.Forbidden, fields.Bytes);
        Split([(byte)'S', 0x83, 0x41, (byte)'"', (byte)'\n'], fields);
        Assert.Equal(Bytes.High | Bytes.Forbidden, fields.Bytes);
    }

    private static void Compare(byte[] line, byte[] end, RecordFields fields)
    {
        // A CR belongs to the end only before LF.
        var (length, stop) = end is [(byte)'\r', 0x1A] ? (line.Length + 1, line.Length + 1) : (line.Length, line.Length + end.Length - 1);
        byte[] file = [.. line, .. end];
        if (end is [(byte)'\n'] && line is [.., (byte)'\r'])
        {
            length--;
        }

        Assert.Equal(stop, Split(file, fields));
        Assert.Equal(length, fields.Length);
        var columns = Encoding.Latin1.GetString(file.AsSpan(0, length)).Split(',');
        Assert.Equal(columns.Length, fields.Columns);
        for (var item = 1; item <= Math.Min(columns.Length, RecordFields.Most); item++)
        {
            var value = columns[item - 1];
            Assert.Equal(value, Encoding.Latin1.GetString(fields.Item(file, item)));
            Assert.Equal(value.Length > 0, (fields.Present >> (item - 1) & 1) != 0);
            Assert.Equal(value.Length > 0 && value.All(char.IsAsciiDigit), (fields.Digits >> (item - 1) & 1) != 0);
            Assert.Equal(value.Length == 1, (fields.Single >> (item - 1) & 1) != 0);
        }

        var all = file.AsSpan(0, length);
        Assert.Equal(all.ContainsAnyInRange((byte)0x80, (byte)0xFF), (fields.Bytes & Bytes.High) != 0);
        Assert.Equal(all.ContainsAnyInRange((byte)0, (byte)0x1F) || all.Contains((byte)'"'), (fields.Bytes & Bytes.Forbidden) != 0);
    }

    private static int Split(ReadOnlySpan<byte> file, RecordFields fields)
    {
        // Other bytes follow, as in a buffer that has been used before.
        var buffer = new byte[file.Length + (2 * Block.Size)];
        buffer.AsSpan().Fill((byte)'\n');
        file.CopyTo(buffer);
        return fields.Split(buffer);
    }

    private static byte[] Line(Random random, int length)
    {
        var line = new byte[length];
        var kinds = ",,,,,,0123456789AB \r\"\u007F"u8;
        for (var i = 0; i < length; i++)
        {
            line[i] = random.Next(12) == 0 ? (byte)random.Next(0x80, 0x100) : kinds[random.Next(kinds.Length)];
        }

        return line;
    }
}
