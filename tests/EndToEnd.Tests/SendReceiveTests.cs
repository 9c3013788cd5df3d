using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;

namespace Sekisho.EndToEnd.Tests;

public sealed class SendReceiveTests
{
    [Theory, InlineData(Provider.Sqlite), InlineData(Provider.PostgreSql)]
    public async Task Send_ToReceive_LeavesProofsThatStockToolsAccept(Provider provider)
    {
        await using var clinic = await Clinic.Open(provider);
        var number = await clinic.Decide();
        using var payer = clinic.As("payer");

        var report = await payer.Post($"/claims/months/{clinic.Month}/deliver");

        Assert.True(report.GetProperty("claims").GetInt32() > 0);
        var inbox = clinic.Sekisho.PathOf("inbox");
        var received = await ReceiveAll(clinic, inbox);
        Assert.Equal(report.GetProperty("deliveries").GetInt32(), received.Count);
        Assert.Equal(report.GetProperty("claims").GetInt32(), received.Sum(f => ManagementRecords(f.GetProperty("file").GetString()!)));
        foreach (var file in received)
        {
            var path = file.GetProperty("file").GetString()!;
            Assert.True(ManagementRecords(path) > 0);
            await OpenSslAccepts(clinic, file.GetProperty("receipt").GetString()!);
            await OpenSslAccepts(clinic, file.GetProperty("envelope").GetString()!);
            (await clinic.Sekisho.Run("verify", path + ".receipt.p7s", "--content", path)).Expect(0);
            (await clinic.Sekisho.Run("verify", path + ".envelope.p7s", "--content", path)).Expect(0);
        }

        await OpenSslAccepts(clinic, clinic.Acknowledgement);
        (await clinic.Sekisho.Run("verify", clinic.Acknowledgement, "--content", clinic.File)).Expect(0);
        Assert.Empty(await ReceiveAll(clinic, inbox));
        Assert.All((await payer.Get("/exchange/sent")).EnumerateArray().Where(s => s.GetProperty("kind").GetString() == "delivery"),
            sent => Assert.True(sent.GetProperty("receiptSigned").GetBoolean()));
        var results = await clinic.Sekisho.Json(0, ["receive", "--to", inbox, .. clinic.Connected("clinic")]);
        Assert.Contains(results.EnumerateArray(), r => r.GetProperty("kind").GetString() == "reception-result");

        // A claim whose insurer nobody here holds keeps its reception from being delivered as a whole.
        Assert.Equal(report.GetProperty("unknown").EnumerateObject().Any() ? "Decided" : "Delivered", (await clinic.Sekisho.Json(0, ["receptions", number, .. clinic.Connected("clinic")]))
            .GetProperty("reception").GetProperty("state").GetString());
    }

    [Fact]
    public async Task Send_TheSameFileAgain_SendsNothing()
    {
        await using var clinic = await Clinic.Open(Provider.Sqlite);
        var first = await clinic.Send();
        var acknowledgement = File.ReadAllBytes(clinic.Acknowledgement);

        var second = await clinic.Send();

        Assert.Equal(first.GetProperty("number").GetString(), second.GetProperty("number").GetString());
        Assert.True(second.GetProperty("sentBefore").GetBoolean());
        Assert.Equal(acknowledgement, File.ReadAllBytes(clinic.Acknowledgement));
        Assert.False(File.Exists(clinic.File + ".sending"));
        var receptions = await clinic.Sekisho.Json(0, ["receptions", .. clinic.Connected("clinic")]);
        Assert.Equal(1, receptions.GetArrayLength());
    }

