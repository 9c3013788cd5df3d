using System.Globalization;

namespace Sekisho.EndToEnd.Tests;

/// <summary>A published sample file (not ours, not in this repository) through the whole passage.</summary>
public sealed class RealSampleTests
{
    private const string Sample = "data/receipt/samples/receiptisan_MIT/RECEIPTC_GAIRAI_SAMPLE.UKE";
    private const string Insurer = "01010016";

    [Theory, InlineData(Provider.Sqlite), InlineData(Provider.PostgreSql)]
    public async Task Sample_ThroughTheWholePassage_ReachesTheInsurer(Provider provider)
    {
        var sample = Repository.Shared(Sample);
        using var sekisho = new SekishoCommand();
        await using var server = await ServerProcess.Start(provider, "Demo=false");
        var file = sekisho.PathOf("RECEIPTC.UKE");
        File.Copy(sample, file);
        await Prepare(server, sekisho);
        string[] clinic = ["--server", server.Machines.AbsoluteUri, "--cert", sekisho.PathOf("clinic.pfx")];
        string[] insurer = ["--server", server.Machines.AbsoluteUri, "--cert", sekisho.PathOf("insurer.pfx")];

        var check = await sekisho.Json(1, "check", file, "--month", "202111");
        Assert.Equal((75, 86_392), (check.GetProperty("claims").GetInt32(), check.GetProperty("points").GetInt32()));
        var sent = await sekisho.Json(0, ["send", file, .. clinic]);
        var number = sent.GetProperty("number").GetString()!;
        var reception = sent.GetProperty("reception");
        Assert.Equal("Checked", reception.GetProperty("state").GetString());
        Assert.Equal((75, 86_392), (reception.GetProperty("claims").GetInt32(), reception.GetProperty("points").GetInt32()));
        var result = await sekisho.Json(0, ["receptions", number, .. clinic]);
        Assert.Superset(Numbers(check), Numbers(result));
        (await sekisho.Run(["confirm", number, .. clinic])).Expect(0);

        await SetDay(server, sekisho, 13);
        using var payer = new Participant(server.Machines, sekisho.PathOf("payer.pfx"));
        await payer.Post("/claims/months/202111/close");
        await payer.Post($"/claims/receptions/{number}/review", new { decision = "AsClaimed" });
        await payer.Post("/claims/months/202111/decide");
        var report = await payer.Post("/claims/months/202111/deliver");
        var received = await sekisho.Json(0, ["receive", "--to", sekisho.PathOf("inbox"), .. insurer]);

        Assert.Equal(report.GetProperty("deliveries").GetInt32(), received.GetArrayLength());
        Assert.Equal(report.GetProperty("claims").GetInt32(), received.EnumerateArray().Sum(f => SendReceiveTests.ManagementRecords(f.GetProperty("file").GetString()!)));
        Assert.True(report.GetProperty("claims").GetInt32() > 0);
    }

    private static HashSet<string> Numbers(System.Text.Json.JsonElement answer) =>
        [.. answer.GetProperty("findings").EnumerateArray().Select(f => string.Create(
            CultureInfo.InvariantCulture, $"{f.GetProperty("number").GetString()}@{f.GetProperty("line").GetInt32()}:{f.GetProperty("item").GetInt32()}"))];

    /// <summary>The sample's clinic, its payer and its insurer, the clinic's notification, and a day inside its sending window.</summary>
    private static async Task Prepare(ServerProcess server, SekishoCommand sekisho)
    {
        await Member(server, sekisho, "clinic", "架空クリニック", "MedicalInstitution", "Institution:1210000000");
        await Member(server, sekisho, "payer", "架空支払基金", "Payer", "Payer:1");
        await Member(server, sekisho, "insurer", "架空協会", "Insurer", $"Insurer:{Insurer}");
        var registry = sekisho.PathOf("registry.csv");
        File.WriteAllText(
            registry,
            "医療機関コード,名称,所在地,組織,審査支払機関,開始年月,終了年月,事務代行者,代行開始年月,代行終了年月\n"
            + "1210000000,架空クリニック,千葉県架空市架空町１－１,,1,202104,,,,\n");
        (await server.Admin("load-registry", registry)).Expect(0);
        await SetDay(server, sekisho, 8);
    }

    private static async Task Member(ServerProcess server, SekishoCommand sekisho, string file, string name, string kind, string code)
    {
        (await server.Admin("register-organisation", "--name", name, "--kind", kind, "--code", code)).Expect(0);
        (await server.Admin("issue-cert", "--code", code, "--name", file, "--out", sekisho.PathOf(file + ".pfx"))).Expect(0);
    }

    private static async Task SetDay(ServerProcess server, SekishoCommand sekisho, int day)
    {
        var pfx = sekisho.PathOf("centre.pfx");
        if (!File.Exists(pfx))
        {
            var identity = server.Database.Table("identity", "organisation_kind");
            var centre = await server.Database.Scalar($"SELECT organisation FROM {identity} WHERE kind = 'Centre'");
            (await server.Admin("issue-cert", "--organisation", $"{centre}", "--name", "運用端末", "--out", pfx)).Expect(0);
        }

        using var operatorDevice = new Participant(server.Machines, pfx);
        await operatorDevice.SetBusinessTime(new DateTimeOffset(2021, 11, day, 10, 0, 0, TimeSpan.FromHours(9)));
    }
}
