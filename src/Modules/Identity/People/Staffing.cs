using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Wire;

namespace Sekisho.Modules.Identity.People;

/// <inheritdoc cref="IPeople"/>
internal sealed class Staffing(
    ReadStaff read, AddColleague add, ChangeRoles roles, ChangePosts posts, Appoint appoint, EndAppointment end, Leave leave, AdoptRegulation adopt, Propose propose) : IPeople
{
    public IReadOnlyList<RegulationModel> Models { get; } = [.. RegulationTemplates.All.Select(t => new RegulationModel(t.Key, t.Name, t.Source, t.Policies))];

    public IReadOnlyList<PermissionRow> Matrix { get; } = [.. Permissions.Matrix.Select(Permissions.InWords)];

    public ValueTask<Outcome<Staff>> Staff(Actor by, CancellationToken ct) => read.Run(by, ct);

    public ValueTask<Outcome<AddedColleague>> Add(Actor by, NewColleague colleague, CancellationToken ct) => add.Run(by, colleague, ct);

    public ValueTask<Outcome<ActState>> ChangeRoles(Actor by, PersonId person, IReadOnlyList<BusinessRole> wanted, CancellationToken ct) => roles.Run(by, person, wanted, ct);

    public ValueTask<Outcome<ActState>> ChangePosts(Actor by, PersonId person, IReadOnlyList<string> titles, CancellationToken ct) => posts.Run(by, person, titles, ct);

    public ValueTask<Outcome<Guid>> Appoint(Actor by, NewAppointment appointment, CancellationToken ct) => appoint.Run(by, appointment, ct);

    public ValueTask<Outcome<ActState>> EndAppointment(Actor by, Guid appointment, string reason, CancellationToken ct) => end.Run(by, appointment, reason, ct);

    public ValueTask<Outcome<ActState>> Leave(Actor by, PersonId person, string reason, DateTimeOffset? at, CancellationToken ct) => leave.Run(by, person, reason, at, ct);

    public ValueTask<Outcome<RegulationInForce>> Adopt(Actor by, NewRegulation regulation, CancellationToken ct) => adopt.Run(by, regulation, ct);

    public ValueTask<Outcome<ActState>> Decide(Actor by, Guid waiting, bool approve, CancellationToken ct) => propose.Decide(by, waiting, approve, ct);
}
