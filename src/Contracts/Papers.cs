using Sekisho.Wire;

namespace Sekisho.Contracts.Papers;

/// <summary>A paper made for people.</summary>
/// <param name="Form">Which: the name of a Razor file under src/Web/Papers, which says what <paramref name="Content"/> it takes.</param>
/// <param name="Title">題名.</param>
/// <param name="Classification">重要度分類: stands in the margin of every page.</param>
/// <param name="Content">What the form shows.</param>
public sealed record Paper(string Form, string Title, Classification Classification, object Content);

/// <summary>Papers: a print-quality page first; PDF is that page printed by an installed chromium.</summary>
public interface IPapers
{
    /// <summary>The program that prints; null when there is none here, and every PDF is refused.</summary>
    string? Printer { get; }

    /// <summary>The paper as one HTML document that needs nothing else.</summary>
    ValueTask<string> Html(Paper paper, CancellationToken ct);

    /// <summary>The paper as PDF. Takes seconds: never within a transaction. WE-0901 to WE-0903.</summary>
    ValueTask<Outcome<byte[]>> Pdf(Paper paper, CancellationToken ct);
}
