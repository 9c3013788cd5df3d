using Sekisho.Formats.Eligibility.Checkups;

namespace Sekisho.Libraries.Tests.Formats.Eligibility.Checkups;

/// <summary>The published facts beside the repository; tests that need them are skipped visibly without.</summary>
internal static class CheckupFacts
{
    private static CheckupSchemas? _schemas;

    public static byte[] Sample(string name) => File.ReadAllBytes(SourceTree.Shared("data", "eligibility", "checkup", "cda", name));

    public static CheckupSchemas Schemas => _schemas ??= CheckupSchemas.Load(SourceTree.Shared("data", "eligibility", "checkup", "xsd"));

    public static string[] Numbers(this IEnumerable<CheckupFinding> findings) => [.. findings.Select(f => f.Rule.Number)];
}