    [Fact]
    public async Task Send_PfxWithPassword_NeedsIt()
    {
        await using var clinic = await Clinic.Open(Provider.Sqlite);
        var passwordFile = clinic.Sekisho.PathOf("password");
        File.WriteAllText(passwordFile, "ひみつの言葉 1\n");
        var issued = clinic.Sekisho.PathOf("second.pfx");
        (await clinic.Server.Admin("issue-cert", "--code", $"Institution:{Institution(clinic)}", "--name", "受付2", "--out", issued, "--password-file", passwordFile)).Expect(0);
        string[] connected = ["--server", clinic.Server.Machines.AbsoluteUri, "--cert", issued];

        var without = (await clinic.Sekisho.Run(["receptions", .. connected])).Expect(2);

        Assert.Contains("CI-0201", without.Error, StringComparison.Ordinal);
        (await clinic.Sekisho.Run(["receptions", .. connected, "--cert-password-file", passwordFile])).Expect(0);
        clinic.Sekisho.With("SEKISHO_CERT_PASSWORD", "ひみつの言葉 1");
        (await clinic.Sekisho.Run(["receptions", .. connected])).Expect(0);
    }

    [Fact]
    public async Task Reception_OfAnotherOrganisation_DoesNotExist()
    {
        await using var clinic = await Clinic.Open(Provider.Sqlite);
        var sent = await clinic.Send();
        var number = sent.GetProperty("number").GetString()!;
        var transmission = sent.GetProperty("transmission").GetString();

        (await clinic.Server.Admin("register-organisation", "--name", "別の医院", "--kind", "MedicalInstitution", "--code", "Institution:1319999999")).Expect(0);
        var pfx = clinic.Sekisho.PathOf("other.pfx");
        (await clinic.Server.Admin("issue-cert", "--code", "Institution:1319999999", "--name", "受付", "--out", pfx)).Expect(0);
        string[] connected = ["--server", clinic.Server.Machines.AbsoluteUri, "--cert", pfx];

        (await clinic.Sekisho.Run(["receptions", number, .. connected])).Expect(3);
        (await clinic.Sekisho.Run(["confirm", number, .. connected])).Expect(3);
        (await clinic.Sekisho.Run(["cancel", number, .. connected])).Expect(3);
        using var other = new Participant(clinic.Server.Machines, pfx);
        var (theirs, nobodys) = ($"/exchange/transmissions/{transmission}/acknowledgement", $"/exchange/transmissions/{Guid.NewGuid()}/acknowledgement");
        Assert.Equal(await other.Refused(HttpMethod.Get, nobodys), await other.Refused(HttpMethod.Get, theirs));
        Assert.Equal(HttpStatusCode.NotFound, (await other.Refused(HttpMethod.Get, theirs)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await other.Refused(HttpMethod.Get, $"/claims/receptions/{number}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await other.Refused(HttpMethod.Get, $"/claims/transmissions/{transmission}/reception")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await other.Refused(HttpMethod.Head, $"/exchange/uploads/{transmission}")).Status);
    }

    /// <summary>Everybody to whom the demo clinic's claims go receives what waits.</summary>
    internal static async Task<List<JsonElement>> ReceiveAll(Clinic clinic, string inbox)
    {
        var received = new List<JsonElement>();
        foreach (var insurer in Clinic.Insurers)
        {
            received.AddRange((await clinic.Sekisho.Json(0, ["receive", "--to", inbox, .. clinic.Connected(insurer)])).EnumerateArray());
        }

        return received;
    }

    internal static string Institution(Clinic clinic)
    {
        var header = Encoding.Latin1.GetString(File.ReadAllBytes(clinic.File)).Split("\r\n")[0].Split(',');
        return header[2] + header[3] + header[4];
    }

    /// <summary>Claims in a delivered RECODEINFO.</summary>
    internal static int ManagementRecords(string zip)
    {
        using var archive = ZipFile.OpenRead(zip);
        using var reader = new StreamReader(archive.Entries.Single(e => e.Name == "11_RECODEINFO_MED.CSV").Open(), Encoding.Latin1);
        return reader.ReadToEnd().Split("\r\n").Count(l => l.Split(',') is [_, _, _, "MN", ..]);
    }

    private static async Task OpenSslAccepts(Clinic clinic, string cms)
    {
        var said = await ProcessResult.Run("openssl", ["cms", "-verify", "-inform", "DER", "-in", cms, "-CAfile", clinic.Server.Demo("ca.pem"), "-out", "/dev/null"]);
        Assert.True(said.Code == 0, cms + "\n" + said.Error);
    }
}
