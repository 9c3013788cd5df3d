using System.CommandLine;
using System.Net;
using System.Text;
using Sekisho.Cli.Witnessing;
using Sekisho.Wire;

namespace Sekisho.Cli.Commands;

/// <summary><c>sekisho witness</c> — cosigns the checkpoints of ledgers of others, and refuses one that was rolled back or forked.</summary>
internal static class WitnessCommand
{
    public static Command Create() => new("witness", "他の組織の台帳の証人になる (C2SP tlog-witness)") { Init(), Serve() };

    private static Command Init()
    {
        var name = new Option<string>("--name") { Description = "証人の名称 (例 witness.example.jp/sekisho)", HelpName = "NAME", Required = true };
        var key = new Option<string>("--key") { Description = "作る鍵のファイル", HelpName = "FILE", Required = true };
        var command = new Command("init", "証人の鍵を作り、公開鍵 (vkey) を表示する") { name, key };
        command.SetAction((parsed, _) => Task.FromResult(MakeKey(parsed.GetRequiredValue(name), parsed.GetRequiredValue(key))));
        return command;
    }

    private static int MakeKey(string name, string file)
    {
        if (File.Exists(file))
        {
            return Terminal.Refuse(Refusals.WitnessKeyUnreadable with { Text = $"{file} は既にあります。鍵は上書きしません。", Remedy = "別のファイル名を指定してください。" });
        }

        if (name.Length == 0 || name.Any(c => c <= ' ' || c is '+' or >= (char)127))
        {
            return Terminal.Refuse(Refusals.WitnessKeyUnreadable with { Text = "名称に空白・+・ASCII以外の文字は使えません。", Remedy = "URL から https:// を除いた形にしてください。" });
        }

        var signer = new NoteSigner(name, NoteKeyType.Cosignature, Ed25519.NewSeed());
        using (var stream = Files.Create(file, FileMode.CreateNew))
        {
            stream.Write(Encoding.ASCII.GetBytes(signer.ToPrivateText() + "\n"));
            stream.Flush(flushToDisk: true);
        }

        Console.Out.WriteLine(signer.Key);
        return ExitCode.Ok;
    }

    private static Command Serve()
    {
        var key = new Option<string>("--key") { Description = "証人の鍵のファイル", HelpName = "FILE", Required = true };
        var state = new Option<string>("--state") { Description = "見たチェックポイントを残すフォルダー。失わないこと", HelpName = "DIR", Required = true };
        var logs = new Option<string[]>("--log") { Description = "証人となる台帳の公開鍵 (vkey)。何度でも指定できる", HelpName = "VKEY", Required = true };
        var listen = new Option<string>("--listen")
        {
            Description = "待ち受ける場所。外へは TLS を終える代理サーバーを通して出す",
            HelpName = "URL",
            DefaultValueFactory = _ => "http://127.0.0.1:7600/",
        };
        var command = new Command("serve", "証人として待ち受ける") { key, state, logs, listen };
        command.SetAction((parsed, ct) => Run(
            parsed.GetRequiredValue(key), parsed.GetRequiredValue(state), parsed.GetRequiredValue(logs), parsed.GetRequiredValue(listen), ct));
        return command;
    }

    private static async Task<int> Run(string keyFile, string stateFolder, string[] vkeys, string listen, CancellationToken ct)
    {
        if (!File.Exists(keyFile) || NoteSigner.ParsePrivate((await File.ReadAllTextAsync(keyFile, ct)).TrimEnd('\n')).Refused(out _, out var signer)
            || signer.Key.Type != NoteKeyType.Cosignature)
        {
            return Terminal.Refuse(Refusals.WitnessKeyUnreadable, keyFile);
        }

        var logs = new List<NoteKey>();
        foreach (var vkey in vkeys)
        {
            if (NoteKey.Parse(vkey).Refused(out var refusal, out var log))
            {
                return Terminal.Refuse(refusal, vkey);
            }

            logs.Add(log);
        }

        try
        {
            using var state = new WitnessFolder(stateFolder);
            using var listener = new HttpListener();
            listener.Prefixes.Add(listen.EndsWith('/') ? listen : listen + "/");
            listener.Start();
            await Console.Out.WriteLineAsync($"証人 {signer.Key} は {listen} で待ち受けています。");
            await new WitnessServer(new Witness(signer, logs, state, TimeProvider.System), listener).Run(ct);
            return ExitCode.Ok;
        }
        catch (Exception e) when (e is IOException or HttpListenerException or ArgumentException)
        {
            return Terminal.Refuse(Refusals.LineFailed with { Text = $"待ち受けられません: {e.Message}", Remedy = "同じフォルダーを使う別の証人がないか、--listen が正しいかを確認してください。" });
        }
    }
}
