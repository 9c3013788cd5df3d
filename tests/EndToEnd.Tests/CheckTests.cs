using System.Text;
using System.Text.Json;

namespace Sekisho.EndToEnd.Tests;

public sealed class CheckTests : IDisposable
{
    private readonly SekishoCommand _sekisho = new();

    public void Dispose() => _sekisho.Dispose();

    [Fact]
    public async Task Check_OneFinding_PrintsExactlyTheDocumentedJson()
    {
        var file = Sample("L2951/ng.uke");

        var result = (await _sekisho.Run("check", file, "--month", "202407", "--json")).Expect(1);

        using var json = JsonDocument.Parse(result.Out);
        var finding = json.RootElement.GetProperty("findings")[0];
        var (message, remedy) = (finding.GetProperty("message").GetString(), finding.GetProperty("remedy").GetString());
        Assert.StartsWith("2行目 RE 項番4「診療年月」", message, StringComparison.Ordinal);
        Assert.NotEmpty(remedy!);
        Assert.Equal(
            $$"""{"file":"{{file}}","kind":"医科","claims":1,"points":291,"findings":[{"number":"L2951","severity":"L2","line":2,"claim":1,"record":"RE","item":4,"name":"診療年月","value":"202400","message":"{{message}}","remedy":"{{remedy}}"}]}""" + "\n",
            result.Out);
    }

    [Fact]
    public async Task Check_SeveralFiles_PrintsAnArrayAndTheGravestExitCode()
    {
        var (good, bad) = (Sample("L2951/ok.uke"), Sample("L2951/ng.uke"));

        var both = await _sekisho.Json(1, "check", good, bad, "--month", "202407");
        var alone = (await _sekisho.Run("check", good, "--month", "202407", "--json")).Expect(0);

        Assert.Equal([0, 1], both.EnumerateArray().Select(f => f.GetProperty("findings").GetArrayLength()));
        Assert.Equal($$"""{"file":"{{good}}","kind":"医科","claims":1,"points":291,"findings":[]}""" + "\n", alone.Out);
    }

    [Fact]
    public async Task Check_NoticesOnly_ExitsZero()
    {
        var answer = await _sekisho.Json(0, "check", Sample("L4892/ng.uke"), "--month", "202407");

        Assert.All(answer.GetProperty("findings").EnumerateArray(), f => Assert.Equal("L48", f.GetProperty("severity").GetString()));
        Assert.NotEqual(0, answer.GetProperty("findings").GetArrayLength());
    }

    [Fact]
    public async Task Check_ForPeople_GroupsByClaimAndCountsPerSeverity()
    {
        var result = (await _sekisho.Run("check", Sample("L2951/ng.uke"), "--month", "202407")).Expect(1);

        Assert.Contains("レセプト 1 (番号 1", result.Out, StringComparison.Ordinal);
        Assert.Contains("L2 受付不能・レセプト 1", result.Out, StringComparison.Ordinal);
        Assert.Contains("L1 受付不能・ファイル 0", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_NotAClaimFile_ExitsTwo()
    {
        var file = _sekisho.PathOf("letter.txt");
        File.WriteAllText(file, "前略 お元気ですか。", Encoding.UTF8);

        var answer = await _sekisho.Json(2, "check", file);

        Assert.Equal("", answer.GetProperty("kind").GetString());
        (await _sekisho.Run("check", _sekisho.PathOf("none.uke"), "--json")).Expect(2);
    }

    [Fact]
    public async Task CommandLine_NotUnderstood_ExitsSixtyFour()
    {
        (await _sekisho.Run("check")).Expect(64);
        (await _sekisho.Run("send", "x", "--server", "http://localhost", "--cert", "x.pfx")).Expect(64);
        (await _sekisho.Run("verify", _sekisho.PathOf("none.ack.p7s"))).Expect(2);
    }

    private static string Sample(string name) => Path.Combine(Repository.Root, "tests", "Samples", "claims", name);
}
