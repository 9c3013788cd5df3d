using Sekisho.Wire;

namespace Sekisho.Contracts.Identity;

/// <summary>パスワードの規則 of a regulation (安全管理GL 6.5 a, b, c).</summary>
public enum PasswordPolicy
{
    /// <summary>英数字記号8文字以上、2か月以内に変更.</summary>
    TwoMonths8,

    /// <summary>英数字記号13文字以上、定期変更なし.</summary>
    Long13,

    /// <summary>二要素以上、パスワードは8文字以上.</summary>
    TwoFactor8,
}

/// <summary>For which system a 責任者 is appointed.</summary>
public enum SystemScope
{
    /// <summary>すべて (一式).</summary>
    All,

    /// <summary>オンライン請求.</summary>
    OnlineClaims,

    /// <summary>健保組合の電子申請.</summary>
    ElectronicFiling,

    /// <summary>オンライン資格確認等.</summary>
    OnlineEligibility,
}

/// <summary>Which posts one person may hold together.</summary>
public enum Combining
{
    /// <summary>兼務なし: 情報管理責任者 and 運用責任者 are two people, neither is システム管理者.</summary>
    None,

    /// <summary>情報管理責任者 and 運用責任者 may be one person.</summary>
    Managers,

    /// <summary>システム管理者 may be both 責任者, too (a small institution).</summary>
    All,
}

/// <summary>What an agent carries for a principal; nothing else of the principal's is open to it.</summary>
public enum AgencyAct
{
    /// <summary>届書の提出代行 (社労士).</summary>
    FilingSubmission,

    /// <summary>クラウドからの直接API連携 (電子申請).</summary>
    CloudFiling,

    /// <summary>システムの運用の受託: duties only, no data.</summary>
    Operation,
}

/// <summary>A person to be given an account.</summary>
/// <param name="Organisation">Where they work.</param>
/// <param name="Login">Unique; lower-case.</param>
/// <param name="Name">For display.</param>
/// <param name="Roles">業務上の役割.</param>
public sealed record NewPerson(OrganisationId Organisation, string Login, string Name, params IReadOnlyList<BusinessRole> Roles)
{
    /// <summary>規程上の役割 to which they are appointed; 利用者 unless stated.</summary>
    public IReadOnlyList<GovernanceRole> Appointments { get; init; } = [GovernanceRole.User];

    /// <summary>役職 (医院長、理事長…) from which roles follow ex officio.</summary>
    public IReadOnlyList<string> Posts { get; init; } = [];
}

/// <summary>Administration of a site's first people, by whoever holds the data folder. Acts are recorded and commit on their own.</summary>
public interface IPeopleAdministration
{
    /// <summary>Gives a person an account; ID-0104 when the login is taken, ID-0105 when the password is too short.</summary>
    ValueTask<Outcome<PersonId>> AddPerson(NewPerson person, string password, CancellationToken ct);

    /// <summary>Lets the person with this login (name and password stay theirs) work at another organisation, too; ID-0401, ID-0419.</summary>
    ValueTask<Outcome<PersonId>> Join(NewPerson person, CancellationToken ct);

    /// <summary>Adopts a regulation on an organisation's behalf; ID-0414.</summary>
    ValueTask<Outcome<RegulationInForce>> Adopt(OrganisationId organisation, NewRegulation regulation, CancellationToken ct);
}

/// <summary>Whether a governance role follows from a post or was given.</summary>
public enum AppointmentBasis
{
    /// <summary>充て職: follows from the post the regulation names.</summary>
    ExOfficio,

    /// <summary>指名.</summary>
    Designated,
}

/// <summary>A governance role somebody has, had or will have.</summary>
/// <param name="Id">Null for 充て職: it follows from the post.</param>
/// <param name="Role">Which.</param>
/// <param name="Scope">For which system.</param>
/// <param name="Basis">充て職 or 指名.</param>
/// <param name="AppointedBy">Who or which post appointed; the regulation for 充て職.</param>
/// <param name="Since">From; null for 充て職.</param>
/// <param name="Until">To, when it has or will have an end.</param>
/// <param name="Reason">Of the end.</param>
public sealed record Appointment(
    Guid? Id, GovernanceRole Role, SystemScope Scope, AppointmentBasis Basis, string AppointedBy, DateTimeOffset? Since, DateTimeOffset? Until, string Reason);

