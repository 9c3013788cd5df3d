using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Contracts.Papers;
using Sekisho.Formats.Eligibility;
using Sekisho.Formats.Eligibility.Views;
using Sekisho.Modules.Eligibility.Messages;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Medicines;

/// <summary>YZKsiquc01: the view as a result file, or as the paper of the page.</summary>
internal sealed class AnswerMedicines(ViewMedicines view, IPapers papers) : IMessageAnswer
{
    public const string Request = "YZKsiquc01req";

    private const int AsPdf = 1;

    public async ValueTask<Outcome<MessageResult>> Answer(MessageRequest request, CancellationToken ct)
    {
        var asked = request.Message.ReadBody<ViewingRequest>();
        MessageResult? result = null;
        var answered = await view.Handle(
            request.By,
            MedicinesMapping.Query(request.Message, asked),
            async answer =>
            {
                if (asked.FileCategory == AsPdf && papers.Printer is null)
                {
                    return Refusals.NoPaper;
                }

                if (asked.FileCategory == AsPdf)
                {
                    if ((await papers.Pdf(new Paper("Medicines", "薬剤情報・診療情報", Classification.StrictlyConfidential, answer), ct)).Refused(out var refusal, out var pdf))
                    {
                        return refusal;
                    }

                    result = new MessageResult(pdf, "pdf");
                }
                else
                {
                    result = new MessageResult(MedicinesMapping.Write(request, answer));
                }

                return request.Prove(result.Bytes);
            },
            ct);
        return answered.Refused(out var why, out _) ? why : result!;
    }
}
