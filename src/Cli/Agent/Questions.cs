using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sekisho.Cli.Site;
using Sekisho.Formats.Eligibility;
using Sekisho.Wire;

namespace Sekisho.Cli.Agent;

/// <summary>What the centre signed as its answer.</summary>
/// <param name="Status">2xx.</param>
/// <param name="FileName">Name of the result file, when it is one.</param>
/// <param name="Bytes">The body.</param>
/// <param name="ComeBack">When to ask again (202).</param>
internal sealed record SignedAnswer(HttpStatusCode Status, string FileName, byte[] Bytes, TimeSpan? ComeBack);

/// <summary>Asks the site: signed by this device, and the answer is believed only when the centre signed it as the answer to this very question.</summary>
internal sealed class Questions(Connection connection) : IDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);
    private readonly JwsSigner _signer = new(connection.Device.Certificate);
    private X509Certificate2? _centre;

    /// <summary>The result file's bytes and its extension. One attempt; what may help another time is <see cref="IsFinal"/> not.</summary>
    public async Task<Outcome<(string Extension, byte[] Bytes)>> Ask(OqsFileName request, Guid id, byte[] bytes, CancellationToken ct)
    {
        var asked = await Post($"/eligibility/messages/{request.Message}_{id:N}.xml", bytes, "application/xml", null, ct);
        if (asked.Refused(out var refusal, out var answer))
        {
            return refusal;
        }

        return OqsFileName.TryParse(answer.FileName, out var name) && name.IsResult && name.Free == id.ToString("N") ? (name.Extension, answer.Bytes) : Refusals.AnswerUnknown;
    }

    /// <summary>Sends a signed body; the answer is believed only when the centre signed it as the answer to exactly this. One attempt.</summary>
    public Task<Outcome<SignedAnswer>> Post(string path, byte[] body, string type, string? accept, CancellationToken ct) =>
        Patiently(patience => PostOnce(path, body, type, accept, patience), PatienceFor(body), ct);

    /// <summary>Whether the site can be reached as who we are.</summary>
    public Task<Outcome<bool>> Reach(CancellationToken ct) => Patiently(ReachOnce, _patience, ct);

    /// <summary>How long the site asked to wait with its last refusal.</summary>
    public TimeSpan? AskedToWait => connection.AskedToWait;

    /// <summary>The site will answer this request the same way for ever, so that the desk is told. Who we are, the clock, the line and signatures can be mended.</summary>
    public static bool IsFinal(Refusal refusal) =>
        refusal.Kind is RefusalKind.Invalid or RefusalKind.TooLarge or RefusalKind.Forbidden or RefusalKind.NotFound or RefusalKind.Conflict
        && refusal.Code.Length > 0
        && !refusal.Code.StartsWith("CI-", StringComparison.Ordinal)
        && !refusal.Code.StartsWith("ID-", StringComparison.Ordinal)
        && !refusal.Code.StartsWith("WI-", StringComparison.Ordinal);

    /// <summary>Eligibility itself has no time for this request now; that says nothing of the line.</summary>
    public static bool IsBusyWith(Refusal refusal) =>
        refusal.Kind is RefusalKind.Unavailable or RefusalKind.TooMany && refusal.Code.StartsWith("EL-", StringComparison.Ordinal);

    public void Dispose()
    {
        _signer.Dispose();
        _centre?.Dispose();
    }

    /// <summary>Large messages travel longer: a second more for every 64 KiB.</summary>
    private static TimeSpan PatienceFor(byte[] body) => _patience + TimeSpan.FromSeconds(body.Length / 65536.0);

    private static async Task<Outcome<T>> Patiently<T>(Func<CancellationToken, Task<Outcome<T>>> ask, TimeSpan time, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(time);
        try
        {
            return await ask(patience.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return Refusals.LineFailed with { Text = "接続先が時間内に答えません。" };
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            return Refusals.LineFailed;
        }
    }

    private async Task<Outcome<bool>> ReachOnce(CancellationToken ct)
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, "/identity/me");
        var (outcome, _) = await connection.Once(message, again: true, ct);
        if (outcome.Refused(out var refusal, out var response))
        {
            return refusal;
        }

        response.Dispose();
        return true;
    }

    private async Task<Outcome<SignedAnswer>> PostOnce(string path, byte[] body, string type, string? accept, CancellationToken ct)
    {
        var signature = _signer.Sign(JwsTypes.Inquiry, connection.Time.GetUtcNow(), body);
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        using var message = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        message.Headers.Add(DetachedJws.HttpHeader, signature);
        if (accept is not null)
        {
            message.Headers.Accept.ParseAdd(accept);
        }

        var (outcome, _) = await connection.Once(message, again: true, ct);
        if (outcome.Refused(out var refusal, out var response))
        {
            return refusal;
        }

        using (response)
        {
            var answer = await response.Content.ReadAsByteArrayAsync(ct);
            return (await Prove(answer, Header(response, DetachedJws.HttpHeader), signature, ct)).Refused(out refusal, out _)
                ? refusal
                : new SignedAnswer(response.StatusCode, Header(response, "Sekisho-File-Name"), answer, response.Headers.RetryAfter?.Delta);
        }
    }

    private static string Header(HttpResponseMessage response, string name) => response.Headers.TryGetValues(name, out var values) ? values.First() : "";

    private async Task<Outcome<bool>> Prove(byte[] answer, string jws, string question, CancellationToken ct)
    {
        if (DetachedJws.Parse(jws).Refused(out _, out var signature))
        {
            return Refusals.AnswerNotProven;
        }

        if ((await Centre(signature.Header.Certificate, ct)).Refused(out var refusal, out var centre))
        {
            return refusal;
        }

        using var key = centre.GetECDsaPublicKey();
        return key is not null
            && signature.VerifyAnswer(answer, question, key).Succeeded(out _, out _)
                ? true
                : Refusals.AnswerNotProven;
    }

    /// <summary>The centre's certificate of that digest: issued by the authority, to the operator the authority names. Fetched again when another one signs.</summary>
    private async Task<Outcome<X509Certificate2>> Centre(ReadOnlyMemory<byte> digest, CancellationToken ct)
    {
        if (_centre is null || !Is(_centre, digest))
        {
            await connection.RefreshRevocationList(ct);
            if ((await connection.GetBytes("/identity/centre.pem", ct)).Refused(out var refusal, out var pem))
            {
                return refusal;
            }

            _centre?.Dispose();
            _centre = Certificate(pem);
        }

        return _centre is { } centre
            && Is(centre, digest)
            && connection.Trust.Check(centre, connection.Time.GetUtcNow()).Succeeded(out var identity, out _)
            && identity.Organisation == connection.Centre
                ? centre
                : Refusals.AnswerNotProven;
    }

    private static X509Certificate2? Certificate(byte[] pem)
    {
        try
        {
            return X509Certificate2.CreateFromPem(System.Text.Encoding.ASCII.GetString(pem));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static bool Is(X509Certificate2 certificate, ReadOnlyMemory<byte> digest) => certificate.GetCertHash(HashAlgorithmName.SHA256).AsSpan().SequenceEqual(digest.Span);
}
