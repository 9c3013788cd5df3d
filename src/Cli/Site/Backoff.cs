using System.Security.Cryptography;

namespace Sekisho.Cli.Site;

/// <summary>
/// How long to wait before the next try: twice as long each time up to a limit, and never shorter than the site asked for. Every wait is spread over half of
/// itself, so that thousands of agents whose line came back at the same moment do not knock at the same moment.
/// </summary>
/// <param name="shortest">The first wait.</param>
/// <param name="longest">The longest the agent chooses by itself.</param>
/// <param name="random">0 to 999,999.</param>
internal sealed class Backoff(TimeSpan shortest, TimeSpan longest, Func<int> random)
{
    private const double Parts = 1_000_000;
    private static readonly TimeSpan _longestAsked = TimeSpan.FromMinutes(2);
    private TimeSpan _step;

    /// <summary>With chance of the system.</summary>
    public static Backoff Of(TimeSpan shortest, TimeSpan longest) => new(shortest, longest, () => RandomNumberGenerator.GetInt32((int)Parts));

    /// <summary>Zero while all is well.</summary>
    public TimeSpan Pause { get; private set; }

    /// <summary>It failed once more.</summary>
    /// <param name="asked">Retry-After, if the site sent one; more than two minutes are not believed.</param>
    public void Failed(TimeSpan? asked = null)
    {
        var next = _step == TimeSpan.Zero ? shortest : _step * 2;
        _step = next < longest ? next : longest;
        var told = asked is not { } time ? TimeSpan.Zero : time < _longestAsked ? time : _longestAsked;
        var chance = random() / Parts / 2;
        Pause = told > _step ? told * (1 + chance) : Max(told, _step * (0.5 + chance));
    }

    /// <summary>It went well.</summary>
    public void Succeeded() => (_step, Pause) = (TimeSpan.Zero, TimeSpan.Zero);

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
