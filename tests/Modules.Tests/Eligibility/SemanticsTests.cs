using System.Text;
using Sekisho.Platform.Data;
using static Sekisho.Modules.Tests.Eligibility.EligibilityWorld;

namespace Sekisho.Modules.Tests.Eligibility;

/// <summary>What a desk's file may look like and still be the same question, and what the answer says of a coverage that ended.</summary>
public sealed class SemanticsTests
{
    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Request_PaddedOutOfOrderWithUnknownElements_InEitherEncoding_IsTheSameQuestion(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        using var desk = await Desk.Of(world.Site, world.ClinicOrganisation);
        await world.Has(With(Entry("A1", number: "45", insurer: SecondNumber), c => c with { Name = "関所　●子" }), world.OtherInsurer, "EL-0714");
        var six = SecondNumber.TrimStart('0');
        foreach (var encoding in new[] { "UTF-8", "Shift_JIS" })
        {
            foreach (var (insurer, number, branch) in new[] { (six.PadLeft(8), "45", "01"), (six.PadLeft(8, '0'), "  45", "01"), (six, "00045", "01") })
            {
                var result = await desk.Send("OQSsiquc01req", Request(encoding, insurer, number, branch));
                Assert.Equal((encoding, insurer, number, branch, ""), (encoding, insurer, number, branch, result.Header("ErrorCode")));
                var found = Assert.Single(result.Descendants("ResultOfQualificationConfirmation"));

                // As registered, on the interface with six digits behind spaces; ● is what is registered.
                Assert.Equal(("1", "45", "01", "関所　●子"), (result.Body("QualificationValidity"), found.Text("InsuredIdentificationNumber"), found.Text("InsuredBranchNumber"), found.Text("Name")));
                Assert.Equal(six.PadLeft(8), found.Text("InsurerNumber"));
                Assert.Equal(encoding == "UTF-8" ? "0" : "1", result.Header("CharacterCodeIdentifier"));
            }
        }
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task LossReason_IsSaidAsRegistered_AndTheNewerCoverageIsNot(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        using var desk = await Desk.Of(world.Site, world.ClinicOrganisation);
        foreach (var (reason, i) in new[] { "01", "02", "03", "99" }.Select((r, i) => (r, i)))
        {
            var lost = await world.Has(With(Entry($"A{i}", number: $"{10 + i}", until: "2026-10-01"), c => c with { LossReason = reason }) with { Member = $"M{i}" });
            var result = await desk.Send("OQSsiquc01req", MessageTests.Request(lost));
            var found = Assert.Single(result.Descendants("ResultOfQualificationConfirmation"));
            Assert.Equal(("2", reason, "20261001"), (result.Body("QualificationValidity"), found.Text("ReasonOfLoss"), found.Text("DisqualificationDate")));

            // By 券面 it is known that there is another, and nothing of it.
            await world.Has(With(Entry($"B{i}", number: $"{90 + i}", from: "2026-10-01"), c => c with { Address = "架空市新住所" }) with { Member = $"M{i}" });
            var replaced = await desk.Send("OQSsiquc01req", MessageTests.Request(lost));
            Assert.Equal("3", replaced.Body("QualificationValidity"));
            Assert.Equal($"{10 + i}", Assert.Single(replaced.Descendants("ResultOfQualificationConfirmation")).Text("InsuredIdentificationNumber"));
            Assert.DoesNotContain("新住所", replaced.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain($">{90 + i}<", replaced.ToString(), StringComparison.Ordinal);
        }
    }

    /// <summary>The body before the header, elements nobody knows among it, and the keys in another order.</summary>
    private static byte[] Request(string encoding, string insurer, string number, string branch)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        return Encoding.GetEncoding(encoding).GetBytes(
            $"""
            <?xml version="1.0" encoding="{encoding}" standalone="no"?>
            <XmlMsg><MessageBody><QualificationConfirmSearchInfo><Birthdate>19800505</Birthdate><FutureElement>新しい要素</FutureElement>
            <InsuredBranchNumber>{branch}</InsuredBranchNumber><InsuredIdentificationNumber>{number}</InsuredIdentificationNumber>
            <InsuredCardSymbol>12-3</InsuredCardSymbol><InsurerNumber>{insurer}</InsurerNumber></QualificationConfirmSearchInfo></MessageBody>
            <MessageHeader><Unknown><Inner>1</Inner></Unknown><MedicalInstitutionCode>{OqsDesk.Institution}</MedicalInstitutionCode>
            <QualificationConfirmationDate>20261015</QualificationConfirmationDate></MessageHeader></XmlMsg>
            """);
    }
}
