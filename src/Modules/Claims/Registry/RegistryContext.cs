using Microsoft.EntityFrameworkCore;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Claims.Registry;

/// <summary>医療機関届出: the institution and the organisation that holds it.</summary>
internal sealed class InstitutionRow
{
    public required string Code { get; init; }

    public required string Name { get; set; }

    public required string Address { get; set; }

    public required Guid Organisation { get; set; }

    public required DateTimeOffset Loaded { get; set; }
}

/// <summary>From when until when the institution claims from a payer.</summary>
internal sealed class NotificationRow
{
    public required string Institution { get; init; }

    public required string Payer { get; init; }

    public required string FromMonth { get; init; }

    public string? UntilMonth { get; init; }
}

/// <summary>事務代行者 notified for the institution.</summary>
internal sealed class AgentRow
{
    public required string Institution { get; init; }

    public required Guid Organisation { get; init; }

    public required string FromMonth { get; init; }

    public string? UntilMonth { get; init; }
}

/// <summary>The registry's tables. Everything else of the module is on the hot path and uses plain ADO.NET.</summary>
internal sealed class RegistryContext(DbSession session) : ModuleContext(session, "claims")
{
    public DbSet<InstitutionRow> Institutions => Set<InstitutionRow>();

    public DbSet<NotificationRow> Notifications => Set<NotificationRow>();

    public DbSet<AgentRow> Agents => Set<AgentRow>();

    protected override void Map(ModelBuilder model)
    {
        model.Entity<InstitutionRow>().ToTable("Institution").HasKey(i => i.Code);
        model.Entity<NotificationRow>().ToTable("Notification").HasKey(n => new { n.Institution, n.Payer, n.FromMonth });
        model.Entity<NotificationRow>().HasOne<InstitutionRow>().WithMany().HasForeignKey(n => n.Institution);
        model.Entity<AgentRow>().ToTable("Agent").HasKey(a => new { a.Institution, a.Organisation, a.FromMonth });
        model.Entity<AgentRow>().HasOne<InstitutionRow>().WithMany().HasForeignKey(a => a.Institution);
    }
}
