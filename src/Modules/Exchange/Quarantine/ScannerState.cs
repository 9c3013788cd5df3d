using Sekisho.Contracts.Exchange;

namespace Sekisho.Modules.Exchange.Quarantine;

/// <summary>What is known of the scanner. Singleton.</summary>
internal sealed class ScannerState(Clamd clamd, ScannerOptions options, TimeProvider time)
{
    private ClamdVersion? _version;
    private DateTimeOffset? _asked;
    private DateTimeOffset? _scanned;

    public bool IsOn => options.IsOn;

    public bool IsWell => options.IsOn && Volatile.Read(ref _version) is not null;

    public string Engine => Volatile.Read(ref _version)?.Engine ?? "";

    public ScannerCondition Condition
    {
        get
        {
            var version = Volatile.Read(ref _version);
            return new(
                options.IsOn,
                version is not null,
                version?.Engine ?? "",
                version?.Signatures,
                version?.Signatures is { } day && time.GetUtcNow() - day > options.SignatureAge,
                _asked,
                _scanned);
        }
    }

    /// <summary>Asks clamd whether it is well.</summary>
    public async ValueTask Ask(CancellationToken ct)
    {
        if (options.IsOn)
        {
            Volatile.Write(ref _version, await clamd.Ask(ct));
            _asked = time.GetUtcNow();
        }
    }

    public void Scanned() => _scanned = time.GetUtcNow();

    public void Failed() => Volatile.Write(ref _version, null);
}
