using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Sekisho.Wire;

namespace Sekisho.Cli.Site;

/// <summary>
/// A line to one site: TLS 1.3, this device's certificate, the server's certificate checked against the one remembered authority and its name.
/// Network faults are tried again with growing pauses for a bounded time.
/// </summary>
internal sealed class Connection : IDisposable
{
    private const string TicketHeader = "Sekisho-Ticket";
    private static readonly TimeSpan _longestPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _shortestWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _longestWait = TimeSpan.FromMinutes(2);

    // The parts of an agent have a line each and one folder of trust.
    private static readonly SemaphoreSlim _trustGate = new(1);
    private readonly HttpClient _client;
    private bool _serverNotTrusted;
    private bool _remembered;
    private bool _told;
    private string? _ticket;
    private int _place;
    private TimeSpan _comeBack;

    private Connection(Uri server, DeviceCertificate device, Configuration configuration, TimeProvider time)
    {
        (Server, Device, Configuration, Time) = (server, device, configuration, time);
        var tls = new SslClientAuthenticationOptions
        {
            EnabledSslProtocols = SslProtocols.Tls13,
            ClientCertificateContext = SslStreamCertificateContext.Create(device.Certificate, [device.Authority], offline: true),
            CertificateChainPolicy = Policy(device.Authority),
            RemoteCertificateValidationCallback = (_, _, _, errors) => !(_serverNotTrusted = errors != SslPolicyErrors.None),
        };
        var handler = new SocketsHttpHandler { SslOptions = tls, AllowAutoRedirect = false, UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(10), UseCookies = false };
        _client = new HttpClient(handler) { BaseAddress = server, Timeout = Timeout.InfiniteTimeSpan, DefaultRequestVersion = HttpVersion.Version11 };
        Trust = new TrustFolder(configuration.Trust).TrustIn(server, device.Authority, device.Identity.Environment);
    }

    /// <summary>How long the site asked to wait with its last refusal (Retry-After); null when it did not.</summary>
    public TimeSpan? AskedToWait { get; private set; }

    /// <summary>Told when the site lets wait in line: the place, and when it is asked again.</summary>
    public Action<int, TimeSpan> InLine { get; set; } = (_, _) => { };

    public Uri Server { get; }

    public DeviceCertificate Device { get; }

    public Configuration Configuration { get; }

    public TimeProvider Time { get; }

    /// <summary>For what this site's members sign.</summary>
    public Trust Trust { get; private set; }

    /// <summary>The organisation that answers for this site, named by its authority; its signature is on acknowledgements, checkpoints and deliveries.</summary>
    public Guid Centre => Trust.Operators.Single();

    /// <summary>For how long network faults are tried again (SEKISHO_RETRY_SECONDS, default 30).</summary>
    public static TimeSpan Patience { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("SEKISHO_RETRY_SECONDS"), System.Globalization.CultureInfo.InvariantCulture, out var seconds) && seconds >= 0
            ? TimeSpan.FromSeconds(seconds)
            : TimeSpan.FromSeconds(30);

    /// <summary>A line to a site; the first answer that comes over it makes its authority remembered.</summary>
    public static Outcome<Connection> Open(Uri server, DeviceCertificate device, Configuration configuration, TimeProvider time)
    {
        if (new TrustFolder(configuration.Trust).Knows(server, device.Authority).Refused(out var refusal, out var known))
        {
            return refusal;
        }

        var connection = new Connection(server, device, configuration, time) { _remembered = known };
        if (connection.Fits().Succeeded(out _, out refusal))
        {
            return connection;
        }

        connection.Dispose();
        return refusal;
    }

    public Task<Outcome<T>> Get<T>(string path, CancellationToken ct) => Json<T>(() => new HttpRequestMessage(HttpMethod.Get, path), again: true, ct);

    /// <summary>POST of JSON; not repeated after the site may have acted on it.</summary>
    public Task<Outcome<T>> Post<T>(string path, object? body, CancellationToken ct) =>
        Json<T>(() => new HttpRequestMessage(HttpMethod.Post, path) { Content = body is null ? null : JsonContent.Create(body, options: Terminal.Options) }, again: false, ct);

    public async Task<Outcome<byte[]>> GetBytes(string path, CancellationToken ct)
    {
        if ((await Send(() => new HttpRequestMessage(HttpMethod.Get, path), again: true, ct)).Refused(out var refusal, out var response))
        {
            return refusal;
        }

        using (response)
        {
            return await response.Content.ReadAsByteArrayAsync(ct);
        }
    }

