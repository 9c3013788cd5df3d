using Microsoft.Extensions.DependencyInjection;
using Sekisho.Formats.Eligibility.Views;
using Sekisho.Modules.Eligibility.Data;
using Sekisho.Modules.Eligibility.Messages;
using Sekisho.Platform.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Bulk;

/// <summary>…mu…01: takes what is uploaded and answers with its 受付番号.</summary>
internal sealed class TakeBulk(DbSession session, IServiceProvider services, BulkIntake intake) : IMessageAnswer
{
    public bool ByRow => true;

    public async ValueTask<Outcome<MessageResult>> Answer(MessageRequest request, CancellationToken ct)
    {
        var kind = services.GetRequiredKeyedService<IBulkKind>(request.Name.Kind);
        if ((await session.InReading(() => kind.Read(request.By, request.Message, ct), ct)).Refused(out var refusal, out var upload))
        {
            return refusal;
        }

        byte[] result = [];
        var asked = request.Message.ReadHeader<OqsHeader>();
        var head = new BulkHead(BulkBy.Of(request.By), intake.On(upload.On), asked.MedicalInstitutionCode, asked.ArbitraryFileIdentifier);
        var taken = await intake.Take(
            request.By,
            request.Name.Kind,
            head,
            upload,
            request.Bytes,
            job =>
            {
                result = request.Write(
                    request.Header(job.Received) with { SegmentOfResult = null },
                    new BulkReception { ReceptionNumber = job.Number, ReceptionDateTime = job.Received });
                return request.Prove(result);
            },
            ct);
        return taken.Refused(out refusal, out _) ? refusal : new MessageResult(result);
    }
}
