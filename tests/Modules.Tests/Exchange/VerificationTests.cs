using System.Security.Cryptography;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Tests.Exchange;

/// <summary>One byte anywhere in what was acknowledged: it is found, and its place is named.</summary>
public sealed class VerificationTests
{
    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task AnyByte_Flipped_IsFoundWithItsPlace(DatabaseProvider provider)
    {
        await using var world = await World.Start(provider);
        Guid[] ids =
        [
            (await world.Clinic.Send(world.Payer, RandomNumberGenerator.GetBytes(1000))).Id,
            (await world.Clinic.Send(world.Payer, RandomNumberGenerator.GetBytes(70_000))).Id,
            (await world.Clinic.Send(world.Payer, RandomNumberGenerator.GetBytes(10))).Id,
        ];
        // What is written on here must not be written on by anybody else.
        await world.Site.App.StopAsync(TestContext.Current.CancellationToken);
        Assert.Empty(await world.Health());
        var transmission = $"id = '{ids[1]}'";
        await Found(world, "ledger_entry", "leaf", "position = 2", "位置 2 の葉");
        await Found(world, "ledger_entry", "leaf", transmission, $"伝送 {ids[1]}: 受領の記載が、台帳の葉と一致しません");
        await Found(world, "ledger_node", "hash", "level = 1 AND idx = 1", "節 (level 1, index 1)");
        await Found(world, "ledger_node", "hash", "level = 0 AND idx = 3", "位置 3 の葉");
        await Found(world, "ledger_head", "root", "id = 1", "根のハッシュ値");
        await Found(world, "transmission", "envelope", transmission, $"伝送 {ids[1]}: 封筒");
        await Found(world, "transmission", "statement", transmission, $"伝送 {ids[1]}: 受領の記載");
        await Found(world, "transmission", "acknowledgement", transmission, $"伝送 {ids[1]}: 受領確認の署名");
        // Not every file of the folder: the stop may have left one that no transmission came to refer to, which is nothing acknowledged.
        foreach (var id in ids)
        {
            var content = await world.ContentOf(id);
            var file = Assert.Single(Directory.GetFiles(Path.Combine(world.Site.DataFolder, "content"), content.ToString("D"), SearchOption.AllDirectories));
            Flip(file);
            Assert.Contains("保存した内容が読めません", Assert.Single(await world.Health()), StringComparison.Ordinal);
            Flip(file);
        }

        Assert.Empty(await world.Health());
    }

    private static async Task Found(World world, string table, string column, string where, string place)
    {
        var name = world.Table("exchange", table);
        var bytes = (byte[])(await world.Scalar($"SELECT {column} FROM {name} WHERE {where}"))!;
        var flipped = bytes.ToArray();
        flipped[flipped.Length / 2] ^= 1;
        await world.Execute($"UPDATE {name} SET {column} = @bytes WHERE {where}", ("bytes", flipped));
        var faults = await world.Health();
        Assert.True(faults.Any(f => f.Contains(place, StringComparison.Ordinal)), $"{table}.{column} {where}: {string.Join(" / ", faults)}");
        await world.Execute($"UPDATE {name} SET {column} = @bytes WHERE {where}", ("bytes", bytes));
    }

    private static void Flip(string file)
    {
        var bytes = File.ReadAllBytes(file);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(file, bytes);
    }
}
