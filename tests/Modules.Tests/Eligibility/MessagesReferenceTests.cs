using System.Text;
using System.Xml.Linq;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Formats.Eligibility;
using Sekisho.Formats.Eligibility.Views;
using Sekisho.Platform.Data;
using static Sekisho.Modules.Tests.Eligibility.EligibilityWorld;

namespace Sekisho.Modules.Tests.Eligibility;

/// <summary>照会番号 by the files of the interface, one and many.</summary>
public sealed class MessagesReferenceTests
{
    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task One_IsRegisteredWithoutBirth_AndShownToThisFacilityOnly(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        using var desk = await Desk.Of(world.Site, world.ClinicOrganisation);
        var entry = await world.Has(Entry("A1"));
        await world.Has(Entry("A2", branch: "02"));
        var elder = await world.Has(With(Entry("A3", insurer: SecondNumber, number: "7"), c => c with { Symbol = "架空" }), world.OtherInsurer);

        var result = await desk.Send("OQSsiimm01req", Register(OqsDesk.Refer(entry, "11906")));

        var echo = result.Element("MessageBody")!.Element("ReferenceNumberRegistrationInfo")!;
        Assert.Equal(("1", "1", "11906", "06139999"), (result.Header("SegmentOfResult"), result.Body("ProcessingResultStatus"), echo.Text("ReferenceNumber"), echo.Text("InsurerNumber")));
        Assert.Equal($"facility:{world.Clinic.Organisation}: registered {desk.LastSignature}", Assert.Single(await world.Site.Audited(AuditKind.ReferenceChanged)));
        Assert.Equal(("11906", "", ""), ((await world.Answer(Ask(entry))).Reference, (await world.Answer(Ask(entry), world.Pharmacy)).Reference, (await world.Answer(Ask(entry, branch: "02"))).Reference));
        var padded = await desk.Send("OQSsiimm01req", Register(OqsDesk.Refer(elder, "8"), OqsEncoding.ShiftJis));
        Assert.Equal(("1", "  139998"), (padded.Header("SegmentOfResult"), padded.Descendants("InsurerNumber").Single().Value));
        Assert.Equal("8", (await world.Answer(Ask(elder))).Reference);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task WhatCannotBeRegistered_IsAFileThatSaysWhatToDo_AndRecorded(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        using var desk = await Desk.Of(world.Site, world.ClinicOrganisation);
        var entry = await world.Has(Entry("A1"));

        var nobody = await desk.Send("OQSsiimm01req", Register(OqsDesk.Refer(Entry("A9", number: "99"), "1")));
        var long51 = await desk.Send("OQSsiimm01req", Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Register(OqsDesk.Refer(entry, "1"))).Replace("<ReferenceNumber>1<", $"<ReferenceNumber>{new string('1', 51)}<", StringComparison.Ordinal)));
        var without = await desk.Send("OQSsiimm01req", Register(OqsDesk.Refer(entry, "1") with { InsuredBranchNumber = "" }));

        Assert.Equal(("9", "SEKISHO-EL-0121"), (nobody.Header("SegmentOfResult"), nobody.Header("ErrorCode")));
        Assert.Equal("SEKISHO-EM-0104", long51.Header("ErrorCode"));
        Assert.StartsWith("SEKISHO-EL-", without.Header("ErrorCode"), StringComparison.Ordinal);
        Assert.Equal("", (await world.Answer(Ask(entry))).Reference);
        Assert.Contains("EL-0121", (await world.Site.Audited(AuditKind.ReferenceChanged))[0], StringComparison.Ordinal);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Many_AreRegisteredOneByOne_ErrorsStayWithTheirRow(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        using var desk = await Desk.Of(world.Site, world.ClinicOrganisation);
        var one = await world.Has(Entry("A1"));
        var two = await world.Has(Entry("A2", number: "2"));
        var upload = OqsDesk.Write("OQSmuimm01req", new ReferenceRegistration
        {
            ReferenceNumberRegistrationInfo =
            [
                OqsDesk.Refer(one, "1-1"), OqsDesk.Refer(Entry("A9", number: "99"), "9-9"), OqsDesk.Refer(two, "2-1") with { InsurerNumber = "XYZ" }, OqsDesk.Refer(two, "2-2"),
            ],
        });

        var result = await desk.Bulk("OQSmuimm", upload);

        Assert.Equal(("4", "2", "2"), (result.Header("NumberOfProcessingResult"), result.Header("NumberOfNormalProcessing"), result.Header("NumberOfError")));
        List<XElement> units = [.. result.Descendants("BulkRegistrationUnit")];
        Assert.Equal(["1-1 1 ", "9-9 2 SEKISHO-EL-0121", "2-1 2 SEKISHO-EM-0102", "2-2 1 "], units.Select(u =>
            $"{u.Descendants("ReferenceNumber").Single().Value} {u.Text("ProcessingResultStatus")} {u.Text("ProcessingResultCode")}"));
        Assert.Equal(("1-1", "2-2"), ((await world.Answer(Ask(one))).Reference, (await world.Answer(Ask(two))).Reference));
        var number = result.Header("ReceptionNumber");
        Assert.Equal([$"registered {number}:1", $"EL-0121 {number}:2", $"registered {number}:4"], (await world.Site.Audited(AuditKind.ReferenceChanged)).Select(a => a[(a.LastIndexOf(": ", StringComparison.Ordinal) + 2)..]));
        Assert.Equal("SEKISHO-EL-0309", (await desk.Send("OQSmuquc02req", OqsDesk.Download("OQSmuquc", number))).Header("ErrorCode"));
    }

    private static byte[] Register(ReferenceNumberRegistrationInfo one, OqsEncoding encoding = OqsEncoding.Utf8) =>
        OqsDesk.Write("OQSsiimm01req", new ReferenceRegistration { ReferenceNumberRegistrationInfo = [one] }, encoding);
}
