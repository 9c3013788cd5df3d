using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Sekisho.Wire;

namespace Sekisho.EndToEnd.Tests.Death;

/// <summary>One claim file on its way: an envelope that never changes, and what the sender was told so far.</summary>
internal sealed class Sending
{
    private readonly byte[] _content;

    public Sending(Courier sender, Guid recipient, byte[] content, byte[]? promised = null)
    {
        _content = content;
        var envelope = new Envelope(
            Guid.CreateVersion7(),
            SiteEnvironment.Development,
            sender.Organisation,
            recipient,
            TransmissionKinds.Claim,
            "RECEIPTC.UKE",
            Classification.StrictlyConfidential,
            Convert.ToHexStringLower(SHA256.HashData(promised ?? content)),
            content.Length,
            DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()));
        Id = envelope.Id;
        Cms = Wire.Cms.Sign(envelope.ToBytes(), sender.Certificate);
    }

    public Guid Id { get; }

    public byte[] Cms { get; }

    /// <summary>The acknowledgement, once told.</summary>
    public byte[]? Acknowledgement { get; private set; }

    /// <summary>A claim file with a telephone number of its own, so that no two are the same bytes.</summary>
    public static byte[] Variant(byte[] file, int number)
    {
        var text = Encoding.Latin1.GetString(file);
        return Encoding.Latin1.GetBytes(text.Replace("03-0000-0000", string.Create(CultureInfo.InvariantCulture, $"03-{number / 10000 % 10000:D4}-{number % 10000:D4}"), StringComparison.Ordinal));
    }

    /// <summary>Goes on from wherever it stands until the acknowledgement is held; what was told before must be told again.</summary>
    /// <param name="sender">Who sends.</param>
    /// <param name="cutAt">Breaks the line once after so many bytes of the content.</param>
    public async Task Advance(Courier sender, int? cutAt = null)
    {
        using var opened = await sender.Open(Cms);
        await Courier.Expect(opened, "envelope", HttpStatusCode.OK, HttpStatusCode.Created);
        if (opened.Content.Headers.ContentType?.MediaType == "application/cms")
        {
            Told(await opened.Content.ReadAsByteArrayAsync());
        }
        else
        {
            Assert.Null(Acknowledgement);
            var offset = Offset(opened);
            if (cutAt is { } cut && offset < cut)
            {
                await sender.Break(Id, offset, _content[(int)offset..], cut - (int)offset);
                offset = await Where(sender);
            }

            await Rest(sender, offset);
        }

        Told(await sender.Bytes($"/exchange/transmissions/{Id}/acknowledgement"));
    }

    /// <summary>Asserts that the centre still says exactly what it said.</summary>
    public async Task StillAcknowledged(Courier sender)
    {
        using var again = await sender.Open(Cms);
        await Courier.Expect(again, "envelope again", HttpStatusCode.OK);
        Assert.Equal(Acknowledgement, await again.Content.ReadAsByteArrayAsync());
        Assert.Equal(Acknowledgement, await sender.Bytes($"/exchange/transmissions/{Id}/acknowledgement"));
    }

    private async Task Rest(Courier sender, long offset)
    {
        using var sent = await sender.Patch(Id, offset, _content.AsMemory((int)offset));
        await Courier.Expect(sent, "content", HttpStatusCode.NoContent);
        Assert.Equal(_content.Length, Offset(sent));
    }

    /// <summary>After a cut line; the server may still be parking what came.</summary>
    private async Task<long> Where(Courier sender)
    {
        for (var i = 0; ; i++)
        {
            using var head = await sender.Send(HttpMethod.Head, $"/exchange/uploads/{Id}");
            if (head.StatusCode == HttpStatusCode.Locked && i < 1200)
            {
                await Task.Delay(50);
                continue;
            }

            await Courier.Expect(head, "offset", HttpStatusCode.OK);
            return Offset(head);
        }
    }

    private void Told(byte[] acknowledgement)
    {
        if (Acknowledgement is not null)
        {
            Assert.Equal(Acknowledgement, acknowledgement);
        }

        Acknowledgement = acknowledgement;
    }

    private static long Offset(HttpResponseMessage response) =>
        long.Parse(response.Headers.GetValues("Upload-Offset").Single(), CultureInfo.InvariantCulture);
}
