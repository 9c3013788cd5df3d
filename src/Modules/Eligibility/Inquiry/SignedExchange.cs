using Microsoft.AspNetCore.Http;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Platform.Web;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Inquiry;

/// <summary>
/// A question signed by the device that asks (docs/protocol/signature.md), and its answer signed by the centre. A person's sign-in stands in place of both. Scoped.
/// </summary>
internal sealed class SignedExchange(ISignedInquiries signatures, ICurrentActor current)
{
    private string? _question;

    /// <summary>The body as it was signed; <paramref name="tooLong"/>, ID-0303 to ID-0305, WI-08xx.</summary>
    public async ValueTask<Outcome<byte[]>> Read(HttpRequest request, int most, Refusal tooLong, CancellationToken ct)
    {
        // One more than is said or allowed, so that the end is seen.
        var body = new byte[Math.Min(request.ContentLength ?? most, most) + 1];
        var length = await request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, ct);
        if (length > most)
        {
            return tooLong;
        }

        var question = body[..length];
        if (current.Actor.Person is null)
        {
            _question = request.Headers[DetachedJws.HttpHeader].ToString();
            if (signatures.Verify(_question, question).Refused(out var refusal, out _))
            {
                return refusal;
            }
        }

        return question;
    }

    /// <summary>Puts the signature on the answer of a device's question; its digest, for the audit event. Empty for a person.</summary>
    public string Prove(HttpResponse response, byte[] answer)
    {
        if (_question is null)
        {
            return "";
        }

        var signature = signatures.Sign(answer, _question);
        response.Headers[DetachedJws.HttpHeader] = signature;
        return Convert.ToHexStringLower(DetachedJws.Digest(signature));
    }
}
