using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts;
using Sekisho.Contracts.Assurance;
using Sekisho.Contracts.Claims;
using Sekisho.Contracts.Eligibility;
using Sekisho.Contracts.Identity;
using Sekisho.Formats.Identifiers;
using Sekisho.Modules.Eligibility.Medicines;
using Sekisho.Modules.Tests.Eligibility.Cards;
using Sekisho.Platform.Data;
using Sekisho.Wire;
using static Sekisho.Modules.Tests.Eligibility.EligibilityWorld;

namespace Sekisho.Modules.Tests.Eligibility;

/// <summary>What was opened in an emergency, by whom, and whether somebody looked at it afterwards.</summary>
internal sealed record Opening(Guid Id, int Facility, int Person)
{
    public bool Reviewed { get; set; }
}

/// <summary>What happens besides: tickets and their corrections, 救急時の閲覧 and its review, lost cards, changed settings, a protection that ends.</summary>
internal sealed partial class WholeWorld
{
    private readonly Dictionary<int, HashSet<ConsentKind>> _uses = [];
    private readonly HashSet<int> _permitted = [];
    private readonly List<(string Id, int Person, int Months)> _tickets = [];
    private readonly List<ClaimWithdrawn> _claims = [];

    public List<Opening> Openings { get; } = [];

    /// <summary>Whose cards somebody said are lost.</summary>
    public HashSet<int> Lost { get; } = [];

    public int Tickets => _tickets.Count;

    public int Claims => _claims.Count;

    public bool Uses(int facility, ConsentKind kind) => _uses[facility].Contains(kind);

    /// <summary>医療機関環境設定情報: these from now on.</summary>
    public async Task Use(int facility, params ConsentKind[] kinds)
    {
        await Site.Site.Uses(Facilities[facility].By.Organisation, kinds);
        _uses[facility] = [.. kinds];
    }

    /// <summary>A ticket of this month, or of the one before or after.</summary>
    public async Task Ticket(int facility, int person, int months)
    {
        var id = $"T{_count}";
        _tickets.Add((id, person, months));
        Assert.Equal(EntryResult.Created, await Issue(id, facility, person, months));
    }

    /// <summary>The office says something else of a ticket: other words, perhaps for another facility. What it said before is known to nobody but the office.</summary>
    public async Task Correct(int which, int facility)
    {
        var (id, person, months) = _tickets[which];
        Over(id);
        Assert.Equal(EntryResult.Changed, await Issue(id, facility, person, months));
    }

    public async Task TakeBack(int which)
    {
        var (id, person, _) = _tickets[which];
        _tickets.RemoveAt(which);
        var entry = new TicketEntry { Id = id, Act = EntryAct.Withdraw };
        Assert.Equal(EntryResult.Refused, await Send(OtherHome(person), entry));
        Assert.Equal(EntryResult.Withdrawn, await Send(Home(person), entry));
        Over(id);
    }

    /// <summary>取下げ of a claim: what it brought is nobody's to see any more.</summary>
    public async Task WithdrawClaim(int which)
    {
        var fact = _claims[which];
        _claims.RemoveAt(which);
        await using var scope = Site.Site.Services.CreateAsyncScope();
        var session = scope.ServiceProvider.GetRequiredService<DbSession>();
        await session.Write(Ct);
        await scope.ServiceProvider.GetRequiredService<DropClaim>().Consume(fact, Ct);
        await session.Commit(Ct);
        Over(fact.Reception);
    }

    /// <summary>The centre permits the facility, or does not any more.</summary>
    public async Task Permit(int facility, bool permitted)
    {
        var centre = Site.Office with { Permissions = new HashSet<Permission> { Permission.ManageCards } };
        var done = await Site.In<IEmergencies, Outcome<bool>>(e => e.Permit(centre, Facilities[facility].By.Organisation, permitted, Why, Ct));
        Assert.Equal(Facilities[facility].Organisation.Kinds.Contains(OrganisationKind.MedicalInstitution) ? "" : "EL-0459", CardWorld.Code(done));
        _ = done.Succeeded(out _, out _) && (permitted ? _permitted.Add(facility) : _permitted.Remove(facility));
    }

    /// <summary>A doctor proves anew who they are, says why, and opens what the facility uses; what the answer shows.</summary>
    public async Task<string> Open(int facility, int person)
    {
        var doctor = await EmergencyTests.Doctor(Site, Facilities[facility].Organisation, CardSite.Clock.GetUtcNow());
        var reason = Add(SecretKind.Emergency, person, doctor.Organisation, "救急理由");
        var asked = new EmergencyRequest { Card = CardOf(person), Reason = reason.Text, Code = EmergencyTests.Now(CardSite.Clock.GetUtcNow()) };
        var opened = await Site.In<IEmergencies, Outcome<EmergencyAccess>>(e => e.Open(doctor, asked, Ct));
        Assert.Equal(!_permitted.Contains(facility) ? "EL-0451" : _uses[facility].Count == 0 ? "EL-0315" : "", CardWorld.Code(opened));
        if (!opened.Succeeded(out var access, out _))
        {
            return "";
        }

        Looked.Add((person, doctor.Organisation));
        Openings.Add(new Opening(access.Id, facility, person));
        Assert.Equal(_uses[facility].Order(), access.Kinds.Order());
        Agreed.UnionWith(access.Kinds.Select(k => (person, doctor.Organisation, k, CareForm.Emergency)));
        return System.Text.Json.JsonSerializer.Serialize(access, Platform.Web.SiteJson.Options);
    }

