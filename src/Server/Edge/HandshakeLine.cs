using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Sekisho.Server.Edge;

/// <summary>
/// So many TLS handshakes at a time, the next wait in line, oldest first, before the time allowed for theirs begins. When everybody comes back at once after an
/// outage, a handshake that was begun is finished in time, instead of all of them being begun and cut off half-way.
/// </summary>
internal sealed class HandshakeLine(Limits limits) : IDisposable
{
    private readonly ConcurrencyLimiter _limiter = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = limits.Handshakes,
        QueueLimit = limits.HandshakeLine,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    /// <summary>Before TLS. Whoever finds the line full is disconnected at once.</summary>
    public async Task Enter(ConnectionContext connection, ConnectionDelegate next)
    {
        // Given back here when the handshake fails, else in Leave; a second time does nothing.
        using var turn = await Turn(connection.ConnectionClosed);
        if (turn is not { IsAcquired: true })
        {
            connection.Abort(new ConnectionAbortedException("Too many handshakes"));
            return;
        }

        connection.Features.Set(turn);
        await next(connection);
    }

    /// <summary>After TLS.</summary>
    public static Task Leave(ConnectionContext connection, ConnectionDelegate next)
    {
        connection.Features.Get<RateLimitLease>()?.Dispose();
        return next(connection);
    }

    public void Dispose() => _limiter.Dispose();

    private async ValueTask<RateLimitLease?> Turn(CancellationToken gone)
    {
        try
        {
            return await _limiter.AcquireAsync(1, gone);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }
}

/// <summary>The line as part of a listener.</summary>
internal static class HandshakeLineExtensions
{
    /// <summary>TLS, as many at a time as the line lets in.</summary>
    public static void UseHttps(this ListenOptions listen, HandshakeLine line, TlsHandshakeCallbackOptions tls)
    {
        listen.Use(next => connection => line.Enter(connection, next));
        listen.UseHttps(tls);
        listen.Use(next => connection => HandshakeLine.Leave(connection, next));
    }
}
