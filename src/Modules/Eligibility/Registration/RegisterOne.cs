using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Contracts.Identity;
using Sekisho.Formats.Eligibility.Matching;
using Sekisho.Formats.Identifiers;
using Sekisho.Modules.Eligibility.Data;
using Sekisho.Modules.Eligibility.Inquiry;
using Sekisho.Platform.Data;
using Sekisho.Platform.Events;
using Sekisho.Platform.Web;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Registration;

/// <summary>One coverage at a time: registers, corrects, ends or withdraws it.</summary>
internal sealed class RegisterOne(DbSession session, Registrar registrar, IDirectory directory, RegistryKeys keys, Audit audit)
{
    public static void Map(IEndpointRouteBuilder endpoints) => endpoints
        .MapQuestion<ICoverageRegistration, CoverageEntry, EntryReport>(
            "/eligibility/coverages", (registration, by, entry, ct) => registration.Register(by, entry, ct), Status)
        .Produces<EntryReport>(StatusCodes.Status422UnprocessableEntity)
        .WithSummary("加入者情報を1件、登録・訂正・喪失・取消")
        .Requires(Permission.RegisterCoverage)
        .Audits(AuditKind.CoverageRegistered);

    public async ValueTask<Outcome<EntryReport>> Run(Actor by, CoverageEntry entry, CancellationToken ct)
    {
        if (!by.May(Permission.RegisterCoverage))
        {
            return Refusals.MayNotRegister;
        }

        var own = await Numbers(directory, by.Organisation, ct);
        await session.Write(ct);
        var report = (await registrar.Run(by.Organisation, own, [new Numbered<CoverageEntry>(1, entry)], ct))[0];
        await audit.Record(
            new AuditEvent(AuditKind.CoverageRegistered, "entry:" + Convert.ToHexStringLower(keys.Entry(by.Organisation, entry.Id)), Result(report))
            {
                By = by,
                Whose = entry.Coverage is { } coverage ? Disclosure.Subject(coverage) : null,
            },
            ct);
        await session.Commit(ct);
        return report;
    }

    /// <summary>The 保険者番号, and 公費負担者番号 of 医療扶助, an organisation registers under, without padding.</summary>
    public static async ValueTask<IReadOnlySet<string>> Numbers(IDirectory directory, OrganisationId insurer, CancellationToken ct) =>
        (await directory.Organisation(insurer, ct)).Value.Codes.Where(c => c.System == CodeSystem.Insurer || (c.System == CodeSystem.PublicPayer && SearchKey.IsAid(c.Value)))
            .Select(c => InsurerNumber.TryParse(c.Value, out var number) ? number.Value : c.Value).ToHashSet();

    /// <summary>What was not taken is answered with its report, too.</summary>
    public static int Status(EntryReport report) => report.Result == EntryResult.Refused ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK;

    /// <summary>For the audit event: what was done, and the numbers of what was said.</summary>
    public static string Result(EntryReport report) =>
        string.Join(' ', report.Problems.Select(p => p.Code).Prepend(report.Result.ToString()).Take(10));
}
