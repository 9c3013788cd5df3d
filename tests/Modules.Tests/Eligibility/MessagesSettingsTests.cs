using System.Text.Json;
using System.Xml.Linq;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Formats.Eligibility.Views;
using Sekisho.Modules.Eligibility.Settings;
using Sekisho.Platform.Data;
using Sekisho.Platform.Web;
using static Sekisho.Modules.Tests.Eligibility.EligibilityWorld;

namespace Sekisho.Modules.Tests.Eligibility;

/// <summary>医療機関環境設定情報 by the files of the interface.</summary>
public sealed class MessagesSettingsTests
{
    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Settings_BeginAsPublished_ChangeByVersion_AndAreTheFacilitysOwn(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        using var desk = await Desk.Of(world.Site, world.ClinicOrganisation);

        Assert.Equal("0 0 1 1  ", Said(await desk.Send("OQSsiinq01req", OqsDesk.Write("OQSsiinq01req", null))));
        var changed = await desk.Send("OQSsiupd01req", Change(new EnvironmentSettingInfo { DiagnosisInfoUseFlg = "1", PharmacistsInfoUseFlg = "0", PrescriptionUseFlg = "2" }));
        Assert.Equal("0 1 0 1 2 ", Said(changed));
        var signature = desk.LastSignature;
        Assert.Equal("0 1 0 1 2 ", Said(await desk.Send("OQSsiupd01req", Change(new EnvironmentSettingInfo { DiagnosisInfoUseFlg = "1" }))));
        Assert.Equal("0 1 0 1 2 ", Said(await desk.Send("OQSsiinq01req", OqsDesk.Write("OQSsiinq01req", null))));

        Assert.Equal($"{world.Clinic.Organisation}: 1 診療,特定健診 {signature}", Assert.Single(await world.Site.Audited(AuditKind.FacilitySettingsChanged)));
        Assert.Equal((true, false, true), (await Uses(world, world.Clinic, ConsentKind.Diagnoses), await Uses(world, world.Clinic, ConsentKind.Medicines), await Uses(world, world.Clinic, ConsentKind.Limits)));
        Assert.Equal((false, true), (await Uses(world, world.Pharmacy, ConsentKind.Diagnoses), await Uses(world, world.Pharmacy, ConsentKind.Medicines)));
        var wrong = await desk.Send("OQSsiupd01req", Change(new EnvironmentSettingInfo { OperationInfoUseFlg = "7" }));
        Assert.Equal("SEKISHO-EM-0103", wrong.Header("ErrorCode"));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task SameSettings_AsJson_WhatIsLeftOutStays(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        using var desk = await Desk.Of(world.Site, world.ClinicOrganisation);
        const string Path = "/eligibility/facility-settings";

        Assert.Equal(new FacilitySettingsHeld(0, new FacilityUse(true, false, false, true), "", ""), Held(await desk.Ask(Path, new { })));
        Assert.Equal(new FacilitySettingsHeld(1, new FacilityUse(false, true, false, true), "2", ""), Held(await desk.Ask(Path, new { diagnoses = true, medicines = false, prescription = "2" })));
        Assert.Equal($"{world.Clinic.Organisation}: 1 診療,特定健診 {desk.LastSignature}", Assert.Single(await world.Site.Audited(AuditKind.FacilitySettingsChanged)));
        Assert.Equal("0 1 0 1 2 ", Said(await desk.Send("OQSsiinq01req", OqsDesk.Write("OQSsiinq01req", null))));
        Assert.Equal(2, Held(await desk.Ask(Path, new FacilitySettingsStated { Timing = "1" })).Version);
        await desk.Refused(Path, new FacilitySettingsStated { Prescription = "4" }, "EL-0318");
        await desk.Refused(Path, new FacilitySettingsStated { Timing = "0" }, "EL-0318");
        Assert.Equal((2, "1"), (Held(await desk.Ask(Path, new { })).Version, Held(await desk.Ask(Path, new { })).Timing));
    }

    private static FacilitySettingsHeld Held(JsonElement answer) => answer.Deserialize<FacilitySettingsHeld>(SiteJson.Options)!;

    private static byte[] Change(EnvironmentSettingInfo to) => OqsDesk.Write("OQSsiupd01req", new EnvironmentSettings { EnvironmentSettingInfo = to });

    private static string Said(XElement result)
    {
        var info = result.Element("MessageBody")!.Element("EnvironmentSettingInfo")!;
        string[] names =
        [
            "OperationInfoUseFlg", "DiagnosisInfoUseFlg", "PharmacistsInfoUseFlg", "SpecificHealthCheckupsInfoUseFlg", "PrescriptionUseFlg", "PrescriptionSelectTiming",
        ];
        return string.Join(' ', names.Select(info.Text));
    }

    private static Task<bool> Uses(EligibilityWorld world, Actor facility, ConsentKind kind) => world.In<IServiceProvider, bool>(async services =>
    {
        var session = (DbSession)services.GetService(typeof(DbSession))!;
        await session.Read(TestContext.Current.CancellationToken);
        return (await ((FacilitySettings)services.GetService(typeof(FacilitySettings))!).Of(facility.Organisation, TestContext.Current.CancellationToken)).Uses(kind);
    });
}
