using System.Text;
using Sekisho.Formats.Claims;
using Sekisho.Formats.Claims.Masters;
using Sekisho.Formats.Identifiers;

namespace Sekisho.Libraries.Tests.Formats.Documents;

/// <summary>What a claim says was given and done, for whom.</summary>
public sealed class ClaimContentsTests
{
    private static readonly Encoding _shiftJis = CodePagesEncodingProvider.Instance.GetEncoding(932)!;

    [Fact]
    public void Read_Claim_TellsForWhomWhatOnWhichDays_AndNothingElse()
    {
        var contents = Read(
            "RE,1,1112,202211,関所　太郎,1,19500102",
            "HO,  133066,記号,番号,1,300",
            "SN,1,01,,,,07,,",
            "SN,2,01,,,,09,,",
            "SY,9900001,20221101,1,,,01",
            "SI,11,1,199900110,,288,1" + Days(8, (1, 1)),
            "CO,21,1,810000001,自由な文",
            "IY,,1,699900001,3.5,5,14" + Days(8, (3, 7), (17, 7)),
            "IY,,1,69990000X,1,5,1",
            "TO,70,1,799900001,1.5,5,1,006");
        Assert.Equal(("202211", false), (contents.Month.ToString(), contents.Inpatient));
        Assert.Equal(new ClaimPatient("133066", "記号", "番号", "07", new DateOnly(1950, 1, 2)), contents.Patient);
        Assert.Equal(
            [(ServiceKind.Procedure, 11, "199900110", null, 1), (ServiceKind.Drug, 21, "699900001", 3.5m, 14), (ServiceKind.Material, 70, "799900001", 1.5m, 1)],
            contents.Services.Select(s => (s.Kind, s.Section, s.Code, s.Quantity, s.Times)));
        Assert.Equal(["1:1", "3:7 17:7", ""], contents.Services.Select(s => string.Join(' ', s.Days.Select(d => $"{d.Day}:{d.Times}"))));
        Assert.Equal("投薬・内服", ClaimService.NameOf(21));
        Assert.Equal("", ClaimService.NameOf(0));
    }

    [Fact]
    public void Read_OlderFileOfAnAdmission_UnderstandsItsDates()
    {
        var contents = Read("RE,1,1111,42910,関所　太郎,1,3250102", "HO,133066,記号,番号");
        Assert.Equal(("201710", true, new DateOnly(1950, 1, 2)), (contents.Month.ToString(), contents.Inpatient, contents.Patient!.Birth));
    }

    [Fact]
    public void Read_WhatBelongsToADonor_OrToNobodyInsured_IsLeftOut()
    {
        var contents = Read("RE,1,1112,202211,関所　太郎,1,19500102", "KO,12130001,1234566", "SI,11,1,199900110,,288,1", "TI,1,1", "SI,50,1,199900210,,288,1");
        Assert.Null(contents.Patient);
        Assert.Equal("199900110", Assert.Single(contents.Services).Code);
    }

    [Fact]
    public void Read_Rubbish_NeverThrows()
    {
        Assert.DoesNotContain(Read("SI", "IY,,,", "RE", "HO,,,", "TO,xx,1,799900001,abc,,9999").Services, s => s.Times > 0);
        Assert.Null(ClaimContents.Read([0x81, 0x2C, 0x0A, 0xFF, 0x00]).Patient);
    }

    [Fact]
    public void Drug_OfAMaster_HasUnitIngredientAndGenericName()
    {
        var folder = Directory.CreateTempSubdirectory("sekisho-drugs-");
        try
        {
            Save(folder.FullName, "y_20210401.csv", Row("699900001", "カクウ錠", "20210401", "9900001F1022", "【般】カクウ酸錠５ｍｇ"), Row("699900002", "フルイ錠", "20210401", "", ""));
            var masters = MasterSet.Load(folder.FullName).Masters;
            var month = YearMonth.Of(new DateOnly(2021, 10, 1));
            Assert.True(masters.TryDrug("699900001", month, out var facts));
            Assert.Equal(new DrugFacts("カクウ錠", "錠", "9900001", "カクウ酸錠５ｍｇ"), facts);
            Assert.True(masters.TryDrug("699900002", YearMonth.Of(new DateOnly(2015, 1, 1)), out var old));
            Assert.Equal(new DrugFacts("フルイ錠", "錠", "", ""), old);
            Assert.False(masters.TryDrug("699900003", month, out _));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Save(string folder, string name, params string[] rows) => File.WriteAllText(Path.Combine(folder, name), string.Join("\r\n", rows), _shiftJis);

    private static string Row(string code, string name, string from, string priceCode, string generic)
    {
        var cells = new string[42];
        Array.Fill(cells, "");
        (cells[0], cells[1], cells[2], cells[4], cells[9], cells[29], cells[30], cells[31], cells[37]) = ("0", "Y", code, name, "錠", from, "99999999", priceCode, generic);
        return string.Join(',', cells);
    }

    private static ClaimContents Read(params string[] lines) => ClaimContents.Read(_shiftJis.GetBytes(string.Join("\r\n", lines) + "\r\n"));

    private static string Days(int from, params (int Day, int Times)[] days)
    {
        var cells = new string[44 - from + 1];
        Array.Fill(cells, "");
        foreach (var (day, times) in days)
        {
            cells[13 + day - from] = times.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        return "," + string.Join(',', cells);
    }
}
