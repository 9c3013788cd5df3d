using System.Buffers.Binary;
using System.Text;
using Sekisho.Formats.Eligibility.Checkups;
using Sekisho.Generators.Checkups;

namespace Sekisho.Libraries.Tests.Formats.Eligibility.Checkups;

/// <summary>Every rule about a package: one package that breaks only it.</summary>
public sealed class CheckupPackageTests
{
    private static readonly string Root = CheckupPeople.Parcel(2024).Folder.ToString();
    private static readonly byte[] Clean = CheckupPeople.Package(5, 3);

    [Fact]
    public void FolderName_SaysWhoToWhomAndWhen()
    {
        Assert.True(CheckupFolder.TryParse("1319999999_93999999_202502280_1", out var folder));
        Assert.Equal(("1319999999", "93999999", new DateOnly(2025, 2, 28), 0, "1"), (folder.Sender, folder.Receiver, folder.Date, folder.Ordinal, folder.Service));
        Assert.Equal("1319999999_93999999_202502280_1", folder.ToString());
        Assert.False(CheckupFolder.TryParse("1319999999_93999999_202502290_1", out _));
        Assert.False(CheckupFolder.TryParse("健診", out _));
    }

    [Fact]
    public void FileName_SaysWhoseAndWhich()
    {
        Assert.True(CheckupFileName.TryParse("h13199999992025022801000042.xml", out var name));
        Assert.Equal(('h', "1319999999", new DateOnly(2025, 2, 28), 0, 1, 42), (name.Kind, name.Institution, name.Date, name.Ordinal, name.Type, name.Serial));
        Assert.Equal("h13199999992025022801000042.xml", name.ToString());
        Assert.False(CheckupFileName.TryParse("x13199999992025022801000042.xml", out _));
    }

    [Fact]
    public void Bytes_ThatAreNoZip_AreOneFinding() => Assert.Equal(["EH-0001"], Read(new MemoryStream("これは書庫ではない"u8.ToArray())));

    [Fact]
    public void CutPackage_IsOneFinding() => Assert.Equal(["EH-0001"], Read(new MemoryStream(Clean[..(Clean.Length / 2)])));

    [Theory]
    [InlineData("EH-0009", "健診/")]
    [InlineData("EH-0010", "1319999998_93999999_202502280_1/")]
    [InlineData("EH-0010", "1319999999_93999998_202502280_1/")]
    [InlineData("EH-0010", "1319999999_93999999_202502270_1/")]
    [InlineData("EH-0019", "1319999999_93999999_202502280_2/")]
    public void RootName_ThatIsWrong_IsFound(string rule, string root) =>
        Assert.Equal([rule], Read(Changed(f => f.ToDictionary(p => root + p.Key[(Root.Length + 1)..], p => p.Value))));

    [Theory]
    [InlineData("EH-0005", "../x.xml")]
    [InlineData("EH-0005", "DATA//x.xml")]
    [InlineData("EH-0007", "DATA/x.zip")]
    [InlineData("EH-0012", "readme.txt")]
    [InlineData("", "XSD/hc08_V08.xsd")]
    public void EntryBesides_IsFoundAndNotRead(string rule, string path) =>
        Assert.Equal(rule.Length > 0 ? [rule] : [], Read(Changed(f => Add(f, $"{Root}/{path}", "x"u8.ToArray()))));

    [Fact]
    public void AbsolutePath_IsFoundAndNotRead() => Assert.Equal(["EH-0005"], Read(Changed(f => Add(f, "/etc/passwd", "x"u8.ToArray()))));

    [Fact]
    public void SecondRoot_IsFound() => Assert.Equal(["EH-0008", "EH-0012"], Read(Changed(f => Add(Add(f, "other/XSD/a.xsd", []), "other/readme.txt", []))).Order());

