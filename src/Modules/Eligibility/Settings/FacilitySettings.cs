using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Formats.Eligibility.Views;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Eligibility.Settings;

/// <summary>医療機関環境設定情報: what a facility uses. What it does not use is neither asked for nor shown there.</summary>
/// <param name="Version">0: never changed.</param>
/// <param name="Use">What it views.</param>
/// <param name="Prescription">電子処方箋 (OQSCD038); empty when never stated.</param>
/// <param name="Timing">処方箋形態の選択タイミング (OQSCD039); empty when never stated.</param>
internal sealed record FacilitySetting(long Version, FacilityUse Use, string Prescription, string Timing)
{
    /// <summary>The published initial values.</summary>
    public static FacilitySetting Initial { get; } = new(0, new FacilityUse(Medicines: true, Diagnoses: false, Operations: false, Checkups: true), "", "");

    /// <summary>Whether the facility views this kind; 限度額 and 特定疾病 are not switched. Operations are 診療行為: who does not use 診療情報 does not see them either.</summary>
    public bool Uses(ConsentKind kind) => kind switch
    {
        ConsentKind.Operations => Use.Operations && Use.Diagnoses,
        ConsentKind.Diagnoses => Use.Diagnoses,
        ConsentKind.Medicines => Use.Medicines,
        ConsentKind.Checkups => Use.Checkups,
        _ => true,
    };

    /// <summary>As the interface writes it.</summary>
    public EnvironmentSettingInfo View => new()
    {
        OperationInfoUseFlg = Flag(Use.Operations),
        DiagnosisInfoUseFlg = Flag(Use.Diagnoses),
        PharmacistsInfoUseFlg = Flag(Use.Medicines),
        SpecificHealthCheckupsInfoUseFlg = Flag(Use.Checkups),
        PrescriptionUseFlg = Prescription,
        PrescriptionSelectTiming = Timing,
    };

    /// <summary>With what is stated; what is left out stays as it is.</summary>
    public FacilitySetting With(EnvironmentSettingInfo stated) => With(new FacilitySettingsStated
    {
        Medicines = Flag(stated.PharmacistsInfoUseFlg),
        Diagnoses = Flag(stated.DiagnosisInfoUseFlg),
        Operations = Flag(stated.OperationInfoUseFlg),
        Checkups = Flag(stated.SpecificHealthCheckupsInfoUseFlg),
        Prescription = stated.PrescriptionUseFlg,
        Timing = stated.PrescriptionSelectTiming,
    });

    /// <summary>The same, stated by a program that speaks JSON.</summary>
    public FacilitySetting With(FacilitySettingsStated stated) => this with
    {
        Use = new FacilityUse(stated.Medicines ?? Use.Medicines, stated.Diagnoses ?? Use.Diagnoses, stated.Operations ?? Use.Operations, stated.Checkups ?? Use.Checkups),
        Prescription = stated.Prescription.Length > 0 ? stated.Prescription : Prescription,
        Timing = stated.Timing.Length > 0 ? stated.Timing : Timing,
    };

    /// <summary>As JSON says it.</summary>
    public FacilitySettingsHeld Held => new(Version, Use, Prescription, Timing);

    private static string Flag(bool uses) => uses ? "1" : "0";

    private static bool? Flag(string stated) => stated.Length > 0 ? stated == "1" : null;
}

/// <summary>A version as it was made. Before who made it was kept, and by a program of the centre, it is nobody's.</summary>
internal sealed record SettingVersion(FacilitySetting Setting, DateTimeOffset At, PersonId? Person, DeviceId? Device);

/// <summary>The versions of facilities' settings. In the current transaction. Scoped.</summary>
internal sealed class FacilitySettings(DbSession session, TimeProvider time)
{
    private string Table => session.Prefix("eligibility") + "setting";

    /// <summary>What holds now.</summary>
    public async ValueTask<FacilitySetting> Of(OrganisationId facility, CancellationToken ct) =>
        (await Versions(facility, "LIMIT 1", ct)).FirstOrDefault()?.Setting ?? FacilitySetting.Initial;

    /// <summary>Every version, the newest first.</summary>
    public ValueTask<List<SettingVersion>> History(OrganisationId facility, CancellationToken ct) => Versions(facility, "", ct);

    /// <summary>A new version after the one it was made from; false when somebody else made one meanwhile.</summary>
    public async ValueTask<bool> Add(Actor by, FacilitySetting next, CancellationToken ct) => await session.Execute(
        $"""
        INSERT INTO {Table} (facility, version, at, operations, diagnoses, medicines, checkups, prescription, timing, person, device)
        VALUES (@facility, @version, @at, @operations, @diagnoses, @medicines, @checkups, @prescription, @timing, @person, @device) ON CONFLICT (facility, version) DO NOTHING
        """,
        ct,
        ("facility", by.Organisation.Value),
        ("version", next.Version),
        ("at", time.Now()),
        ("operations", next.Use.Operations),
        ("diagnoses", next.Use.Diagnoses),
        ("medicines", next.Use.Medicines),
        ("checkups", next.Use.Checkups),
        ("prescription", next.Prescription),
        ("timing", next.Timing),
        ("person", by.Person?.Value),
        ("device", by.Device?.Value)) == 1;

    private ValueTask<List<SettingVersion>> Versions(OrganisationId facility, string most, CancellationToken ct) => session.Query(
        $"""
        SELECT version, medicines, diagnoses, operations, checkups, prescription, timing, at, person, device
        FROM {Table} WHERE facility = @facility ORDER BY version DESC {most}
        """,
        r => new SettingVersion(
            new FacilitySetting(
                r.GetInt64(0), new FacilityUse(r.GetInt64(1) != 0, r.GetInt64(2) != 0, r.GetInt64(3) != 0, r.GetInt64(4) != 0), r.GetString(5), r.GetString(6)),
            Instants.FromMicroseconds(r.GetInt64(7)),
            r.IsDBNull(8) ? null : new PersonId(r.GetGuid(8)),
            r.IsDBNull(9) ? null : new DeviceId(r.GetGuid(9))),
        ct,
        ("facility", facility.Value));
}
