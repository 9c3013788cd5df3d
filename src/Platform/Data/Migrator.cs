using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Sekisho.Platform.Data;

/// <summary>A module's numbered schema: embedded resources <c>0001_name.sqlite.sql</c> and <c>0001_name.pgsql.sql</c>.</summary>
public sealed record SchemaSource(string Module, Assembly Assembly);

/// <summary>Applies each module's schema files once, in order, and refuses to start when an applied file has changed since.</summary>
public sealed class Migrator(Database database, IEnumerable<SchemaSource> sources, TimeProvider time)
{
    private const long AdvisoryLock = 0x53454B4953484F01;

    public async Task Apply(CancellationToken ct)
    {
        await using var session = new DbSession(database);
        await session.Write(ct);
        if (session.Provider == DatabaseProvider.PostgreSql)
        {
            await session.Execute("SELECT pg_advisory_xact_lock(@key)", ct, ("key", AdvisoryLock));
        }

        await session.Execute(
            "CREATE TABLE IF NOT EXISTS sekisho_schema (module TEXT NOT NULL, file TEXT NOT NULL, sha256 TEXT NOT NULL, applied BIGINT NOT NULL, PRIMARY KEY (module, file))",
            ct);
        foreach (var source in sources)
        {
            await Apply(session, source, ct);
        }

        await session.Commit(ct);
    }

    private async Task Apply(DbSession session, SchemaSource source, CancellationToken ct)
    {
        var suffix = session.Provider == DatabaseProvider.Sqlite ? ".sqlite.sql" : ".pgsql.sql";
        var files = source.Assembly.GetManifestResourceNames().Where(name => name.EndsWith(suffix, StringComparison.Ordinal)).Order(StringComparer.Ordinal);
        foreach (var file in files)
        {
            var sql = Read(source.Assembly, file);
            var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql)));
            var applied = await session.Scalar(
                "SELECT sha256 FROM sekisho_schema WHERE module=@module AND file=@file", ct, ("module", source.Module), ("file", file));
            if (applied is null)
            {
                await session.Execute(sql, ct);
                await session.Execute(
                    "INSERT INTO sekisho_schema (module, file, sha256, applied) VALUES (@module, @file, @sha256, @applied)",
                    ct,
                    ("module", source.Module),
                    ("file", file),
                    ("sha256", digest),
                    ("applied", time.GetUtcNow()));
            }
            else if ((string)applied != digest)
            {
                throw new InvalidOperationException($"Schema file {source.Module}/{file} was applied in another form: restore it and add a new number instead");
            }
        }
    }

    private static string Read(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException(name);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
