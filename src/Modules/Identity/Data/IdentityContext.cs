using Microsoft.EntityFrameworkCore;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Identity.Data;

/// <summary>The module's tables. Use through <see cref="Store"/>.</summary>
internal sealed partial class IdentityContext(DbSession session) : ModuleContext(session, "identity")
{
    public DbSet<OrganisationRow> Organisations => Set<OrganisationRow>();

    public DbSet<OrganisationKindRow> Kinds => Set<OrganisationKindRow>();

    public DbSet<OrganisationCodeRow> Codes => Set<OrganisationCodeRow>();

    public DbSet<PersonRow> People => Set<PersonRow>();

    public DbSet<MembershipRow> Memberships => Set<MembershipRow>();

    public DbSet<MembershipRoleRow> Roles => Set<MembershipRoleRow>();

    public DbSet<PostRow> Posts => Set<PostRow>();

    public DbSet<AppointmentRow> Appointments => Set<AppointmentRow>();

    public DbSet<RegulationRow> Regulations => Set<RegulationRow>();

    public DbSet<AgencyRow> Agencies => Set<AgencyRow>();

    public DbSet<ProposalRow> Proposals => Set<ProposalRow>();

    public DbSet<SignInFailureRow> SignInFailures => Set<SignInFailureRow>();

    public DbSet<CaCertificateRow> CaCertificates => Set<CaCertificateRow>();

    public DbSet<RevocationListRow> RevocationLists => Set<RevocationListRow>();

    protected override void Map(ModelBuilder model)
    {
        model.Entity<OrganisationRow>().ToTable("organisation").HasKey(o => o.Id);
        model.Entity<OrganisationKindRow>().ToTable("organisation_kind").HasKey(k => new { k.Organisation, k.Kind });
        model.Entity<OrganisationCodeRow>().ToTable("organisation_code").HasKey(c => new { c.System, c.Value });
        MapDevices(model);
        model.Entity<PersonRow>().ToTable("person").HasKey(p => p.Id);
        MapPeople(model);
        model.Entity<RegulationRow>().ToTable("regulation").HasKey(r => r.Id);
        model.Entity<AgencyRow>().ToTable("agency").HasKey(a => a.Id);
        model.Entity<ProposalRow>().ToTable("proposal").HasKey(p => p.Id);
        model.Entity<SignInFailureRow>().ToTable("sign_in_failure").HasKey(f => f.Login);
        model.Entity<CaCertificateRow>().ToTable("ca_certificate").HasKey(c => c.Thumbprint);
        var list = model.Entity<RevocationListRow>().ToTable("revocation_list");
        list.HasKey(l => l.Number);
        list.Property(l => l.Number).ValueGeneratedNever();
    }

    /// <summary>With their references, so that a person is written before what is said of them.</summary>
    private static void MapPeople(ModelBuilder model)
    {
        var membership = model.Entity<MembershipRow>().ToTable("membership");
        membership.HasKey(m => m.Id);
        membership.HasOne<PersonRow>().WithMany().HasForeignKey(m => m.Person);
        var role = model.Entity<MembershipRoleRow>().ToTable("membership_role");
        role.HasKey(r => r.Id);
        role.HasOne<MembershipRow>().WithMany().HasForeignKey(r => r.Membership);
        var post = model.Entity<PostRow>().ToTable("post");
        post.HasKey(p => p.Id);
        post.HasOne<MembershipRow>().WithMany().HasForeignKey(p => p.Membership);
        var appointment = model.Entity<AppointmentRow>().ToTable("appointment");
        appointment.HasKey(a => a.Id);
        appointment.HasOne<MembershipRow>().WithMany().HasForeignKey(a => a.Membership);
    }
}

internal sealed class OrganisationRow
{
    public Guid Id { get; init; }

    public required string Name { get; set; }
}

internal sealed class OrganisationKindRow
{
    public Guid Organisation { get; init; }

    public OrganisationKind Kind { get; init; }
}

internal sealed class OrganisationCodeRow
{
    public CodeSystem System { get; init; }

    public required string Value { get; init; }

    public Guid Organisation { get; init; }
}

internal sealed class PersonRow
{
    public Guid Id { get; init; }

    public required string Login { get; init; }

    public required string Name { get; set; }

    public required string Password { get; set; }

    public DateTimeOffset? Ended { get; set; }
}

internal sealed class SignInFailureRow
{
    /// <summary>SHA-256 of the login name: what was typed may be anything.</summary>
    public required string Login { get; init; }

    public int Failed { get; set; }

    public DateTimeOffset LockedUntil { get; set; }

    public DateTimeOffset Last { get; set; }
}

internal sealed class CaCertificateRow
{
    public required string Thumbprint { get; init; }

    public required byte[] Certificate { get; init; }

    public DateTimeOffset Created { get; init; }
}

internal sealed class RevocationListRow
{
    public long Number { get; init; }

    public required byte[] List { get; init; }

    public DateTimeOffset ThisUpdate { get; init; }

    public DateTimeOffset NextUpdate { get; init; }
}
