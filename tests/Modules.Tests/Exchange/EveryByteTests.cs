using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts.Exchange;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Exchange.Storage;
using Sekisho.Platform;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Tests.Exchange;

/// <summary>
/// A small real data folder, and every byte of it that is evidence changed in turn: ledger tables, events, transmissions with their acknowledgements, stored content,
/// the tail of an upload under way, keys. Each change is found, and its place is named.
/// </summary>
public sealed class EveryByteTests
{
    /// <summary>What nothing vouches for, because nothing rests on it.</summary>
    private static readonly string[] _exempt =
    [
        "transmission.created", // when the envelope was taken; the envelope states its own time
        "transmission.receipt_at", // when the receipt was taken; the event states it
        "transmission.receipt_person", // the event states it
    ];

    [Fact, Trait("Clause", "G-5-5"), Trait("Clause", "G-9-1-a")]
    public async Task G_5_5_EveryByteOfTheEvidence_Flipped_IsFoundWithItsPlace()
    {
        await using var world = await Small();
        using var stored = new StoredSite(world.Site.DataFolder);
        Assert.Empty(await world.Health());
        var flips = 0;
        flips += await Table(world, stored, "exchange_ledger_entry", ["sequence"], r => [$"位置 {r["position"]}", (string)r["id"]]);
        for (var level = 0; level < 6; level++)
        {
            // A changed node hides behind a changed one below it: one level at a time.
            flips += await Table(world, stored, "exchange_ledger_node", ["level", "idx"], NodePlaces, $"level = {level}");
        }

        flips += await Table(world, stored, "exchange_ledger_head", ["id"], _ => ["台帳: 大きさ", "台帳: 位置", "台帳: 節"]);
        flips += await Table(world, stored, "platform_audit", ["id"], r => [(string)r["id"]]);
        flips += await Table(world, stored, "exchange_transmission", ["id"], r => [(string)r["id"]], "state = 'Received'");
        flips += await Files(world, stored);
        Assert.True(flips > 10_000, $"{flips} flips");
        Assert.Empty(await world.Health());
        TestContext.Current.TestOutputHelper?.WriteLine($"{flips} flips, all found");
    }

    [Fact, Trait("Clause", "G-9-1-a")]
    public async Task G_9_1_RowsCutSwappedOrAdded_AreFound()
    {
        await using var world = await Small();
        using var stored = new StoredSite(world.Site.DataFolder);
        var size = (long)stored.Rows("exchange_ledger_head", ["size"])[0][0];
        await Found(world, stored, $"DELETE FROM exchange_ledger_entry WHERE position = {size - 1}", $"位置 {size - 1} の記録がありません");
        await Found(world, stored, "DELETE FROM exchange_ledger_entry WHERE position = 3", "位置 3 の記録がありません");
        await Found(world, stored, "UPDATE exchange_ledger_entry SET position = NULL WHERE position = 4", "位置 4 の記録がありません");
        await Found(world, stored, "UPDATE exchange_ledger_entry SET leaf = (SELECT leaf FROM exchange_ledger_entry WHERE position = 1) WHERE position = 2", "位置 2 の葉");
        await Found(
            world,
            stored,
            "UPDATE exchange_ledger_entry SET position = -1 WHERE position = 1; UPDATE exchange_ledger_entry SET position = 1 WHERE position = 2; UPDATE exchange_ledger_entry SET position = 2 WHERE position = -1",
            "位置 1 の葉");
        await Found(world, stored, "DELETE FROM exchange_ledger_node WHERE level = 1 AND idx = 1", "節 (level 1, index 1) がありません");
        await Found(world, stored, "INSERT INTO exchange_ledger_node (level, idx, hash) VALUES (9, 9, X'00')", "の節は");
        await Found(world, stored, $"UPDATE exchange_ledger_head SET size = {size - 1}", "台帳");
        await Found(world, stored, "DELETE FROM platform_audit WHERE id = (SELECT MIN(id) FROM platform_audit)", "記録がありません");
        await Found(
            world,
            stored,
            $"CREATE TEMP TABLE one AS SELECT * FROM platform_audit LIMIT 1; UPDATE one SET id = '{Guid.CreateVersion7()}'; INSERT INTO platform_audit SELECT * FROM one; DROP TABLE one",
            "記録は");
        await Found(world, stored, "DELETE FROM exchange_transmission WHERE number IS NOT NULL", "が指す伝送がありません");
        Assert.Empty(await world.Health());
    }

