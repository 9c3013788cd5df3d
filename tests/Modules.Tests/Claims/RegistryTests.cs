using System.Net;
using System.Text;
using System.Text.Json;
using Sekisho.Contracts;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Tests.Claims;

public sealed class RegistryTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task Load_AnyRowRefused_TakesNothingAndNamesEach(DatabaseProvider provider)
    {
        await using var world = await ClaimsWorld.Start(provider);
        var load = await world.LoadRegistry(
            "1319999999,新しい診療所,東京都架空区1,医療機関:1310101017,1,202104,,,,",
            "131999,短い診療所,東京都架空区2,,1,202104,,,,",
            "1318888888,未登録の診療所,東京都架空区3,,1,202104,,,,",
            "1317777777,,東京都架空区4,医療機関:1310101017,3,202113,,,,",
            "1310101017,関所診療所,東京都架空区5,,1,202104,202106,,,",
            "1310101017,関所医院,東京都架空区5,,1,202105,,,,",
            "1310202021,隣の診療所,東京都架空区6,,1,202104,202103,00000000-0000-7000-8000-000000000000,,",
            "列が足りない");
        Assert.Equal((8, 0), (load.Rows, load.Taken));
        string[] expected =
        [
            "3行目 医療機関コード「131999」", "4行目 組織「1318888888」", "5行目 名称", "5行目 審査支払機関「3」", "5行目 開始年月「202113」",
            "7行目: 名称・所在地・組織", "7行目: 同じ審査支払機関", "8行目 終了年月「202103」", "8行目 代行開始年月", "9行目: 列が1個",
        ];
        Assert.All(expected, text => Assert.Contains(load.Refused, r => r.StartsWith(text, StringComparison.Ordinal)));
        Assert.Equal(expected.Length, load.Refused.Count);
        Assert.Equal(0, await world.Count("institution", "code = '1319999999'"));
        Assert.Equal(1, await world.Count("notification", "institution = '1310101017' AND until_month IS NULL"));
    }

    [Fact]
    public async Task Load_NotUtf8OrOtherHeader_IsRefused()
    {
        await using var world = await ClaimsWorld.Start(DatabaseProvider.Sqlite);
        using var client = await world.Site.Client(await world.Site.Centre());
        using var wrong = await client.PostAsync(new Uri("/claims/registry", UriKind.Relative), Csv("コード,名称\n1,2\n"), Ct);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        Assert.Contains("見出し", await wrong.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        using var bytes = new ByteArrayContent([0x8A, 0xD6, 0x8F, 0x8A]);
        using var binary = await client.PostAsync(new Uri("/claims/registry", UriKind.Relative), bytes, Ct);
        Assert.Contains("UTF-8", await binary.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task Api_LoadAndRead_IsForTheKeepersOfTheRegistry(DatabaseProvider provider)
    {
        await using var world = await ClaimsWorld.Start(provider);
        var row = $"1310101017,\"関所診療所, 本院\",東京都架空区関所町1-1,,1,202104,202112,{world.Agent.Organisation},202104,\n1310101017,\"関所診療所, 本院\",東京都架空区関所町1-1,,213,202201,,,,";
        var csv = "\uFEFF医療機関コード,名称,所在地,組織,審査支払機関,開始年月,終了年月,事務代行者,代行開始年月,代行終了年月\r\n" + row;
        using var clinic = await world.Site.Client((await world.Site.Directory.Organisation(world.Clinic.Organisation, Ct)).Value);
        using var forbidden = await clinic.PostAsync(new Uri("/claims/registry", UriKind.Relative), Csv(csv), Ct);
        Assert.Equal(HttpStatusCode.Forbidden, forbidden.StatusCode);

        using var centre = await world.Site.Client(await world.Site.Centre());
        using var taken = await centre.PostAsync(new Uri("/claims/registry", UriKind.Relative), Csv(csv), Ct);
        Assert.Equal("{\"rows\":2,\"taken\":2,\"refused\":[]}", await taken.Content.ReadAsStringAsync(Ct));
        using var read = JsonDocument.Parse(await centre.GetStringAsync(new Uri("/claims/registry/1310101017", UriKind.Relative), Ct));
        Assert.Equal("関所診療所, 本院", read.RootElement.GetProperty("name").GetString());
        Assert.Equal(["1", "213"], read.RootElement.GetProperty("notifications").EnumerateArray().Select(n => n.GetProperty("payer").GetString()!));
        Assert.Equal("202104", read.RootElement.GetProperty("agents")[0].GetProperty("from").GetString());
        using var missing = await centre.GetAsync(new Uri("/claims/registry/1310000000", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        Assert.Equal(2, (await world.Site.Audited(AuditKind.RegistryChanged)).Count);
    }

    private static StringContent Csv(string text) => new(text, Encoding.UTF8, "text/csv");
}
