using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Sekisho.Modules.Identity;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Tests.Identity.People;

/// <summary>A database from before memberships: everybody is where they were, with what they could do.</summary>
public sealed class MigrationTests
{
    private static readonly Guid _clinic = Guid.CreateVersion7();
    private static readonly Guid _centre = Guid.CreateVersion7();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task PeopleOfBefore_KeepOrganisationAndRole_AndSystemAdministratorsAreAppointed(DatabaseProvider provider)
    {
        await using var site = await TestSite.Start(provider);
        await site.App.StopAsync(Ct);
        await using var connection = await Empty(site, provider);
        var prefix = site.Services.GetRequiredService<Database>().Prefix("identity");
        await Apply(connection, provider, "0001_identity");
        await Execute(connection, $"INSERT INTO {prefix}organisation (id, name) VALUES ('{_clinic}', '診療所'), ('{_centre}', 'センター')");
        await Person(connection, prefix, _clinic, "clerk", "ClaimsClerk", "NULL");
        await Person(connection, prefix, _centre, "kanri", "SystemAdministrator", "NULL");
        await Person(connection, prefix, _clinic, "gone", "ClaimsClerk", "1000000");
        await Apply(connection, provider, "0002_people");

        Assert.Equal(
            ["clerk 診療所 ClaimsClerk User ", "gone 診療所 ClaimsClerk User 1000000", "kanri センター - SystemAdministrator "],
            await Read(connection, $"""
                SELECT p.login || ' ' || o.name || ' ' || COALESCE(r.role, '-') || ' ' || a.role || ' ' || COALESCE(CAST(m.until AS TEXT), '')
                FROM {prefix}person p JOIN {prefix}membership m ON m.person = p.id JOIN {prefix}organisation o ON o.id = m.organisation
                LEFT JOIN {prefix}membership_role r ON r.membership = m.id JOIN {prefix}appointment a ON a.membership = m.id AND a.person = p.id
                ORDER BY p.login
                """));
        Assert.Equal(["移行前の登録"], await Read(connection, $"SELECT DISTINCT appointed_by_post FROM {prefix}appointment"));
    }

    /// <summary>A database where identity has nothing yet.</summary>
    private static async Task<DbConnection> Empty(TestSite site, DatabaseProvider provider)
    {
        if (provider == DatabaseProvider.Sqlite)
        {
            var file = new SqliteConnection($"Data Source={Path.Combine(site.DataFolder, "before.db")};Foreign Keys=True;Pooling=False");
            await file.OpenAsync(Ct);
            return file;
        }

        var server = new NpgsqlConnection(site.Settings[2]["--Database:ConnectionString=".Length..]);
        await server.OpenAsync(Ct);
        await Execute(server, "DROP SCHEMA identity CASCADE");
        return server;
    }

    private static async Task Apply(DbConnection connection, DatabaseProvider provider, string file)
    {
        var name = file + (provider == DatabaseProvider.Sqlite ? ".sqlite.sql" : ".pgsql.sql");
        using var reader = new StreamReader(typeof(IdentityModule).Assembly.GetManifestResourceStream(name)!);
        await Execute(connection, await reader.ReadToEndAsync(Ct));
    }

    private static Task Person(DbConnection connection, string prefix, Guid organisation, string login, string role, string ended) => Execute(
        connection,
        $"INSERT INTO {prefix}person (id, organisation, login, name, password, role, ended) VALUES ('{Guid.CreateVersion7()}', '{organisation}', '{login}', '移行 前', '-', '{role}', {ended})");

    private static async Task Execute(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Ct);
    }

    private static async Task<List<string>> Read(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync(Ct);
        var rows = new List<string>();
        while (await reader.ReadAsync(Ct))
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }
}
