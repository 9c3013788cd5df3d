namespace Sekisho.Modules.Assurance;

/// <summary>Configuration section <c>Assurance</c>.</summary>
internal sealed class AssuranceOptions
{
    /// <summary>Most positions of the ledger that one export may hold.</summary>
    public int ExportLimit { get; set; } = 100_000;
}
