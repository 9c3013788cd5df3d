using System.Globalization;
using Microsoft.Playwright;
using Sekisho.Formats.Eligibility.Checkups;
using Sekisho.Generators.Checkups;

namespace Sekisho.EndToEnd.Tests.Browser;

/// <summary>薬剤・診療情報 and 特定健診情報 before a doctor: refused with the sentence until the person agrees with their card, then read on a screen and on a phone.</summary>
public sealed class DoctorTests
{
    /// <summary>Of the demo clinic's claims: who was given a medicine.</summary>
    private static readonly DemoHolder _patient = new("デモ", "105", "仮名　秋男", "ｶﾒｲ ｱｷｵ", "1", "2001-09-15");

    [Fact]
    public async Task Doctor_IsRefusedUntilThePersonAgrees_ThenReadsBoth_OnAScreenAndOnAPhone()
    {
        await using var chromium = await Chromium.Launch();
        await using var clinic = await Clinic.Open(Provider.Sqlite);
        using var reader = await DemoReader.Of(clinic.Server, _patient);
        await Claim(clinic);
        await Checkups(clinic);
        await using var doctor = await chromium.Visit(clinic.Server.People);
        await doctor.SignIn(PagesSite.Account(clinic.Server, "doctor"));

        await Ask(doctor, "/eligibility/medicines");
        await doctor.See("EL-0503");
        await doctor.See("本人の同意がない");
        await doctor.Look();
        await Ask(doctor, "/eligibility/checkups");
        await doctor.See("EL-0612");
        await doctor.Look();
        Assert.DoesNotContain("秋男", await doctor.Page.ContentAsync(), StringComparison.Ordinal);

        await reader.Agree("Medicines", "Diagnoses", "Checkups");
        await Ask(doctor, "/eligibility/medicines");
        await doctor.See("仮名　秋男");
        await doctor.See("関所内科クリニック（デモ）");
        await doctor.See("あと23時間");
        await doctor.LookAtBothWidths("medicines");
        await FitsAPhone(doctor, ".medicines");
        await Ask(doctor, "/eligibility/checkups");
        await doctor.See("仮名　秋男");
        await Assertions.Expect(doctor.Page.Locator("svg[role=img]").First).ToBeVisibleAsync();
        await Assertions.Expect(doctor.Page.Locator(".checkup-table th.range").First).ToBeVisibleAsync();
        await Assertions.Expect(doctor.Page.Locator(".checkup-table td.range").Filter(new() { HasText = "～" }).First).ToBeVisibleAsync();
        await doctor.LookAtBothWidths("checkups");
        await FitsAPhone(doctor, ".checkup-table");
    }

    /// <summary>On a phone: the menu is folded and opens, facts stand in two columns, the first column stays while the others scroll, and a table of values begins on the first screen.</summary>
    private static async Task FitsAPhone(Visitor doctor, string table)
    {
        var menu = doctor.Page.Locator(".site-nav a").First;
        await Assertions.Expect(menu).ToBeHiddenAsync();
        Assert.Equal(2, await doctor.Page.EvaluateAsync<int>("() => new Set([...document.querySelectorAll('.facts-grid > div')].map(e => e.getBoundingClientRect().left)).size"));
        Assert.InRange(await doctor.Page.EvaluateAsync<double>("() => document.querySelector('.facts-grid').getBoundingClientRect().bottom + scrollY"), 1, 680);
        var (before, after) = ("e => e.querySelector('tbody th').getBoundingClientRect().left", "e => { e.closest('.table-scroll').scrollLeft = 120; return e.querySelector('tbody th').getBoundingClientRect().left; }");
        var rows = doctor.Page.Locator(table).First;
        Assert.Equal(await rows.EvaluateAsync<double>(before), await rows.EvaluateAsync<double>(after), 1.0);
        Assert.Equal(120, await rows.EvaluateAsync<double>("e => e.closest('.table-scroll').scrollLeft"), 1.0);
        await doctor.Page.GetByText("メニュー", new() { Exact = true }).ClickAsync();
        await Assertions.Expect(menu).ToBeVisibleAsync();
    }

    private static async Task Ask(Visitor doctor, string page)
    {
        await doctor.Page.SetViewportSizeAsync(1280, 900);
        await doctor.Page.GotoAsync(page);
        await doctor.Page.GetByLabel("保険者番号").FillAsync(DemoHolder.Insurer);
        await doctor.Page.GetByLabel("記号", new() { Exact = true }).FillAsync(_patient.Symbol);
        await doctor.Page.GetByLabel("番号 ※必須", new() { Exact = true }).FillAsync(_patient.Number);
        await doctor.Page.GetByLabel("枝番", new() { Exact = true }).FillAsync("01");
        await doctor.Page.Keyboard.PressAsync("Enter");
        await doctor.Page.WaitForLoadStateAsync(LoadState.Load);
    }

    /// <summary>The demo clinic's month, until its claims are closed and their medicines known.</summary>
    private static async Task Claim(Clinic clinic)
    {
        var number = (await clinic.Send()).GetProperty("number").GetString()!;
        (await clinic.Sekisho.Run(["confirm", number, .. clinic.Connected("clinic")])).Expect(0);
        await clinic.SetDay(13);
        using var payer = clinic.As("payer");
        await payer.Post($"/claims/months/{clinic.Month}/close");
        await Death.Books.Eventually("the medicines are known", async () => Convert.ToInt64(
            await clinic.Server.Database.Scalar($"SELECT COUNT(*) FROM {clinic.Server.Database.Table("eligibility", "medicine")}"), CultureInfo.InvariantCulture) > 0);
    }

    private static async Task Checkups(Clinic clinic)
    {
        using var insurer = clinic.As("insurer");
        foreach (var year in new[] { 2024, 2025 })
        {
            using var zip = new MemoryStream();
            var visit = CheckupPeople.Visit(7, 1, year) with
            {
                Person = CheckupPeople.Person(7, 1) with
                {
                    InsurerNumber = DemoHolder.Insurer,
                    Symbol = _patient.Symbol,
                    Number = _patient.Number,
                    Branch = "01",
                    Name = _patient.Kana,
                    Gender = "1",
                    BirthDate = new DateOnly(2001, 9, 15),
                },
                Ticket = null,
            };
            var parcel = CheckupPeople.Parcel(year, claims: false);
            CheckupWriter.Write(zip, parcel with { Folder = parcel.Folder with { Receiver = DemoHolder.Insurer } }, [(visit, null)]);
            var report = await insurer.PostBytes($"/eligibility/checkups/packages/demo-{year}", zip.ToArray(), "application/zip");
            Assert.True(report.GetProperty("created").GetInt32() == 1, report.ToString());
        }
    }
}
