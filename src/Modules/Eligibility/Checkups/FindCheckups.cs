using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Formats.Eligibility.Checkups;
using Sekisho.Modules.Eligibility.Data;
using Sekisho.Modules.Eligibility.Inquiry;
using Sekisho.Platform.Data;
using Sekisho.Platform.Events;
using Sekisho.Platform.Web;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Checkups;

/// <summary>An insurer looks up what it registered of one of its own: which results, since when, until when; without their values.</summary>
internal sealed class FindCheckups(DbSession session, CheckupPeople people, CheckupStore store, Audit audit)
{
    public static void Map(IEndpointRouteBuilder endpoints) => endpoints
        .MapQuestion<ICheckupRegistration, RegisteredCheckupsQuery, IReadOnlyList<RegisteredCheckup>>(
            "/eligibility/checkups/search", (registration, by, query, ct) => registration.Find(by, query, ct))
        .WithSummary("自組織が登録した特定健診の照会（値は含まない）")
        .Requires(Permission.RegisterCoverage)
        .Audits(AuditKind.CheckupRead);

    public async ValueTask<Outcome<IReadOnlyList<RegisteredCheckup>>> Run(Actor by, RegisteredCheckupsQuery query, CancellationToken ct)
    {
        if (!by.May(Permission.RegisterCoverage))
        {
            return Refusals.MayNotRegisterCheckups;
        }

        await session.Write(ct);
        var rows = (await people.Find(by.Organisation, query.Card, ct)).Succeeded(out var versions, out _)
            ? await store.OfInsurer(by.Organisation, versions.Select(v => v.Person).Distinct(), query.AsOf, ct)
            : [];
        await audit.Record(
            new AuditEvent(AuditKind.CheckupRead, "by card", rows.Count.ToString(CultureInfo.InvariantCulture)) { By = by, Whose = Disclosure.Subject(query.Card) }, ct);
        await session.Commit(ct);
        return rows.ConvertAll(r => Of(store.Open(r), r));
    }

    public static RegisteredCheckup Of(CheckupDocument document, CheckupRow row) =>
        new(document.Performer.Code, row.Held, row.KnownFrom, row.KnownUntil, document.Results.Length);
}
