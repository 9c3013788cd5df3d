using System.Buffers;
using System.Buffers.Binary;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Sekisho.Server.Edge;

/// <summary>
/// Load balancers in front (<c>Listen:Proxy</c>, addresses or ranges): a connection from one of them begins with a PROXY v2 header, before TLS, that says
/// who is behind it. It must be there. From anybody else such a header is no TLS and ends the connection, so that nobody can pretend an address.
/// </summary>
internal sealed class Proxies(IConfiguration configuration, TimeSpan patience)
{
    private const int Fixed = 16;
    private const int Longest = 2048;
    private readonly IPNetwork[] _trusted = [.. (configuration.GetSection("Listen:Proxy").Get<string[]>() ?? []).Select(Range)];

    private static ReadOnlySpan<byte> Signature => [0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A];

    public bool IsNeeded => _trusted.Length > 0;

    public async Task Pass(ConnectionContext connection, ConnectionDelegate next)
    {
        if (connection.RemoteEndPoint is not IPEndPoint peer || !Trusts(peer.Address))
        {
            await next(connection);
            return;
        }

        if (await Read(connection))
        {
            await next(connection);
        }
        else
        {
            connection.Abort(new ConnectionAbortedException("No PROXY v2 header"));
        }
    }

    private bool Trusts(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return Array.Exists(_trusted, range => range.Contains(plain));
    }

    /// <summary>Reads exactly the header; what follows stays for TLS.</summary>
    private async Task<bool> Read(ConnectionContext connection)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(connection.ConnectionClosed);
        late.CancelAfter(patience);
        var input = connection.Transport.Input;
        try
        {
            while (true)
            {
                var read = await input.ReadAsync(late.Token);
                var (length, source) = Parse(read.Buffer);
                if (length > 0)
                {
                    input.AdvanceTo(read.Buffer.GetPosition(length));
                    connection.RemoteEndPoint = source ?? connection.RemoteEndPoint;
                    return true;
                }

                if (length < 0 || read.IsCompleted)
                {
                    input.AdvanceTo(read.Buffer.Start);
                    return false;
                }

                input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            return false;
        }
    }

    /// <summary>Length of the header and who is behind it (null: the proxy itself); 0 when more is needed, -1 when it is none.</summary>
    private static (int Length, IPEndPoint? Source) Parse(ReadOnlySequence<byte> buffer)
    {
        var head = buffer.Slice(0, Math.Min(buffer.Length, Fixed)).ToArray();
        var known = Math.Min(head.Length, Signature.Length);
        if (!head.AsSpan(0, known).SequenceEqual(Signature[..known]))
        {
            return (-1, null);
        }

        if (head.Length < Fixed)
        {
            return (0, null);
        }

        var length = Fixed + BinaryPrimitives.ReadUInt16BigEndian(head.AsSpan(14));
        if (length > Longest || head[12] is not (0x20 or 0x21))
        {
            return (-1, null);
        }

        if (buffer.Length < length)
        {
            return (0, null);
        }

        var addresses = buffer.Slice(Fixed, length - Fixed).ToArray();
        return (head[12], head[13]) switch
        {
            (0x20, _) => (length, null),
            (0x21, 0x11) when addresses.Length >= 12 => (length, Source(addresses, 4)),
            (0x21, 0x21) when addresses.Length >= 36 => (length, Source(addresses, 16)),
            _ => (-1, null),
        };
    }

    private static IPEndPoint Source(byte[] addresses, int size) =>
        new(new IPAddress(addresses.AsSpan(0, size)), BinaryPrimitives.ReadUInt16BigEndian(addresses.AsSpan(2 * size)));

    private static IPNetwork Range(string text) => IPNetwork.TryParse(text, out var range) ? range
        : IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : throw new InvalidOperationException($"設定 Listen:Proxy の「{text}」は、アドレスか CIDR にしてください。");
}

internal static class ProxyListening
{
    public static ListenOptions Behind(this ListenOptions listen, Proxies proxies)
    {
        if (proxies.IsNeeded)
        {
            listen.Use(next => connection => proxies.Pass(connection, next));
        }

        return listen;
    }
}