    [Fact]
    public void LeavingsOfADesktop_AreNoSecondRoot() => Assert.Equal(["EH-0012"], Read(Changed(f => Add(f, $"__MACOSX/{Root}/DATA/._h.xml", []))));

    [Fact]
    public void BackSlashes_AreRead() =>
        Assert.Empty(Read(Changed(f => f.ToDictionary(p => p.Key.Replace('/', '\\'), p => p.Value))));

    [Theory]
    [InlineData("ix08_V08.xml", "EH-0013")]
    [InlineData("su08_V08.xml", "EH-0014")]
    public void ManifestFile_Missing_IsFound(string file, string rule) => Assert.Equal([rule], Read(Changed(f => Without(f, file))));

    [Theory]
    [InlineData("ix08_V08.xml", "totalRecordCount value=\"6\"", "totalRecordCount value=\"7\"", "EH-0016")]
    [InlineData("ix08_V08.xml", "interactionType code=\"1\"", "interactionType code=\"21\"", "EH-0026")]
    [InlineData("ix08_V08.xml", "creationTime value=\"20250228\"", "creationTime value=\"20250229\"", "EH-0026")]
    [InlineData("ix08_V08.xml", "<serviceEventType code=\"1\"", "<serviceEventType code=\"0\"", "EH-0019,EH-0026")]
    [InlineData("su08_V08.xml", "totalSubjectCount value=\"3\"", "totalSubjectCount value=\"2\"", "EH-0017")]
    [InlineData("su08_V08.xml", "<totalPaymentAmount value=\"", "<totalPaymentAmount value=\"1", "EH-0018")]
    [InlineData("su08_V08.xml", "<serviceEventType code=\"1\"", "<serviceEventType code=\"3\"", "EH-0019")]
    [InlineData("su08_V08.xml", "<totalClaimAmount value=\"", "<totalClaimAmount value=\"x", "EH-0501,EH-0014")]
    public void ManifestFile_ThatContradicts_IsFound(string file, string old, string replaced, string rules) =>
        Assert.Equal(rules.Split(',').Order(), Read(Changed(f => Edit(f, file, old, replaced))).Order());

    [Fact]
    public void FileOfOnePerson_Missing_IsFoundByTheCount()
    {
        Assert.Equal(["EH-0015", "EH-0016", "EH-0023", "EH-0023", "EH-0023"], Read(Changed(f => f.Where(p => !p.Key.Contains("/DATA/", StringComparison.Ordinal)))).Order());
        Assert.Equal(["EH-0016", "EH-0018", "EH-0018", "EH-0024"], Read(Changed(f => Without(f, "CLAIMS/c13199999992025022801000002.xml"))).Order());
    }

    [Fact]
    public void FileName_ThatIsWrong_IsFound()
    {
        Assert.Equal(["EH-0020", "EH-0020"], Read(Changed(f => f.ToDictionary(p => p.Key.Replace("01000001.xml", "01A.xml", StringComparison.Ordinal), p => p.Value))));
        Assert.Equal(["EH-0021", "EH-0021"], Read(Changed(f => f.ToDictionary(p => p.Key.Replace("/h13199999992025022801000001", "/h13199999982025022801000001", StringComparison.Ordinal).Replace("/c13199999992025022801000001", "/c13199999982025022801000001", StringComparison.Ordinal), p => p.Value))));
    }

    [Fact]
    public void SamePersonTwice_IsFoundAtTheSecond()
    {
        using var zip = Changed(f => f.ToDictionary(p => p.Key, p => p.Key.Contains("000002.xml", StringComparison.Ordinal) ? f.First(o => o.Key == p.Key.Replace("000002.xml", "000001.xml", StringComparison.Ordinal)).Value : p.Value));
        var (_, files) = CheckupPackage.Read(zip, CheckupReading.Default);
        Assert.Contains("h13199999992025022801000002", Assert.Single(files, f => f.Findings.Count > 0).Path, StringComparison.Ordinal);
    }

