using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Sekisho.Contracts;
using Sekisho.Platform.Web;
using Sekisho.Wire;

namespace Sekisho.Server.Edge;

/// <summary>
/// How fast anybody may ask: reads by organisation, whoever is not known by address, sign-in by address and by login. Acknowledgements, proofs and where an
/// upload stands are never counted: what was received is always told. Memory: one counter per organisation; addresses and logins share 65,536 of them.
/// </summary>
internal sealed class Rates : IDisposable
{
    private const int Buckets = 65_536;
    private const int LongestForm = 64 * 1024;
    private const string SignIn = "/sign-in";

    private static readonly Refusal _tooFast = new(
        "SV-0007", RefusalKind.TooMany, "短い時間に要求が多すぎます。", "Retry-After の秒数を待って、もう一度実行してください。受領確認の取得には影響しません。");

    private readonly RequestDelegate _next;
    private readonly PartitionedRateLimiter<OrganisationId> _reads;
    private readonly PartitionedRateLimiter<int> _anonymous;
    private readonly PartitionedRateLimiter<int> _addresses;
    private readonly PartitionedRateLimiter<int> _logins;

    public Rates(RequestDelegate next, IConfiguration configuration)
    {
        var limits = Limits.Of(configuration);
        _next = next;
        _reads = Paces.Of<OrganisationId>(limits.Reads, TimeSpan.FromMinutes(1));
        _anonymous = Paces.Of<int>(limits.Anonymous, TimeSpan.FromMinutes(1));
        _addresses = Paces.Of<int>(limits.SignInByAddress, TimeSpan.FromMinutes(1));
        _logins = Paces.Of<int>(limits.SignInByLogin, TimeSpan.FromMinutes(1));
    }

    public async Task Invoke(HttpContext context)
    {
        if (await Refuses(context) is not { } wait)
        {
            await _next(context);
            return;
        }

        context.Response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        await Problems.Write(context, _tooFast);
    }

    public void Dispose()
    {
        _reads.Dispose();
        _anonymous.Dispose();
        _addresses.Dispose();
        _logins.Dispose();
    }

    /// <summary>How long to wait; null when it may go on.</summary>
    private async ValueTask<TimeSpan?> Refuses(HttpContext context)
    {
        var request = context.Request;
        if (request.Path.StartsWithSegments("/assets", StringComparison.Ordinal))
        {
            return null;
        }

        if (HttpMethods.IsPost(request.Method) && request.Path.StartsWithSegments(SignIn, StringComparison.Ordinal))
        {
            return Take(_addresses, Bucket(context.Connection.RemoteIpAddress)) ?? (await Login(request) is { } login ? Take(_logins, login) : null);
        }

        if (context.Features.Get<Actor>() is not { } actor)
        {
            return Take(_anonymous, Bucket(context.Connection.RemoteIpAddress));
        }

        return HttpMethods.IsGet(request.Method) && !IsOfWhatWasReceived(request.Path) ? Take(_reads, actor.Organisation) : null;
    }

    private static bool IsOfWhatWasReceived(PathString path) =>
        path.StartsWithSegments("/exchange/transmissions", StringComparison.Ordinal);

    private static async ValueTask<int?> Login(HttpRequest request)
    {
        if (!request.HasFormContentType || request.ContentLength is null or > LongestForm)
        {
            return null;
        }

        var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
        var login = form.FirstOrDefault(f => f.Key.EndsWith("login", StringComparison.OrdinalIgnoreCase)).Value.ToString().Trim().ToUpperInvariant();
        return login.Length == 0 ? null : Bucket(login);
    }

    /// <summary>An IPv4 address, or the network that an IPv6 address is one of many in.</summary>
    private static int Bucket(IPAddress? address)
    {
        if (address is null)
        {
            return 0;
        }

        var bytes = (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).GetAddressBytes().AsSpan();
        var hash = default(HashCode);
        hash.AddBytes(address.AddressFamily == AddressFamily.InterNetworkV6 && bytes.Length == 16 ? bytes[..8] : bytes);
        return hash.ToHashCode() & (Buckets - 1);
    }

    private static int Bucket(string text) => HashCode.Combine(text) & (Buckets - 1);

    private static TimeSpan? Take<TKey>(PartitionedRateLimiter<TKey> limiter, TKey key)
    {
        using var lease = limiter.AttemptAcquire(key);
        return lease.IsAcquired ? null : lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromSeconds(10);
    }
}
