using System.Text;
using Sekisho.Formats.Eligibility;
using Sekisho.Formats.Eligibility.Views;
using Sekisho.Generators;

namespace Sekisho.Libraries.Tests.Formats.Eligibility.Messages;

/// <summary>What is tolerated, what is said, what is refused.</summary>
public sealed class ReadingTests
{
    private static readonly Encoding ShiftJis = CodePagesEncodingProvider.Instance.GetEncoding(932)!;
    private static readonly OqsShape Result = OqsShapes.Get("OQSsiquc01res");
    private static readonly OqsShape Request = OqsShapes.Get("OQSsiquc01req");

    public static TheoryData<string, bool, string, string, OqsEncoding> Encodings => new()
    {
        // Declaration, BOM, CharacterCodeIdentifier, how the bytes are made; how they are read.
        { "UTF-8", false, "0", "utf8", OqsEncoding.Utf8 },
        { "UTF-8", true, "0", "utf8", OqsEncoding.Utf8 },
        { "Shift_JIS", false, "1", "sjis", OqsEncoding.ShiftJis },
        { "windows-31j", false, "1", "sjis", OqsEncoding.ShiftJis },
        { "", false, "1", "sjis", OqsEncoding.ShiftJis },
        { "", false, "0", "utf8", OqsEncoding.Utf8 },
        { "", false, "", "utf8", OqsEncoding.Utf8 },
        { "UTF-8", false, "1", "utf8", OqsEncoding.Utf8 },
    };

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Read_EncodingStatedSomewhere_IsFound(string declaration, bool bom, string identifier, string made, OqsEncoding read)
    {
        var reading = OqsReader.Read(Bytes(declaration, bom, identifier, made), Result);

        Assert.Empty(reading.Findings);
        Assert.Equal(read, reading.Encoding);
        Assert.Equal("関所　ﾊﾅｺ表", reading.Message!.ReadBody<QualificationResult>().ResultList[0].Name);
    }

    [Theory]
    [InlineData("UTF-8", false, "sjis", OqsEncoding.ShiftJis)]
    [InlineData("Shift_JIS", true, "utf8", OqsEncoding.Utf8)]
    [InlineData("", false, "sjis", OqsEncoding.ShiftJis)]
    public void Read_EncodingStatedWrongly_IsReadAndSaid(string declaration, bool bom, string made, OqsEncoding read)
    {
        var reading = OqsReader.Read(Bytes(declaration, bom, "", made), Result);

        Assert.Equal(["EM-0009"], reading.Findings.Select(f => f.Rule.Number));
        Assert.Equal(read, reading.Encoding);
        Assert.Equal("関所　ﾊﾅｺ表", reading.Message!.ReadBody<QualificationResult>().ResultList[0].Name);
    }

