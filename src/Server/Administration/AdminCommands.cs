using Sekisho.Wire;

namespace Sekisho.Server.Administration;

/// <summary>
/// Site administration at the machine that holds the data folder: <c>admin COMMAND</c>. Works on the same database as a running server, which notices
/// changes within a second. Exit codes: 0 done, 1 refused or unhealthy, 2 not understood, 3 fault.
/// </summary>
internal static class AdminCommands
{
    private const int Done = 0;
    private const int Refused = 1;
    private const int NotUnderstood = 2;
    public const int Fault = 3;

    private const string Usage =
        """
        使い方: admin コマンド [指定…] [--設定キー=値…]

          init                                       データフォルダ・スキーマ・CAを用意する
          register-organisation --name 名称 --kind 種別[,種別] [--code 体系:値[,体系:値]] [--id ID]
          issue-cert --organisation ID | --code 体系:値  --name 端末名 --out 出力.pfx [--password-file ファイル]
          revoke --serial シリアル | --device ID  --reason 理由
          add-person --organisation ID | --code 体系:値  --login 利用者名 --name 氏名 --role 役割 --password-file ファイル
          load-registry ファイル.csv                   医療機関届出を登録する（全件または0件）
          load-masters フォルダ                        公表マスターを取り込む
          health                                     データベース・CA・台帳・空き容量を点検する

          種別: Centre MedicalInstitution Payer Insurer PublicPayer Agent
          体系: Payer Insurer PublicPayer Institution   役割: ClaimsClerk Reviewer BenefitsClerk SystemAdministrator
          設定キーはサーバーと同じです（例 --DataFolder=data --Database:Provider=PostgreSql）。パスワードはファイルで渡します。

        終了コード: 0 完了  1 拒否・異常あり  2 指定の誤り  3 障害
        """;

    public static async Task<int> Run(string[] args)
    {
        try
        {
            var rest = args.AsSpan(Math.Min(1, args.Length));
            Task<Outcome<string>>? work = args.FirstOrDefault() switch
            {
                "init" => InitCommand.Run(Arguments.Parse(rest)),
                "register-organisation" => RegisterOrganisationCommand.Run(Arguments.Parse(rest, "id", "name", "kind", "code")),
                "issue-cert" => IssueCertificateCommand.Run(Arguments.Parse(rest, "organisation", "code", "name", "out", "password-file")),
                "revoke" => RevokeCommand.Run(Arguments.Parse(rest, "serial", "device", "reason")),
                "add-person" => AddPersonCommand.Run(Arguments.Parse(rest, "organisation", "code", "login", "name", "role", "password-file")),
                "load-registry" => LoadCommands.Registry(Arguments.Parse(rest)),
                "load-masters" => LoadCommands.Masters(Arguments.Parse(rest)),
                "health" => HealthCommand.Run(Arguments.Parse(rest)),
                _ => null,
            };
            if (args is ["help" or "--help", ..])
            {
                Console.WriteLine(Usage);
                return Done;
            }

            if (work is null)
            {
                await Console.Error.WriteLineAsync(Usage);
                return NotUnderstood;
            }

            return Answer(await work);
        }
        catch (UsageException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            await Console.Error.WriteLineAsync("使い方は admin help で表示します。");
            return NotUnderstood;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            await Console.Error.WriteLineAsync($"障害: {e.Message}");
            return Fault;
        }
    }

    private static int Answer(Outcome<string> outcome)
    {
        if (outcome.Succeeded(out var text, out var refusal))
        {
            Console.WriteLine(text);
            return Done;
        }

        Console.Error.WriteLine($"{refusal.Text}（{refusal.Code}）");
        Console.Error.WriteLine(refusal.Remedy);
        return Refused;
    }
}
