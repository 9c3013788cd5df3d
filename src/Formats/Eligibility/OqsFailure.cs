using Sekisho.Formats.Eligibility.Views;

namespace Sekisho.Formats.Eligibility;

/// <summary>
/// The result file of a request that could not be answered (異常終了). The official list of error codes (別紙6-1) is not published, so the codes are our own and say so:
/// they begin with <see cref="Mark"/>.
/// </summary>
public static class OqsFailure
{
    /// <summary>What every error code of ours begins with.</summary>
    public const string Mark = "SEKISHO-";

    private const string Failed = "9";

    /// <summary>The bytes of the result, in the encoding of the request, with its date, institution and identifier echoed as far as it could be read.</summary>
    /// <param name="request">Name of the request; one whose shape is not known is answered in the shape of 資格確認.</param>
    /// <param name="reading">What could be read of it; null for nothing.</param>
    /// <param name="code">Code of the refusal, without mark.</param>
    /// <param name="message">Plain Japanese: what is wrong and what to do.</param>
    /// <param name="at">処理実行日時.</param>
    public static byte[] Write(OqsFileName request, OqsReading? reading, string code, string message, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(request);
        var encoding = reading?.Encoding ?? OqsEncoding.Utf8;
        var result = request.Result();
        var shape = result.Shape ?? OqsShapes.Get("OQSsiquc01res");
        object header = IsViewing(shape) ? Viewing(reading?.Message, code, message) : Header(reading?.Message, shape, code, message, at);
        var written = OqsWriter.Write(OqsWriter.Masked(OqsMessage.Of(shape, header), encoding), encoding);
        return written.Bytes ?? throw new InvalidOperationException(written.Findings[0].Message);
    }

    private static bool IsViewing(OqsShape shape) => shape.Name.StartsWith("YZK", StringComparison.Ordinal) || shape.Name.StartsWith("TKK", StringComparison.Ordinal);

    private static ViewingHeader Viewing(OqsMessage? asked, string code, string message) => new()
    {
        ResultCode = Failed,
        MessageContents = $"{message}（{Mark}{code}）",
        ArbitraryFileIdentifier = asked?.Header["ArbitraryFileIdentifier"] ?? "",
    };

    private static OqsHeader Header(OqsMessage? asked, OqsShape shape, string code, string message, DateTimeOffset at)
    {
        var echo = asked?.ReadHeader<OqsHeader>() ?? new OqsHeader();
        return new OqsHeader
        {
            ProcessExecutionTime = at,
            QualificationConfirmationDate = echo.QualificationConfirmationDate,
            MedicalInstitutionCode = echo.MedicalInstitutionCode,
            ArbitraryFileIdentifier = echo.ArbitraryFileIdentifier,
            ReferenceClassification = shape.Name == "OQSsiquc01res" ? ReferenceClassification.被保険者証情報 : null,
            SegmentOfResult = SegmentOfResult.異常終了,
            ErrorCode = Mark + code,
            ErrorMessage = message,
        };
    }
}
