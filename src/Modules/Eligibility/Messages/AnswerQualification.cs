using Sekisho.Modules.Eligibility.Inquiry;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Messages;

/// <summary>OQSsiquc01: judged where every inquiry is judged (<see cref="Ask"/>).</summary>
internal sealed class AnswerQualification(Ask ask) : IMessageAnswer
{
    public async ValueTask<Outcome<MessageResult>> Answer(MessageRequest request, CancellationToken ct)
    {
        byte[] result = [];
        var asked = await ask.Handle(
            request.By,
            QualificationMapping.Inquiry(request.Message),
            answer =>
            {
                result = QualificationMapping.Write(request, answer);
                return request.Prove(result);
            },
            ct);
        return asked.Refused(out var refusal, out _) ? refusal : new MessageResult(result);
    }
}
