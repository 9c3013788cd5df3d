using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Formats.Eligibility;
using Sekisho.Formats.Eligibility.Views;
using Sekisho.Modules.Eligibility.Inquiry;
using Sekisho.Modules.Eligibility.People;
using Sekisho.Modules.Eligibility.References;
using Sekisho.Platform.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Messages;

/// <summary>OQSsiimm01: a 照会番号 for the member of a family that 記号・番号・枝番 name; there is no 生年月日 in it.</summary>
internal sealed class AnswerReference(DbSession session, MemberOf members, RegisterReference references, TimeProvider time) : IMessageAnswer
{
    public async ValueTask<Outcome<MessageResult>> Answer(MessageRequest request, CancellationToken ct)
    {
        var asked = request.Message.ReadBody<ReferenceRegistration>().ReferenceNumberRegistrationInfo[0];
        var card = Card(asked);
        await session.Write(ct);
        var found = await Find(members, card, ct);
        var result = request.Write(
            request.Header(time.GetUtcNow()),
            new ReferenceRegistrationResult { ReferenceNumberRegistrationInfo = asked, ProcessingResultStatus = ProcessingResultStatus.正常 });
        var kept = await references.Keep(request.By, found, asked.ReferenceNumber, Disclosure.Subject(card), found.Succeeded(out _, out _) ? request.Prove(result) : "", ct);
        await session.Commit(ct);
        return kept.Refused(out var refusal, out _) ? refusal : new MessageResult(result);
    }

    public static CardKeys Card(ReferenceNumberRegistrationInfo asked) => new()
    {
        Insurer = asked.InsurerNumber,
        Symbol = asked.InsuredCardSymbol,
        Number = asked.InsuredIdentificationNumber,
        Branch = asked.InsuredBranchNumber,
    };

    public static async ValueTask<Outcome<PersonKey>> Find(MemberOf members, CardKeys card, CancellationToken ct) =>
        (await members.Find(card, ct)).Refused(out var refusal, out var member) ? refusal : member.Person;
}
