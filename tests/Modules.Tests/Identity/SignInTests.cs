using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Tests.Identity;

/// <summary>Sign-in of people: uniform refusal, lock, record.</summary>
public sealed class SignInTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task SignIn_WithTheRightPassword_IsThePersonWithinTheirRole(DatabaseProvider provider)
    {
        await using var site = await TestSite.Start(provider);
        var clinic = await site.Organisation(OrganisationKind.MedicalInstitution);
        var (id, login) = await site.Person(clinic, BusinessRole.ClaimsClerk);
        var actor = (await site.SignIn.Password(" " + login.ToUpperInvariant(), TestSite.Password, Ct)).Value.Actor!;
        Assert.Equal(id, actor.Person);
        Assert.Equal(clinic.Id, actor.Organisation);
        Assert.Null(actor.Device);
        Assert.True(actor.May(Permission.ConfirmClaims));
        Assert.False(actor.May(Permission.ReviewClaims));
        Assert.Equal(actor.Permissions.Order(), (await site.Members.ActorOf(id, null, Ct)).Value.Permissions.Order());
        Assert.Equal([$"{id}: signed in"], await site.Audited(AuditKind.SignIn));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    [Trait("Clause", "G-5-6")]
    public async Task G_5_6_SignIn_FailingAgainAndAgain_LocksKnownAndUnknownLoginsAlike(DatabaseProvider provider)
    {
        await using var site = await TestSite.Start(provider);
        var (id, login) = await site.Person(await site.Organisation(OrganisationKind.MedicalInstitution), BusinessRole.ClaimsClerk);
        foreach (var name in new[] { login, "nobody" })
        {
            for (var i = 0; i < 5; i++)
            {
                Assert.Equal("ID-0201", (await site.SignIn.Password(name, "wrong-password", Ct)).Refusal.Code);
            }

            Assert.Equal("ID-0202", (await site.SignIn.Password(name, TestSite.Password, Ct)).Refusal.Code);
        }

        var audited = await site.Audited(AuditKind.SignIn);
        Assert.Equal(5, audited.Count(a => a == $"{id}: failed"));
        Assert.Equal(5, audited.Count(a => a == "-: failed"));
        Assert.Equal(2, audited.Count(a => a.EndsWith(": locked", StringComparison.Ordinal)));
        Assert.DoesNotContain(audited, a => a.Contains(login, StringComparison.Ordinal));
    }

    [Fact]
    public async Task SignIn_ManyGuessesAtOnce_GainNothingOverTheLock()
    {
        await using var site = await TestSite.Start(DatabaseProvider.Sqlite);
        var (_, login) = await site.Person(await site.Organisation(OrganisationKind.MedicalInstitution), BusinessRole.ClaimsClerk);
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => site.SignIn.Password(login, "wrong-password", Ct).AsTask()));
        Assert.Equal(5, answers.Count(a => a.Refusal.Code == "ID-0201"));
        Assert.Equal(7, answers.Count(a => a.Refusal.Code == "ID-0202"));
    }

    [Fact]
    public async Task Person_WithARoleTheOrganisationDoesNotGrant_MayNothing()
    {
        await using var site = await TestSite.Start(DatabaseProvider.Sqlite);
        var (id, _) = await site.Person(await site.Organisation(OrganisationKind.MedicalInstitution), BusinessRole.Reviewer);
        Assert.Empty((await site.Members.ActorOf(id, null, Ct)).Value.Permissions);
        Assert.Equal("ID-0203", (await site.Members.ActorOf(new PersonId(Guid.CreateVersion7()), null, Ct)).Refusal.Code);
    }

    [Fact]
    public async Task Account_WithAShortPasswordOrATakenLogin_IsRefused()
    {
        await using var site = await TestSite.Start(DatabaseProvider.Sqlite);
        var clinic = await site.Organisation(OrganisationKind.MedicalInstitution);
        var person = new NewPerson(clinic.Id, "Hanako", "試験 花子", BusinessRole.ClaimsClerk);
        Assert.Equal("ID-0105", (await site.PeopleAdministration.AddPerson(person, "short", Ct)).Refusal.Code);
        Assert.True((await site.PeopleAdministration.AddPerson(person, TestSite.Password, Ct)).Succeeded(out _, out _));
        Assert.Equal("ID-0104", (await site.PeopleAdministration.AddPerson(person with { Login = "hanako" }, TestSite.Password, Ct)).Refusal.Code);
    }
}
