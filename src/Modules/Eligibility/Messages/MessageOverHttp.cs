using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts;
using Sekisho.Formats.Eligibility;
using Sekisho.Modules.Eligibility.Bulk;
using Sekisho.Modules.Eligibility.Inquiry;
using Sekisho.Platform.Web;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Messages;

/// <summary>
/// POST /eligibility/messages/{name}: the bytes of a request file, answered with those of its result file. Signed like the JSON inquiry. What cannot be answered
/// is answered by a result file that says so: the software at the desk sees nothing but files.
/// </summary>
internal static class MessageOverHttp
{
    /// <summary>Name of the result file. ASCII as it is, else as the extended value of RFC 8187.</summary>
    public const string FileNameHeader = "Sekisho-File-Name";

    public static void Map(IEndpointRouteBuilder endpoints) => endpoints
        .MapPost("/eligibility/messages/{name}", Handle)
        .WithMetadata(new RequestSizeLimitAttribute(MessageLimits.Upload.MaxBytes))
        .Signed()
        .Takes<Stream>("application/xml")
        .Produces<Stream>(StatusCodes.Status200OK, "application/xml", "application/pdf", "application/zip")
        .WithSummary("資格確認端末の要求ファイルを送り、結果のファイルを受け取る")
        .WithDescription($"答えられない要求にも、200 で結果のファイルを返します。結果の名前はヘッダー `{FileNameHeader}`（ASCII 以外を含むときは RFC 8187 の値）。")
        .Requires(Permission.InquireEligibility)
        .Audits(AuditKind.EligibilityInquired)
        .WithMetadata(new ExportsAttribute());

    private static async Task<IResult> Handle(
        string name, HttpContext http, AnswerMessage answers, SignedExchange exchange, BulkPace pace, ICurrentActor current, CancellationToken ct)
    {
        if (!OqsFileName.TryParse(name, out var file) || file.IsResult || file.Extension != "xml")
        {
            return Refusals.NotAMessageName.ToResult();
        }

        var most = MessageLimits.Of(file).MaxBytes;
        using var place = most > OqsLimits.Question.MaxBytes ? await pace.Enter(ct) : null;
        if (place is null && most > OqsLimits.Question.MaxBytes)
        {
            return Later(http, pace, Refusals.TooMuchWaiting);
        }

        var tooLong = Refusals.MessageTooLong with { Text = string.Create(CultureInfo.InvariantCulture, $"要求ファイルが上限（{most / 1024:N0} KiB）を超えています。") };
        if ((await exchange.Read(http.Request, most, tooLong, ct)).Refused(out var refusal, out var question))
        {
            return refusal.ToResult();
        }

        if ((await answers.Handle(current.Actor, file, question, bytes => exchange.Prove(http.Response, bytes), ct)).Refused(out refusal, out var result))
        {
            return Later(http, pace, refusal);
        }

        // A person takes a zip or a PDF out of the site and says why; a device gets what the protocol addresses to it.
        if (result.Extension != "xml"
            && (await http.RequestServices.GetRequiredService<IExports>().State(file.Kind, "message", null, ct)).Refused(out refusal, out _))
        {
            return refusal.ToResult();
        }

        http.Response.Headers[FileNameHeader] = Value(file.Result(result.Extension).ToString());
        return Results.Bytes(result.Bytes, "application/" + result.Extension);
    }

    private static IResult Later(HttpContext http, BulkPace pace, Refusal refusal)
    {
        pace.Tell(http.Response, refusal);
        return refusal.ToResult();
    }

    private static string Value(string name) => name.All(c => c is > ' ' and < '\x7F') ? name : "UTF-8''" + Uri.EscapeDataString(name);
}
