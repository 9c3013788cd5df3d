using System.Net;
using System.Text;
using Sekisho.Wire;

namespace Sekisho.Cli.Witnessing;

/// <summary>The witness over HTTP: <c>POST …/add-checkpoint</c> and nothing else. TLS is for the proxy in front of it.</summary>
internal sealed class WitnessServer(Witness witness, HttpListener listener)
{
    private const int Parallel = 16;

    /// <summary>Serves until cancelled.</summary>
    public async Task Run(CancellationToken ct)
    {
        using var stop = ct.Register(listener.Stop);
        using var room = new SemaphoreSlim(Parallel);
        while (!ct.IsCancellationRequested)
        {
            HttpListenerContext context;
            try
            {
                context = await listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or InvalidOperationException && ct.IsCancellationRequested)
            {
                return;
            }

            await room.WaitAsync(ct);
            _ = Answer(context).ContinueWith(_ => room.Release(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    private async Task Answer(HttpListenerContext context)
    {
        try
        {
            var answer = await Judge(context.Request);
            var body = Encoding.UTF8.GetBytes(answer.Body);
            context.Response.StatusCode = answer.Status;
            context.Response.ContentType = answer.MediaType;
            context.Response.ContentLength64 = body.Length;
            await context.Response.OutputStream.WriteAsync(body);
            context.Response.Close();
        }
        catch (Exception e) when (e is IOException or HttpListenerException or InvalidDataException or ObjectDisposedException)
        {
            await Console.Error.WriteLineAsync($"✗ {e.Message}");
            context.Response.Abort();
        }
    }

    private async Task<WitnessAnswer> Judge(HttpListenerRequest request)
    {
        if (request.Url?.AbsolutePath.EndsWith("/add-checkpoint", StringComparison.Ordinal) != true)
        {
            return new WitnessAnswer(404, "not here\n");
        }

        if (request.HttpMethod != "POST")
        {
            return new WitnessAnswer(405, "POST only\n");
        }

        var buffer = new byte[AddCheckpoint.MaxBytes + 1];
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var length = await request.InputStream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, patience.Token);
        return length > AddCheckpoint.MaxBytes ? new WitnessAnswer(413, "too large\n") : witness.Add(buffer.AsSpan(0, length));
    }
}