    [Theory]
    [InlineData("", "EM-0001")]
    [InlineData("<?xml version='1.0' encoding='EUC-JP'?><XmlMsg/>", "EM-0004")]
    [InlineData("<XmlMsg><MessageHeader>", "EM-0005")]
    [InlineData("<XmlMsg/><XmlMsg/>", "EM-0005")]
    [InlineData("<XmlMsg>&lt;&none;</XmlMsg>", "EM-0005")]
    [InlineData("<XmlMsg>&#1;</XmlMsg>", "EM-0005")]
    [InlineData("text", "EM-0005")]
    [InlineData("<!DOCTYPE XmlMsg [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><XmlMsg>&x;</XmlMsg>", "EM-0006")]
    [InlineData("<!DOCTYPE XmlMsg SYSTEM 'http://127.0.0.1/x.dtd'><XmlMsg/>", "EM-0006")]
    [InlineData("<ClinicalDocument/>", "EM-0008")]
    public void Read_NoMessage_IsRefusedWithItsReason(string text, string number)
    {
        var reading = OqsReader.Read(Encoding.UTF8.GetBytes(text), Request);

        Assert.Null(reading.Message);
        Assert.Equal(number, reading.Refusal!.Rule.Number);
        Assert.EndsWith("。", reading.Refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_BytesOfNoEncoding_AreRefused()
    {
        byte[] bytes = [.. "<XmlMsg>"u8, 0x81, 0xFF, 0xFE, .. "</XmlMsg>"u8];

        Assert.Equal("EM-0003", OqsReader.Read(bytes, Request).Refusal!.Rule.Number);
        Assert.Equal("EM-0004", OqsReader.Read(Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes("<XmlMsg/>")).ToArray(), Request).Refusal!.Rule.Number);
    }

    [Fact]
    public void Read_BeyondALimit_IsRefused()
    {
        var deep = string.Concat(Enumerable.Repeat("<a>", 20)) + string.Concat(Enumerable.Repeat("</a>", 20));
        var many = string.Concat(Enumerable.Repeat("<a/>", OqsLimits.Question.MaxElements));
        var text = new string('あ', OqsLimits.MaxText + 1);
        Assert.Equal("EM-0007", Refused($"<XmlMsg>{deep}</XmlMsg>"));
        Assert.Equal("EM-0007", Refused($"<XmlMsg>{many}</XmlMsg>"));
        Assert.Equal("EM-0007", Refused($"<XmlMsg><a>{text}</a></XmlMsg>"));
        Assert.Equal("EM-0002", Refused($"<XmlMsg>{new string(' ', OqsLimits.Question.MaxBytes)}</XmlMsg>"));
        Assert.NotNull(OqsReader.Read(Encoding.UTF8.GetBytes($"<XmlMsg>{new string(' ', 32_000)}</XmlMsg>"), Request).Message);
    }

    [Fact]
    public void Read_ManyUnknownsBeforeManyAliases_TakesTimeInProportion()
    {
        var inside = string.Concat(Enumerable.Repeat("<x/>", 250_000)) + string.Concat(Enumerable.Repeat("<PublicExpenseNumber/>", 240_000));
        var started = System.Diagnostics.Stopwatch.StartNew();

        var reading = OqsReader.Read(Body(inside), Result);

        Assert.NotNull(reading.Message);
        Assert.Equal(OqsLimits.MaxFindings, reading.Findings.Count);
        Assert.NotNull(reading.Message.ReadBody<QualificationResult>());
        Assert.NotNull(OqsWriter.Write(reading.Message, OqsEncoding.ShiftJis).Bytes);
        Assert.InRange(started.Elapsed.TotalSeconds, 0, 120);
    }

    /// <summary>What costs the runtime's reader minutes, or much memory, is refused before it reads.</summary>
    [Theory]
    [InlineData("<XmlMsg ", "a{0}='' ", "/>")]
    [InlineData("<XmlMsg ", "a{0}='>' ", "/>")]
    [InlineData("<XmlMsg ", "xmlns:a{0}='u' ", "/>")]
    [InlineData("<XmlMsg><a>", "{0}", "</a></XmlMsg>")]
    [InlineData("<XmlMsg><a>", "&#48;", "</a></XmlMsg>")]
    [InlineData("<XmlMsg><a", "{0}", "/></XmlMsg>")]
    [InlineData("<XmlMsg><!-- ", "{0}", " --></XmlMsg>")]
    [InlineData("<XmlMsg><![CDATA[", "{0}", "]]></XmlMsg>")]
    [InlineData("<XmlMsg>", "<a{0}/>", "</XmlMsg>")]
    [InlineData("", "<a>", "")]
    public void Read_HugeOfOneKind_IsRefusedAtOnce(string head, string part, string tail)
    {
        var text = new StringBuilder(head);
        for (var i = 0; i < 600_000; i++)
        {
            text.AppendFormat(System.Globalization.CultureInfo.InvariantCulture, part, i);
        }

        var started = System.Diagnostics.Stopwatch.StartNew();
        var reading = OqsReader.Read(Encoding.UTF8.GetBytes(text.Append(tail).ToString()), OqsShapes.Get("OQSmuquc01req"));

        Assert.Contains(reading.Refusal!.Rule.Number, (string[])["EM-0007", "EM-0008"]);
        Assert.InRange(started.Elapsed.TotalSeconds, 0, 60);
    }

    [Fact]
    public void Read_AliasesOfOlderPrograms_AreRenamed()
    {
        var reading = OqsReader.Read(
            Body("<PharmaceuticalInfoConsFlg>1</PharmaceuticalInfoConsFlg><PharmaceuticalInfoAcquisitionTime>20260402090311</PharmaceuticalInfoAcquisitionTime><DiagnosisInfoAcquisitionTime>20260402090311</DiagnosisInfoAcquisitionTime><PublicExpenseNumber>12139999</PublicExpenseNumber><StatusOfInfection/>"),
            Result);

        Assert.Equal(["EM-0202", "EM-0202", "EM-0202", "EM-0202", "EM-0201"], reading.Findings.Select(f => f.Rule.Number));
        var result = reading.Message!.ReadBody<QualificationResult>().ResultList[0];
        Assert.Equal((ConsentState.同意あり, "12139999"), (result.PharmacistsInfoConsFlg, result.InsurerNumber));
        Assert.Equal(result.PharmacistsInfoAvailableTime, result.DiagnosisInfoAvailableTime);
        Assert.NotNull(result.PharmacistsInfoAvailableTime);
        Assert.DoesNotContain("Pharmaceutical", Encoding.UTF8.GetString(OqsWriter.Write(reading.Message, OqsEncoding.Utf8).Bytes!), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_AliasBesideTheElementItself_StaysUnknown()
    {
        var reading = OqsReader.Read(Body("<InsurerNumber>06139999</InsurerNumber><PublicExpenseNumber>12139999</PublicExpenseNumber>"), Result);

        Assert.Equal(["EM-0201"], reading.Findings.Select(f => f.Rule.Number));
        Assert.Equal("06139999", reading.Message!.ReadBody<QualificationResult>().ResultList[0].InsurerNumber);
    }

    [Theory]
    [InlineData("<Birthdate>19800231</Birthdate>", "EM-0102")]
    [InlineData("<Birthdate>昭和55年</Birthdate>", "EM-0102")]
    [InlineData("<PharmacistsInfoConsTime>20260401250000</PharmacistsInfoConsTime>", "EM-0102")]
    [InlineData("<InsurerNumber>６１３９９９９</InsurerNumber>", "EM-0102")]
    [InlineData("<InsuredPartialContributionRatio>20</InsuredPartialContributionRatio>", "EM-0102")]
    [InlineData("<Sex1>9</Sex1>", "EM-0103")]
    [InlineData("<ReasonOfLoss>1</ReasonOfLoss>", "EM-0103")]
    [InlineData("<InsuredCardSymbol>123456789012345678901</InsuredCardSymbol>", "EM-0104")]
    [InlineData("<Name>甲</Name><Name>乙</Name>", "EM-0105")]
    [InlineData("<Name>甲<b/></Name>", "EM-0106")]
    [InlineData("<ElderlyRecipientCertificateInfo>甲</ElderlyRecipientCertificateInfo>", "EM-0106")]
    [InlineData("<Unheard/>", "EM-0201")]
    [InlineData("<Name lang=\"ja\">甲</Name>", "EM-0203")]
    public void Read_WhatBreaksTheShape_IsSaidWithItsPlace(string inside, string number)
    {
        var reading = OqsReader.Read(Body(inside), Result);

        Assert.NotNull(reading.Message);
        var finding = reading.Findings.First(f => f.Rule.Number == number);
        Assert.StartsWith("XmlMsg/MessageBody/ResultList/ResultOfQualificationConfirmation", finding.Path, StringComparison.Ordinal);
        Assert.Equal(1, finding.Line);
        Assert.DoesNotContain("19800231", finding.Message, StringComparison.Ordinal);
        Assert.NotNull(OqsWriter.Write(reading.Message, OqsEncoding.Utf8).Bytes);
    }

    [Fact]
    public void Read_MissingKeys_AreNamed()
    {
        var reading = OqsReader.Read("<XmlMsg><MessageHeader><MedicalInstitutionCode>1319999999</MedicalInstitutionCode></MessageHeader><MessageBody><QualificationConfirmSearchInfo><InsurerNumber/><InsuredIdentificationNumber>1</InsuredIdentificationNumber></QualificationConfirmSearchInfo></MessageBody></XmlMsg>"u8, Request);

        Assert.Equal(
            ["QualificationConfirmationDate", "InsurerNumber", "Birthdate"],
            reading.Findings.Where(f => f.Rule == OqsRules.Missing).Select(f => f.Path[(f.Path.LastIndexOf('/') + 1)..]));
        Assert.Equal("資格確認日（QualificationConfirmationDate）がありません。", reading.Findings[0].Message);
    }

    [Theory]
    [InlineData("  138057", "00138057")]
    [InlineData("00138057", "00138057")]
    [InlineData("138057", "00138057")]
    [InlineData("138057  ", "00138057")]
    [InlineData("06139999", "06139999")]
    public void InsurerNumber_HoweverPadded_IsOne(string written, string canonical)
    {
        var message = OqsReader.Read(Body($"<InsurerNumber>{written}</InsurerNumber>"), Result).Message!;

        Assert.Equal(canonical, message.Body["ResultList/ResultOfQualificationConfirmation/InsurerNumber"]);
        var again = IndependentReader.Open(OqsWriter.Write(message, OqsEncoding.ShiftJis).Bytes!);
        Assert.Equal(canonical.StartsWith("00", StringComparison.Ordinal) ? "  138057" : canonical, again.Descendants("InsurerNumber").Single().Value);
    }

    [Fact]
    public void Write_CharacterShiftJisLacks_IsRefusedWithElementAndCharacter()
    {
        var message = OqsReader.Read(Body("<Name>𠮷野　䦰</Name><Address>髙﨑①</Address>"), Result).Message!;

        var writing = OqsWriter.Write(message, OqsEncoding.ShiftJis);

        Assert.Null(writing.Bytes);
        Assert.Equal(["Name の文字「𠮷」（U+20BB7）は Shift_JIS にありません。", "Name の文字「䦰」（U+49B0）は Shift_JIS にありません。"], writing.Findings.Select(f => f.Message));
        Assert.All(writing.Findings, f => Assert.Equal("XmlMsg/MessageBody/ResultList/ResultOfQualificationConfirmation/Name", f.Path));
        Assert.NotNull(OqsWriter.Write(message, OqsEncoding.Utf8).Bytes);
    }

    [Fact]
    public void Masked_CharactersShiftJisLacks_AreUnknownOnes()
    {
        var message = OqsReader.Read(Body("<Name>𠮷野　髙﨑&amp;</Name><Sex1>\n</Sex1>"), Result).Message!;

        var masked = OqsWriter.Masked(message, OqsEncoding.ShiftJis);

        Assert.Equal("●野　髙﨑&", masked.ReadBody<QualificationResult>().ResultList[0].Name);
        Assert.Equal("𠮷野　髙﨑&", message.ReadBody<QualificationResult>().ResultList[0].Name);
        Assert.NotNull(OqsWriter.Write(masked, OqsEncoding.ShiftJis).Bytes);
        Assert.Equal("a●b", OqsWriter.Masked(OqsMessage.Of(Result, new OqsHeader { ErrorMessage = "a\u0001b" }), OqsEncoding.Utf8).Header["ErrorMessage"]);
    }

    [Theory]
    [InlineData("<Sex2></Sex2>")]
    [InlineData("<Sex2/>")]
    [InlineData("<Sex2>\n  </Sex2>")]
    [InlineData("<Birthdate>        </Birthdate>")]
    [InlineData("<InsurerNumber>        </InsurerNumber>")]
    [InlineData("<ElderlyRecipientCertificateInfo>\n</ElderlyRecipientCertificateInfo>")]
    [InlineData("<SpecificDiseasesCertificateList/>")]
    public void Read_EmptyElements_AreAsGoodAsNone(string inside)
    {
        var reading = OqsReader.Read(Body(inside), Result);

        Assert.Empty(reading.Findings);
        var result = reading.Message!.ReadBody<QualificationResult>().ResultList[0];
        Assert.Equal((null, null, "", 0), (result.Sex2, result.Birthdate, result.InsurerNumber, result.SpecificDiseasesCertificateList.Count));
    }

    [Theory]
    [InlineData(0x0001)]
    [InlineData(0x001B)]
    [InlineData(0xFFFE)]
    [InlineData(0xD842)]
    [InlineData(0xDFB7)]
    public void Write_WhatIsNoCharacter_IsRefused(int code)
    {
        var text = $"関{(char)code}所";
        var message = OqsMessage.Of(Result, new OqsHeader { ErrorMessage = text });

        Assert.Equal(["EM-0302"], OqsWriter.Write(message, OqsEncoding.Utf8).Findings.Select(f => f.Rule.Number));
        Assert.NotEmpty(OqsWriter.Write(message, OqsEncoding.ShiftJis).Findings);
    }

    /// <summary>Whatever a message went through, reading ends with a message or a reason.</summary>
    [Fact]
    public void Read_DamagedMessages_NeverThrows()
    {
        var messages = OqsShapes.All.Select((s, i) => (Shape: s, Bytes: OqsWriter.Write(MessageMaker.Make(s, new Seed((ulong)i)), i % 2 == 0 ? OqsEncoding.Utf8 : OqsEncoding.ShiftJis).Bytes!)).ToArray();
        var seed = new Seed(20_260_401);
        for (var round = 0; round < 6_000; round++)
        {
            var (shape, bytes) = seed.Of<(OqsShape Shape, byte[] Bytes)>(messages);
            var damaged = Damage(bytes, seed);
            var reading = OqsReader.Read(damaged, seed.In100(80) ? shape : seed.Of<(OqsShape Shape, byte[] Bytes)>(messages).Shape);
            Assert.Equal(reading.Message is null, reading.Refusal is not null);
            if (reading.Message is { } message)
            {
                // What was read can be used and written, whatever it is.
                Assert.NotNull(message.ReadHeader<OqsHeader>());
                Assert.NotNull(message.ReadBody<QualificationResult>());
                var again = OqsWriter.Write(message, OqsEncoding.Utf8);
                Assert.True(again.Bytes is not null || again.Findings.Count > 0);
            }
        }
    }

    private static byte[] Damage(byte[] bytes, Seed seed)
    {
        var damaged = bytes.ToList();
        for (var n = seed.From(1, 4); n > 0 && damaged.Count > 2; n--)
        {
            var at = seed.Below(damaged.Count);
            switch (seed.Below(6))
            {
                case 0:
                    damaged.RemoveRange(at, damaged.Count - at);
                    break;
                case 1:
                    damaged[at] = seed.Byte();
                    break;
                case 2:
                    damaged.RemoveRange(at, Math.Min(damaged.Count - at, seed.From(1, 200)));
                    break;
                case 3:
                    damaged.InsertRange(at, damaged.GetRange(at, Math.Min(damaged.Count - at, seed.From(1, 300))));
                    break;
                case 4:
                    damaged.InsertRange(at, seed.Of("<"u8.ToArray(), "&"u8.ToArray(), "]]>"u8.ToArray(), "<!--"u8.ToArray(), "<a xmlns='x'>"u8.ToArray(), "<?x y?>"u8.ToArray(), "\0"u8.ToArray()));
                    break;
                default:
                    damaged[at] = (byte)seed.Of('0', '9', ' ', '<', '>', '/');
                    break;
            }
        }

        return [.. damaged];
    }

    private static string Refused(string text) => OqsReader.Read(Encoding.UTF8.GetBytes(text), Request).Refusal!.Rule.Number;

    private static byte[] Body(string inside) =>
        Encoding.UTF8.GetBytes($"<XmlMsg><MessageHeader/><MessageBody><ResultList><ResultOfQualificationConfirmation>{inside}</ResultOfQualificationConfirmation></ResultList></MessageBody></XmlMsg>".Replace("<MessageHeader/>", "<MessageHeader><SegmentOfResult>1</SegmentOfResult></MessageHeader>", StringComparison.Ordinal));

    private static byte[] Bytes(string declaration, bool bom, string identifier, string made)
    {
        var text = (declaration.Length > 0 ? $"<?xml version=\"1.0\" encoding=\"{declaration}\" standalone=\"no\"?>\r\n" : "")
            + "<XmlMsg><MessageHeader><SegmentOfResult>1</SegmentOfResult>"
            + (identifier.Length > 0 ? $"<CharacterCodeIdentifier>{identifier}</CharacterCodeIdentifier>" : "")
            + "</MessageHeader><MessageBody><ResultList><ResultOfQualificationConfirmation><Name>関所　ﾊﾅｺ表</Name></ResultOfQualificationConfirmation></ResultList></MessageBody></XmlMsg>";
        byte[] bytes = made == "sjis" ? ShiftJis.GetBytes(text) : Encoding.UTF8.GetBytes(text);
        return bom ? [0xEF, 0xBB, 0xBF, .. bytes] : bytes;
    }
}
