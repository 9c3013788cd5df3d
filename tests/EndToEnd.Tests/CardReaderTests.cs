using Sekisho.Tests.VirtualCards;

namespace Sekisho.EndToEnd.Tests;

/// <summary><c>sekisho card</c> through a real pcscd and the system's library.</summary>
public sealed class CardReaderTests
{
    [Fact]
    public async Task Card_OnTheReader_IsShown_AndNoTryOfThePinIsUsed()
    {
        await using var reader = await VirtualReader.Start();
        using var sekisho = new SekishoCommand().With("PCSCLITE_CSOCK_NAME", reader.Socket);
        using var card = VirtualJpkiCard.WithNewKey("1234");

        Assert.Contains("CI-0116", (await sekisho.Run("card")).Expect(2).Error, StringComparison.Ordinal);
        await reader.Insert(card);
        await Death.Books.Eventually("the card is noticed", async () => (await sekisho.Run("card")).Code == 0);
        var shown = await sekisho.Json(0, "card", "--reader", "Virtual");
        Assert.Equal(card.Certificate.SerialNumber, shown.GetProperty("serial").GetString());
        Assert.Equal(3, shown.GetProperty("pinTriesLeft").GetInt32());
        Assert.Equal(0, card.PinsShown);
        Assert.Contains("暗証番号 あと 3 回", (await sekisho.Run("card")).Expect(0).Out, StringComparison.Ordinal);
        Assert.Contains("CI-0115", (await sekisho.Run("card", "--reader", "Other")).Expect(2).Error, StringComparison.Ordinal);

        await reader.Remove();
        await Death.Books.Eventually("its absence is noticed", async () => (await sekisho.Run("card")).Code == 2);
        Assert.Contains("CI-0116", (await sekisho.Run("card")).Expect(2).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Card_WithoutPcscService_IsRefusedInWords()
    {
        using var sekisho = new SekishoCommand();
        sekisho.With("PCSCLITE_CSOCK_NAME", sekisho.PathOf("nobody"));

        Assert.Contains("CI-0114", (await sekisho.Run("card")).Expect(2).Error, StringComparison.Ordinal);
    }
}
