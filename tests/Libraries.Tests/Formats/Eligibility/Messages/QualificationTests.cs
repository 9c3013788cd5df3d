using System.Text;
using System.Xml.Linq;
using Sekisho.Formats.Eligibility;
using Sekisho.Formats.Eligibility.Views;

namespace Sekisho.Libraries.Tests.Formats.Eligibility.Messages;

/// <summary>The pair everything begins with: the question by 券面 and its answer, written, and read back by somebody else (LINQ to XML).</summary>
public sealed class QualificationTests
{
    private static readonly QualificationConfirmSearchInfo Keys = new()
    {
        InsurerNumber = "00138057",
        InsuredCardSymbol = "関所１",
        InsuredIdentificationNumber = "１０００１",
        InsuredBranchNumber = "01",
        Birthdate = new DateOnly(1952, 3, 3),
        LimitApplicationCertificateRelatedConsFlg = LimitConsent.同意,
    };

    [Theory]
    [InlineData(OqsEncoding.Utf8)]
    [InlineData(OqsEncoding.ShiftJis)]
    public void Request_Written_IsReadBackByBoth(OqsEncoding encoding)
    {
        var header = new OqsHeader { QualificationConfirmationDate = new DateOnly(2026, 4, 1), MedicalInstitutionCode = "1319999999", ArbitraryFileIdentifier = "PT000123" };

        var bytes = Write(OqsMessage.Of(OqsShapes.Get("OQSsiquc01req"), header, new QualificationRequest { QualificationConfirmSearchInfo = Keys }), encoding);

        var xml = XDocument.Parse(Decode(bytes, encoding), LoadOptions.PreserveWhitespace);
        Assert.Equal("no", xml.Declaration!.Standalone);
        Assert.Equal(encoding == OqsEncoding.Utf8 ? "UTF-8" : "Shift_JIS", xml.Declaration.Encoding);
        var asked = xml.Root!.Element("MessageBody")!.Element("QualificationConfirmSearchInfo")!;
        Assert.Equal(
            [("InsurerNumber", "  138057"), ("InsuredCardSymbol", "関所１"), ("InsuredIdentificationNumber", "１０００１"), ("InsuredBranchNumber", "01"), ("Birthdate", "19520303"), ("LimitApplicationCertificateRelatedConsFlg", "1")],
            asked.Elements().Select(e => (e.Name.LocalName, e.Value)));
        Assert.Equal(["QualificationConfirmationDate", "MedicalInstitutionCode", "ArbitraryFileIdentifier"], xml.Root.Element("MessageHeader")!.Elements().Select(e => e.Name.LocalName));

        var reading = OqsReader.Read(bytes, OqsShapes.Get("OQSsiquc01req"));
        Assert.Empty(reading.Findings);
        Assert.Equal(encoding, reading.Encoding);
        Assert.Equal(header, reading.Message!.ReadHeader<OqsHeader>());
        Assert.Equal(Keys, reading.Message.ReadBody<QualificationRequest>().QualificationConfirmSearchInfo);
    }

    [Theory]
    [InlineData(OqsEncoding.Utf8, "0")]
    [InlineData(OqsEncoding.ShiftJis, "1")]
    public void Answer_Written_IsReadBackByBoth(OqsEncoding encoding, string identifier)
    {
        var coverage = new ResultOfQualificationConfirmation
        {
            InsuredCardClassification = InsuredCardClassification.一般,
            InsurerNumber = "00138057",
            InsuredIdentificationNumber = "１０００１",
            InsuredPartialContributionRatio = 20,
            Name = "関所　●太郎",
            NameKana = "ｾｷｼｮ ﾀﾛｳ",
            LimitApplicationCertificateRelatedInfo = new() { LimitApplicationCertificateClassificationFlag = LimitClassification.一般Ⅱ },
            SpecificDiseasesCertificateList = [new() { SpecificDiseasesSelfPay = 10000 }, new() { SpecificDiseasesDiseaseCategory = SpecificDisease.人工透析を必要とする慢性腎不全 }],
            PharmacistsInfoConsFlg = ConsentState.同意あり,
            PharmacistsInfoAvailableTime = new DateTimeOffset(2026, 4, 2, 0, 3, 11, TimeSpan.Zero),
        };
        var body = new QualificationResult
        {
            QualificationConfirmSearchInfo = Keys,
            ProcessingResultStatus = ProcessingResultStatus.正常,
            QualificationValidity = QualificationValidity.有効,
            ResultList = [coverage],
        };

        var bytes = Write(OqsMessage.Of(OqsShapes.Get("OQSsiquc01res"), new OqsHeader { SegmentOfResult = SegmentOfResult.正常終了 }, body), encoding);

        var xml = XDocument.Parse(Decode(bytes, encoding), LoadOptions.PreserveWhitespace).Root!;
        Assert.Equal(identifier, xml.Element("MessageHeader")!.Element("CharacterCodeIdentifier")!.Value);
        var result = xml.Element("MessageBody")!.Element("ResultList")!.Elements("ResultOfQualificationConfirmation").Single();
        Assert.Equal("01", result.Element("InsuredCardClassification")!.Value);
        Assert.Equal("  138057", result.Element("InsurerNumber")!.Value);
        Assert.Equal("020", result.Element("InsuredPartialContributionRatio")!.Value);
        Assert.Equal("関所　●太郎", result.Element("Name")!.Value);
        Assert.Equal("B09", result.Descendants("LimitApplicationCertificateClassificationFlag").Single().Value);
        Assert.Equal(2, result.Element("SpecificDiseasesCertificateList")!.Elements("SpecificDiseasesCertificateInfo").Count());
        Assert.Equal("20260402090311", result.Element("PharmacistsInfoAvailableTime")!.Value);

        var reading = OqsReader.Read(bytes, OqsShapes.Get("OQSsiquc01res"));
        Assert.Empty(reading.Findings);
        var read = reading.Message!.ReadBody<QualificationResult>();
        Assert.Equal(QualificationValidity.有効, read.QualificationValidity);
        var again = Assert.Single(read.ResultList);
        Assert.Equal(coverage.SpecificDiseasesCertificateList, again.SpecificDiseasesCertificateList);
        Assert.Equal(
            coverage with { SpecificDiseasesCertificateList = [], PublicExpenseResultList = [] },
            again with { SpecificDiseasesCertificateList = [], PublicExpenseResultList = [] });
    }

    private static byte[] Write(OqsMessage message, OqsEncoding encoding)
    {
        var writing = OqsWriter.Write(message, encoding);
        Assert.Empty(writing.Findings);
        return writing.Bytes!;
    }

    private static string Decode(byte[] bytes, OqsEncoding encoding) =>
        (encoding == OqsEncoding.Utf8 ? Encoding.UTF8 : CodePagesEncodingProvider.Instance.GetEncoding(932)!).GetString(bytes);
}
