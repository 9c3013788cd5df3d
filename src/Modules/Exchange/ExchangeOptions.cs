namespace Sekisho.Modules.Exchange;

/// <summary>Configuration section <c>Exchange</c>.</summary>
internal sealed class ExchangeOptions
{
    /// <summary>Largest content of one transmission, bytes.</summary>
    public long MaxLength { get; set; } = 2L * 1024 * 1024 * 1024;

    /// <summary>Unfinished uploads that one organisation may have at a time.</summary>
    public int OpenUploads { get; set; } = 100;

    /// <summary>Bytes that the unfinished uploads of one organisation may promise together.</summary>
    public long OpenBytes { get; set; } = 20L * 1024 * 1024 * 1024;

    /// <summary>Transmissions that one organisation may begin a minute; 0: no limit. Repeating and going on are not counted.</summary>
    public int OpensPerMinute { get; set; } = 6000;

    /// <summary>Content that one organisation may send an hour, MiB; 0: no limit. Asked before an upload goes on, never in its middle.</summary>
    public int UploadPerHour { get; set; } = 100 * 1024;

    /// <summary>Space that must stay free on the data folder's disk when content is taken, so that what is under way can be finished.</summary>
    public long MinimumFree { get; set; } = 512L * 1024 * 1024;

    /// <summary>Bytes a second below which the content of an upload is cut off, after <see cref="SlowLineGrace"/>. What came is kept.</summary>
    public double SlowestLine { get; set; } = 100;

    public TimeSpan SlowLineGrace { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long an upload may take.</summary>
    public TimeSpan UploadLifetime { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How long an answer waits for the sequencer.</summary>
    public TimeSpan AcknowledgementWait { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How often expired uploads and orphan files are looked for.</summary>
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How old a file without a transmission must be to be removed: longer than any transaction that may still come to refer to it.</summary>
    public TimeSpan OrphanAge { get; set; } = TimeSpan.FromHours(24);

    /// <summary>C2SP origin line of the ledger; empty: <c>sekisho/environment/centre organisation id</c>.</summary>
    public string LedgerOrigin { get; set; } = "";
}
