using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Platform.Web;

namespace Sekisho.Modules.Eligibility.Inquiry;

/// <summary>
/// POST /eligibility/inquiries. A device signs the body it sends (docs/protocol/signature.md) and gets the answer signed; the audit event, and with it the ledger,
/// holds the digest of the answer's signature, which names the question's. A person's sign-in stands in place of a signature.
/// </summary>
internal static class AskOverHttp
{
    public static void Map(IEndpointRouteBuilder endpoints) => endpoints
        .MapSigned<Ask, Contracts.Eligibility.Inquiry, InquiryAnswer>("/eligibility/inquiries", (ask, by, inquiry, prove, ct) => ask.Handle(by, inquiry, prove, ct))
        .WithSummary("券面による資格確認")
        .Requires(Permission.InquireEligibility)
        .Audits(AuditKind.EligibilityInquired);
}
