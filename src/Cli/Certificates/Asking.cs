using System.Net.Http.Headers;
using System.Net.Http.Json;
using Sekisho.Cli.Site;
using Sekisho.Wire;

namespace Sekisho.Cli.Certificates;

/// <summary>Asks the site for certificates; answers the certificate as PEM, or an empty text while the centre has not decided.</summary>
internal static class Asking
{
    private const string Certificates = "/identity/certificates";

    private sealed record Answer(Guid Id, string? State, string? Reason, string? Certificate);

    /// <summary>The same key again answers the same certificate: to be repeated after a cut line without harm.</summary>
    public static async Task<Outcome<string>> Renew(Connection site, MadeRequest request, CancellationToken ct) =>
        (await Post(site, Certificates, request.Csr, again: true, ct)).Refused(out var refusal, out var answer) ? refusal
        : answer.Certificate is { } certificate ? certificate : Refusals.AnswerUnknown;

    /// <summary>Applies once, and asks for the answer after that.</summary>
    public static async Task<Outcome<string>> Apply(Connection site, KeyFile files, MadeRequest request, string name, TimeSpan? poll, CancellationToken ct)
    {
        if (!File.Exists(files.Application))
        {
            var applied = await Post(site, $"{Certificates}/applications?name={Uri.EscapeDataString(name)}", request.Csr, again: false, ct);
            if (applied.Refused(out var no, out var made))
            {
                return no;
            }

            await Files.WriteWhole(files.Application, System.Text.Encoding.ASCII.GetBytes(made.Id.ToString("D") + "\n"), ct);
        }

        var id = (await File.ReadAllTextAsync(files.Application, ct)).Trim();
        while (true)
        {
            if ((await site.Get<Answer>($"{Certificates}/applications/{id}", ct)).Refused(out var refusal, out var answer))
            {
                return refusal;
            }

            if (answer.Certificate is { } certificate)
            {
                return certificate;
            }

            if (answer.State == "Declined")
            {
                File.Delete(files.Application);
                return Refusals.Declined with { Text = $"申請は却下されました。理由: {answer.Reason}" };
            }

            if (poll is not { } pause)
            {
                return "";
            }

            await Task.Delay(pause, site.Time, ct);
        }
    }

    private static async Task<Outcome<Answer>> Post(Connection site, string path, byte[] csr, bool again, CancellationToken ct)
    {
        var sent = await site.Send(
            () =>
            {
                var content = new ByteArrayContent(csr);
                content.Headers.ContentType = new MediaTypeHeaderValue("application/pkcs10");
                return new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
            },
            again,
            ct);
        if (sent.Refused(out var refusal, out var response))
        {
            return refusal;
        }

        using (response)
        {
            return await response.Content.ReadFromJsonAsync<Answer>(Terminal.Options, ct) is { } answer ? answer : Refusals.AnswerUnknown;
        }
    }
}
