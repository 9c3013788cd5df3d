using Sekisho.Wire;

namespace Sekisho.Modules.Exchange.Ledger;

/// <summary>Configuration section <c>Ledger</c>.</summary>
internal sealed class LedgerOptions
{
    /// <summary>How often a checkpoint is published to the witnesses.</summary>
    public TimeSpan CheckpointInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long one witness may take to answer.</summary>
    public TimeSpan WitnessTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Age of the last cosignature above which <c>admin health</c> warns.</summary>
    public TimeSpan WitnessAge { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Who cosigns.</summary>
    public IReadOnlyList<WitnessOptions> Witnesses { get; set; } = [];
}

/// <summary>One witness.</summary>
internal sealed class WitnessOptions
{
    /// <summary>Its public key (vkey); the name is in it.</summary>
    public string Key { get; set; } = "";

    /// <summary>Its submission prefix.</summary>
    public string Url { get; set; } = "";
}

/// <summary>A witness that the configuration names. The configuration is judged once, at the start.</summary>
internal sealed record KnownWitness(NoteKey Key, Uri AddCheckpoint)
{
    public string Name => Key.Name;

    public static IReadOnlyList<KnownWitness> Of(LedgerOptions options) => [.. options.Witnesses.Select((w, i) => Of(w, i))];

    private static KnownWitness Of(WitnessOptions witness, int index)
    {
        if (NoteKey.Parse(witness.Key).Refused(out _, out var key) || key.Type != NoteKeyType.Cosignature)
        {
            throw new InvalidOperationException($"設定 Ledger:Witnesses:{index}:Key は証人の公開鍵 (vkey、種別 0x04) ではありません。証人の運営者が公表する1行をそのまま指定してください。");
        }

        return Uri.TryCreate(witness.Url.TrimEnd('/') + "/add-checkpoint", UriKind.Absolute, out var url) && url.Scheme is "https" or "http"
            ? new KnownWitness(key, url)
            : throw new InvalidOperationException($"設定 Ledger:Witnesses:{index}:Url は http(s):// で始まる URL にしてください。");
    }
}