    /// <summary>A transmission, a delivery with a signed receipt, an upload that was cut.</summary>
    private static async Task<World> Small()
    {
        var world = await World.Start(DatabaseProvider.Sqlite);
        await world.Clinic.Send(world.Payer, RandomNumberGenerator.GetBytes(100));
        using var insurer = await Sender.Of(world.Site, OrganisationKind.Insurer);
        var content = RandomNumberGenerator.GetBytes(50);
        var id = await DeliveryTests.Posted(world, insurer.Organisation, content);
        using (var accepted = await DeliveryTests.Post(insurer, id, DeliveryTests.Receipt(insurer, id, content)))
        {
            Assert.True(accepted.IsSuccessStatusCode);
        }

        var half = world.Clinic.Envelope(world.Payer, RandomNumberGenerator.GetBytes(200));
        using (var opened = await world.Clinic.Open(world.Clinic.Signed(half)))
        using (var part = await world.Clinic.Patch(half.Id, 0, RandomNumberGenerator.GetBytes(60)))
        {
            Assert.True(part.IsSuccessStatusCode);
        }

        await DeliveryTests.Sequenced(world);
        await world.Site.App.StopAsync(TestContext.Current.CancellationToken);
        return world;
    }

    /// <summary>One value of every row at a time, so that a run proves as many places as there are rows.</summary>
    private static async Task<int> Table(
        World world, StoredSite stored, string table, string[] keys, Func<Dictionary<string, object>, string[]> places, string? where = null)
    {
        var columns = stored.Columns(table);
        var rows = stored.Rows(table + (where is null ? "" : " WHERE " + where), columns)
            .Select(values => columns.Zip(values).ToDictionary(c => c.First, c => c.Second)).ToList();
        var waiting = rows.Select(row => (Row: row, Changes: new Queue<Change>(Changes(table, columns, keys, row)))).ToList();
        var flips = 0;
        while (waiting.Exists(w => w.Changes.Count > 0))
        {
            var made = new List<(Change Change, string[] Places)>();
            foreach (var (row, changes) in waiting)
            {
                // What the database itself refuses cannot stand in it.
                while (changes.TryDequeue(out var change))
                {
                    if (stored.Set(table, change.Column, change.Value, change.Before))
                    {
                        made.Add((change, places(row)));
                        break;
                    }
                }
            }

            var faults = await world.Health();
            foreach (var (change, told) in made)
            {
                Assert.True(IsTold(faults, told), $"{table}.{change.Column} of {change.Before}: {StoredSite.Literal(change.Value)} was not found: {string.Join(" / ", faults)}");
            }

            // Backwards: a row may stand where another stood.
            made.Reverse();
            Assert.All(made, m => Assert.True(stored.Set(table, m.Change.Column, m.Change.Original, m.Change.After)));
            flips += made.Count;
        }

        return flips;
    }

    private sealed record Change(string Column, object Original, object Value, string Before, string After);

    private static IEnumerable<Change> Changes(string table, string[] columns, string[] keys, Dictionary<string, object> row) =>
        from column in columns
        where row[column] is not DBNull && !_exempt.Contains($"{table[(table.IndexOf('_', StringComparison.Ordinal) + 1)..]}.{column}") && !IsOwnTime(column, row)
        from flipped in StoredSite.Flips(row[column])
        select new Change(column, row[column], flipped, Where(keys, row), Where(keys, new Dictionary<string, object>(row) { [column] = flipped }));

    /// <summary>When the centre stored what it sends itself: it acknowledges that to nobody.</summary>
    private static bool IsOwnTime(string column, Dictionary<string, object> row) => column == "received_at" && row["statement"] is DBNull;

    private static bool IsTold(IReadOnlyList<string> faults, string[] places) => faults.Any(f => places.Any(p => f.Contains(p, StringComparison.Ordinal)));

