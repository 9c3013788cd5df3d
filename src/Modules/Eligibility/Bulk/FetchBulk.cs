using System.IO.Compression;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts;
using Sekisho.Formats;
using Sekisho.Formats.Eligibility;
using Sekisho.Formats.Eligibility.Views;
using Sekisho.Modules.Eligibility.Messages;
using Sekisho.Platform.Events;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Bulk;

/// <summary>…mu…02: the result of an 一括 to the facility that asked, the same every time as long as what it rests on holds; 処理中 before it is finished.</summary>
internal sealed class FetchBulk(BulkResults results, IServiceProvider services, Audit audit, TimeProvider time) : IMessageAnswer
{
    /// <summary>What is longer comes as a zip.</summary>
    public const int LongestXml = 1024 * 1024;

    public async ValueTask<Outcome<MessageResult>> Answer(MessageRequest request, CancellationToken ct)
    {
        var number = request.Message.ReadBody<BulkDownloadRequest>().ReceptionNumber.Trim();
        if ((await results.Fetch(request.By.Organisation, request.Name.Kind, number, ct)).Refused(out var refusal, out var found))
        {
            return refusal;
        }

        var (job, head, parts) = found;
        var header = request.Header(job.Finished ?? time.GetUtcNow()) with { ArbitraryFileIdentifier = head.FileIdentifier, ReceptionNumber = job.Number };
        if (job.Finished is not { } finished)
        {
            var waiting = request.Write(header with { SegmentOfResult = SegmentOfResult.処理中 });
            _ = request.Prove(waiting);
            return new MessageResult(waiting);
        }

        var result = Packed(request, Xml(request, header, head, job, parts), finished);
        await audit.Alone(new AuditEvent(AuditKind.BulkRead, job.Number, $"{job.Kind} {request.Prove(result.Bytes)}".TrimEnd()) { By = request.By }, ct);
        return result;
    }

    private byte[] Xml(MessageRequest request, OqsHeader header, BulkHead head, BulkJob job, IReadOnlyList<BulkPart> parts) => request.Write(
        header with
        {
            QualificationConfirmationDate = head.On,
            NumberOfProcessingResult = job.Rows,
            NumberOfNormalProcessing = job.Rows - job.Failed,
            NumberOfError = job.Failed,
        },
        services.GetRequiredKeyedService<IBulkKind>(job.Kind).Body(parts));

    private static MessageResult Packed(MessageRequest request, byte[] xml, DateTimeOffset at)
    {
        if (xml.Length <= LongestXml)
        {
            return new MessageResult(xml);
        }

        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            var entry = zip.CreateEntry(request.Name.Result().ToString());
            entry.LastWriteTime = at.InJapan();
            using var to = entry.Open();
            to.Write(xml);
        }

        return new MessageResult(bytes.ToArray(), "zip");
    }
}
