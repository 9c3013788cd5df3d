using System.IO.Compression;
using System.Text.Json;

namespace Sekisho.EndToEnd.Tests;

/// <summary>An export proves itself on another machine, with nothing but itself and the CA's certificate.</summary>
public sealed class AuditTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(Provider.Sqlite), InlineData(Provider.PostgreSql)]
    [Trait("Clause", "G-9-1-a")]
    public async Task G_9_1_a_Export_ChecksOffline_AndAnyChangeIsFound(Provider provider)
    {
        await using var clinic = await Clinic.Open(provider);
        var number = (await clinic.Send()).GetProperty("number").GetString()!;
        using (var own = clinic.As("clinic"))
        {
            await own.Get($"/claims/receptions/{number}/claims/1");
        }

        (await clinic.Sekisho.Run(["audit", "export", "--reason", "定期監査のため", "--out", clinic.Sekisho.PathOf("out"), .. clinic.Connected("clinic")])).Expect(3);
        (await clinic.Sekisho.Run(["audit", "export", "--reason", "x", "--out", clinic.Sekisho.PathOf("out"), .. clinic.Connected("centre")])).Expect(3);
        var answer = await clinic.Sekisho.Json(0, ["audit", "export", "--reason", "定期監査のため", "--out", clinic.Sekisho.PathOf("out"), .. clinic.Connected("centre")]);
        var file = answer.GetProperty("file").GetString()!;
        Assert.StartsWith("【厳秘】", Path.GetFileName(file), StringComparison.Ordinal);

        // Another machine: no site, no memory, only the file and the certificate.
        using var elsewhere = new SekishoCommand();
        var carried = elsewhere.PathOf("export.zip");
        File.Copy(file, carried);
        var authority = clinic.Server.Demo("ca.pem");
        var checkedSteps = (await elsewhere.Json(0, "audit", "check", carried, "--ca", authority)).GetProperty("steps").EnumerateArray().ToList();
        Assert.All(checkedSteps, s => Assert.Equal("Proven", s.GetProperty("answer").GetString()));
        Assert.Equal(["ファイル", "署名", "CSV", "葉", "台帳", "網羅"], checkedSteps.Select(s => s.GetProperty("name").GetString()));
        var unanchored = await elsewhere.Json(0, "audit", "check", carried);
        Assert.Contains(unanchored.GetProperty("steps").EnumerateArray(), s => s.GetProperty("name").GetString() == "認証局" && s.GetProperty("answer").GetString() == "NotChecked");

        await Changed(elsewhere, carried, authority, "events.csv", text => text.Replace(number, "20990101-000001-0", StringComparison.Ordinal), "ファイル", "CSV");
        await Changed(elsewhere, carried, authority, "positions.jsonl", text => text.Replace("ClaimRead", "ClaimRoad", StringComparison.Ordinal), "ファイル", "CSV", "葉");
        await Changed(elsewhere, carried, authority, "positions.jsonl", text => text[(text.IndexOf('\n', StringComparison.Ordinal) + 1)..], "ファイル", "台帳", "網羅");
        await Changed(elsewhere, carried, authority, "proof.txt", text => text.Length > 44 ? text[45..] : text + new string('A', 43) + "=\n", "ファイル", "台帳");
    }

    /// <summary>Changes one file of the ZIP; these steps must fail.</summary>
    private static async Task Changed(SekishoCommand sekisho, string whole, string authority, string name, Func<string, string> change, params string[] failing)
    {
        var copy = whole + ".changed.zip";
        File.Copy(whole, copy, overwrite: true);
        using (var zip = await ZipFile.OpenAsync(copy, ZipArchiveMode.Update, Ct))
        {
            var entry = zip.GetEntry(name)!;
            string text;
            using (var reader = new StreamReader(await entry.OpenAsync(Ct), new System.Text.UTF8Encoding(true), detectEncodingFromByteOrderMarks: false))
            {
                text = await reader.ReadToEndAsync(Ct);
            }

            entry.Delete();
            await using var writer = new StreamWriter(await zip.CreateEntry(name).OpenAsync(Ct), new System.Text.UTF8Encoding(false));
            await writer.WriteAsync(change(text));
        }

        var answer = await sekisho.Json(1, "audit", "check", copy, "--ca", authority);
        var failed = answer.GetProperty("steps").EnumerateArray().Where(s => s.GetProperty("answer").GetString() == "Failed").Select(s => s.GetProperty("name").GetString());
        Assert.Subset(failed.ToHashSet(), failing.ToHashSet<string?>());
    }
}
