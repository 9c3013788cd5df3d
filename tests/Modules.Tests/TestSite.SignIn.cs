using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Identity.Data;
using Sekisho.Modules.Identity.People;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Tests;

/// <summary>What sign-in tests change behind the site's back: the regulation, and what is as old as it says.</summary>
internal sealed partial class TestSite
{
    public ISignInAdministration SignInAdministration => Services.GetRequiredService<ISignInAdministration>();

    /// <summary>Makes the organisation's regulation ask for this.</summary>
    public async Task Adopt(Organisation organisation, PasswordPolicy policy)
    {
        await using var unit = await Services.GetRequiredService<Store>().Write(TestContext.Current.CancellationToken);
        var template = RegulationTemplates.Default(organisation.Kinds);
        var now = TimeProvider.System.GetUtcNow();
        unit.Context.Regulations.Add(new RegulationRow
        {
            Id = Guid.CreateVersion7(),
            Organisation = organisation.Id.Value,
            Template = template.Key,
            Since = now,
            HeadPost = template.HeadPost,
            AdministratorPost = template.AdministratorPost,
            ManagerPost = template.ManagerPost,
            Combining = template.Combining,
            PasswordPolicy = policy,
            Recorded = now,
        });
        await unit.Commit(TestContext.Current.CancellationToken);
    }

    /// <summary>Makes the person's password this old.</summary>
    public Task Age(PersonId person, TimeSpan age) =>
        Execute("UPDATE {0}credential SET changed = @changed WHERE person = @person", ("changed", TimeProvider.System.GetUtcNow() - age), ("person", person.Value));

    /// <summary>Moves an instant of every open session into the past.</summary>
    public Task Shift(string column, TimeSpan by) =>
        Execute($"UPDATE {{0}}session SET {column} = {column} - {((long)by.TotalMicroseconds).ToString(CultureInfo.InvariantCulture)} WHERE ended IS NULL");

    /// <summary>A statement on identity's tables; {0} is what stands before their names.</summary>
    public async Task Execute(string sql, params (string Name, object? Value)[] values)
    {
        await using var session = new DbSession(Services.GetRequiredService<Database>());
        await session.Write(TestContext.Current.CancellationToken);
        await session.Execute(string.Format(CultureInfo.InvariantCulture, sql, session.Prefix("identity")), TestContext.Current.CancellationToken, values);
        await session.Commit(TestContext.Current.CancellationToken);
    }
}
