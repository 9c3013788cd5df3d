using Sekisho.Contracts;
using Sekisho.Formats.Eligibility;
using Sekisho.Formats.Eligibility.Views;

namespace Sekisho.Modules.Eligibility.Messages;

/// <summary>A request file that could be read and is the sender's own.</summary>
/// <param name="By">Who sends it.</param>
/// <param name="Name">Its name; the result's follows from it.</param>
/// <param name="Message">What it says.</param>
/// <param name="Encoding">How it is written, and how its result will be.</param>
/// <param name="Bytes">As it came in.</param>
/// <param name="Prove">Signs the result and gives the digest that the audit event keeps: every answer calls it with the bytes it returns, before it records.</param>
internal sealed record MessageRequest(
    Actor By, OqsFileName Name, OqsMessage Message, OqsEncoding Encoding, ReadOnlyMemory<byte> Bytes, Func<byte[], string> Prove)
{
    /// <summary>The header of a result that went well.</summary>
    public OqsHeader Header(DateTimeOffset at)
    {
        var asked = Message.ReadHeader<OqsHeader>();
        return new OqsHeader
        {
            ProcessExecutionTime = at,
            MedicalInstitutionCode = asked.MedicalInstitutionCode,
            ArbitraryFileIdentifier = asked.ArbitraryFileIdentifier,
            SegmentOfResult = SegmentOfResult.正常終了,
        };
    }

    /// <summary>The result's bytes, with ● for what its encoding does not have.</summary>
    public byte[] Write(object header, object? body = null)
    {
        var message = OqsMessage.Of(Name.Result().Shape ?? throw new InvalidOperationException($"{Name.Message} has no result of a known shape"), header, body);
        var written = OqsWriter.Write(OqsWriter.Masked(message, Encoding), Encoding);
        return written.Bytes ?? throw new InvalidOperationException(written.Findings[0].Message);
    }
}

/// <summary>A result file.</summary>
/// <param name="Bytes">What it holds.</param>
/// <param name="Extension">xml, pdf or zip.</param>
internal sealed record MessageResult(byte[] Bytes, string Extension = "xml");
