using System.Security.Cryptography;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Formats.Eligibility.Checkups;
using Sekisho.Platform;

namespace Sekisho.Modules.Eligibility.Checkups;

/// <summary>A package as it was read and checked, before anything of it is registered.</summary>
/// <param name="Digest">SHA-256 of the ZIP.</param>
/// <param name="Accepted">False: nothing of it can be taken.</param>
/// <param name="Files">健診結果 in it.</param>
/// <param name="Good">Those that can be registered, in order.</param>
/// <param name="Problems">What the format says.</param>
internal sealed record CheckedPackage(string Digest, bool Accepted, int Files, IReadOnlyList<CheckupDraft> Good, IReadOnlyList<CheckupProblem> Problems);

/// <summary>Reads a package by the bounds of the format. Singleton.</summary>
internal sealed class ReadPackage(DataFolder folder, IBusinessTime business)
{
    /// <summary>Where a site puts the official XSDs, if it has them.</summary>
    private const string Schemas = "checkup-xsd";

    private readonly CheckupSchemas? _schemas = Directory.Exists(folder.File(Schemas)) ? CheckupSchemas.Load(folder.File(Schemas)) : null;

    public CheckedPackage Run(byte[] zip)
    {
        var good = new List<CheckupDraft>();
        var problems = new List<CheckupProblem>();
        using var bytes = new MemoryStream(zip, writable: false);
        var reading = new CheckupReading { Schemas = _schemas, Received = DateOnly.FromDateTime(business.Now.DateTime) };
        var package = CheckupPackage.Read(bytes, reading, file =>
        {
            problems.AddRange(file.Findings.Select(Problem));
            if (file is { Acceptable: true, Document: { } document } && CheckupDraft.Of(file.Path, document) is { } draft)
            {
                good.Add(draft);
            }
        });
        problems.InsertRange(0, package.Findings.Select(Problem));
        return new CheckedPackage(Convert.ToHexStringLower(SHA256.HashData(zip)), package.Acceptable, package.Documents, package.Acceptable ? good : [], problems);
    }

    private static CheckupProblem Problem(CheckupFinding finding) => new(
        finding.File,
        finding.Line,
        finding.Place,
        finding.Rule.Number,
        finding.Detail.Length > 0 ? $"{finding.Rule.Title}: {finding.Detail}" : finding.Rule.Title,
        finding.Rule.Remedy,
        finding.Rule.Level != CheckupLevel.Notice);
}
