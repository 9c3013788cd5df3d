using System.Text;
using Sekisho.Formats.Claims;
using Sekisho.Formats.Claims.Masters;

namespace Sekisho.Libraries.Tests.Formats.Documents;

public sealed class ClaimDocumentTests
{
    private static readonly Encoding ShiftJis = CodePagesEncodingProvider.Instance.GetEncoding(932)!;
    private static readonly MasterSet Masters = MasterSet.Load(SourceTree.Path("tests", "Samples", "masters")).Masters;

    private const string Claim =
        "RE,1,1112,202211,関所　太郎,1,19500102,,,,,2630,,,,,,,,,,,,,,,,,,,,,,,,,カンショタロウ,001\r\n" +
        "HO,  133066,記号,番号,1,300,,,,,,,,,\r\n" +
        "SN,1,01,,,,00,,\r\n" +
        "SY,9900001,20221101,1,90018901,,01,補足\r\n" +
        "SY,0000999,20221101,2,,架空の未コード化病,,\r\n" +
        "SI,11,1,199900110,,288,1,820990001,,,,,,,,,,,,,,,,,,1\r\n" +
        "IY,21,1,699900001,3,5,7\r\n" +
        "TO,70,1,799900001,1.5,5,1,006\r\n" +
        "CO,99,1,810000001,自由な文\r\n";

