using System.CommandLine;
using Sekisho.Cli.Certificates;
using Sekisho.Wire;

namespace Sekisho.Cli.Commands;

/// <summary><c>sekisho certificate request</c> and <c>renew</c> — the key is made here and stays here; only a request for a certificate travels.</summary>
internal static class CertificateCommand
{
    private static readonly TimeSpan _poll = TimeSpan.FromSeconds(10);

    public static Command Create() => new("certificate", "端末の証明書を申請・更新する (鍵はこの端末で作り、外に出さない)") { Request(), Renew() };

    private static Option<string?> Passphrase() => new("--passphrase-file")
    {
        Description = "鍵と PFX を暗号化するパスフレーズを書いたファイル (指定しない場合は暗号化しない)",
        HelpName = "FILE",
    };

    private static Command Request()
    {
        var name = new Argument<string>("NAME") { Description = "端末名" };
        var outFile = new Option<string>("--out") { Description = "受け取る証明書 (PFX)。鍵は FILE.key、要求は FILE.csr に書く", HelpName = "FILE", Required = true };
        var passphrase = Passphrase();
        var answer = new Option<string?>("--certificate") { Description = "画面からダウンロードした証明書 (PEM) と鍵を PFX にまとめる", HelpName = "PEM" };
        var wait = new Option<bool>("--wait") { Description = "センターが承認するまで待つ" };
        var connection = new ConnectionOptions();
        (connection.Server.Required, connection.Certificate.Required) = (false, false);
        var json = CommonOptions.Json();
        var command = new Command("request", "新しい端末の鍵と CSR を作る。--server と、同じ組織の別の端末の --cert があれば、申請して受け取るところまで行う")
        {
            name, outFile, passphrase, answer, wait, json,
        };
        connection.AddTo(command);
        command.SetAction(async (parsed, ct) =>
        {
            var terminal = new Terminal(parsed.GetValue(json));
            var files = new KeyFile(parsed.GetRequiredValue(outFile), parsed.GetValue(passphrase));
            if (files.Prepare(parsed.GetRequiredValue(name)).Refused(out var refusal, out var request))
            {
                return Terminal.Refuse(refusal);
            }

            using (request)
            {
                if (parsed.GetValue(answer) is { } pem)
                {
                    return files.Join(request, pem).Succeeded(out var joined, out refusal) ? Told(joined, terminal) : Terminal.Refuse(refusal);
                }

                if (parsed.GetValue(connection.Server) is null || parsed.GetValue(connection.Certificate) is null)
                {
                    return Made(files, request, terminal);
                }

                if (connection.Open(parsed, terminal).Refused(out refusal, out var site))
                {
                    return Terminal.Refuse(refusal);
                }

                using (site)
                {
                    var applied = await Asking.Apply(site, files, request, parsed.GetRequiredValue(name), parsed.GetValue(wait) ? _poll : null, ct);
                    return applied.Refused(out refusal, out var certificate) ? Terminal.Refuse(refusal)
                        : certificate.Length == 0 ? Waiting(terminal)
                        : files.JoinText(request, certificate).Succeeded(out var joined, out refusal) ? Told(joined, terminal) : Terminal.Refuse(refusal);
                }
            }
        });
        return command;
    }

    private static Command Renew()
    {
        var outFile = new Option<string>("--out") { Description = "新しい証明書 (PFX)", HelpName = "FILE", Required = true };
        var passphrase = Passphrase();
        var connection = new ConnectionOptions();
        var json = CommonOptions.Json();
        var command = new Command("renew", "今の証明書で接続し、新しい鍵の証明書に更新する。今の証明書は 30 日間 (期限がそれより早ければ期限まで) 使える") { outFile, passphrase, json };
        connection.AddTo(command);
        command.SetAction(async (parsed, ct) =>
        {
            var terminal = new Terminal(parsed.GetValue(json));
            var files = new KeyFile(parsed.GetRequiredValue(outFile), parsed.GetValue(passphrase));
            if (files.Prepare("renewal").Refused(out var refusal, out var request))
            {
                return Terminal.Refuse(refusal);
            }

            using (request)
            {
                if (connection.Open(parsed, terminal).Refused(out refusal, out var site))
                {
                    return Terminal.Refuse(refusal);
                }

                using (site)
                {
                    return (await Asking.Renew(site, request, ct)).Refused(out refusal, out var certificate) || files.JoinText(request, certificate).Refused(out refusal, out var joined)
                        ? Terminal.Refuse(refusal)
                        : Told(joined, terminal);
                }
            }
        });
        return command;
    }

    private static int Told(JoinedCertificate joined, Terminal terminal)
    {
        terminal.Line($"✓ 証明書を受け取りました: {joined.File}");
        terminal.Line($"  端末 {joined.Device}　期限 {joined.NotAfter:yyyy-MM-dd}");
        terminal.Json(joined);
        return ExitCode.Ok;
    }

    private static int Made(KeyFile files, MadeRequest request, Terminal terminal)
    {
        terminal.Line($"✓ 鍵と CSR を作りました。鍵 {files.Key}　CSR {files.Csr}");
        terminal.Line($"  公開鍵の SHA-256 {request.Digest}");
        terminal.Line("  → 画面の「端末と証明書」で CSR を選んで申請し、発行された証明書をダウンロードして --certificate で指定してください。");
        terminal.Json(new { files.Key, files.Csr, request.Digest });
        return ExitCode.Ok;
    }

    private static int Waiting(Terminal terminal)
    {
        terminal.Line("✓ 申請しました。センターの承認を待っています。");
        terminal.Line("  → 承認されたら、同じコマンドをもう一度実行すると受け取れます (--wait で待つこともできます)。");
        terminal.Json(new { state = "Waiting" });
        return ExitCode.Ok;
    }
}