    [Fact]
    public void PersonOfTheClaim_AnotherThanOfTheResult_IsFound() =>
        Assert.Equal(["EH-0025"], Read(Changed(f => Edit(f, "CLAIMS/c13199999992025022801000001.xml", "<name>", "<name>別"))));

    [Fact]
    public void PersonOfAnotherInsurer_ThanTheReceiver_IsFound()
    {
        using var zip = new MemoryStream(CheckupPeople.Package(5, 2, claims: false));
        var files = CheckupZip.Files(zip);
        var victim = files.Keys.First(k => k.Contains("/DATA/", StringComparison.Ordinal));
        files[victim] = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(files[victim]).Replace("06139999", "06139998", StringComparison.Ordinal));
        Assert.Equal(["EH-0027"], Read(CheckupZip.Of(files.Select(f => (f.Key, f.Value)))));
    }

    [Fact]
    public void PersonOfTheClaim_WrittenInOtherWidth_IsTheSame() =>
        Assert.Empty(Read(Changed(f => Edit(f, "CLAIMS/c13199999992025022801000001.xml", "０００００１", "000001"))));

    [Theory]
    [InlineData("<unitAmount value=\"", "<unitAmount value=\"1", "EH-0018,EH-0502,EH-0504")]
    [InlineData("<claimAmount value=\"", "<claimAmount value=\"1", "EH-0018,EH-0504")]
    [InlineData("<paymentForDetail>\n      <amount value=\"000000\"", "<paymentForDetail>\n      <amount value=\"000100\"", "EH-0503")]
    [InlineData("<commissionType code=\"1\"", "<commissionType code=\"3\"", "EH-0505")]
    [InlineData("xmlns=\"https://www.mhlw.go.jp/stf/seisakunitsuite/bunya/0000161103.html\"", "xmlns=\"http://tokuteikenshin.jp/checkup/2007\"", "EH-0106")]
    public void Claim_ThatIsWrong_IsFound(string old, string replaced, string rules) =>
        Assert.Equal(rules.Split(','), Read(Changed(f => Edit(f, "CLAIMS/c13199999992025022801000001.xml", old, replaced))).Order());

    [Fact]
    public void EncryptedEntry_IsFound_AndTheOthersAreRead()
    {
        var bytes = Clean.ToArray();
        Mark(bytes, "DATA/h13199999992025022801000001.xml", (span, at, directory) => span[at + (directory ? 8 : 6)] |= 1);
        Assert.Equal(["EH-0006"], Read(new MemoryStream(bytes)));
    }

    // The XML is as good as before, one digit is another: only the check sum of the ZIP knows.
    [Fact]
    public void FlippedDigit_InsideTheZip_IsFound()
    {
        using var zip = CheckupZip.Of(Files().Select(f => (f.Key, f.Value)), System.IO.Compression.CompressionLevel.NoCompression);
        var bytes = zip.ToArray();
        var at = bytes.AsSpan().IndexOf("unit=\"kg\""u8) - 3;
        Assert.True(at > 0 && char.IsAsciiDigit((char)bytes[at]));
        bytes[at] ^= 1;
        Assert.Equal(["EH-0110"], Read(new MemoryStream(bytes)));
    }

    [Fact]
    public void SameNameTwice_IsFound()
    {
        using var zip = CheckupZip.Of(Files().Select(f => (f.Key, f.Value)).Append((Files().Keys.First(k => k.Contains("DATA", StringComparison.Ordinal)), [])));
        Assert.Equal(["EH-0011"], Read(zip));
    }

    [Fact]
    public void Bounds_OfNumberSizeAndRatio_Hold()
    {
        Assert.Equal(["EH-0002"], Read(new MemoryStream(Clean), CheckupLimits.Default with { Entries = 7 }));
        Assert.Equal(["EH-0109"], Read(new MemoryStream(Clean), CheckupLimits.Default with { FileBytes = 9000 }).Distinct());
        Assert.Contains("EH-0003", Read(new MemoryStream(Clean), CheckupLimits.Default with { TotalBytes = 30_000 }));
        var bomb = Encoding.UTF8.GetBytes("<?xml version=\"1.0\"?>" + new string(' ', 1_900_000) + "<a/>");
        Assert.Equal(["EH-0004"], Read(Changed(f => f.ToDictionary(p => p.Key, p => p.Key.EndsWith("h13199999992025022801000001.xml", StringComparison.Ordinal) ? bomb : p.Value))));
    }

    // The directory may say what it likes about sizes: what counts is what comes out.
    [Fact]
    public void DirectoryThatLiesAboutSizes_ChangesNothingElse()
    {
        var bytes = Clean.ToArray();
        Mark(bytes, "DATA/h13199999992025022801000001.xml", (span, at, directory) => BinaryPrimitives.WriteUInt32LittleEndian(span[(at + (directory ? 24 : 22))..], 10));
        var found = Read(new MemoryStream(bytes));
        Assert.True(found is [] or ["EH-0110"], string.Join(' ', found));
    }

    [Fact]
    public void PackageOfTwoThousand_IsReadInPassing()
    {
        using var zip = new MemoryStream(CheckupPeople.Package(6, 2000));
        var files = 0;
        var package = CheckupPackage.Read(zip, CheckupReading.Default, _ => files++);
        Assert.Equal((4000, 2000), (files, package.Documents));
        Assert.True(package.Acceptable);
    }

    private static SortedDictionary<string, byte[]> Files() => CheckupZip.Files(new MemoryStream(Clean));

    private static MemoryStream Changed(Func<IReadOnlyDictionary<string, byte[]>, IEnumerable<KeyValuePair<string, byte[]>>> change) =>
        CheckupZip.Of(change(Files()).Select(f => (f.Key, f.Value)));

    private static Dictionary<string, byte[]> Add(IReadOnlyDictionary<string, byte[]> files, string path, byte[] bytes) => new(files) { [path] = bytes };

    private static IEnumerable<KeyValuePair<string, byte[]>> Without(IReadOnlyDictionary<string, byte[]> files, string file) => files.Where(f => f.Key != $"{Root}/{file}");

    private static Dictionary<string, byte[]> Edit(IReadOnlyDictionary<string, byte[]> files, string file, string old, string replaced)
    {
        var path = $"{Root}/{file}";
        var text = Encoding.UTF8.GetString(files[path]);
        Assert.Contains(old, text, StringComparison.Ordinal);
        return new Dictionary<string, byte[]>(files) { [path] = Encoding.UTF8.GetBytes(text.Replace(old, replaced, StringComparison.Ordinal)) };
    }

    private static string[] Read(Stream zip, CheckupLimits? limits = null)
    {
        using (zip)
        {
            var (package, files) = CheckupPackage.Read(zip, CheckupReading.Default with { Limits = limits ?? CheckupLimits.Default });
            return [.. package.Findings.Concat(files.SelectMany(f => f.Findings)).Numbers()];
        }
    }

    private delegate void Change(Span<byte> bytes, int at, bool directory);

    // Both headers of an entry: the local one and that of the directory.
    private static void Mark(byte[] bytes, string name, Change change)
    {
        var sought = Encoding.ASCII.GetBytes(name);
        for (var at = 0; at < bytes.Length - 46; at++)
        {
            var signature = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));
            if (signature is 0x04034B50 or 0x02014B50)
            {
                var directory = signature == 0x02014B50;
                if (bytes.AsSpan(at, Math.Min(200, bytes.Length - at)).IndexOf(sought) >= 0 && bytes.AsSpan(at + (directory ? 46 : 30)).StartsWith(Encoding.ASCII.GetBytes(Root + "/" + name)))
                {
                    change(bytes, at, directory);
                }
            }
        }
    }
}
