using System.Globalization;
using System.Text;

namespace Sekisho.Wire;

/// <summary>A witness that cosigned.</summary>
/// <param name="Name">Its name in the policy.</param>
/// <param name="At">When it cosigned.</param>
public sealed record Witnessed(string Name, DateTimeOffset At);

/// <summary>A checkpoint that a policy accepts.</summary>
/// <param name="Checkpoint">The ledger's state.</param>
/// <param name="Log">The key that signed it.</param>
/// <param name="Witnesses">Who of the policy's witnesses cosigned it.</param>
public sealed record TrustedCheckpoint(Checkpoint Checkpoint, NoteKey Log, IReadOnlyList<Witnessed> Witnesses);

/// <summary>
/// C2SP tlog-policy: whose signature under a checkpoint is believed, and how many witnesses must have cosigned it. Lines <c>log VKEY [URL]</c>,
/// <c>witness NAME VKEY [URL]</c>, <c>group NAME all|any|K MEMBER…</c>, <c>quorum NAME|none</c>, comments with <c>#</c>.
/// </summary>
public sealed class TlogPolicy
{
    private const int MaxLines = 1000;
    private static readonly char[] _blanks = [' ', '\t'];
    private readonly List<NoteKey> _logs = [];
    private readonly Dictionary<string, NoteKey> _witnesses = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (int Least, string[] Members)> _groups = new(StringComparer.Ordinal);
    private readonly HashSet<string> _members = new(StringComparer.Ordinal);
    private string? _quorum;

    private TlogPolicy()
    {
    }

    /// <summary>The logs it accepts.</summary>
    public IReadOnlyList<NoteKey> Logs => _logs;

    /// <summary>The witnesses it knows, by their names in the policy.</summary>
    public IReadOnlyDictionary<string, NoteKey> Witnesses => _witnesses;

    /// <summary>A policy that accepts one log without any witness.</summary>
    public static TlogPolicy Of(NoteKey log)
    {
        var policy = new TlogPolicy { _quorum = "none" };
        policy._logs.Add(log);
        return policy;
    }

    /// <summary>Reads a policy file; WI-0510 names the line.</summary>
    public static Outcome<TlogPolicy> Parse(ReadOnlySpan<byte> file)
    {
        // Bytes, not characters: a name is equal when its bytes are.
        var lines = Encoding.Latin1.GetString(file).Split('\n');
        var policy = new TlogPolicy();
        for (var i = 0; i < lines.Length; i++)
        {
            var words = lines[i].Split(_blanks, StringSplitOptions.RemoveEmptyEntries);
            var plain = !lines[i].Any(c => (c < ' ' && c != '\t') || c == (char)127);
            if (!plain || i >= MaxLines || (words.Length > 0 && !words[0].StartsWith('#') && !policy.Take(words)))
            {
                return Malformed(string.Create(CultureInfo.InvariantCulture, $"{i + 1}行目"));
            }
        }

        return policy._quorum is null ? Malformed("quorum の行がない") : policy;
    }

    /// <summary>Judges a checkpoint: one of the logs signed it under its own name, and the quorum cosigned it; WI-0508, WI-0509, WI-0504.</summary>
    public Outcome<TrustedCheckpoint> Check(SignedCheckpoint signed)
    {
        ArgumentNullException.ThrowIfNull(signed);
        var log = _logs.Find(l => l.Check(signed.Note).Succeeded(out _, out _));
        if (log is null)
        {
            return Refusals.NoteNotSigned;
        }

        if (log.Name != signed.Checkpoint.Origin)
        {
            return Refusals.OtherLedger;
        }

        var cosigned = new List<Witnessed>();
        foreach (var (name, key) in _witnesses)
        {
            if (key.Check(signed.Note).Succeeded(out var at, out _))
            {
                cosigned.Add(new Witnessed(name, at));
            }
        }

        return Holds(_quorum!, cosigned) ? new TrustedCheckpoint(signed.Checkpoint, log, cosigned) : Refusals.QuorumNotMet;
    }

    private static Refusal Malformed(string place) => Refusals.PolicyMalformed with { Text = $"{Refusals.PolicyMalformed.Text}({place})" };

    private bool Holds(string name, List<Witnessed> cosigned) => name == "none"
        || (_groups.TryGetValue(name, out var group) ? group.Members.Count(m => Holds(m, cosigned)) >= group.Least : cosigned.Exists(w => w.Name == name));

    private bool Take(string[] words) => words switch
    {
        ["log", _] or ["log", _, _] => Log(words[1]),
        ["witness", _, _] or ["witness", _, _, _] => Witness(words[1], words[2]),
        ["group", var name, var least, .. var members] when members.Length > 0 => Group(name, least, members),
        ["quorum", var name] when _quorum is null && (name == "none" || IsDefined(name)) => (_quorum = name) is not null,
        _ => false,
    };

    private bool Log(string vkey)
    {
        if (NoteKey.Parse(vkey).Refused(out _, out var key) || key.Type == NoteKeyType.Cosignature || _logs.Exists(l => Same(l, key)))
        {
            return false;
        }

        _logs.Add(key);
        return true;
    }

    private bool Witness(string name, string vkey)
    {
        if (name == "none" || IsDefined(name) || NoteKey.Parse(vkey).Refused(out _, out var key) || key.Type != NoteKeyType.Cosignature
            || _witnesses.Values.Any(w => Same(w, key)))
        {
            return false;
        }

        _witnesses.Add(name, key);
        return true;
    }

    private bool Group(string name, string least, string[] members)
    {
        var number = least switch
        {
            "all" => members.Length,
            "any" => 1,
            _ => int.TryParse(least, NumberStyles.None, CultureInfo.InvariantCulture, out var k) ? k : 0,
        };
        if (name == "none" || IsDefined(name) || number < 1 || number > members.Length || !members.All(m => IsDefined(m) && _members.Add(m)))
        {
            return false;
        }

        _groups.Add(name, (number, members));
        return true;
    }

    private bool IsDefined(string name) => _witnesses.ContainsKey(name) || _groups.ContainsKey(name);

    private static bool Same(NoteKey a, NoteKey b) => a.PublicKey.AsSpan().SequenceEqual(b.PublicKey);
}
