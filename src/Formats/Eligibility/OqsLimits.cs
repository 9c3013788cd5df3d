namespace Sekisho.Formats.Eligibility;

/// <summary>How much of a message is read before it is refused.</summary>
/// <param name="MaxBytes">Bytes of the file.</param>
/// <param name="MaxElements">Elements, known or not.</param>
public sealed record OqsLimits(int MaxBytes, int MaxElements)
{
    /// <summary>Elements within elements; the deepest message has 9.</summary>
    public const int MaxDepth = 16;

    /// <summary>Characters of one value.</summary>
    public const int MaxText = 4_000;

    /// <summary>Findings about one message; what comes after is not said.</summary>
    public const int MaxFindings = 1_000;

    /// <summary>A single question: 64 KiB, 1,000 elements.</summary>
    public static OqsLimits Question { get; } = new(64 * 1024, 1_000);

    /// <summary>Everything else, 一括 messages included: 32 MiB, 500,000 elements (about 10,000 answers).</summary>
    public static OqsLimits Large { get; } = new(32 * 1024 * 1024, 500_000);

    /// <summary>The limits for that message.</summary>
    public static OqsLimits For(OqsShape shape) => shape.IsRequest && !shape.IsBulk ? Question : Large;
}
