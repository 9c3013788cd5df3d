using System.Text.Json;

namespace Sekisho.EndToEnd.Tests;

/// <summary>A changed byte anywhere is found: by <c>sekisho verify</c> at the sender's, by <c>admin health</c> at the centre.</summary>
public sealed class TamperTests
{
    [Fact]
    public async Task Verify_AFlippedByte_IsFound()
    {
        await using var clinic = await Clinic.Open(Provider.Sqlite);
        await clinic.Send();
        var whole = await clinic.Sekisho.Json(0, "verify", clinic.Acknowledgement, "--content", clinic.File);
        Assert.All(whole.GetProperty("steps").EnumerateArray(), step => Assert.Equal("Proven", step.GetProperty("answer").GetString()));

        await Flipped(clinic.File, 100, () => Failed(clinic, "内容"));
        var acknowledgement = File.ReadAllBytes(clinic.Acknowledgement);
        await Flipped(clinic.Acknowledgement, acknowledgement.Length / 3, () => VerifyFails(clinic));
        await Flipped(clinic.Acknowledgement, acknowledgement.Length - 10, () => Failed(clinic, "署名"));
        for (var place = 0; place < acknowledgement.Length; place += acknowledgement.Length / 12)
        {
            await Flipped(clinic.Acknowledgement, place, () => VerifyFails(clinic));
        }

        await FlippedInProof(clinic, () => Failed(clinic, "台帳"));
        (await clinic.Sekisho.Run("verify", clinic.Acknowledgement, "--content", clinic.File)).Expect(0);
    }

    [Theory, InlineData(Provider.Sqlite), InlineData(Provider.PostgreSql)]
    public async Task Health_AFlippedByteInAStoredFile_IsFound(Provider provider)
    {
        await using var clinic = await Clinic.Open(provider);
        await clinic.Send();
        (await clinic.Server.Admin("health")).Expect(0);
        var stored = Directory.GetFiles(clinic.Server.Folder, "*", SearchOption.AllDirectories)
            .Where(f => f.Contains("content", StringComparison.OrdinalIgnoreCase) && new FileInfo(f).Length > 1000)
            .OrderByDescending(f => new FileInfo(f).Length)
            .First();

        await Flipped(stored, (int)new FileInfo(stored).Length / 2, async () => (await clinic.Server.Admin("health")).Expect(1));

        (await clinic.Server.Admin("health")).Expect(0);
    }

    [Theory, InlineData(Provider.Sqlite), InlineData(Provider.PostgreSql)]
    public async Task Health_AChangedLedgerRow_IsFound(Provider provider)
    {
        await using var clinic = await Clinic.Open(provider);
        await clinic.Send();
        (await clinic.Server.Admin("health")).Expect(0);
        await clinic.Server.Stop();
        var table = clinic.Server.Database.Table("exchange", "ledger_entry");
        var changed = provider == Provider.Sqlite
            ? $"UPDATE {table} SET leaf = CAST(substr(leaf, 1, length(leaf) - 1) || X'00' AS BLOB) WHERE position = 1"
            : $"UPDATE {table} SET leaf = set_byte(leaf, 0, get_byte(leaf, 0) # 1) WHERE position = 1";

        Assert.Equal(1, await clinic.Server.Database.Execute(changed));

        (await clinic.Server.Admin("health")).Expect(1);
    }

    private static async Task Failed(Clinic clinic, string step)
    {
        var answer = await clinic.Sekisho.Json(1, "verify", clinic.Acknowledgement, "--content", clinic.File);
        Assert.Contains(answer.GetProperty("steps").EnumerateArray(), s => s.GetProperty("name").GetString() == step && s.GetProperty("answer").GetString() == "Failed");
    }

    private static async Task VerifyFails(Clinic clinic) => (await clinic.Sekisho.Run("verify", clinic.Acknowledgement)).Expect(1);

    /// <summary>Changes one bit, looks, and changes it back.</summary>
    private static async Task Flipped(string file, int place, Func<Task> look)
    {
        var bytes = File.ReadAllBytes(file);
        bytes[place] ^= 1;
        File.WriteAllBytes(file, bytes);
        await look();
        bytes[place] ^= 1;
        File.WriteAllBytes(file, bytes);
    }

    /// <summary>Changes one bit of the signed checkpoint inside the proof.</summary>
    private static async Task FlippedInProof(Clinic clinic, Func<Task> look)
    {
        var file = clinic.File + ".ack.proof";
        var whole = File.ReadAllText(file);
        using var json = JsonDocument.Parse(whole);
        var member = json.RootElement.EnumerateObject().Single(p => p.Name.Contains("checkpoint", StringComparison.OrdinalIgnoreCase));
        var signed = member.Value.GetBytesFromBase64();
        signed[^10] ^= 1;
        File.WriteAllText(file, whole.Replace(member.Value.GetString()!, Convert.ToBase64String(signed), StringComparison.Ordinal));
        await look();
        File.WriteAllText(file, whole);
    }
}
