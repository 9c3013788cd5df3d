namespace Sekisho.Modules.Exchange.Overload;

/// <summary>Configuration section <c>Admission</c>: how much is under way at a time before new transmissions wait in line; see docs/operations/limits.md.</summary>
internal sealed class AdmissionOptions
{
    /// <summary>Transmissions under way at a time on this node. Those that are open already go on beyond it.</summary>
    public int Active { get; set; } = 500;

    /// <summary>An upload that was opened and on which nothing comes for so long gives its place to another, as one that rests does at once; it goes on whenever it comes back.</summary>
    public TimeSpan Idle { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Places in line that are remembered. Whoever comes beyond them gets a ticket all the same.</summary>
    public int Line { get; set; } = 20_000;

    /// <summary>How long after the told time a place is kept for who does not come back.</summary>
    public TimeSpan Return { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest time that is told to wait.</summary>
    public TimeSpan Longest { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Acknowledgements awaited from the sequencer, and writers waiting for the database, beyond which nothing new begins.</summary>
    public int Waiting { get; set; } = 1000;

    /// <summary>How late the process may run its own timer before nothing new begins.</summary>
    public TimeSpan Lag { get; set; } = TimeSpan.FromSeconds(2);
}
