using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;

namespace Sekisho.Modules.Eligibility.Bulk;

/// <summary>An 一括 of a facility.</summary>
/// <param name="Id">What its sealed values are bound to.</param>
/// <param name="Number">受付番号.</param>
/// <param name="Facility">Whose; nobody else ever learns that it is there.</param>
/// <param name="Kind">業務・単複・機能, e.g. OQSmuquc.</param>
/// <param name="Received">受付日時.</param>
/// <param name="Finished">Null while rows are still to be looked at.</param>
/// <param name="Rows">How many.</param>
/// <param name="Done">How many were looked at; fewer than <paramref name="Rows"/> when it was given up.</param>
/// <param name="Failed">How many of them have an error of their own.</param>
/// <param name="Faults">How often in a row looking at them broke off.</param>
internal sealed record BulkJob(
    Guid Id, string Number, OrganisationId Facility, string Kind, DateTimeOffset Received, DateTimeOffset? Finished, int Rows, int Done, int Failed, int Faults)
{
    /// <summary>Rows looked at in one turn, that is in one transaction.</summary>
    public const int Piece = 100;

    /// <summary>Kept from when it was received; shorter than the interface's own, which is not published, would be no use for a list sent on a Friday.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(3);

    /// <summary>It broke off too often.</summary>
    public bool GivenUp => Finished is not null && Done < Rows;

    public BulkState State => new(Number, Received, Rows, Done, Failed, Finished, Received + Kept);
}

/// <summary>What holds for all rows of an 一括.</summary>
/// <param name="By">Who asked, for the events of the rows.</param>
/// <param name="On">資格確認日.</param>
/// <param name="Institution">医療機関コード as sent; empty when it came as JSON.</param>
/// <param name="FileIdentifier">任意のファイル識別子, echoed.</param>
internal sealed record BulkHead(BulkBy By, DateOnly On, string Institution = "", string FileIdentifier = "");

/// <summary>An actor as far as their events need them.</summary>
internal sealed record BulkBy(
    Guid Organisation, Guid? Device, Guid? Person, Guid? Session, IReadOnlyList<GovernanceRole> Governance, IReadOnlyList<BusinessRole> Business)
{
    public static BulkBy Of(Actor by) =>
        new(by.Organisation.Value, by.Device?.Value, by.Person?.Value, by.Session, [.. by.Governance.Order()], [.. by.Business.Order()]);

    /// <summary>They may look at what they asked for, and nothing else.</summary>
    public Actor Actor() => new(
        new OrganisationId(Organisation),
        "",
        Device is { } device ? new DeviceId(device) : null,
        Person is { } person ? new PersonId(person) : null,
        "",
        new HashSet<Permission> { Permission.InquireEligibility })
    {
        Governance = Governance.ToHashSet(),
        Business = Business.ToHashSet(),
        Session = Session,
    };
}

/// <summary>Some rows of an 一括, opened.</summary>
/// <param name="First">The first of them, from 0.</param>
/// <param name="Asked">JSON.</param>
/// <param name="Answered">JSON; null: not looked at yet.</param>
internal sealed record BulkPart(int First, byte[] Asked, byte[]? Answered);