/// <summary>Somebody who works at an organisation, or did.</summary>
/// <param name="Person">Who.</param>
/// <param name="Name">氏名.</param>
/// <param name="Login">利用者ID.</param>
/// <param name="Since">在籍 from.</param>
/// <param name="Until">在籍 to, when it has or will have an end.</param>
/// <param name="Reason">Of the end.</param>
/// <param name="Posts">役職 in force.</param>
/// <param name="Roles">業務上の役割 in force.</param>
/// <param name="Appointments">規程上の役割 in force and to come.</param>
/// <param name="May">What follows from them now.</param>
public sealed record Colleague(
    PersonId Person,
    string Name,
    string Login,
    DateTimeOffset Since,
    DateTimeOffset? Until,
    string Reason,
    IReadOnlyList<string> Posts,
    IReadOnlyList<BusinessRole> Roles,
    IReadOnlyList<Appointment> Appointments,
    IReadOnlySet<Permission> May);

/// <summary>A post of the regulation that nobody fills, or that is filled against it.</summary>
/// <param name="Role">Which; null when the regulation itself is missing.</param>
/// <param name="Scope">For which system.</param>
/// <param name="Text">Japanese: what is missing.</param>
/// <param name="Remedy">Japanese: what to do.</param>
public sealed record Lack(GovernanceRole? Role, SystemScope Scope, string Text, string Remedy);

/// <summary>規程 in force, or adopted for later.</summary>
/// <param name="Template">KH, HK, MI, OQ, JA, PY.</param>
/// <param name="Name">Of the template.</param>
/// <param name="Adopted">False while the template of the organisation's kind holds because none was adopted.</param>
/// <param name="Since">施行; null when not adopted.</param>
/// <param name="HeadPost">機関の長.</param>
/// <param name="AdministratorPost">充て職 of システム管理者.</param>
/// <param name="ManagerPost">充て職 of the two 責任者; empty when they are designated.</param>
/// <param name="Combining">兼務.</param>
/// <param name="Password">パスワードの規則.</param>
/// <param name="ManagedScopes">For which systems 責任者 are needed.</param>
/// <param name="Consultation">Whom a 利用者 asks.</param>
public sealed record RegulationInForce(
    string Template,
    string Name,
    bool Adopted,
    DateTimeOffset? Since,
    string HeadPost,
    string AdministratorPost,
    string ManagerPost,
    Combining Combining,
    PasswordPolicy Password,
    IReadOnlyList<SystemScope> ManagedScopes,
    GovernanceRole Consultation);

/// <summary>A model regulation to choose from.</summary>
/// <param name="Key">KH, HK, MI, OQ, JA, PY.</param>
/// <param name="Name">As people know it.</param>
/// <param name="Source">Where it is published.</param>
/// <param name="Policies">Password rules it permits; the first is its own.</param>
public sealed record RegulationModel(string Key, string Name, string Source, IReadOnlyList<PasswordPolicy> Policies);

/// <summary>An act on one's own rights that waits for a second person (四眼).</summary>
/// <param name="Id">Which.</param>
/// <param name="Organisation">Where.</param>
/// <param name="OrganisationName">For display.</param>
/// <param name="Person">Whose rights.</param>
/// <param name="Name">For display.</param>
/// <param name="Text">Japanese: what would change.</param>
/// <param name="Proposed">When.</param>
/// <param name="MayDecide">True for whoever asks, when they are the second person.</param>
public sealed record WaitingAct(Guid Id, OrganisationId Organisation, string OrganisationName, PersonId Person, string Name, string Text, DateTimeOffset Proposed, bool MayDecide);

