using System.Text;
using Sekisho.Formats.Claims;
using Sekisho.Libraries.Tests.Formats.Checks;

namespace Sekisho.Libraries.Tests.Formats.Writing;

public sealed class RecodeInfoTests
{
    private const string Search = "13450607990000010";

    [Fact]
    public void Write_EveryClaimOfAFile_IsRebuiltFromItsLines()
    {
        var file = new Draft().Another(2, "1122").Another(3, "1212").ToBytes();
        var run = Collected.Run(file);
        var header = file.AsSpan(0, file.AsSpan().IndexOf("\r\n"u8)).ToArray();
        var output = new MemoryStream();
        var writer = new RecodeInfoWriter(output);
        foreach (var claim in run.Claims)
        {
            writer.Write($"{940000000 + claim.Ordinal}", Search, "架空県関所市1-2-3", header, file.AsSpan((int)claim.Offset, claim.Length));
        }

        writer.Complete();

        var claims = Rebuild(output.ToArray());
        Assert.Equal(run.Claims.Count, claims.Count);
        foreach (var (claim, lines) in run.Claims.Zip(claims))
        {
            Assert.True(header.AsSpan().SequenceEqual(lines[0]));
            Assert.True(file.AsSpan((int)claim.Offset, claim.Length).SequenceEqual(lines[1..].SelectMany(l => (byte[])[.. l, 13, 10]).ToArray()));
        }
    }

    [Fact]
    public void Write_OneClaim_LooksLikeARealFile()
    {
        var output = new MemoryStream();
        new RecodeInfoWriter(output).Write("940000030", Search, "架空県 1", "IR,1"u8, "RE,1\r\nHO,2\nSY,3"u8);

        Assert.Equal(
            "2,1,0,MN,940000030,架空県　１,13450607990000010,,,\r\n1,2,0,IR,1\r\n1,3,0,RE,1\r\n1,4,0,HO,2\r\n1,5,0,SY,3\r\n",
            CodePagesEncodingProvider.Instance.GetEncoding(932)!.GetString(output.ToArray()));
    }

    [Theory]
    [InlineData("12345678", Search)]
    [InlineData("94000003A", Search)]
    [InlineData("940000030", "1234567890123456")]
    public void Write_NumberThatIsNone_IsRefused(string management, string search) =>
        Assert.Throws<ArgumentException>(() => new RecodeInfoWriter(new MemoryStream()).Write(management, search, "", "IR"u8, "RE"u8));

    // As an insurer reads it: a claim begins at MN; データ識別 1 is the claim in the order of its 行番号; three leading columns fall away.
    private static List<List<byte[]>> Rebuild(byte[] file)
    {
        var claims = new List<List<byte[]>>();
        var number = 0;
        foreach (var line in Split(file))
        {
            var parts = Encoding.Latin1.GetString(line).Split(',', 4);
            var isManagement = parts[3].StartsWith("MN,", StringComparison.Ordinal);
            number = isManagement ? 1 : number + 1;
            Assert.Equal((isManagement ? "2" : "1", $"{number}", "0"), (parts[0], parts[1], parts[2]));
            if (isManagement)
            {
                claims.Add([]);
            }
            else
            {
                claims[^1].Add(Encoding.Latin1.GetBytes(parts[3]));
            }
        }

        return claims;
    }

    private static IEnumerable<byte[]> Split(byte[] file)
    {
        for (var start = 0; start < file.Length;)
        {
            var end = start + file.AsSpan(start).IndexOf("\r\n"u8);
            yield return file[start..end];
            start = end + 2;
        }
    }
}
