using Microsoft.AspNetCore.Mvc;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Web.Hosting;
using Sekisho.Wire;

namespace Sekisho.Web.Pages.People;

/// <summary>Who works here, what they may do, what the regulation misses.</summary>
[Requires(Permission.ReadPeople)]
[Audits(AuditKind.PeopleRead)]
[Classified(Classification.Confidential)]
internal sealed class StaffModel(ICurrentActor current, IPeople people, TimeProvider time) : StaffPage(current, people)
{
    public bool MayManage => Acting.May(Permission.ManagePeople);

    public bool MayAppoint => Acting.May(Permission.AppointPeople);

    public PersonId? Me => Acting.Person;

    public async Task<IActionResult> OnGet(CancellationToken ct) => await Prepare(ct) ?? Page();

    /// <summary>The second person's word.</summary>
    public async Task<IActionResult> OnPost(Guid waiting, bool approve, CancellationToken ct)
    {
        var decided = await People.Decide(Acting, waiting, approve, ct);
        if (decided.Succeeded(out _, out var refusal))
        {
            return Done(approve ? "確認しました。変更が効いています。" : "取り下げました。何も変わっていません。", "/people");
        }

        return await Prepare(ct) ?? Again(refusal);
    }

    /// <summary>False for an appointment to come.</summary>
    public bool HasBegun(Appointment appointment) => appointment.Since is null || appointment.Since <= time.GetUtcNow();

    /// <summary>Where somebody fills what is missing.</summary>
    public static string Fill(Lack lack) => lack.Role switch
    {
        null => "/people/regulation",
        GovernanceRole.Head => "/people/appoint?role=Head",
        GovernanceRole.Auditor => "/people/new?role=Auditor",
        { } role => $"/people/appoint?role={role}&scope={lack.Scope}",
    };
}
