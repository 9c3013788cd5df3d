using System.Globalization;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Modules.Eligibility.Data;
using Sekisho.Modules.Eligibility.People;
using Sekisho.Modules.Eligibility.Quality;
using Sekisho.Platform.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Registration;

/// <summary>
/// Registers rows in the current write transaction: whatever is known of a row from now on becomes a new version, what was known before is closed, never changed.
/// Looks around first: duplicates, overlaps, twins and wrong 枝番. Scoped.
/// </summary>
internal sealed class Registrar(CoverageStore store, Shields shields, RegistryKeys keys, IPersonVault vault, Notices notices, IBusinessTime business, TimeProvider time)
{
    public const int DueDays = 5;

    /// <summary>The reports in the order of the rows. No two rows of one call carry the same id.</summary>
    public async ValueTask<IReadOnlyList<EntryReport>> Run(OrganisationId insurer, IReadOnlySet<string> own, IReadOnlyList<Numbered<CoverageEntry>> rows, CancellationToken ct)
    {
        var today = DateOnly.FromDateTime(business.Now.DateTime);
        var reports = new EntryReport[rows.Count];
        var good = new List<int>();
        for (var i = 0; i < rows.Count; i++)
        {
            var faults = EntryRules.Faults(rows[i].Entry, own, today);
            if (faults.Count == 0)
            {
                good.Add(i);
            }
            else
            {
                reports[i] = new EntryReport(EntryResult.Refused, null, [.. faults.Select(f => Problem(rows[i].Line, f.Field, f.Fault, refused: true))]);
            }
        }

        if (good.Count == 0)
        {
            return reports;
        }

        var people = await vault.Assign([.. good.Select(i => new VaultName(insurer, Member(rows[i].Entry)))], ct);
        var drafts = good.Select((i, n) => new Draft(rows[i], insurer, people[n], keys)).ToList();
        var around = new Neighbourhood(await store.Near([.. drafts.SelectMany(d => d.Nearby)], ct));
        var work = new Work([], [], [], [], time.Now(), today);
        for (var n = 0; n < drafts.Count; n++)
        {
            reports[good[n]] = Decide(drafts[n], around, work);
        }

        await store.Close(work.Closed, work.At, ct);
        await store.Add(work.Added, ct);
        await shields.Want(work.Shields, ct);
        await notices.Keep(
            insurer, today, work.At, [.. drafts.Select((d, n) => new Registered(d.Nearby[0].Entry, work.Replaced.Contains(d), reports[good[n]]))], ct);
        return reports;
    }

    public static EntryProblem Problem(int line, string field, Refusal fault, bool refused) => new(line, field, fault.Code, fault.Text, fault.Remedy, refused);

    private static string Member(CoverageEntry entry) => entry.Member.Length > 0 ? entry.Member : entry.Id;

    private EntryReport Decide(Draft draft, Neighbourhood around, Work work)
    {
        var before = around.Current(draft);
        if (draft.Row.Entry.Act == EntryAct.Withdraw)
        {
            return Withdraw(draft, before, around, work);
        }

        var known = before is null ? default : CoverageBytes.Read(keys.Open(before.Sealed, before.Id));
        if (before is not null && draft.Says(before, known.Coverage, known.Member))
        {
            return new EntryReport(EntryResult.Same, null, []);
        }

        var problems = Around(draft, before, around);
        if (problems.Exists(p => p.Refused))
        {
            return new EntryReport(EntryResult.Refused, null, problems);
        }

        // Lifted only by a correction of what the residents' register knows, too: not by registering the same anew.
        var stopped = before is null
            ? around.Stopped(draft.Person).Any(r => draft.IsSamePersonally(CoverageBytes.Read(keys.Open(r.Sealed, r.Id)).Coverage))
            : before.Stopped && draft.IsSamePersonally(known.Coverage);
        if (stopped)
        {
            problems.Add(Problem(draft.Row.Line, "", RowFaults.StillStopped, refused: false));
        }

        int? lag = before is null && draft.Row.Entry.Notified is { } notified ? work.Today.DayNumber - notified.DayNumber : null;
        if (lag > DueDays)
        {
            problems.Add(Problem(draft.Row.Line, "取得届出日", RowFaults.Late with { Text = string.Create(CultureInfo.InvariantCulture, $"取得届出日から{lag}日で登録されています（期限は5日）。") }, refused: false));
        }

        if (draft.IsMasked)
        {
            problems.Add(Problem(draft.Row.Line, "氏名", RowFaults.Masked, refused: false));
        }

        Replace(draft, before, draft.Version(work.At, stopped), around, work);
        return new EntryReport(before is null ? EntryResult.Created : EntryResult.Changed, lag, problems);
    }

    private static EntryReport Withdraw(Draft draft, CoverageRow? before, Neighbourhood around, Work work)
    {
        if (before is null)
        {
            return new EntryReport(EntryResult.Refused, null, [Problem(draft.Row.Line, "登録ID", RowFaults.Unknown, refused: true)]);
        }

        Replace(draft, before, null, around, work);
        return new EntryReport(EntryResult.Withdrawn, null, []);
    }

    private static void Replace(Draft draft, CoverageRow? before, CoverageRow? after, Neighbourhood around, Work work)
    {
        if (before is not null)
        {
            work.Closed.Add(before);
            work.Replaced.Add(draft);
        }

        if (after is not null)
        {
            work.Added.Add(after);
        }

        if (before is { Shielded: true } || after is { Shielded: true })
        {
            work.Shields.Add(after ?? before! with { Shielded = false });
        }

        around.Replace(before, after);
    }

    /// <summary>What the rows near it make of a row.</summary>
    public static List<EntryProblem> Around(Draft draft, CoverageRow? before, Neighbourhood around)
    {
        var problems = new List<EntryProblem>();
        void Say(string field, Refusal fault, bool refused = false) => problems.Add(Problem(draft.Row.Line, field, fault, refused));
        var others = around.Of(draft).Where(o => o.Id != before?.Id).ToList();
        var alike = others.Where(o => o.Person != draft.Person && draft.IsCardOf(o)).ToList();
        if (alike.Exists(o => o.Branch is not null && draft.IsBranchOf(o)))
        {
            Say("枝番", RowFaults.SameBranch, refused: true);
        }
        else if (alike.Count > 0 && (!draft.HasBranch || alike.Exists(o => o.Branch is null)))
        {
            Say("枝番", RowFaults.Twins);
        }

        if (others.Exists(o => o.Person != draft.Person && !draft.IsCardOf(o) && draft.IsBranchOf(o) && draft.Meets(o)))
        {
            Say("枝番", RowFaults.BranchOfAnother);
        }

        if (others.Exists(o => o.Person == draft.Person && o.Insurer == draft.Insurer && draft.Meets(o)))
        {
            Say("資格取得年月日", RowFaults.Overlap);
        }

        if (others.Exists(o => o.Person != draft.Person && o.Insurer == draft.Insurer && !draft.IsCardOf(o) && draft.Meets(o) && draft.IsNamedLike(o)))
        {
            Say("加入者番号", RowFaults.Twice);
        }

        return problems;
    }

    private sealed record Work(List<CoverageRow> Closed, List<CoverageRow> Added, List<CoverageRow> Shields, HashSet<Draft> Replaced, DateTimeOffset At, DateOnly Today);
}
