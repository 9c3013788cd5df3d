using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts;
using Sekisho.Formats.Eligibility;
using Sekisho.Modules.Eligibility.Inquiry;
using Sekisho.Platform.Events;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Messages;

/// <summary>A request file to its result file: read, handed to the answer registered for its name, and answered by a file in any case. Scoped.</summary>
internal sealed class AnswerMessage(IServiceProvider services, OwnInstitution institutions, Audit audit, TimeProvider time)
{
    /// <summary>The result, proven by <paramref name="prove"/>. A refusal says that the request is to be sent again later.</summary>
    public async ValueTask<Outcome<MessageResult>> Handle(Actor by, OqsFileName name, ReadOnlyMemory<byte> bytes, Func<byte[], string> prove, CancellationToken ct)
    {
        var reading = OqsReader.Read(bytes.Span, name.Shape ?? OqsShapes.Get("OQSsiquc01req"), MessageLimits.Of(name));
        var answered = await Answer(by, name, reading, bytes, prove, ct);
        if (!answered.Refused(out var refusal, out _) || refusal.Kind is RefusalKind.TooMany or RefusalKind.Unavailable)
        {
            return answered;
        }

        var failure = OqsFailure.Write(name, reading, refusal.Code, refusal.Text + refusal.Remedy, time.GetUtcNow());
        _ = prove(failure);
        return new MessageResult(failure);
    }

    private async ValueTask<Outcome<MessageResult>> Answer(
        Actor by, OqsFileName name, OqsReading reading, ReadOnlyMemory<byte> bytes, Func<byte[], string> prove, CancellationToken ct)
    {
        if (services.GetKeyedService<IMessageAnswer>(name.Message) is not { } answer)
        {
            return Refusals.KindNotServed with { Text = $"この種類の要求（{name.Message}）には対応していません。" };
        }

        if (MessageFaults.Of(reading, answer.ByRow) is { } fault)
        {
            return fault;
        }

        if (!(await institutions.Codes(by.Organisation, ct)).Contains(reading.Message!.Header["MedicalInstitutionCode"]))
        {
            await audit.Alone(new AuditEvent(AuditKind.AccessDenied, name.Message, Refusals.OtherInstitution.Code) { By = by }, ct);
            return Refusals.OtherInstitution;
        }

        return await answer.Answer(new MessageRequest(by, name, reading.Message, reading.Encoding, bytes, prove), ct);
    }
}
