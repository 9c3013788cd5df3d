using System.Net;
using System.Text.Json;
using Sekisho.EndToEnd.Tests.Death;
using Sekisho.Wire;

namespace Sekisho.EndToEnd.Tests.Hostile;

/// <summary>One real server with short limits, shared by the tests of a class: whatever one test does to it, the next must find it well.</summary>
public sealed class HostileSite : IAsyncLifetime
{
    internal const int OpenUploads = 12;
    internal const int Connections = 100;
    internal const int Handshakes = 20;

    internal ServerProcess Server { get; private set; } = null!;

    internal Courier Clinic { get; private set; } = null!;

    internal Guid Payer { get; private set; }

    internal byte[] File { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        Server = await ServerProcess.Start(
            Provider.Sqlite,
            "Limits:Headers=00:00:02",
            "Limits:Handshake=00:00:02",
            "Limits:BodyGrace=00:00:01.5",
            $"Limits:Connections={Connections}",
            $"Limits:Handshakes={Handshakes}",
            "Exchange:SlowLineGrace=00:00:02",
            $"Exchange:OpenUploads={OpenUploads}");
        Clinic = new Courier(Server, "clinic");
        Payer = TransmissionChain.Payer(Server);
        File = await System.IO.File.ReadAllBytesAsync(Server.Demo("RECEIPTC.UKE"));
    }

    public async ValueTask DisposeAsync()
    {
        Clinic.Dispose();
        await Server.DisposeAsync();
    }

    /// <summary>A new upload, open at offset 0.</summary>
    internal async Task<Sending> Opened(byte[] content)
    {
        var sending = new Sending(Clinic, Payer, content);
        using var opened = await Clinic.Open(sending.Cms);
        await Courier.Expect(opened, "open", HttpStatusCode.Created);
        return sending;
    }

    internal Task<HttpResponseMessage> GiveUp(Sending sending) => Clinic.Send(HttpMethod.Delete, $"/exchange/uploads/{sending.Id}");

    /// <summary>Asserts that the site serves others as if nothing had happened.</summary>
    internal async Task IsWell()
    {
        Assert.False(Server.IsDown, Server.Output);
        await Patiently(async () =>
        {
            using var other = new Courier(Server, "payer");
            await other.Get("/identity/me");
            return true;
        });
    }

    /// <summary>On a busy machine the short limits of this site may meet an honest client, too: it comes back.</summary>
    internal static async Task<T> Patiently<T>(Func<Task<T>> act)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await act();
            }
            catch (Exception fault) when (Courier.IsGone(fault) && tries < 10)
            {
                await Task.Delay(500, TestContext.Current.CancellationToken);
            }
        }
    }

    /// <summary>Status and code; a problem must say what is wrong and what to do, in JSON.</summary>
    internal static async Task<(int Status, string Code)> Problem(HttpResponseMessage response)
    {
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsByteArrayAsync());
        Assert.NotEmpty(problem.GetProperty("title").GetString()!);
        Assert.NotEmpty(problem.GetProperty("detail").GetString()!);
        Assert.Equal((int)response.StatusCode, problem.GetProperty("status").GetInt32());
        return ((int)response.StatusCode, problem.GetProperty("code").GetString()!);
    }
}