    /// <summary>POST of a CMS message; such messages carry their own identity, so sending one again does nothing twice.</summary>
    public Task<Outcome<HttpResponseMessage>> PostCms(string path, byte[] cms, CancellationToken ct) => Send(
        () =>
        {
            var content = new ByteArrayContent(cms);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/cms");
            var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
            request.Headers.Add("Tus-Resumable", "1.0.0");
            if (_ticket is { } ticket)
            {
                request.Headers.Add(TicketHeader, ticket);
            }

            return request;
        },
        again: true,
        ct);

    /// <summary>Sends; with <paramref name="again"/> network faults and 5xx answers are tried again, otherwise only faults from before the request was sent.</summary>
    public async Task<Outcome<HttpResponseMessage>> Send(Func<HttpRequestMessage> make, bool again, CancellationToken ct)
    {
        var start = Time.GetTimestamp();
        var backoff = Backoff.Of(TimeSpan.FromMilliseconds(200), _longestPause);
        while (true)
        {
            var (outcome, mayRepeat) = await Once(make(), again, ct);
            if (outcome.Succeeded(out _, out _))
            {
                (_ticket, _place) = (null, 0);
                return outcome;
            }

            if (mayRepeat && _place > 0)
            {
                // A place in line is an answer: whoever has one waits, and comes back when told.
                InLine(_place, _comeBack);
                await Task.Delay(_comeBack, Time, ct);
                start = Time.GetTimestamp();
                backoff.Succeeded();
                continue;
            }

            // A wait longer than anybody has patience for is no reason to give up at once.
            backoff.Failed(AskedToWait < Patience - Time.GetElapsedTime(start) ? AskedToWait : null);
            if (!mayRepeat || Time.GetElapsedTime(start) + backoff.Pause > Patience)
            {
                return outcome;
            }

            await Task.Delay(backoff.Pause, Time, ct);
        }
    }

    /// <summary>One attempt, and whether another one could help without doing anything twice.</summary>
    public async Task<(Outcome<HttpResponseMessage> Outcome, bool MayRepeat)> Once(HttpRequestMessage request, bool again, CancellationToken ct)
    {
        try
        {
            (_serverNotTrusted, _place, AskedToWait) = (false, 0, null);
            var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            await Remember(ct);
            TellExpiry(response);
            if (response.IsSuccessStatusCode)
            {
                return (response, false);
            }

            using (response)
            {
                var refusal = await Problem.Read(response, ct);
                Place(response);
                return (refusal, again && refusal.Kind == RefusalKind.Unavailable);
            }
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or AuthenticationException || NeverCame(fault))
        {
            return Explain(fault, again);
        }
    }

    /// <summary>A connection that does not come about in its time is cancelled by the handler itself; one that breaks while it is made is left as the socket's own fault.</summary>
    private static bool NeverCame(Exception fault) => fault is SocketException or OperationCanceledException { InnerException: TimeoutException };

    /// <summary>Remembers the ticket and the place of an answer that has them.</summary>
    private void Place(HttpResponseMessage response)
    {
        _place = response.Headers.TryGetValues("Sekisho-Place", out var places)
            && int.TryParse(places.First(), System.Globalization.CultureInfo.InvariantCulture, out var place) ? place : 0;
        if (_place > 0 && response.Headers.TryGetValues(TicketHeader, out var tickets))
        {
            _ticket = tickets.First();
        }

        AskedToWait = response.Headers.RetryAfter?.Delta;
        var told = AskedToWait ?? _longestPause;
        _comeBack = told < _shortestWait ? _shortestWait : told > _longestWait ? _longestWait : told;
    }

    /// <summary>Fetches the revocation list again when the remembered one is older than a day.</summary>
    public async Task RefreshRevocationList(CancellationToken ct)
    {
        var folder = new TrustFolder(Configuration.Trust);
        if (folder.RevocationListAge(Server) is { } age && Time.GetUtcNow() - age < TimeSpan.FromDays(1))
        {
            return;
        }

        if ((await GetBytes("/identity/crl", ct)).Succeeded(out var list, out _))
        {
            await AloneInTrust(() => folder.SaveRevocationList(Server, list, ct), ct);
            Trust = folder.TrustIn(Server, Device.Authority, Device.Identity.Environment);
        }
    }

