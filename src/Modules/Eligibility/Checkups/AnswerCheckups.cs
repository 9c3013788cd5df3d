using Sekisho.Contracts.Eligibility;
using Sekisho.Contracts.Papers;
using Sekisho.Formats.Eligibility;
using Sekisho.Formats.Eligibility.Checkups;
using Sekisho.Formats.Eligibility.Views;
using Sekisho.Modules.Eligibility.Messages;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Checkups;

/// <summary>TKKsiquc01: the same view (<see cref="ViewCheckups"/>) as the file that was asked for.</summary>
internal sealed class AnswerCheckups(ViewCheckups view, IPapers papers) : IMessageAnswer
{
    private const int AsPdf = 1;

    public ValueTask<Outcome<MessageResult>> Answer(MessageRequest request, CancellationToken ct)
    {
        var body = request.Message.ReadBody<ViewingRequest>();
        return view.Handle(
            request.By,
            Query(request.Message.ReadHeader<ViewingHeader>(), body),
            seen => body.FileCategory == AsPdf ? Pdf(seen, ct) : ValueTask.FromResult<Outcome<MessageResult>>(Xml(request, seen)),
            result => request.Prove(result.Bytes),
            ct);
    }

    private static CheckupQuery Query(ViewingHeader header, ViewingRequest body) => new()
    {
        Card = new CardKeys
        {
            Insurer = header.InsurerNumber,
            Symbol = header.InsuranceCardSymbol,
            Number = header.InsuredPersonIdentificationNumber,
            Branch = header.BranchNumber,
        },
        Care = (CareForm)(body.MedicalTreatmentFlag ?? MedicalTreatmentKind.外来),
    };

    private static MessageResult Xml(MessageRequest request, SeenCheckups seen)
    {
        var asked = request.Message.ReadHeader<ViewingHeader>();
        var person = seen.View;
        var header = new ViewingHeader
        {
            ResultCode = "1",
            ArbitraryFileIdentifier = asked.ArbitraryFileIdentifier,
            QualificationsInfo = new QualificationsInfo
            {
                Name = person.Name,
                KanasName = HalfWidth.Of(person.Kana),
                Birthday = person.Birth,
                AdministrativeGenderCode = OqsCodes.Find<Sex>(person.Sex),
            },
        };
        return new MessageResult(request.Write(header, CheckupInfos.Of(seen.Documents, CheckupItemTable.Default)));
    }

    private async ValueTask<Outcome<MessageResult>> Pdf(SeenCheckups seen, CancellationToken ct)
    {
        if (papers.Printer is null)
        {
            return Refusals.NoPdfHere;
        }

        var printed = await papers.Pdf(new Paper("Checkups", "特定健診情報", Classification.StrictlyConfidential, seen.View), ct);
        return printed.Refused(out var refusal, out var pdf) ? refusal : new MessageResult(pdf, "pdf");
    }
}
