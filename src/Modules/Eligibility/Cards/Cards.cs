using Sekisho.Contracts.Eligibility;
using Sekisho.Modules.Eligibility.Data;
using Sekisho.Modules.Eligibility.People;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Eligibility.Cards;

/// <summary>Why a binding ended.</summary>
internal enum CardEnd
{
    /// <summary>By the person.</summary>
    Unregistered,

    /// <summary>The certificate was renewed; another serial number took its place.</summary>
    Renewed,

    /// <summary>The card was reported lost: until that is taken back its certificate is not registered again.</summary>
    Lost,

    /// <summary>It was lost, and was found.</summary>
    Found,
}

/// <summary>A certificate's person.</summary>
internal sealed record BoundCard(Guid Id, PersonKey Person);

/// <summary>利用登録: whose a certificate is, found by a keyed hash of its issuer and number. One person at a time. In the current transaction. Scoped.</summary>
internal sealed class Cards(DbSession session, RegistryKeys keys, TimeProvider time)
{
    private string Table => session.Prefix("eligibility") + "card";

    /// <summary>Whose it is now.</summary>
    public async ValueTask<BoundCard?> Find(string issuer, string serial, CancellationToken ct)
    {
        for (var key = 0; key < keys.Count; key++)
        {
            var found = await session.Query(
                $"SELECT id, person FROM {Table} WHERE serial = @serial AND ended IS NULL",
                r => new BoundCard(r.GetGuid(0), new PersonKey(r.GetGuid(1))),
                ct,
                ("serial", keys.Serial(issuer, serial, key)));
            if (found is [var one])
            {
                return one;
            }
        }

        return null;
    }

    /// <summary>Binds it, which nobody holds now.</summary>
    public async ValueTask<BoundCard> Bind(PersonKey person, string issuer, string serial, CancellationToken ct)
    {
        var now = time.Now();
        var card = new BoundCard(Guid.CreateVersion7(now), person);
        await session.Execute(
            $"INSERT INTO {Table} (id, serial, person, since) VALUES (@id, @serial, @person, @since)",
            ct,
            ("id", card.Id),
            ("serial", keys.Serial(issuer, serial)),
            ("person", person.Value),
            ("since", now));
        return card;
    }

    /// <summary>True when the certificate's card was reported lost, and not found since.</summary>
    public async ValueTask<bool> IsLost(string issuer, string serial, CancellationToken ct)
    {
        for (var key = 0; key < keys.Count; key++)
        {
            if (await session.Scalar(
                $"SELECT 1 FROM {Table} WHERE serial = @serial AND why = @lost LIMIT 1", ct, ("serial", keys.Serial(issuer, serial, key)), ("lost", CardEnd.Lost)) is not null)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Every certificate of the person, under every key confirmed to be theirs, is lost; how many.</summary>
    public ValueTask<int> Lose(PersonKey person, CancellationToken ct) => session.Execute(
        $"{SamePerson.Query(session)} UPDATE {Table} SET ended = @now, why = @why WHERE person IN (SELECT id FROM same) AND ended IS NULL",
        ct,
        ("person", person.Value),
        ("now", time.Now()),
        ("why", CardEnd.Lost));

    /// <summary>What was lost may be registered again; how many.</summary>
    public ValueTask<int> Allow(PersonKey person, CancellationToken ct) => session.Execute(
        $"{SamePerson.Query(session)} UPDATE {Table} SET why = @found WHERE person IN (SELECT id FROM same) AND why = @lost",
        ct,
        ("person", person.Value),
        ("found", CardEnd.Found),
        ("lost", CardEnd.Lost));

    /// <summary>Ends the binding.</summary>
    public async ValueTask End(BoundCard card, CardEnd why, CancellationToken ct) => await session.Execute(
        $"UPDATE {Table} SET ended = @now, why = @why WHERE id = @id AND ended IS NULL", ct, ("now", time.Now()), ("why", why), ("id", card.Id));
}
