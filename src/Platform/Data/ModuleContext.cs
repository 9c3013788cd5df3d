using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Sekisho.Platform.Data;

/// <summary>
/// An EF Core context over a module's own tables. It enlists in the scope's <see cref="DbSession"/>: begin that first. Table and column names are
/// snake_case; tables live in the module's schema (PostgreSQL) or carry its prefix (SQLite).
/// </summary>
public abstract class ModuleContext(DbSession session, string module) : DbContext
{
    protected sealed override void OnConfiguring(DbContextOptionsBuilder optionsBuilder)
    {
        if (session.Provider == DatabaseProvider.Sqlite)
        {
            optionsBuilder.UseSqlite(session.Connection);
        }
        else
        {
            optionsBuilder.UseNpgsql(session.Connection);
        }
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        if (session.Provider == DatabaseProvider.Sqlite)
        {
            configurationBuilder.Properties<Guid>().HaveConversion<GuidText>();
        }

        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<InstantNumber>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>();
    }

    protected sealed override void OnModelCreating(ModelBuilder modelBuilder)
    {
        Map(modelBuilder);
        foreach (var entity in modelBuilder.Model.GetEntityTypes())
        {
            var table = Snake(entity.GetTableName() ?? entity.ClrType.Name);
            var postgres = session.Provider == DatabaseProvider.PostgreSql;
            entity.SetSchema(postgres ? module : null);
            entity.SetTableName(postgres ? table : module + "_" + table);
            foreach (var property in entity.GetProperties())
            {
                property.SetColumnName(Snake(property.Name));
            }
        }
    }

    /// <summary>Keys and relations; names follow from the types.</summary>
    protected abstract void Map(ModelBuilder model);

    /// <summary>Call before the first use in a scope, after the session's transaction began.</summary>
    public async ValueTask Enlist(CancellationToken ct)
    {
        if (Database.CurrentTransaction is null)
        {
            await Database.UseTransactionAsync(session.Transaction, ct);
        }
    }

    private static string Snake(string name)
    {
        var text = new StringBuilder(name.Length + 8);
        foreach (var c in name)
        {
            if (char.IsAsciiLetterUpper(c) && text.Length > 0)
            {
                text.Append('_');
            }

            text.Append(char.ToLowerInvariant(c));
        }

        return text.ToString();
    }

    private sealed class GuidText() : ValueConverter<Guid, string>(id => id.ToString("D"), text => Guid.Parse(text));

    private sealed class InstantNumber() : ValueConverter<DateTimeOffset, long>(i => Instants.ToMicroseconds(i), n => Instants.FromMicroseconds(n));
}