    private static string[] NodePlaces(Dictionary<string, object> node) => (long)node["level"] == 0
        ? [$"位置 {node["idx"]} の葉", "の節は"]
        : [$"level {node["level"]}, index {node["idx"]})", "の節は"];

    private static string Where(string[] keys, Dictionary<string, object> row) => string.Join(" AND ", keys.Select(k => $"{k} = {StoredSite.Literal(row[k])}"));

    private static async Task<int> Files(World world, StoredSite stored)
    {
        var (flips, folder) = (0, world.Site.DataFolder);
        var owners = stored.Rows("exchange_transmission", ["content", "id"]).ToDictionary(r => r[0].ToString()!, r => (string)r[1]);
        var files = Directory.GetFiles(Path.Combine(folder, "content"), "*", SearchOption.AllDirectories);
        Assert.Contains(files, f => f.EndsWith(".tail", StringComparison.Ordinal));
        var places = files.Select(f => (File: f, Place: owners[Path.GetFileName(f).Split('.')[0]])).GroupBy(f => f.Place).ToList();
        // A tail and its object have one place: one after the other. Different places at once.
        for (var turn = 0; turn < places.Max(p => p.Count()); turn++)
        {
            (string, string)[] key = turn == 0 ? [(Path.Combine(folder, "keys", "ledger.key"), "台帳の鍵")] : [];
            flips += await Together(world, [.. places.Where(p => p.Count() > turn).Select(p => p.ElementAt(turn)), .. key]);
        }

        var master = Path.Combine(folder, "master.key");
        var bytes = System.IO.File.ReadAllBytes(master);
        for (var i = 0; i < bytes.Length; i++)
        {
            System.IO.File.WriteAllBytes(master, StoredSite.Flipped(bytes, i));
            // The line's end may be written in more than one way, and means nothing.
            if (i < bytes.Length - 1)
            {
                Assert.Contains("master.key", Assert.Throws<InvalidDataException>(() => new MasterKeys(new DataFolder(folder))).Message, StringComparison.Ordinal);
            }
        }

        System.IO.File.WriteAllBytes(master, bytes);
        return flips + bytes.Length;
    }

    private static async Task<int> Together(World world, (string File, string Place)[] files)
    {
        var whole = files.Select(f => System.IO.File.ReadAllBytes(f.File)).ToArray();
        for (var i = 0; i <= whole.Max(b => b.Length); i++)
        {
            var changed = Enumerable.Range(0, files.Length).Where(f => i <= whole[f].Length).ToList();
            // In the end each is cut by one byte.
            changed.ForEach(f => System.IO.File.WriteAllBytes(files[f].File, i < whole[f].Length ? StoredSite.Flipped(whole[f], i) : whole[f][..^1]));
            var faults = await world.Health();
            changed.ForEach(f => Assert.True(IsTold(faults, [files[f].Place]), $"{files[f].File} byte {i} was not found: {string.Join(" / ", faults)}"));
            changed.ForEach(f => System.IO.File.WriteAllBytes(files[f].File, whole[f]));
        }

        return whole.Sum(b => b.Length);
    }

    private static async Task Found(World world, StoredSite stored, string sql, string place)
    {
        stored.Execute("BEGIN");
        stored.Execute("COMMIT");
        var backup = Path.Combine(world.Site.DataFolder, "before.db");
        System.IO.File.Delete(backup);
        stored.Execute($"VACUUM INTO '{backup}'");
        stored.Execute(sql);
        await Told(world, sql, place);
        stored.Execute($"ATTACH '{backup}' AS before");
        foreach (var table in new[] { "exchange_ledger_entry", "exchange_ledger_node", "exchange_ledger_head", "platform_audit", "exchange_transmission" })
        {
            stored.Execute($"DELETE FROM main.{table}; INSERT INTO main.{table} SELECT * FROM before.{table}");
        }

        stored.Execute("DETACH before");
    }

    private static async Task Told(World world, string change, params string[] places)
    {
        var faults = await world.Health();
        Assert.True(IsTold(faults, places), $"{change} was not found with its place ({string.Join(" | ", places)}): {string.Join(" / ", faults)}");
    }
}
