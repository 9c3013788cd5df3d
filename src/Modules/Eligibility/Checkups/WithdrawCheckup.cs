using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Modules.Eligibility.Data;
using Sekisho.Modules.Eligibility.Inquiry;
using Sekisho.Platform.Data;
using Sekisho.Platform.Events;
using Sekisho.Platform.Web;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Checkups;

/// <summary>Which result, and why.</summary>
/// <param name="Checkup">Which.</param>
/// <param name="Reason">Why, 4 characters or more.</param>
internal sealed record CheckupWithdrawal(CheckupName Checkup, string Reason = "");

/// <summary>An insurer takes a result back, e.g. because it was filed under the wrong person. What was known stays known of the past.</summary>
internal sealed class WithdrawCheckup(DbSession session, CheckupPeople people, CheckupStore store, Audit audit, TimeProvider time)
{
    public static void Map(IEndpointRouteBuilder endpoints) => endpoints
        .MapQuestion<ICheckupRegistration, CheckupWithdrawal, RegisteredCheckup>(
            "/eligibility/checkups/withdrawals", (registration, by, asked, ct) => registration.Withdraw(by, asked.Checkup, asked.Reason, ct))
        .WithSummary("登録した特定健診の結果の取消")
        .Requires(Permission.RegisterCoverage)
        .Audits(AuditKind.CheckupWithdrawn);

    public async ValueTask<Outcome<RegisteredCheckup>> Run(Actor by, CheckupName name, string reason, CancellationToken ct)
    {
        if (!by.May(Permission.RegisterCoverage))
        {
            return Refusals.MayNotRegisterCheckups;
        }

        if (!Audit.IsReason(reason))
        {
            return Refusals.ReasonMissing;
        }

        await session.Write(ct);
        await store.Lock(by.Organisation, ct);
        if (!(await people.Find(by.Organisation, name.Card, ct)).Succeeded(out var versions, out _)
            || await store.Current(by.Organisation, versions[0].Person, name.Institution, name.Day, ct) is not { } row)
        {
            await session.Rollback();
            return Refusals.NoCheckup;
        }

        row = await store.Close(row, time.Now(), ct);
        await audit.Record(
            new AuditEvent(AuditKind.CheckupWithdrawn, row.Id.ToString("D"), name.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))
            {
                By = by,
                Whose = Disclosure.Subject(name.Card),
                Reason = reason.Trim(),
            },
            ct);
        await session.Commit(ct);
        return FindCheckups.Of(store.Open(row), row);
    }
}
