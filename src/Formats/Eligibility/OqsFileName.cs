using System.Buffers;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Sekisho.Formats.Eligibility;

/// <summary>
/// Name of an interface file: 業務 3, si or mu, 機能 3, 工程 2, req or res, _, a free part, and .xml, .pdf or .zip.
/// Face results are OQSsiquc01res_face_…; their free part begins with "face_".
/// </summary>
public sealed partial record OqsFileName
{
    private const int MaxLength = 200;
    private const string FaceMark = "face_";
    private static readonly SearchValues<char> Forbidden = SearchValues.Create("/\\:*?\"<>|");

    private OqsFileName(string kind, string step, bool isResult, string free, string extension)
    {
        Kind = kind;
        Step = step;
        IsResult = isResult;
        Free = free;
        Extension = extension;
    }

    /// <summary>業務・単複・機能, e.g. OQSsiquc.</summary>
    public string Kind { get; }

    /// <summary>工程: 01, or 02 to fetch the result of an 一括.</summary>
    public string Step { get; }

    /// <summary>res, not req.</summary>
    public bool IsResult { get; }

    /// <summary>What stands behind the first _, without extension.</summary>
    public string Free { get; }

    /// <summary>xml, pdf or zip.</summary>
    public string Extension { get; }

    /// <summary>Name of the message, e.g. OQSsiquc01req.</summary>
    public string Message => $"{Kind}{Step}{(IsResult ? "res" : "req")}";

    /// <summary>The message; null when its shape is not known (EPS, CIS and others).</summary>
    public OqsShape? Shape => OqsShapes.Find(Message);

    /// <summary>一括.</summary>
    public bool IsBulk => Kind.AsSpan(3, 2).SequenceEqual("mu");

    /// <summary>A result pushed by the card reader.</summary>
    public bool IsFace => IsResult && Free.StartsWith(FaceMark, StringComparison.Ordinal);

    /// <summary>医療機関コード of a face result; empty when it does not say.</summary>
    public string FaceInstitution => FaceParts() is { Success: true } parts ? parts.Groups[1].Value : "";

    /// <summary>When a face result was made; null when it does not say.</summary>
    public DateTimeOffset? FaceTime => FaceParts() is { Success: true } parts ? OqsTime.Parse(parts.Groups[2].Value) : null;

    /// <summary>A request's result has the same free part; its extension tells what it is.</summary>
    public OqsFileName Result(string extension = "xml") =>
        IsResult || extension is not ("xml" or "pdf" or "zip")
            ? throw new ArgumentException($"{this} の結果の名前は作れません。", nameof(extension))
            : new OqsFileName(Kind, Step, true, Free, extension);

    /// <summary>A name for a request; throws when <paramref name="free"/> cannot be part of a file name, because the caller made it.</summary>
    public static OqsFileName Request(OqsShape shape, string free) =>
        shape.IsRequest && TryParse($"{shape.Name}_{free}.xml", out var name)
            ? name
            : throw new ArgumentException($"{shape.Name} の要求の名前は作れません。", nameof(free));

    /// <summary>A name for a face result: institution (10 digits), an id (letters and digits), and the time.</summary>
    public static OqsFileName Face(string institution, string id, DateTimeOffset time) =>
        institution.Length == 10 && institution.All(char.IsAsciiDigit) && id.Length is > 0 and <= 40 && id.All(char.IsAsciiLetterOrDigit)
            ? new OqsFileName("OQSsiquc", "01", true, $"{FaceMark}{institution}{id}_{OqsTime.Write(time)}", "xml")
            : throw new ArgumentException("医療機関コードは数字10桁、識別は英数字です。", nameof(id));

    /// <summary>Reads a name without folder. False for anything that is not such a name, or that could leave its folder.</summary>
    public static bool TryParse(string text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out OqsFileName? name)
    {
        name = null;
        if (text.Length > MaxLength || text.AsSpan().ContainsAny(Forbidden) || text.Any(char.IsControl) || Pattern().Match(text) is not { Success: true } match)
        {
            return false;
        }

        var part = match.Groups;
        name = new OqsFileName(part[1].Value, part[2].Value, part[3].Value == "res", part[4].Value, part[5].Value.ToLowerInvariant());
        return true;
    }

    /// <summary>The file name.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Message}_{Free}.{Extension}");

    private Match? FaceParts() => IsFace ? FacePattern().Match(Free) : null;

    [GeneratedRegex(@"\A([A-Z]{3}(?:si|mu)[a-z]{3})([0-9]{2})(req|res)_(\S(?:.*\S)?)\.([Xx][Mm][Ll]|[Pp][Dd][Ff]|[Zz][Ii][Pp])\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();

    [GeneratedRegex(@"\Aface_([0-9]{10})[0-9A-Za-z]*_([0-9]{14})\z", RegexOptions.CultureInvariant)]
    private static partial Regex FacePattern();
}
