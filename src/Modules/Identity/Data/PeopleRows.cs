using Sekisho.Contracts;
using Sekisho.Contracts.Identity;

namespace Sekisho.Modules.Identity.Data;

/// <summary>A row that holds from an instant until another, or until further notice. Its end is written once.</summary>
internal interface IDated
{
    DateTimeOffset Since { get; }

    DateTimeOffset? Until { get; }
}

internal sealed class MembershipRow : IDated
{
    public Guid Id { get; init; }

    public Guid Person { get; init; }

    public Guid Organisation { get; init; }

    public DateTimeOffset Since { get; init; }

    public DateTimeOffset? Until { get; set; }

    /// <summary>Of the end.</summary>
    public string Reason { get; set; } = "";

    public Guid? AddedBy { get; init; }

    public Guid? EndedBy { get; set; }
}

internal sealed class MembershipRoleRow : IDated
{
    public Guid Id { get; init; }

    public Guid Membership { get; init; }

    public BusinessRole Role { get; init; }

    public DateTimeOffset Since { get; init; }

    public DateTimeOffset? Until { get; set; }

    public Guid? GivenBy { get; init; }

    public Guid? TakenBy { get; set; }
}

internal sealed class PostRow : IDated
{
    public Guid Id { get; init; }

    public Guid Membership { get; init; }

    /// <summary>理事長、医院長、事務長 as the organisation calls it.</summary>
    public required string Title { get; init; }

    public DateTimeOffset Since { get; init; }

    public DateTimeOffset? Until { get; set; }

    public Guid? GivenBy { get; init; }

    public Guid? TakenBy { get; set; }
}

internal sealed class AppointmentRow : IDated
{
    public Guid Id { get; init; }

    public Guid Organisation { get; init; }

    public Guid Membership { get; init; }

    public Guid Person { get; init; }

    public GovernanceRole Role { get; init; }

    public SystemScope Scope { get; init; }

    public DateTimeOffset Since { get; init; }

    public DateTimeOffset? Until { get; set; }

    /// <summary>Of the end.</summary>
    public string Reason { get; set; } = "";

    /// <summary>The person who appointed; null when a post did (before anybody was there).</summary>
    public Guid? AppointedBy { get; init; }

    public string AppointedByPost { get; init; } = "";

    public Guid? EndedBy { get; set; }

    public DateTimeOffset Recorded { get; init; }
}

internal sealed class RegulationRow
{
    public Guid Id { get; init; }

    public Guid Organisation { get; init; }

    public required string Template { get; init; }

    public DateTimeOffset Since { get; init; }

    public required string HeadPost { get; init; }

    public required string AdministratorPost { get; init; }

    /// <summary>Empty: nobody is 責任者 by their post.</summary>
    public required string ManagerPost { get; init; }

    public Combining Combining { get; init; }

    public PasswordPolicy PasswordPolicy { get; init; }

    public Guid? AdoptedBy { get; init; }

    public DateTimeOffset Recorded { get; init; }
}

internal sealed class AgencyRow : IDated
{
    public Guid Id { get; init; }

    public Guid Agent { get; init; }

    public Guid Principal { get; init; }

    public AgencyAct Act { get; init; }

    public DateTimeOffset Since { get; init; }

    public DateTimeOffset? Until { get; set; }

    /// <summary>The contract or notification it rests on.</summary>
    public required string Basis { get; init; }

    public string Reason { get; set; } = "";

    public Guid? RecordedBy { get; init; }

    public Guid? EndedBy { get; set; }
}

internal sealed class ProposalRow
{
    public Guid Id { get; init; }

    public Guid Organisation { get; init; }

    public required string Kind { get; init; }

    /// <summary>Whose rights.</summary>
    public Guid Person { get; init; }

    /// <summary>JSON of the act.</summary>
    public required string Content { get; init; }

    public Guid ProposedBy { get; init; }

    public DateTimeOffset Proposed { get; init; }

    public Guid? DecidedBy { get; set; }

    public DateTimeOffset? Decided { get; set; }

    public string? Outcome { get; set; }
}

internal static class Dated
{
    public static bool InForce(this IDated row, DateTimeOffset at) => row.Since <= at && (row.Until is null || row.Until > at);

    /// <summary>In force or to come.</summary>
    public static bool Lives(this IDated row, DateTimeOffset at) => row.Until is null || row.Until > at;
}
