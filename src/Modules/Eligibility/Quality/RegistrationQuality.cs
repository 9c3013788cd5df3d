using System.Globalization;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Eligibility.Data;
using Sekisho.Modules.Eligibility.Registration;
using Sekisho.Platform.Data;
using Sekisho.Platform.Events;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Quality;

/// <summary>登録の状況 of whoever registers: its own files, lags, things to look at, and who asked about its people. Scoped.</summary>
internal sealed class RegistrationQuality(
    DbSession session, Notices notices, Looks looks, Files files, Coverages coverages, CoverageStore store, RegistryKeys keys, IDirectory directory, Audit audit)
    : IRegistrationQuality
{
    private const int MostListed = 200;
    private const int MostDays = 366;

    public async ValueTask<Outcome<RegistrationState>> State(Actor by, DateOnly from, DateOnly until, CancellationToken ct)
    {
        if (!by.May(Permission.RegisterCoverage))
        {
            return Refusals.MayNotRegister;
        }

        if (from > until || until.DayNumber - from.DayNumber >= MostDays)
        {
            return Refusals.BadPeriod;
        }

        // What this server has counted and not yet written.
        await looks.Keep(session, ct);
        await session.Read(ct);
        var counts = await notices.Count(by.Organisation, ct);
        var lags = await notices.Lags(by.Organisation, from, until, ct);
        var seen = await Looked(by.Organisation, from, until, ct);
        var sent = await files.Latest(by.Organisation, ct);
        await session.Rollback();
        return new RegistrationState(
            from, until, sent, lags, [.. Notices.Kept.Prepend(RowFaults.StillStopped).Select(n => new NoticeCount(n.Code, n.Text, Remedy(n), counts.GetValueOrDefault(n.Code)))], seen);
    }

    public async ValueTask<Outcome<IReadOnlyList<NoticedRow>>> Noticed(Actor by, string code, int skip, CancellationToken ct)
    {
        if (!by.May(Permission.RegisterCoverage))
        {
            return Refusals.MayNotRegister;
        }

        await session.Write(ct);
        var listed = code == RowFaults.StillStopped.Code ? await Stopped(by.Organisation, Math.Max(skip, 0), ct) : await Current(by.Organisation, code, Math.Max(skip, 0), ct);
        await audit.Record(by, AuditKind.RegistrationRead, "notices", string.Create(CultureInfo.InvariantCulture, $"{(IsKnown(code) ? code : "unknown")} {listed.Count}"), ct);
        await session.Commit(ct);
        return listed;
    }

    private static bool IsKnown(string code) => code == RowFaults.StillStopped.Code || Notices.Kept.Any(n => n.Code == code);

    // The report of a row begins with what was done; a list of what is there does not.
    private static string Remedy(Refusal notice) => notice.Remedy.Replace("登録はしました。", "", StringComparison.Ordinal);

    private async ValueTask<List<NoticedRow>> Stopped(OrganisationId insurer, int skip, CancellationToken ct) =>
        (await coverages.Stopped(insurer, MostListed, skip, ct)).ConvertAll(row => new NoticedRow(coverages.Open(row).Entry, row.KnownFrom, 0));

    /// <summary>What still holds. What its neighbours said when it was registered is looked at again: they may have been put right.</summary>
    private async ValueTask<List<NoticedRow>> Current(OrganisationId insurer, string code, int skip, CancellationToken ct)
    {
        var found = new List<NoticedRow>();
        foreach (var notice in await notices.Of(insurer, code, MostListed, skip, ct))
        {
            if (await coverages.Current(notice.Entry, ct) is not { } row)
            {
                await notices.Drop(insurer, notice, ct);
                continue;
            }

            var (coverage, entry, member) = coverages.Open(row);
            if (Notices.OfNeighbours.Contains(code) && !await StillHolds(row, coverage, entry, member, code, ct))
            {
                await notices.Drop(insurer, notice, ct);
                continue;
            }

            found.Add(new NoticedRow(entry, notice.Since, notice.Number));
        }

        return found;
    }

    private async ValueTask<bool> StillHolds(CoverageRow row, Coverage coverage, string entry, string member, string code, CancellationToken ct)
    {
        var draft = new Draft(new Numbered<CoverageEntry>(1, new CoverageEntry { Id = entry, Member = member, Coverage = coverage }), row.Insurer, row.Person, keys);
        return Registrar.Around(draft, row, new Neighbourhood(await store.Near(draft.Nearby, ct))).Exists(p => p.Code == code);
    }

    private async ValueTask<List<LookCount>> Looked(OrganisationId insurer, DateOnly from, DateOnly until, CancellationToken ct)
    {
        var rows = await session.Query(
            $"SELECT day, facility, times FROM {session.Prefix("eligibility")}look WHERE insurer = @insurer AND day >= @from AND day <= @until ORDER BY day DESC, times DESC, facility",
            r => (Day: DateOnly.ParseExact(r.GetString(0), "yyyy-MM-dd", CultureInfo.InvariantCulture), Facility: new OrganisationId(r.GetGuid(1)), Times: r.GetInt64(2)),
            ct,
            ("insurer", insurer.Value),
            ("from", from),
            ("until", until));
        var names = new Dictionary<OrganisationId, string>();
        foreach (var facility in rows.Select(r => r.Facility).Distinct())
        {
            names[facility] = (await directory.Organisation(facility, ct)).Succeeded(out var found, out _) ? found.Name : "";
        }

        return rows.ConvertAll(r => new LookCount(r.Day, r.Facility, names[r.Facility], r.Times));
    }
}
