using System.CommandLine;
using Sekisho.Cli.Site;
using Sekisho.Wire;

namespace Sekisho.Cli.Commands;

/// <summary>Options that several commands share.</summary>
internal static class CommonOptions
{
    public static Option<bool> Json() => new("--json") { Description = "機械が読む JSON を標準出力に書く (ほかの表示は標準エラー)" };
}

/// <summary>Options of every command that talks to a site.</summary>
internal sealed class ConnectionOptions(bool isRequired = true)
{
    public Option<Uri> Server { get; } = new("--server")
    {
        Description = "接続先 (機械用ポート)",
        HelpName = "URL",
        Required = isRequired,
        CustomParser = result => Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps
            ? uri
            : Fail(result, "--server は https:// で始まる URL にしてください。"),
    };

    public Option<string> Certificate { get; } = new("--cert") { Description = "端末の証明書 (PFX)", HelpName = "PFX", Required = isRequired };

    public Option<string?> PasswordFile { get; } = new("--cert-password-file")
    {
        Description = "PFX のパスワードを書いたファイル (環境変数 SEKISHO_CERT_PASSWORD でもよい)",
        HelpName = "FILE",
    };

    public Option<string?> Authority { get; } = new("--ca") { Description = "認証局の証明書 (PEM)。指定しない場合は PFX に含まれるもの", HelpName = "FILE" };

    public void AddTo(Command command)
    {
        command.Add(Server);
        command.Add(Certificate);
        command.Add(PasswordFile);
        command.Add(Authority);
    }

    /// <summary>Opens the connection these options describe.</summary>
    public Outcome<Connection> Open(ParseResult parsed, Terminal terminal)
    {
        var certificate = DeviceCertificate.Load(parsed.GetRequiredValue(Certificate), parsed.GetValue(PasswordFile), parsed.GetValue(Authority), terminal.AskSecret);
        return certificate.Refused(out var refusal, out var device)
            ? refusal
            : Connection.Open(parsed.GetRequiredValue(Server), device, Configuration.FromEnvironment(), TimeProvider.System);
    }

    private static Uri? Fail(System.CommandLine.Parsing.ArgumentResult result, string message)
    {
        result.AddError(message);
        return null;
    }
}
