using Microsoft.EntityFrameworkCore;
using Sekisho.Contracts.Identity;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Identity.Data;

/// <summary>The module's tables. Use through <see cref="Store"/>.</summary>
internal sealed class IdentityContext(DbSession session) : ModuleContext(session, "identity")
{
    public DbSet<OrganisationRow> Organisations => Set<OrganisationRow>();

    public DbSet<OrganisationKindRow> Kinds => Set<OrganisationKindRow>();

    public DbSet<OrganisationCodeRow> Codes => Set<OrganisationCodeRow>();

    public DbSet<DeviceRow> Devices => Set<DeviceRow>();

    public DbSet<PersonRow> People => Set<PersonRow>();

    public DbSet<SignInFailureRow> SignInFailures => Set<SignInFailureRow>();

    public DbSet<CaCertificateRow> CaCertificates => Set<CaCertificateRow>();

    public DbSet<RevocationListRow> RevocationLists => Set<RevocationListRow>();

    protected override void Map(ModelBuilder model)
    {
        model.Entity<OrganisationRow>().ToTable("organisation").HasKey(o => o.Id);
        model.Entity<OrganisationKindRow>().ToTable("organisation_kind").HasKey(k => new { k.Organisation, k.Kind });
        model.Entity<OrganisationCodeRow>().ToTable("organisation_code").HasKey(c => new { c.System, c.Value });
        model.Entity<DeviceRow>().ToTable("device").HasKey(d => d.Id);
        model.Entity<PersonRow>().ToTable("person").HasKey(p => p.Id);
        model.Entity<SignInFailureRow>().ToTable("sign_in_failure").HasKey(f => f.Login);
        model.Entity<CaCertificateRow>().ToTable("ca_certificate").HasKey(c => c.Thumbprint);
        var list = model.Entity<RevocationListRow>().ToTable("revocation_list");
        list.HasKey(l => l.Number);
        list.Property(l => l.Number).ValueGeneratedNever();
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

internal enum DeviceState
{
    InForce,
    Revoked,
}

internal sealed class DeviceRow
{
    public Guid Id { get; init; }

    public Guid Organisation { get; init; }

    public required string Name { get; init; }

    /// <summary>Certificate serial, hex.</summary>
    public required string Serial { get; init; }

    /// <summary>SHA-256 of the certificate, hex.</summary>
    public required string Thumbprint { get; init; }

    public required byte[] Certificate { get; init; }

    public DateTimeOffset NotAfter { get; init; }

    public DeviceState State { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }

    public string Reason { get; set; } = "";

    /// <summary>The version at which this row last changed.</summary>
    public long Changed { get; set; }
}

internal sealed class PersonRow
{
    public Guid Id { get; init; }

    public Guid Organisation { get; init; }

    public required string Login { get; init; }

    public required string Name { get; init; }

    public required string Password { get; set; }

    public BusinessRole Role { get; init; }

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
