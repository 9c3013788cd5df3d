using System.IO.Compression;
using System.Text;
using Sekisho.Cli.Agent;
using Sekisho.Formats.Eligibility;

namespace Sekisho.Libraries.Tests.Cli;

/// <summary>What is kept of an answer for hours without a line.</summary>
public sealed class LastAnswersTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sekisho-last").FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("<InsuredPartialContributionRatio>030</InsuredPartialContributionRatio>", "", 30)]
    [InlineData("", "020", 20)]
    [InlineData("<InsuredPartialContributionRatio>030</InsuredPartialContributionRatio>", "020", 20)]
    public async Task Share_IsThatOfTheElderlyCertificate_WhereThereIsOne(string ratio, string elderly, int expected)
    {
        var last = await Open();
        last.Keep(Request("OQSsiquc01req_1.xml"), Answer(1, Coverage("01", "花子", ratio, elderly)));
        Assert.Equal(expected, Assert.Single(last.Find("7")).Ratio);
    }

    [Fact]
    public async Task Twins_StayBeside_AndAnAnswerWithoutBranchTakesBothPlaces()
    {
        var last = await Open();
        last.Keep(Request("OQSsiquc01req_1.xml"), Answer(1, Coverage("02", "花子")));
        last.Keep(Request("OQSsiquc01req_2.xml"), Answer(1, Coverage("03", "咲子")));
        Assert.Equal(["花子", "咲子"], last.Find("7").OrderBy(a => a.Branch, StringComparer.Ordinal).Select(a => a.Name));

        last.Keep(Request("OQSsiquc01req_3.xml"), Answer(2, Coverage("2", "花子")));
        Assert.Equal(["有効", "無効"], last.Find("7").OrderBy(a => a.Branch, StringComparer.Ordinal).Select(a => a.Validity));

        // Which of them was not said: both are still the last known.
        last.Keep(Request("OQSsiquc01req_4.xml"), Answer(5, ""));
        Assert.Equal(3, last.Find("7").Count);

        // Nobody has these numbers: what was withdrawn is not shown as the last known.
        last.Keep(Request("OQSsiquc01req_5.xml"), Answer(4, ""));
        Assert.Equal("該当資格なし", Assert.Single(last.Find("7")).Validity);
        last.Keep(Request("OQSsiquc01req_6.xml"), Answer(1, Coverage("02", "花子")));
        Assert.Equal("花子", Assert.Single(last.Find("7")).Name);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Bulk_IsKeptLineByLine(bool zipped)
    {
        var units = $"<BulkConfirmUnit>{Asked("02")}<ProcessingResultStatus>1</ProcessingResultStatus><QualificationValidity>1</QualificationValidity>{Coverage("02", "花子")}</BulkConfirmUnit>"
            + $"<BulkConfirmUnit>{Asked("03")}<ProcessingResultStatus>1</ProcessingResultStatus><QualificationValidity>4</QualificationValidity></BulkConfirmUnit>"
            + $"<BulkConfirmUnit>{Asked("04")}<ProcessingResultStatus>2</ProcessingResultStatus></BulkConfirmUnit>";
        var result = Message(units);
        var last = await Open();
        last.Keep(Request("OQSmuquc01req_1.xml"), result);
        Assert.Empty(last.Find("7"));
        last.Keep(Request("OQSmuquc02req_1.xml"), zipped ? Zip(result) : result);
        Assert.Equal([("02", "有効"), ("03", "該当資格なし")], last.Find("7").OrderBy(a => a.Branch, StringComparer.Ordinal).Select(a => (a.Branch, a.Validity)));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Task<LastAnswers> Open() => LastAnswers.Open(_folder, TimeSpan.FromDays(30), TimeProvider.System, Stop);

    private static OqsFileName Request(string name) => OqsFileName.TryParse(name, out var parsed) ? parsed : throw new ArgumentException(name);

    private static byte[] Answer(int validity, string coverage) =>
        Message($"{Asked("")}<ProcessingResultStatus>1</ProcessingResultStatus><QualificationValidity>{validity}</QualificationValidity><ResultList>{coverage}</ResultList>");

    private static string Asked(string branch) =>
        $"<QualificationConfirmSearchInfo><InsurerNumber>06139018</InsurerNumber><InsuredCardSymbol>1</InsuredCardSymbol><InsuredIdentificationNumber>7</InsuredIdentificationNumber><InsuredBranchNumber>{branch}</InsuredBranchNumber><Birthdate>19550505</Birthdate></QualificationConfirmSearchInfo>";

    private static string Coverage(string branch, string name, string ratio = "", string elderly = "") =>
        "<ResultOfQualificationConfirmation><InsurerNumber>06139018</InsurerNumber><InsuredCardSymbol>1</InsuredCardSymbol><InsuredIdentificationNumber>7</InsuredIdentificationNumber>"
        + $"<InsuredBranchNumber>{branch}</InsuredBranchNumber><Name>{name}</Name><Birthdate>19550505</Birthdate>{ratio}"
        + (elderly.Length > 0 ? $"<ElderlyRecipientCertificateInfo><ElderlyRecipientContributionRatio>{elderly}</ElderlyRecipientContributionRatio></ElderlyRecipientCertificateInfo>" : "")
        + "</ResultOfQualificationConfirmation>";

    private static byte[] Message(string body) => Encoding.UTF8.GetBytes(
        $"<XmlMsg><MessageHeader><QualificationConfirmationDate>20261015</QualificationConfirmationDate><SegmentOfResult>1</SegmentOfResult></MessageHeader><MessageBody>{body}</MessageBody></XmlMsg>");

    private static byte[] Zip(byte[] file)
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create))
        {
            using var entry = zip.CreateEntry("OQSmuquc02res_1.xml").Open();
            entry.Write(file);
        }

        return memory.ToArray();
    }
}
