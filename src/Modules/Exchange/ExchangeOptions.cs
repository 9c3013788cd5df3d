namespace Sekisho.Modules.Exchange;

/// <summary>Configuration section <c>Exchange</c>.</summary>
internal sealed class ExchangeOptions
{
    /// <summary>Largest content of one transmission, bytes.</summary>
    public long MaxLength { get; set; } = 2L * 1024 * 1024 * 1024;

    /// <summary>How long an upload may take.</summary>
    public TimeSpan UploadLifetime { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How long an answer waits for the sequencer.</summary>
    public TimeSpan AcknowledgementWait { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How often expired uploads and orphan files are looked for.</summary>
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>C2SP origin line of the ledger; empty: <c>sekisho/environment/centre organisation id</c>.</summary>
    public string LedgerOrigin { get; set; } = "";
}
