using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Sekisho.Contracts;
using Sekisho.Contracts.Exchange;
using Sekisho.Contracts.Identity;
using Sekisho.Formats.Claims;
using Sekisho.Formats.Identifiers;
using Sekisho.Modules.Claims.Receiving;
using Sekisho.Platform.Web;

namespace Sekisho.Modules.Claims.Delivery;

/// <summary>A claim that goes into a delivery.</summary>
internal sealed record DeliveredClaim(
    string Reception, int Ordinal, TransmissionId Transmission, long Start, int Length, long Points, string ManagementNumber, string SearchNumber, string Address);

/// <summary>What one delivery is made of.</summary>
internal sealed record DeliveryContent(string Payer, OrganisationCode Insurer, YearMonth Month, IReadOnlyList<DeliveredClaim> Claims)
{
    public long Points => Claims.Sum(c => c.Points);
}

/// <summary>
/// Writes the ZIP an insurer gets: レセ電コード情報 under the prescribed path, and a manifest that carries the classification because the file's name
/// must not.
/// </summary>
internal sealed class DeliveryPackage(IExchange exchange)
{
    public async Task Write(DeliveryContent content, Stream output, CancellationToken ct)
    {
        using var zip = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true);
        var path = $"{content.Month}/{content.Insurer.Value.PadLeft(8, '0')}/0_COMMON001/{RecodeInfoWriter.FileName}";
        string digest;
        long length;
        await using (var entry = zip.CreateEntry(path, CompressionLevel.Fastest).Open())
        await using (var counted = new DigestStream(entry))
        {
            await WriteClaims(content.Claims, counted, ct);
            (digest, length) = counted.Finish();
        }

        await using var manifest = zip.CreateEntry("manifest.json", CompressionLevel.Fastest).Open();
        await JsonSerializer.SerializeAsync(manifest, Manifest(content, path, digest, length), SiteJson.Options, ct);
    }

    private static object Manifest(DeliveryContent content, string path, string sha256, long length) => new
    {
        Classification = "厳秘",
        content.Payer,
        InsurerKind = content.Insurer.System == CodeSystem.Insurer ? "保険者番号" : "公費負担者番号",
        Insurer = content.Insurer.Value,
        content.Month,
        Claims = content.Claims.Count,
        content.Points,
        Files = new[] { new { Name = path, Sha256 = sha256, Length = length } },
    };

    private async Task WriteClaims(IReadOnlyList<DeliveredClaim> claims, Stream output, CancellationToken ct)
    {
        var writer = new RecodeInfoWriter(output);
        foreach (var file in claims.GroupBy(c => c.Transmission))
        {
            await using var content = (await exchange.Open(file.Key, ct)).Value;
            var header = await HeaderLine(content, ct);
            foreach (var claim in file)
            {
                var slice = await Slices.Read(content, claim.Start, claim.Length, ct);
                writer.Write(claim.ManagementNumber, claim.SearchNumber, claim.Address, header, slice);
            }
        }

        writer.Complete();
    }

    /// <summary>The file's first line without its CRLF.</summary>
    private static async Task<byte[]> HeaderLine(Stream content, CancellationToken ct)
    {
        var buffer = new byte[4096];
        content.Position = 0;
        var read = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct);
        var end = buffer.AsSpan(0, read).IndexOfAny((byte)'\r', (byte)'\n');
        return end < 0 ? throw new InvalidDataException("An accepted claim file begins with its header line") : buffer[..end];
    }
}

/// <summary>Counts and digests what passes through.</summary>
internal sealed class DigestStream(Stream inner) : Stream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _length;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => _length;

    public override long Position
    {
        get => _length;
        set => throw new NotSupportedException();
    }

    public (string Digest, long Length) Finish() => (Convert.ToHexStringLower(_hash.GetHashAndReset()), _length);

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        _hash.AppendData(buffer);
        _length += buffer.Length;
        inner.Write(buffer);
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush() => inner.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _hash.Dispose();
        }

        base.Dispose(disposing);
    }
}