    /// <summary>
    /// The public key of the site's ledger: remembered at the first contact, when the centre's signature over it holds, and the same ever after. CI-0207 when the site
    /// now states another.
    /// </summary>
    public async Task<Outcome<NoteKey>> LedgerKey(CancellationToken ct)
    {
        var folder = new TrustFolder(Configuration.Trust);
        if ((await GetBytes("/ledger/vkey.p7s", ct)).Refused(out var refusal, out var binding)
            || Cms.Verify(binding, Trust, Time.GetUtcNow()).Refused(out refusal, out var signed)
            || NoteKey.Parse(System.Text.Encoding.UTF8.GetString(signed.Content).TrimEnd('\n')).Refused(out refusal, out var stated))
        {
            return refusal;
        }

        if (signed.Identity.Organisation != Centre)
        {
            return Refusals.NotSignedByCentre;
        }

        if (folder.LedgerKey(Server) is { } pinned)
        {
            return pinned == stated ? pinned : Refusals.LedgerKeyChanged;
        }

        await AloneInTrust(() => folder.PinLedgerKey(Server, stated, ct), ct);
        return stated;
    }

    /// <summary>Another line to the same site, for work that goes on beside this one.</summary>
    public Connection Another() => new(Server, Device, Configuration, Time) { _remembered = _remembered };

    public void Dispose() => _client.Dispose();

    private static async Task AloneInTrust(Func<Task> write, CancellationToken ct)
    {
        await _trustGate.WaitAsync(ct);
        try
        {
            await write();
        }
        finally
        {
            _trustGate.Release();
        }
    }

    private static X509ChainPolicy Policy(X509Certificate2 authority) => new()
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        CustomTrustStore = { authority },
        RevocationMode = X509RevocationMode.NoCheck,
        DisableCertificateDownloads = true,
    };

    /// <summary>What the site would refuse without a word is said here: the authority must name a centre, and must have issued this certificate.</summary>
    private Outcome<bool> Fits()
    {
        if (Trust.Operators.Count != 1)
        {
            return Refusals.AuthorityWithoutCentre;
        }

        return Trust.Check(Device.Certificate, Time.GetUtcNow(), CertificatePurpose.Device).Succeeded(out _, out var refusal)
            ? true
            : Refusals.CertificateUnfit with { Text = $"この証明書では接続できません。{refusal.Text} [{refusal.Code}]", Remedy = refusal.Remedy };
    }

    /// <summary>The site says on its answers when this device's certificate nears its end; it is passed on once.</summary>
    private void TellExpiry(HttpResponseMessage response)
    {
        if (!_told && response.Headers.TryGetValues("Sekisho-Certificate-Expires", out var ends))
        {
            _told = true;
            Terminal.Note($"! 端末の証明書は {ends.First()} に切れます。sekisho certificate renew で更新してください。");
        }
    }

    /// <summary>An answer came, so the site has shown a certificate of this authority for this name.</summary>
    private async ValueTask Remember(CancellationToken ct)
    {
        if (!_remembered)
        {
            await AloneInTrust(() => new TrustFolder(Configuration.Trust).Remember(Server, Device.Authority, ct), ct);
            _remembered = true;
        }
    }

    private (Outcome<HttpResponseMessage> Outcome, bool MayRepeat) Explain(Exception fault, bool again)
    {
        if (_serverNotTrusted)
        {
            return (Refusals.ServerNotTrusted, false);
        }

        for (Exception? cause = fault; cause is not null; cause = cause.InnerException)
        {
            if (cause is AuthenticationException || cause.GetType().Name == "SslException")
            {
                return (Refusals.CertificateRefused, false);
            }
        }

        var neverSent = fault is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError } || NeverCame(fault);
        return (Refusals.LineFailed, again || neverSent);
    }

    private async Task<Outcome<T>> Json<T>(Func<HttpRequestMessage> make, bool again, CancellationToken ct)
    {
        if ((await Send(make, again, ct)).Refused(out var refusal, out var response))
        {
            return refusal;
        }

        using (response)
        {
            try
            {
                return await response.Content.ReadFromJsonAsync<T>(Terminal.Options, ct) is { } value ? value : Refusals.AnswerUnknown;
            }
            catch (Exception fault) when (fault is JsonException or InvalidOperationException)
            {
                return Refusals.AnswerUnknown;
            }
        }
    }
}