/// <summary>A line of the history.</summary>
/// <param name="At">When it took or takes effect.</param>
/// <param name="Name">Whom it concerns; empty for the organisation.</param>
/// <param name="Text">Japanese: what happened.</param>
/// <param name="By">Who did it; empty when not a person of this organisation.</param>
public sealed record StaffEvent(DateTimeOffset At, string Name, string Text, string By);

/// <summary>職員と役割 of the asker's organisation.</summary>
/// <param name="Regulation">In force.</param>
/// <param name="Coming">Adopted, not yet in force (施行前).</param>
/// <param name="Colleagues">Who works here, or will.</param>
/// <param name="Former">Who did.</param>
/// <param name="Lacks">What the regulation misses.</param>
/// <param name="Waiting">What waits for a second person.</param>
/// <param name="History">Newest first.</param>
/// <param name="UsefulRoles">Business roles that mean something at an organisation of this kind.</param>
public sealed record Staff(
    RegulationInForce Regulation,
    IReadOnlyList<RegulationInForce> Coming,
    IReadOnlyList<Colleague> Colleagues,
    IReadOnlyList<Colleague> Former,
    IReadOnlyList<Lack> Lacks,
    IReadOnlyList<WaitingAct> Waiting,
    IReadOnlyList<StaffEvent> History,
    IReadOnlyList<BusinessRole> UsefulRoles);

/// <summary>A colleague to be added.</summary>
/// <param name="Login">Unique in the site.</param>
/// <param name="Name">氏名.</param>
/// <param name="Roles">業務上の役割.</param>
/// <param name="Posts">役職.</param>
/// <param name="Role">規程上の役割 they begin with: 利用者, or 監査人 (then without business roles).</param>
public sealed record NewColleague(string Login, string Name, IReadOnlyList<BusinessRole> Roles, IReadOnlyList<string> Posts, GovernanceRole Role);

/// <summary>A new colleague with the password they begin with; nobody can read it again.</summary>
public sealed record AddedColleague(PersonId Person, string Login, string FirstPassword);

/// <summary>任命.</summary>
/// <param name="Person">Who is appointed.</param>
/// <param name="Role">To what.</param>
/// <param name="Scope">For which system.</param>
/// <param name="AppointedByPost">The post that appointed (理事長…), when not the acting person themself.</param>
/// <param name="Since">From; null: now.</param>
/// <param name="Until">To; null: until further notice.</param>
public sealed record NewAppointment(PersonId Person, GovernanceRole Role, SystemScope Scope, string? AppointedByPost, DateTimeOffset? Since = null, DateTimeOffset? Until = null);

/// <summary>規程の採用, with the differences it permits.</summary>
/// <param name="Template">KH, HK, MI, OQ, JA, PY.</param>
/// <param name="Since">施行; null: now.</param>
/// <param name="HeadPost">Null: as the template.</param>
/// <param name="AdministratorPost">Null: as the template.</param>
/// <param name="ManagerPost">Null: as the template.</param>
/// <param name="Combining">Null: as the template.</param>
/// <param name="Password">Null: as the template.</param>
public sealed record NewRegulation(
    string Template,
    DateTimeOffset? Since = null,
    string? HeadPost = null,
    string? AdministratorPost = null,
    string? ManagerPost = null,
    Combining? Combining = null,
    PasswordPolicy? Password = null);

/// <summary>What became of an act.</summary>
public enum ActState
{
    /// <summary>In force, or will be at its date.</summary>
    Done,

    /// <summary>Concerns one's own rights: waits for a second person.</summary>
    Waiting,
}

/// <summary>
/// 職員と役割 — people of the actor's own organisation. Every act is judged against the regulation in force, recorded, and commits on its own; a refusal
/// is ID-04xx. Somebody who does not work there is never found (ID-0401).
/// </summary>
public interface IPeople
{
    /// <summary>Who works here, what they may do, what is missing.</summary>
    ValueTask<Outcome<Staff>> Staff(Actor by, CancellationToken ct);

    /// <summary>Templates to adopt.</summary>
    IReadOnlyList<RegulationModel> Models { get; }

