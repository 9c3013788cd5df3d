using System.Data.Common;
using System.Globalization;

namespace Sekisho.EndToEnd.Tests.Death;

/// <summary>
/// What the clients were told, kept outside the server, and the comparison with what the server has: nothing acknowledged is lost or doubled, everything
/// unfinished has resumed or is absent, every state is legal, the ledger and all content verify, no file is left that nobody refers to.
/// </summary>
internal sealed class Books(ServerProcess server)
{
    private readonly TestDatabase _database = server.Database;

    /// <summary>Claim files whose acknowledgement is held, by the courier that sent them.</summary>
    public List<(Sending Sending, Courier Sender)> Acknowledged { get; } = [];

    public void Add(Sending sending, Courier sender)
    {
        lock (Acknowledged)
        {
            Acknowledged.Add((sending, sender));
        }
    }

    /// <summary>Receptions that came another way (over the pages).</summary>
    public int HandedOver { get; set; }

    /// <summary>Compares; the server runs and has nothing left to do. Restarts it to sweep at once.</summary>
    public async Task Agree()
    {
        // In the order in which one leads to the next; the check's result and audit events are entries again.
        await Eventually("the ledger has every acknowledgement", async () => await Rows("exchange", "ledger_entry", "position IS NULL") == 0);
        await Eventually("nothing waits in quarantine", async () => await Rows("exchange", "quarantine", "state = 'Waiting'") == 0);
        await Eventually("the outbox is empty", async () => await Rows("platform", "outbox", "done = 0") == 0);
        await Eventually("everything received is checked", async () => await Rows("claims", "reception", "state = 'Received'") == 0);
        await Eventually("the ledger has everything", async () => await Rows("exchange", "ledger_entry", "position IS NULL") == 0);
        foreach (var (sending, sender) in Acknowledged)
        {
            await sending.StillAcknowledged(sender);
        }

        var told = Acknowledged.Select(a => a.Sending.Id).Distinct().Count();
        Assert.Equal(told, Acknowledged.Count);
        Assert.Equal(told + HandedOver, await Rows("exchange", "transmission", "kind = 'claim' AND state = 'Received'"));
        Assert.Equal(told + HandedOver, await Rows("claims", "reception", "1 = 1"));
        Assert.Equal(told + HandedOver, await Rows("exchange", "transmission", "kind = 'reception-result' AND state = 'Received'"));
        await Legal();
        await Sweep();
        var health = await server.Admin("health");
        var alarms = (health.Out + health.Error).Split('\n').Where(l => l.StartsWith("異常  ", StringComparison.Ordinal) && !l.Contains("空き容量", StringComparison.Ordinal));
        Assert.True(health.Code is 0 or 1 && !alarms.Any(), health.Out + health.Error);
    }

    public async Task<long> Rows(string module, string table, string condition) => Convert.ToInt64(
        await _database.Scalar($"SELECT COUNT(*) FROM {T(module, table)} WHERE {condition}"), CultureInfo.InvariantCulture);

    public static async Task Eventually(string what, Func<Task<bool>> holds, int seconds = 60)
    {
        for (var i = 0; i < seconds * 10; i++)
        {
            try
            {
                if (await holds())
                {
                    return;
                }
            }
            catch (DbException e) when (e.IsTransient)
            {
                // PostgreSQL may still be recovering from the last strike.
            }

            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        Assert.Fail($"Within {seconds} seconds it did not become true that {what}.");
    }

    /// <summary>The history of every reception is one chain from 受信 to its state; deliveries, targets and numbers agree with each other.</summary>
    private async Task Legal()
    {
        var (history, reception) = (T("claims", "history"), T("claims", "reception"));
        Assert.Equal(0, await Count($"{history} h WHERE h.sequence > 1 AND NOT EXISTS (SELECT 1 FROM {history} p WHERE p.reception = h.reception AND p.sequence = h.sequence - 1 AND p.to_state = h.from_state)"));
        Assert.Equal(0, await Count($"{reception} r WHERE NOT EXISTS (SELECT 1 FROM {history} h WHERE h.reception = r.number AND h.to_state = r.state AND h.sequence = (SELECT MAX(sequence) FROM {history} m WHERE m.reception = r.number))"));
        Assert.Equal(0, await Count($"(SELECT management_number FROM {T("claims", "claim")} WHERE management_number IS NOT NULL GROUP BY management_number HAVING COUNT(*) > 1) d"));
        Assert.Equal(0, await Count($"{T("claims", "delivery")} d WHERE NOT EXISTS (SELECT 1 FROM {T("exchange", "transmission")} t WHERE t.id = d.id AND t.state = 'Received')"));
        Assert.Equal(await Rows("claims", "delivery", "1 = 1"), await Rows("exchange", "transmission", "kind = 'delivery'"));
        Assert.Equal(0, await Count($"{T("claims", "delivery")} d WHERE d.claims <> (SELECT COUNT(*) FROM {T("claims", "target")} t WHERE t.delivery = d.id)"));
        Assert.Equal(0, await Count($"(SELECT id FROM {T("exchange", "ledger_entry")} GROUP BY id HAVING COUNT(*) > 1) d"));
    }

    /// <summary>After a sweep that finds everything old enough, each file belongs to a transmission that refers to it, one file each.</summary>
    private async Task Sweep()
    {
        await server.Stop();
        server.Extra = ["Exchange:SweepInterval=00:00:01", "Exchange:OrphanAge=00:00:00.1"];
        await server.Start();
        server.Extra = [];
        var root = Path.Combine(server.Folder, "content");
        var referred = (await _database.List($"SELECT content FROM {T("exchange", "transmission")} WHERE content IS NOT NULL")).ToHashSet(StringComparer.Ordinal);
        await Eventually(
            "only what is referred to is stored",
            () => Task.FromResult(Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).All(f => referred.Contains(Path.GetFileName(f).Split('.')[0]))),
            120);
        var received = await _database.List($"SELECT content FROM {T("exchange", "transmission")} WHERE state = 'Received'");
        Assert.All(received, id => Assert.Equal([id], Directory.EnumerateFiles(Path.Combine(root, id[^2..]), id + "*").Select(f => Path.GetFileName(f))));
    }

    private async Task<long> Count(string fromWhere) => Convert.ToInt64(await _database.Scalar($"SELECT COUNT(*) FROM {fromWhere}"), CultureInfo.InvariantCulture);

    private string T(string module, string table) => _database.Table(module, table);
}
