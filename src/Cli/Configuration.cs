namespace Sekisho.Cli;

/// <summary>The user's folder of this program: trust and logs.</summary>
internal sealed class Configuration(string folder)
{
    /// <summary>Authorities and centres met so far.</summary>
    public string Trust => Files.Folder(Path.Combine(folder, "trust"));

    /// <summary>What was sent, one JSON line per event.</summary>
    public string SentLog => Path.Combine(Files.Folder(Path.Combine(folder, "log")), "sent.jsonl");

    /// <summary>What was received, one JSON line per event.</summary>
    public string ReceivedLog => Path.Combine(Files.Folder(Path.Combine(folder, "log")), "received.jsonl");

    /// <summary>What agents remember, one folder for each terminal folder they serve.</summary>
    public string Agents => Files.Folder(Path.Combine(folder, "agent"));

    /// <summary>SEKISHO_CONFIG, else $XDG_CONFIG_HOME/sekisho, else the platform's place for application data.</summary>
    public static Configuration FromEnvironment() => new(
        Environment.GetEnvironmentVariable("SEKISHO_CONFIG") is { Length: > 0 } own
            ? own
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify), "sekisho"));
}
