using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Formats.Eligibility.Checkups;
using Sekisho.Formats.Identifiers;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Checkups;

/// <summary>A good file of a package, small enough to keep many until the package as a whole is judged.</summary>
internal sealed record CheckupDraft(string File, CardKeys Card, string Name, string Institution, DateOnly Day, byte[] Bytes)
{
    /// <summary>Null without a day, which is a finding of its own.</summary>
    public static CheckupDraft? Of(string file, CheckupDocument document) => document.Day is not { } day ? null : new CheckupDraft(
        file,
        new CardKeys
        {
            Insurer = document.Person.InsurerNumber,
            Symbol = document.Person.Symbol,
            Number = document.Person.Number,
            Branch = document.Person.Branch,
            Birth = document.Person.BirthDate ?? default,
        },
        document.Person.Name,
        document.Performer.Code,
        day,
        CheckupBytes.Write(document));
}

/// <summary>One 健診結果: finds the person, then registers, corrects or leaves it. In the current transaction. Scoped.</summary>
internal sealed class RegisterCheckup(CheckupPeople people, CheckupStore store)
{
    public async ValueTask<(EntryResult Result, IReadOnlyList<CheckupProblem> Problems)> Run(
        OrganisationId insurer, IReadOnlySet<string> own, CheckupDraft draft, CancellationToken ct)
    {
        if (!own.Contains(InsurerNumber.TryParse(draft.Card.Insurer, out var number) ? number.Value : draft.Card.Insurer))
        {
            return Refused(draft, CheckupFaults.OtherInsurer);
        }

        if (draft.Day < store.Oldest)
        {
            return Refused(draft, CheckupFaults.TooOld);
        }

        if ((await people.Find(insurer, draft.Card, ct)).Refused(out var fault, out var versions))
        {
            return Refused(draft, fault);
        }

        var result = await Keep(insurer, versions[0].Person, draft, ct);
        return (result, [.. people.Doubts(versions, draft.Name, draft.Day).Select(d => Problem(draft, d, refused: false))]);
    }

    private async ValueTask<EntryResult> Keep(OrganisationId insurer, PersonKey person, CheckupDraft draft, CancellationToken ct)
    {
        var known = await store.Current(insurer, person, draft.Institution, draft.Day, ct);
        if (known is not null && store.Bytes(known).AsSpan().SequenceEqual(draft.Bytes))
        {
            return EntryResult.Same;
        }

        await store.Add(known, insurer, person, draft.Institution, draft.Day, draft.Bytes, ct);
        return known is null ? EntryResult.Created : EntryResult.Changed;
    }

    private static (EntryResult, IReadOnlyList<CheckupProblem>) Refused(CheckupDraft draft, Refusal fault) => (EntryResult.Refused, [Problem(draft, fault, refused: true)]);

    private static CheckupProblem Problem(CheckupDraft draft, Refusal fault, bool refused) => new(draft.File, 0, "", fault.Code, fault.Text, fault.Remedy, refused);
}
