using System.Buffers.Binary;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Sekisho.Modules.Exchange.Quarantine;

/// <summary>What clamd says of one content.</summary>
internal enum ScanResult
{
    Clean,
    Infected,

    /// <summary>clamd is well and cannot look at this one, now or later.</summary>
    Unscannable,

    /// <summary>No answer: clamd is away, busy or broke off.</summary>
    Failed,
}

/// <summary>A result with the signature's name, or why there is none.</summary>
internal readonly record struct Verdict(ScanResult Result, string Detail);

/// <summary>clamd's engine and the day of its signatures (none when it has only local ones).</summary>
internal sealed record ClamdVersion(string Engine, DateTimeOffset? Signatures);

/// <summary>Speaks with clamd: PING, VERSION and INSTREAM, one connection each. Content is handed on as it is read: no copy of it is ever made. Singleton.</summary>
internal sealed class Clamd(ScannerOptions options)
{
    private const int Chunk = 64 * 1024;
    private const int LongestAnswer = 4 * 1024;
    private static readonly TimeSpan _short = TimeSpan.FromSeconds(10);

    /// <summary>Null when clamd does not answer as it should.</summary>
    public async ValueTask<ClamdVersion?> Ask(CancellationToken ct)
    {
        try
        {
            return await Ask("zPING\0", ct) == "PONG" ? Version(await Ask("zVERSION\0", ct)) : null;
        }
        catch (Exception e) when (IsAway(e, ct))
        {
            return null;
        }
    }

    /// <summary>Looks at the content; never throws for what clamd does.</summary>
    public async ValueTask<Verdict> Scan(Stream content, CancellationToken ct)
    {
        if (content.Length > options.MaxLength)
        {
            return new(ScanResult.Unscannable, $"検査機構の上限 ({options.MaxLength / 1024 / 1024:N0} MiB) を超える大きさ");
        }

        try
        {
            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(ct);
            await using var line = await Connect(timeout, ct);
            var whole = await Hand(content, line, timeout);
            timeout.CancelAfter(options.Timeout);
            return Read(await Answer(line, timeout.Token), whole);
        }
        catch (Exception e) when (IsAway(e, ct))
        {
            return new(ScanResult.Failed, "検査機構が応答しない");
        }
    }

    /// <summary>False when clamd stopped listening; its answer says why.</summary>
    private async ValueTask<bool> Hand(Stream content, NetworkStream line, CancellationTokenSource timeout)
    {
        var buffer = new byte[sizeof(int) + Chunk];
        try
        {
            timeout.CancelAfter(options.Timeout);
            await line.WriteAsync("zINSTREAM\0"u8.ToArray(), timeout.Token);
            int read;
            while ((read = await content.ReadAsync(buffer.AsMemory(sizeof(int)), timeout.Token)) > 0)
            {
                BinaryPrimitives.WriteInt32BigEndian(buffer, read);
                timeout.CancelAfter(options.Timeout);
                await line.WriteAsync(buffer.AsMemory(0, sizeof(int) + read), timeout.Token);
            }

            await line.WriteAsync(new byte[sizeof(int)], timeout.Token);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static Verdict Read(string answer, bool whole)
    {
        if (answer.EndsWith(" FOUND", StringComparison.Ordinal))
        {
            var name = answer[..^" FOUND".Length];
            name = name[(name.IndexOf(": ", StringComparison.Ordinal) is >= 0 and var at ? at + 2 : 0)..];

            // With AlertExceedsMax clamd names its own limits like signatures.
            return name.StartsWith("Heuristics.Limits.Exceeded", StringComparison.Ordinal)
                ? new(ScanResult.Unscannable, "検査機構の上限を超えた: " + name)
                : new(ScanResult.Infected, name);
        }

        if (answer == "stream: OK" && whole)
        {
            return new(ScanResult.Clean, "");
        }

        return answer.Contains("size limit exceeded", StringComparison.OrdinalIgnoreCase)
            ? new(ScanResult.Unscannable, "検査機構の上限 (StreamMaxLength) を超える大きさ")
            : new(ScanResult.Failed, "検査機構が検査を終えなかった");
    }

    private async ValueTask<string> Ask(string command, CancellationToken ct)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(ct);
        await using var line = await Connect(timeout, ct);
        timeout.CancelAfter(_short);
        await line.WriteAsync(Encoding.ASCII.GetBytes(command), timeout.Token);
        return await Answer(line, timeout.Token);
    }

    private static async ValueTask<string> Answer(NetworkStream line, CancellationToken ct)
    {
        var buffer = new byte[LongestAnswer];
        var length = 0;
        while (length < buffer.Length)
        {
            var read = await line.ReadAsync(buffer.AsMemory(length), ct);
            length += read;
            if (read == 0 || buffer[length - 1] == 0)
            {
                break;
            }
        }

        return Encoding.UTF8.GetString(buffer, 0, length).TrimEnd('\0', '\n');
    }

    private async ValueTask<NetworkStream> Connect(CancellationTokenSource timeout, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        timeout.CancelAfter(_short);
        var (kind, _, rest) = Split(options.Address);
        var isUnix = kind == "unix";
        var socket = isUnix ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) : new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (isUnix)
            {
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(rest), timeout.Token);
            }
            else
            {
                var colon = rest.LastIndexOf(':');
                await socket.ConnectAsync(rest[..colon], int.Parse(rest.AsSpan(colon + 1), CultureInfo.InvariantCulture), timeout.Token);
            }

            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>True when the setting names a socket or a port.</summary>
    public static bool IsAddress(string address)
    {
        var (kind, _, rest) = Split(address);
        return (kind == "unix" && rest.StartsWith('/'))
            || (kind == "tcp" && rest.LastIndexOf(':') is > 0 and var colon && ushort.TryParse(rest.AsSpan(colon + 1), out _));
    }

    private static (string Kind, bool Found, string Address) Split(string address) =>
        address.IndexOf(':', StringComparison.Ordinal) is > 0 and var at ? (address[..at], true, address[(at + 1)..]) : ("", false, address);

    /// <summary>ClamAV 1.0.7/27522/Mon Jan 20 09:39:02 2025; only the first part without official signatures.</summary>
    private static ClamdVersion? Version(string answer)
    {
        var parts = answer.Split('/');
        if (!parts[0].StartsWith("ClamAV", StringComparison.Ordinal))
        {
            return null;
        }

        var dated = parts.Length == 3 && DateTime.TryParseExact(
            parts[2].Replace("  ", " ", StringComparison.Ordinal),
            "ddd MMM d HH:mm:ss yyyy",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var day)
            ? new DateTimeOffset(day, TimeSpan.Zero)
            : (DateTimeOffset?)null;
        return new(parts.Length == 3 ? $"{parts[0]}/{parts[1]}" : parts[0], dated);
    }

    private static bool IsAway(Exception e, CancellationToken ct) =>
        e is SocketException or IOException or FormatException || (e is OperationCanceledException && !ct.IsCancellationRequested);
}
