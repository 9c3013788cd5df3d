using System.Text;
using Sekisho.Formats.Claims.Reading;

namespace Sekisho.Libraries.Tests.Formats.Reading;

public sealed class LineReaderTests
{
    [Theory]
    [InlineData("IR,1\r\nGO,2\r\n", "R1:0+4/2 R2:6+4/2")]
    [InlineData("IR,1\nGO,2", "R1:0+4/1 R2:5+4/0")]
    [InlineData("GO,2\r\n\u001A", "R1:0+4/2 T2:6+1/0")]
    [InlineData("GO,2\u001A\r\n", "R1:0+4/0 T2:4+1/0 T2:5+1/0 T2:6+1/0")]
    [InlineData("\r\n\r\n", "R1:0+0/2 R2:2+0/2")]
    [InlineData("A\rB\r\r\n", "R1:0+4/2")]
    [InlineData("", "")]
    [InlineData("\u001A", "T1:0+1/0")]
    public void Read_AnyLineEnd_GivesEveryByteOnce(string file, string expected)
    {
        var reader = new LineReader(new OneByteStream(Encoding.ASCII.GetBytes(file)));
        var found = new List<string>();
        while (reader.Read(out var line))
        {
            found.Add($"{line.Kind.ToString()[0]}{line.Number}:{line.Offset}+{line.Length}/{line.Terminator}");
        }

        Assert.Equal(expected, string.Join(' ', found));
    }

    [Fact]
    public void Read_LineLongerThanTheLimit_ComesInFragmentsOfOneLine()
    {
        var file = Encoding.ASCII.GetBytes("IR\r\n" + new string('X', (3 * LineReader.MaxLine) + 5) + "\r\nGO\r\n");
        var reader = new LineReader(new MemoryStream(file));
        var found = new List<Line>();
        while (reader.Read(out var line))
        {
            found.Add(line);
        }

        Assert.Equal((LineKind.Record, 1), (found[0].Kind, found[0].Number));
        Assert.All(found[1..^1], l => Assert.Equal((LineKind.Fragment, 2), (l.Kind, l.Number)));
        Assert.Equal((LineKind.Record, 3), (found[^1].Kind, found[^1].Number));
        Assert.Equal(file.Length, found.Sum(l => l.Length + l.Terminator));
    }

    [Fact]
    public void Keep_AcrossManyReads_BytesStayReadable()
    {
        var file = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 200_000).Select(i => $"RE,{i}\r\n")));
        var reader = new LineReader(new MemoryStream(file)) { Keep = 0 };
        while (reader.Read(out _))
        {
        }

        Assert.True(reader.Bytes(0, file.Length).SequenceEqual(file));
    }

    /// <summary>A line that gives one byte at a time, as a slow network may.</summary>
    private sealed class OneByteStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, 1));
    }
}
