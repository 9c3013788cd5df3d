using System.Globalization;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Eligibility.Data;
using Sekisho.Platform.Data;
using Sekisho.Platform.Events;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Settings;

/// <summary>
/// Reads and changes a facility's settings, for every door the same. The software of a device has asked its own people who they are; of people who are signed in,
/// only those who administer the facility change it. Scoped.
/// </summary>
internal sealed class ChangeSettings(DbSession session, FacilitySettings settings, IDirectory directory, Audit audit) : IFacilitySettings
{
    private const string Program = "端末（レセコン・電子カルテ）";

    public async ValueTask<Outcome<IReadOnlyList<FacilityUseVersion>>> Read(Actor by, CancellationToken ct)
    {
        if (!by.May(Permission.InquireEligibility) && !by.May(Permission.ManageFacilitySettings))
        {
            return Refusals.NotAllowed;
        }

        var versions = await session.InReading(() => settings.History(by.Organisation, ct), ct);
        var names = await directory.NamesOf([.. versions.Select(v => v.Person).OfType<PersonId>().Distinct()], ct);
        return new List<FacilityUseVersion>(
        [
            .. versions.Select(v => new FacilityUseVersion(
                v.Setting.Version, v.At, v.Person is { } person ? names.GetValueOrDefault(person, "") : v.Device is null ? "" : Program, v.Setting.Use)),
            new FacilityUseVersion(0, null, "", FacilitySetting.Initial.Use),
        ]);
    }

    public async ValueTask<Outcome<FacilityUse>> Change(Actor by, long seen, FacilityUse use, CancellationToken ct) =>
        (await Run(by, before => before.Version == seen ? before with { Use = use } : null, _ => "", ct)).Refused(out var refusal, out var after) ? refusal : after.Use;

    /// <summary>
    /// What <paramref name="change"/> makes of the version that holds is the next one, where it differs; null: it was made from another. <paramref name="prove"/>
    /// signs the answer and gives the digest for the event. Commits.
    /// </summary>
    public async ValueTask<Outcome<FacilitySetting>> Run(
        Actor by, Func<FacilitySetting, FacilitySetting?> change, Func<FacilitySetting, string> prove, CancellationToken ct)
    {
        if (!by.May(by.Person is null ? Permission.InquireEligibility : Permission.ManageFacilitySettings))
        {
            return Refusals.MayNotChangeSettings;
        }

        await session.Write(ct);
        var before = await settings.Of(by.Organisation, ct);
        var after = change(before);
        if (after == before)
        {
            await session.Rollback();
            _ = prove(before);
            return before;
        }

        after = after is null ? null : after with { Version = before.Version + 1 };
        if (after is null || !await settings.Add(by, after, ct))
        {
            await session.Rollback();
            return Refusals.SettingsBusy;
        }

        var what = string.Create(CultureInfo.InvariantCulture, $"{after.Version} {Said(after.Use)} {prove(after)}").TrimEnd();
        await audit.Record(new AuditEvent(AuditKind.FacilitySettingsChanged, by.Organisation.ToString(), what) { By = by }, ct);
        await session.Commit(ct);
        return after;
    }

    private static string Said(FacilityUse use) => string.Join(
        ',',
        new[] { (use.Operations, "手術"), (use.Diagnoses, "診療"), (use.Medicines, "薬剤"), (use.Checkups, "特定健診") }.Where(s => s.Item1).Select(s => s.Item2));
}