    /// <summary>Somebody else of the facility looks at it afterwards; whoever is elsewhere finds nothing to look at.</summary>
    public async Task Review(Opening opening, Actor by)
    {
        var note = Add(SecretKind.Review, opening.Person, Facilities[opening.Facility].By.Organisation, "確認の記録");
        var done = await Site.In<IEmergencies, Outcome<Guid>>(e => e.Review(by, opening.Id, EmergencyVerdict.Proper, note.Text, Ct));
        var own = by.Organisation == Facilities[opening.Facility].By.Organisation;
        Assert.Equal(!own ? "EL-0456" : opening.Reviewed ? "EL-0458" : "", CardWorld.Code(done));
        opening.Reviewed |= own;
        if (CardWorld.Code(done).Length > 0)
        {
            Secrets.Remove(note);
        }
    }

    /// <summary>Somebody of the facility who reviews.</summary>
    public Actor Reviewer(int facility) => As(Facilities[facility].Organisation, Permission.ReviewEmergencies) with { Person = Site.Office.Person };

    /// <summary>紛失の届出, or that the card was found and is registered anew.</summary>
    public async Task Lose(int person, bool found = false)
    {
        foreach (var by in Registrars)
        {
            var notice = new LostCardNotice { Card = CardOf(person), Reason = Why, Found = found };
            var said = await Site.In<ILostCards, Outcome<LostCardNoted>>(l => l.Note(by, notice, Ct));
            Assert.Equal(by == Home(person) ? "" : "EL-0121", CardWorld.Code(said));
        }

        if (found)
        {
            Assert.Equal("", await _cards.Register(_held[person], EntryOf(person)));
            Lost.Remove(person);
            return;
        }

        Lost.Add(person);
        Assert.Equal("EL-0428", await _cards.Register(_held[person], EntryOf(person)));
    }

    /// <summary>The site's list has nobody any more whom an insurer flags; the flag still stands.</summary>
    public async Task LeaveOnlyTheFlag(IReadOnlyCollection<int> flagged)
    {
        // The list is told right after each commit; until it has been, there is nothing to end.
        for (var tries = 0; await Waiting() > 0 && tries < 5000; tries++)
        {
            await Task.Delay(20, Ct);
        }

        var own = (await Site.In<IProtectedPersons, IReadOnlyList<Protection>>(p => p.List(Ct))).Where(p => p.Ground == ProtectionGround.NonDisclosure && p.Ended is null).ToList();
        Assert.Equal(flagged.Count, own.Count);
        foreach (var protection in own)
        {
            Assert.True((await Site.In<IProtectedPersons, Outcome<Protection>>(p => p.End(Site.Office, protection.Id, Why, Ct))).Succeeded(out _, out _));
        }
    }

    private async Task<long> Waiting()
    {
        await using var scope = Site.Site.Services.CreateAsyncScope();
        var session = scope.ServiceProvider.GetRequiredService<DbSession>();
        await session.Read(Ct);
        return Convert.ToInt64(await session.Scalar($"SELECT COUNT(*) FROM {session.Prefix("eligibility")}shield WHERE settled = 0", Ct), CultureInfo.InvariantCulture);
    }

    /// <summary>The one that registers others of the same kind.</summary>
    private Actor OtherHome(int person) => Registrars[(person < Insured ? 0 : 2) + ((person + 1) % 2)];

    private async Task<EntryResult> Issue(string id, int facility, int person, int months)
    {
        var (by, code, _) = Facilities[facility];
        var month = YearMonth.Of(Day.AddMonths(months));
        var remark = Ticketed(SecretKind.Ticket, "券備考");
        var contact = Ticketed(SecretKind.Contact, "地区担当");
        var entry = TicketWorld.With(TicketWorld.Ticket(id, EntryOf(person), code), t => t with
        {
            Month = month,
            From = month.FirstDay,
            Until = month.LastDay,
            Issue = _count.ToString("D5", CultureInfo.InvariantCulture),
            Remarks = [remark],
            DistrictContact = contact,
        });
        entry = entry with { Recipient = entry.Recipient! with { Insurer = CardOf(person).Insurer } };
        Assert.Equal(EntryResult.Refused, await Send(OtherHome(person), entry));
        return await Send(Home(person), entry);

        string Ticketed(SecretKind kind, string word)
        {
            var secret = Add(kind, person, by.Organisation, word, months == 0);
            Secrets[^1] = secret with { Of = id };
            return secret.Text;
        }
    }

    private void Over(string source)
    {
        for (var i = 0; i < Secrets.Count; i++)
        {
            Secrets[i] = Secrets[i].Of == source ? Secrets[i] with { Now = false } : Secrets[i];
        }
    }

    private async Task<EntryResult> Send(Actor by, TicketEntry entry) => (await Site.In<ITicketRegistration, Outcome<EntryReport>>(t => t.Register(by, entry, Ct))).Value.Result;
}
