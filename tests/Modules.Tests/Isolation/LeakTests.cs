using System.Text;
using Sekisho.Contracts;
using Sekisho.Contracts.Claims;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Tests.Claims;
using Sekisho.Modules.Tests.Exchange;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Tests.Isolation;

/// <summary>A month with a patient like nobody else, and then: is anything of them where it must not be?</summary>
public sealed class LeakTests
{
    private const long Largest = 64 * 1024 * 1024;
    private static readonly MadeClaim _patient = new("漏洩　珍太郎", "CHART-9Q7Z") { Symbol = "９８７６", Number = "５４３２１０", Born = "19430217", Kana = "ロウエイチンタロウ" };

    /// <summary>What nobody may find in a log, a trace, a metric, the database, the data folder or a temporary file.</summary>
    private static readonly string[] _personal = ["漏洩　珍太郎", "漏洩", "珍太郎", "CHART-9Q7Z", "９８７６", "５４３２１０", "19430217", "ロウエイ", "3180217"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Clause", "G-5-2"), Trait("Clause", "OQ-6-7")]
    public async Task G_5_2_PersonalValues_StandNowhereButInTheContent()
    {
        using var ear = new Eavesdropper();
        var began = TimeProvider.System.GetUtcNow().AddSeconds(-1);
        await using var world = await ClaimsWorld.Start(DatabaseProvider.Sqlite, "Logging:LogLevel:Default=Trace", "Logging:Console:LogLevel:Default=None");
        await Month(world);
        Assert.Contains(ear.Heard, h => h.StartsWith("log: ", StringComparison.Ordinal));
        Assert.Contains(ear.Heard, h => h.StartsWith("trace: ", StringComparison.Ordinal));
        Assert.Contains(ear.Heard, h => h.StartsWith("metric: ", StringComparison.Ordinal));

        var told = ear.Heard.Where(h => _personal.Any(p => h.Contains(p, StringComparison.Ordinal))).Take(5);
        Assert.Equal("", string.Join('\n', told));
        Assert.Equal("", string.Join('\n', Holding(Directory.EnumerateFiles(world.Site.DataFolder, "*", SearchOption.AllDirectories), _personal)));
        Assert.Equal("", string.Join('\n', Holding(Temporary(began), _personal)));
    }

    [Fact]
    public void Search_FindsAValue_InEveryEncoding()
    {
        var folder = Directory.CreateTempSubdirectory("sekisho-leak-");
        foreach (var encoding in Encodings())
        {
            File.WriteAllBytes(Path.Combine(folder.FullName, encoding.WebName), [1, 2, .. encoding.GetBytes("…" + _patient.Name), 3]);
        }

        var found = Holding(Directory.EnumerateFiles(folder.FullName), _personal).Select(f => f.Split(':')[0]).Distinct().Count();
        folder.Delete(recursive: true);
        Assert.Equal(3, found);
    }

    /// <summary>The patient's claim goes all the way, is looked at on every page by everybody who may, refused once, and asked for by somebody who may not.</summary>
    private static async Task Month(ClaimsWorld world)
    {
        var clinic = (await world.Site.Directory.Organisation(world.Clinic.Organisation, Ct)).Value;
        var payer = (await world.Site.Directory.Organisation(world.Payer.Organisation, Ct)).Value;
        using var sender = new Sender(world.Site, clinic, await world.Site.Device(clinic));
        await sender.Send(payer, ClaimsWorld.File(_patient, _patient with { Born = "19430217", Points = 0, Insurer = "06132012" }));
        await sender.Send(payer, Encoding.UTF8.GetBytes("IR,1,13,1,0101017,,関所診療所\r\nRE," + string.Join(',', _personal)));
        var number = await Checked(world);
        using (var clerk = world.Site.Browser((await world.Site.Person(clinic, BusinessRole.ClaimsClerk)).Id))
        {
            foreach (var page in new[] { "", "/claims/1", "/claims/2", "/findings.csv", "/confirm" })
            {
                await Look(clerk, $"/claims/receptions/{number}{page}");
            }
        }

        using (var other = world.Site.Browser((await world.Site.Person((await world.Site.Directory.Organisation(world.Other.Organisation, Ct)).Value, BusinessRole.ClaimsClerk)).Id))
        {
            await Look(other, $"/claims/receptions/{number}/claims/1");
        }

        await world.Conclude(number);
        using var insurer = new Sender(world.Site, world.InsurerOrganisation, await world.Site.Device(world.InsurerOrganisation));
        var delivery = Assert.Single(await world.Exchange(async x => await x.Inbox(world.InsurerOrganisation.Id, true, Ct)));
        Assert.NotEmpty(await insurer.Bytes($"/exchange/deliveries/{delivery.Id}/content"));
    }

    private static async Task<string> Checked(ClaimsWorld world)
    {
        for (var i = 0; i < 600; i++)
        {
            var receptions = await world.Ask(async c => await c.Receptions(world.Payer, ClaimsWorld.November, Ct));
            if (receptions.FirstOrDefault(r => r.State == ReceptionState.Checked) is { } ready)
            {
                return ready.Number;
            }

            await Task.Delay(50, Ct);
        }

        throw new TimeoutException("No reception was checked");
    }

    private static async Task Look(HttpClient http, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd("text/html");
        using var page = await http.SendAsync(request, Ct);
        await page.Content.ReadAsByteArrayAsync(Ct);
    }

    // The folders in there are other sites' own; what has no length is a pipe or a socket of the runtime, and opening one waits for ever.
    internal static IEnumerable<string> Temporary(DateTimeOffset began) =>
        new DirectoryInfo(Path.GetTempPath()).EnumerateFiles().Where(f => f.Exists && f.Length > 0 && f.LastWriteTimeUtc >= began.UtcDateTime).Select(f => f.FullName);

    /// <summary>Which of the values stands in which file, in any encoding.</summary>
    internal static IEnumerable<string> Holding(IEnumerable<string> files, IReadOnlyList<string> values)
    {
        var patterns = Encodings().SelectMany(e => values.Select(p => (Value: p, Bytes: e.GetBytes(p)))).ToList();
        foreach (var file in files)
        {
            if (Read(file) is { } bytes)
            {
                foreach (var (value, _) in patterns.Where(p => bytes.AsSpan().IndexOf(p.Bytes) >= 0).DistinctBy(p => p.Value))
                {
                    yield return $"{file}: {value}";
                }
            }
        }
    }

    // Other tests make and remove files meanwhile.
    private static byte[]? Read(string file)
    {
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (stream.Length > Largest)
            {
                return null;
            }

            var bytes = new byte[stream.Length];
            stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return bytes;
        }
        catch (IOException)
        {
            return null;
        }
        catch (UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static Encoding[] Encodings() => [new UTF8Encoding(false), Encoding.Unicode, CodePagesEncodingProvider.Instance.GetEncoding(932)!];
}