    /// <summary>The permission matrix.</summary>
    IReadOnlyList<PermissionRow> Matrix { get; }

    /// <summary>Gives a new colleague an account, a membership and their first roles.</summary>
    ValueTask<Outcome<AddedColleague>> Add(Actor by, NewColleague colleague, CancellationToken ct);

    /// <summary>Brings business roles to exactly these; one's own wait for a second person.</summary>
    ValueTask<Outcome<ActState>> ChangeRoles(Actor by, PersonId person, IReadOnlyList<BusinessRole> roles, CancellationToken ct);

    /// <summary>Brings 役職 to exactly these; one's own wait for a second person.</summary>
    ValueTask<Outcome<ActState>> ChangePosts(Actor by, PersonId person, IReadOnlyList<string> posts, CancellationToken ct);

    /// <summary>Appoints, as the regulation permits; nobody themself.</summary>
    ValueTask<Outcome<Guid>> Appoint(Actor by, NewAppointment appointment, CancellationToken ct);

    /// <summary>Ends an appointment now; never the last システム管理者.</summary>
    ValueTask<Outcome<ActState>> EndAppointment(Actor by, Guid appointment, string reason, CancellationToken ct);

    /// <summary>退職: membership, roles, posts and appointments end at once, or at <paramref name="at"/>.</summary>
    ValueTask<Outcome<ActState>> Leave(Actor by, PersonId person, string reason, DateTimeOffset? at, CancellationToken ct);

    /// <summary>Adopts a regulation.</summary>
    ValueTask<Outcome<RegulationInForce>> Adopt(Actor by, NewRegulation regulation, CancellationToken ct);

    /// <summary>The second person's word on an act that waits.</summary>
    ValueTask<Outcome<ActState>> Decide(Actor by, Guid waiting, bool approve, CancellationToken ct);
}

/// <summary>A line of the matrix, in words.</summary>
/// <param name="Permission">Which.</param>
/// <param name="Title">What one may do.</param>
/// <param name="Kinds">組織種別.</param>
/// <param name="Governance">規程上の役割, one of them.</param>
/// <param name="Business">業務上の役割, one of them; empty: none needed.</param>
/// <param name="Device">A device alone may, too.</param>
public sealed record PermissionRow(Permission Permission, string Title, string Kinds, string Governance, string Business, bool Device);

/// <summary>代行 — who carries which acts for whom. Duties without rights: an agent gains nothing over the principal's data beyond the stated acts.</summary>
/// <param name="Id">Which.</param>
/// <param name="Agent">Who acts.</param>
/// <param name="Principal">For whom.</param>
/// <param name="Act">What, and nothing else.</param>
/// <param name="Since">From.</param>
/// <param name="Until">To, when it has or will have an end.</param>
/// <param name="Basis">The contract or notification.</param>
public sealed record Agency(Guid Id, OrganisationId Agent, OrganisationId Principal, AgencyAct Act, DateTimeOffset Since, DateTimeOffset? Until, string Basis);

/// <summary>Questions and acts about 代行. 事務代行者 of claims are the claims registry's, by institution and month; they are not here.</summary>
public interface IAgencies
{
    /// <summary>True when <paramref name="agent"/> carries <paramref name="act"/> for <paramref name="principal"/> at <paramref name="at"/>.</summary>
    ValueTask<bool> MayAct(OrganisationId agent, OrganisationId principal, AgencyAct act, DateTimeOffset at, CancellationToken ct);

    /// <summary>Every agency of an organisation, as agent or principal, ended ones too.</summary>
    ValueTask<IReadOnlyList<Agency>> Of(OrganisationId organisation, CancellationToken ct);

    /// <summary>Records an agency by the principal or the centre; ID-043x.</summary>
    ValueTask<Outcome<Agency>> Record(Actor by, Agency agency, CancellationToken ct);

    /// <summary>Ends it now, with a reason; ID-043x.</summary>
    ValueTask<Outcome<Agency>> End(Actor by, Guid agency, string reason, CancellationToken ct);
}
