using Sekisho.Formats.Eligibility;

namespace Sekisho.Modules.Eligibility.Messages;

/// <summary>How much of a request is read.</summary>
internal static class MessageLimits
{
    /// <summary>People in one 一括. The interface's own limit is not published.</summary>
    public const int Rows = 5_000;

    /// <summary>An 一括 that brings people: 8 MiB, and elements for <see cref="Rows"/> of them and some unknown ones.</summary>
    public static OqsLimits Upload { get; } = new(8 * 1024 * 1024, Rows * 20);

    public static OqsLimits Of(OqsFileName name) => name.IsBulk && name.Step == "01" ? Upload : OqsLimits.Question;
}
