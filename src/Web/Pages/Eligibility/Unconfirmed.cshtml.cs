using Sekisho.Contracts;
using Sekisho.Web.Hosting;
using Sekisho.Wire;

namespace Sekisho.Web.Pages.Eligibility;

/// <summary>What to do when the qualification cannot be confirmed, or the centre does not answer: to read, and to put up beside the desk.</summary>
[Requires(Permission.InquireEligibility)]
[Audits(AuditKind.PageRead)]
[Classified(Classification.Public)]
internal sealed class UnconfirmedModel : SitePage;