    [Fact]
    public void Open_Claim_NamesEveryFieldAndMeaning()
    {
        var document = ClaimDocument.Open(ShiftJis.GetBytes(Claim), Masters);
        Assert.Equal(["RE", "HO", "SN", "SY", "SY", "SI", "IY", "TO", "CO"], document.Records.Select(r => r.Id));
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9], document.Records.Select(r => r.Line));
        Assert.Equal([38, 15, 9, 8, 8, 44, 44, 48, 5], document.Records.Select(r => r.Fields.Count));

        var re = document.Records[0];
        Assert.Equal("レセプト共通レコード", re.Name);
        Assert.Equal("関所　太郎", re["氏名"]);
        Assert.Equal("医科・医保/国保単独・本人/世帯主・入院外", Meaning(re, "レセプト種別"));
        Assert.Equal("令和4年11月", Meaning(re, "診療年月"));
        Assert.Equal("昭和25年1月2日", Meaning(re, "生年月日"));
        Assert.Equal("区ア・区オ", Meaning(re, "レセプト特記事項"));
        Assert.Equal("妊婦", Meaning(re, "患者の状態"));
        Assert.Equal("  133066", document.Records[1]["保険者番号"]);
        Assert.Equal("", document.Records[1]["ない項目"]);
        Assert.Equal("架空性架空熱の架空疑い", Meaning(document.Records[3], "傷病名コード"));
        Assert.Equal("架空性・の架空疑い", Meaning(document.Records[3], "修飾語コード"));
        Assert.Equal("架空の未コード化病", Meaning(document.Records[4], "傷病名コード"));
        Assert.Equal("治ゆ", Meaning(document.Records[4], "転帰区分"));
        Assert.Equal("架空診察料（令和４年）", Meaning(document.Records[5], "診療行為コード"));
        Assert.Equal("関所を通過", Meaning(document.Records[5], "コメントコード①"));
        Assert.Equal("初診", Meaning(document.Records[5], "診療識別"));
        Assert.Equal("カクウ錠１０ｍｇ", Meaning(document.Records[6], "医薬品コード"));
        Assert.Equal("架空フィルム", Meaning(document.Records[7], "特定器材コード"));
        Assert.Equal("枚", Meaning(document.Records[7], "単位コード"));
    }

    [Fact]
    public void Open_WithoutMasters_StillNamesCodesOfTheSpecification()
    {
        var document = ClaimDocument.Open(ShiftJis.GetBytes(Claim));
        Assert.Equal("", Meaning(document.Records[3], "傷病名コード"));
        Assert.Equal("1", document.Records[3]["転帰区分"]);
        Assert.Equal("治ゆ、死亡、中止以外", Meaning(document.Records[3], "転帰区分"));
    }

    [Fact]
    public void Open_MasterOfAnotherMonth_NamesItAndSaysSo()
    {
        var document = ClaimDocument.Open(ShiftJis.GetBytes("RE,1,1112,202101\r\nSI,11,1,199900110\r\nSI,11,1,123456789\r\n"), Masters);
        Assert.Equal("架空診察料（令和４年）（この診療月の版ではない）", Meaning(document.Records[1], "診療行為コード"));
        Assert.Equal("", Meaning(document.Records[2], "診療行為コード"));
    }

    [Theory]
    [InlineData("43101", "記録条件仕様年月情報", "平成31年1月")]
    [InlineData("201901", "予備", "平成31年1月")]
    [InlineData("202110", "予備", "令和3年10月")]
    public void Open_DatesOfEitherKind_TakesTheFittingEdition(string treatment, string item20, string meaning)
    {
        var re = ClaimDocument.Open(ShiftJis.GetBytes($"RE,1,1112,{treatment}\r\n")).Records[0];
        Assert.Equal(item20, re.Fields[19].Name);
        Assert.Equal(meaning, Meaning(re, "診療年月"));
        Assert.Equal(38, re.Fields.Count);
    }

    [Fact]
    public void Open_OldEditionOrOddLines_ShowsWhatIsThere()
    {
        var document = ClaimDocument.Open(ShiftJis.GetBytes("RE,1,1112,42904,x\nKH,固有\r\n\r\nSN,1,01\r\nQQ,a,b\r\nGO,1,2,99,余り\r\n\x1A"));
        Assert.Equal([1, 2, 4, 5, 6], document.Records.Select(r => r.Line));
        Assert.Equal(36, document.Records[0].Fields.Count);
        Assert.Equal("固有", document.Records[1]["国保連固有情報"]);
        Assert.Equal("資格確認レコード", document.Records[2].Name);
        Assert.Equal("不明なレコード", document.Records[3].Name);
        Assert.Equal(["レコード識別情報", "項番2（定義なし）", "項番3（定義なし）"], document.Records[3].Fields.Select(f => f.Name));
        Assert.Equal("余り", document.Records[4]["項番5（定義なし）"]);
    }

    [Fact]
    public void Open_AnyBytes_NeverThrows()
    {
#pragma warning disable RS0030 // seeded on purpose: a failure must come back
        var random = new Random(20211108);
#pragma warning restore RS0030
        var claim = ShiftJis.GetBytes(Claim);
        for (var i = 0; i < 2000; i++)
        {
            var bytes = (byte[])claim.Clone();
            for (var n = random.Next(1, 12); n > 0; n--)
            {
                bytes[random.Next(bytes.Length)] = (byte)(random.Next(3) == 0 ? ",\r\n\"\0RE9"u8[random.Next(8)] : random.Next(256));
            }

            var document = ClaimDocument.Open(bytes.AsSpan(random.Next(40)), Masters);
            Assert.All(document.Records, r => Assert.NotEmpty(r.Fields));
        }

        Assert.Empty(ClaimDocument.Open([]).Records);
        var noise = new byte[5000];
        random.NextBytes(noise);
        Assert.NotNull(ClaimDocument.Open(noise, Masters));
    }

    [Fact]
    public void Open_RealFile_LeavesNoFieldWithoutAName()
    {
        var bytes = File.ReadAllBytes(SourceTree.Shared("data", "receipt", "samples", "receiptisan_MIT", "RECEIPTC_GAIRAI_SAMPLE.UKE"));
        var document = ClaimDocument.Open(bytes);
        Assert.Equal(75, document.Records.Count(r => r.Id == "RE"));
        Assert.DoesNotContain(document.Records, r => r.Name == "不明なレコード");
        Assert.DoesNotContain(document.Records.SelectMany(r => r.Fields), f => f.Name.EndsWith("（定義なし）", StringComparison.Ordinal));
        Assert.All(document.Records.Where(r => r.Id == "RE"), r => Assert.NotEqual("", Meaning(r, "レセプト種別")));
    }

    private static string Meaning(ClaimRecord record, string item) => record.Fields.First(f => f.Name == item).Meaning;
}
