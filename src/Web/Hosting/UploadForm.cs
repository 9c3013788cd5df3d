using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Sekisho.Web.Hosting;

/// <summary>A multipart form read part by part, as it arrives.</summary>
internal sealed class UploadForm
{
    private const int TextLimit = 8 * 1024;
    private readonly MultipartReader _reader;
    private MultipartSection? _section;

    private UploadForm(MultipartReader reader) => _reader = reader;

    /// <summary>Name of the part.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Null when the part is a text field; empty when no file was chosen. Never a path.</summary>
    public string? FileName { get; private set; }

    public Stream Content => _section!.Body;

    public static UploadForm? Of(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value;
        return string.IsNullOrEmpty(boundary) || boundary.Length > 100 ? null : new UploadForm(new MultipartReader(boundary, request.Body));
    }

    public async Task<bool> Next(CancellationToken ct)
    {
        _section = await _reader.ReadNextSectionAsync(ct);
        if (_section is null || !ContentDispositionHeaderValue.TryParse(_section.ContentDisposition, out var disposition))
        {
            return false;
        }

        Name = HeaderUtilities.RemoveQuotes(disposition.Name).Value ?? "";
        var file = disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName;
        FileName = file.HasValue ? LastPart(HeaderUtilities.RemoveQuotes(file).Value ?? "") : null;
        return true;
    }

    /// <summary>A text field's value; longer ones than any of ours are cut.</summary>
    public async Task<string> Text(CancellationToken ct)
    {
        var buffer = new byte[TextLimit];
        var length = await Content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct);
        return Encoding.UTF8.GetString(buffer, 0, length);
    }

    private static string LastPart(string name) => name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
}
