using System.Diagnostics;
using System.Text;

namespace Sekisho.EndToEnd.Tests;

/// <summary>The real agent on a folder, against the real site: every request one answer, whatever happens to files, line and process.</summary>
public sealed class AgentTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Requests_InBothEncodings_AreAnsweredInTheirOwn()
    {
        await using var terminal = await AgentTerminal.Open();
        terminal.Ask("OQSsiquc01req_utf8.xml", AgentTerminal.Request("1", "同じ識別子"));
        terminal.Ask("OQSsiquc01req_sjis.xml", AgentTerminal.Request("1", "同じ識別子", "Shift_JIS"));
        terminal.Ask("OQSsiquc01req_窓口.xml", AgentTerminal.Request("999", "別"));
        terminal.Ask("EPSsiabc01req_1.xml", AgentTerminal.Request("1", "種類"));
        terminal.Ask("OQSsiquc01req_enc.zip", "PK"u8.ToArray());
        terminal.Ask("メモ.txt", "読むな"u8.ToArray());

        var said = (await terminal.Once()).Expect(0);

        Assert.Equal(["EPSsiabc01res_1.xml", "OQSsiquc01res_enc.xml", "OQSsiquc01res_sjis.xml", "OQSsiquc01res_utf8.xml", "OQSsiquc01res_窓口.xml"], terminal.Results());
        Assert.Equal(["メモ.txt"], terminal.Requests());
        var utf8 = Encoding.UTF8.GetString(terminal.Result("OQSsiquc01res_utf8.xml"));
        var sjis = AgentTerminal.ShiftJis.GetString(terminal.Result("OQSsiquc01res_sjis.xml"));
        Assert.Contains("<Name>髙橋　𠮷子</Name>", utf8, StringComparison.Ordinal);
        Assert.Contains("<Name>髙橋　●子</Name>", sjis, StringComparison.Ordinal);
        Assert.All([utf8, sjis], text => Assert.Contains("<ArbitraryFileIdentifier>同じ識別子</ArbitraryFileIdentifier>", text, StringComparison.Ordinal));
        Assert.Contains("<QualificationValidity>4</QualificationValidity>", Encoding.UTF8.GetString(terminal.Result("OQSsiquc01res_窓口.xml")), StringComparison.Ordinal);
        Assert.Contains("SEKISHO-EL-0303", Encoding.UTF8.GetString(terminal.Result("EPSsiabc01res_1.xml")), StringComparison.Ordinal);
        Assert.Contains("SEKISHO-CI-0113", Encoding.UTF8.GetString(terminal.Result("OQSsiquc01res_enc.xml")), StringComparison.Ordinal);
        Assert.Equal(3, await terminal.Asked());
        foreach (var secret in new[] { "髙橋", "窓口", "同じ識別子", "utf8", "メモ" })
        {
            Assert.DoesNotContain(secret, said.Error + said.Out + await File.ReadAllTextAsync(terminal.StatusFile, Stop), StringComparison.Ordinal);
            Assert.DoesNotContain(secret, terminal.Server.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task RunningAgent_PicksUpWithinAMoment_WaitsForSlowWriters_AndStopsWhenTold()
    {
        await using var terminal = await AgentTerminal.Open();
        using var agent = terminal.Start();
        var request = AgentTerminal.Request("1", "a");
        terminal.Ask("OQSsiquc01req_warm.xml", request);
        await terminal.Answered("OQSsiquc01res_warm.xml");

        var clock = Stopwatch.StartNew();
        terminal.Ask("OQSsiquc01req_fast.xml", request);
        await terminal.Answered("OQSsiquc01res_fast.xml");
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"{clock.Elapsed}");

        await using (var slow = new FileStream(terminal.RequestPath("OQSsiquc01req_slow.xml"), FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite))
        {
            foreach (var part in request.Chunk((request.Length / 3) + 1))
            {
                Assert.DoesNotContain("OQSsiquc01res_slow.xml", terminal.Results());
                await slow.WriteAsync(part, Stop);
                await slow.FlushAsync(Stop);
                await Task.Delay(1500, Stop);
            }
        }

        await terminal.Answered("OQSsiquc01res_slow.xml");
        Assert.Contains("<QualificationValidity>1<", Encoding.UTF8.GetString(terminal.Result("OQSsiquc01res_slow.xml")), StringComparison.Ordinal);
        Assert.Equal(3, await terminal.Asked());
        using (var second = terminal.Start())
        {
            var refused = (await ProcessResult.Finish(second)).Expect(2);
            Assert.Contains("CI-0112", refused.Error, StringComparison.Ordinal);
        }

        (await AgentTerminal.Terminate(agent)).Expect(0);
        Assert.Equal("stopped", terminal.Status().GetProperty("state").GetString());
        Assert.Empty(terminal.Requests());
    }

    [Theory]
    [InlineData("agent.asked", 0)]
    [InlineData("agent.written", 0)]
    [InlineData("agent.answered", 1)]
    [InlineData("agent.removed", 1)]
    public async Task AgentKilled_AnswersExactlyOnce(string point, int answersBefore)
    {
        await using var terminal = await AgentTerminal.Open();
        terminal.Ask("OQSsiquc01req_1.xml", AgentTerminal.Request("1", "a"));
        terminal.Sekisho.With("SEKISHO_FAULT_DIE", point);

        Assert.NotEqual(0, (await terminal.Once()).Code);

        Assert.Equal(answersBefore, terminal.Results().Count(r => r.EndsWith(".xml", StringComparison.Ordinal)));
        Assert.Equal(point == "agent.removed" ? 0 : 1, terminal.Requests().Count);
        foreach (var fetched in terminal.Results().Where(r => r.EndsWith(".xml", StringComparison.Ordinal)))
        {
            // The desk fetches at once; nothing may come a second time.
            File.Delete(Path.Combine(terminal.ResultFolder, fetched));
        }

        terminal.Sekisho.With("SEKISHO_FAULT_DIE", "");
        (await terminal.Once()).Expect(0);
        Assert.Equal(1 - answersBefore, terminal.Results().Count);
        Assert.Empty(terminal.Requests());

        // The same name and content again is a new question.
        terminal.Ask("OQSsiquc01req_1.xml", AgentTerminal.Request("1", "a"));
        (await terminal.Once()).Expect(0);
        Assert.Equal(["OQSsiquc01res_1.xml"], terminal.Results());
        Assert.Empty(terminal.Requests());
    }

    [Fact]
    public async Task LineDown_RequestsWait_AndAreAnsweredWhenItIsBack()
    {
        await using var terminal = await AgentTerminal.Open();
        await using var line = new CutLine(() => terminal.Server.Machines);
        await terminal.Server.Kill();
        using var agent = terminal.Start(line.Url);
        terminal.Ask("OQSsiquc01req_1.xml", AgentTerminal.Request("1", "同じ"));
        terminal.Ask("OQSsiquc01req_2.xml", AgentTerminal.Request("1", "同じ"));
        await AgentTerminal.Eventually(() => terminal.Status() is var s && s.GetProperty("state").GetString() == "down" && s.GetProperty("waiting").GetInt32() == 2);
        Assert.Equal("CI-0301", terminal.Status().GetProperty("code").GetString());
        Assert.Equal(2, terminal.Requests().Count);
        Assert.Empty(terminal.Results());
        Assert.Equal(4, (await terminal.Elsewhere(line.Url)).Code);

        await terminal.Server.Start();

        await terminal.Answered("OQSsiquc01res_1.xml");
        await terminal.Answered("OQSsiquc01res_2.xml");
        await AgentTerminal.Eventually(() => terminal.Status() is var s && s.GetProperty("state").GetString() == "up" && s.GetProperty("waiting").GetInt32() == 0);
        Assert.Empty(terminal.Requests());
        Assert.Equal(2, await terminal.Asked());
        var said = (await AgentTerminal.Terminate(agent)).Expect(0);
        Assert.Contains("CI-0301", said.Error, StringComparison.Ordinal);
        Assert.Contains("再び接続しました", said.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_WhosePlaceIsTaken_WaitsForIt_AndIsNotAskedForAgain()
    {
        await using var terminal = await AgentTerminal.Open();
        using var agent = terminal.Start();

        // A folder of that name stands for a file that somebody holds open.
        var taken = Directory.CreateDirectory(Path.Combine(terminal.ResultFolder, "OQSsiquc01res_1.xml"));
        terminal.Ask("OQSsiquc01req_1.xml", AgentTerminal.Request("1", "a"));
        await AgentTerminal.Eventually(() => terminal.Status().GetProperty("answered").GetInt32() == 1);
        await Task.Delay(2000, Stop);
        Assert.Equal(["OQSsiquc01req_1.xml"], terminal.Requests());
        (await AgentTerminal.Terminate(agent)).Expect(0);
        (await terminal.Once()).Expect(4);
        taken.Delete();
        (await terminal.Once()).Expect(0);

        await terminal.Answered("OQSsiquc01res_1.xml");
        Assert.Equal(["OQSsiquc01res_1.xml"], terminal.Results());
        Assert.Equal(1, await terminal.Asked());
    }

    [Fact]
    public async Task ResultsNobodyFetched_AreRemovedAfterTheirTime_OtherFilesStay()
    {
        await using var terminal = await AgentTerminal.Open();
        foreach (var (name, age) in new[] { ("OQSsiquc01res_old.xml", 25), ("YZKsiquc01res_old.pdf", 25), ("OQSsiquc01res_new.xml", 23), ("del1.txt", 25) })
        {
            File.WriteAllText(Path.Combine(terminal.ResultFolder, name), "x");
            File.SetLastWriteTimeUtc(Path.Combine(terminal.ResultFolder, name), TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-age));
        }

        (await terminal.Once()).Expect(0);
        Assert.Equal(["OQSsiquc01res_new.xml", "del1.txt"], terminal.Results());
        (await terminal.Once("--response-stay", "60")).Expect(0);
        Assert.Equal(["del1.txt"], terminal.Results());
    }
}
