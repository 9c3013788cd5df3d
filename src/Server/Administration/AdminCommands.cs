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
          add-person --organisation ID | --code 体系:値  --login 利用者名 --name 氏名 [--role 役割[,役割]] [--appointment 任命[,任命]]
                     [--post 役職[,役職]] --password-file ファイル
          reset-person --login 利用者名 --reason 理由    回復のコードを発行する（管理者が全員サインインできないとき。記録される）
          join-person …同じ指定…                      登録済みの人を、別の組織の職員にも加える（氏名とパスワードは変わらない）
          adopt-regulation --organisation ID | --code 体系:値  --template KH|HK|MI|OQ|JA|PY [--combining None|Managers|All] [--manager-post 役職]
          add-connection --organisation ID | --code 体系:値  --provider 回線事業者 --line IpVpn|IpsecIke|OtherClosed --ranges CIDR[,CIDR]
                     [--outside 別表5の回答日] [--between 別表8の回答日] [--until 回答の期限]   接続元を登録して有効にする
          load-registry ファイル.csv                   医療機関届出を登録する（全件または0件）
          load-masters フォルダ                        公表マスターを取り込む
          quarantine list                            受領し、開封していない伝送
          quarantine open|reject --transmission ID --by 氏名 --reason 理由   開封は2人（2回目で開封）、開封しない決定は1人
          health                                     データベース・CA・台帳・証人・空き容量を点検する
          audit verify [--state ファイル] [--from-start true]
                                                     台帳・監査・受領確認・保存した内容を、前回の続きから検証する
          ledger-key                                 台帳の公開鍵（vkey）を表示する

          種別: Centre MedicalInstitution Pharmacy HomeNursing Payer PaymentFund HealthInsuranceFederation Insurer HealthInsuranceSociety PublicPayer WelfareOffice Agent …
          体系: Payer Insurer PublicPayer Institution Agent Workplace LabourConsultant
          役割（業務）: ClaimsClerk Reviewer BenefitsClerk …   任命（規程）: SystemAdministrator InformationManager OperationsManager User Auditor（省くと User）
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
                "add-person" => AddPersonCommand.Run(Arguments.Parse(rest, "organisation", "code", "login", "name", "role", "appointment", "post", "password-file")),
                "reset-person" => ResetPersonCommand.Run(Arguments.Parse(rest, "login", "reason")),
                "join-person" => AddPersonCommand.Join(Arguments.Parse(rest, "organisation", "code", "login", "role", "appointment", "post")),
                "adopt-regulation" => AdoptRegulationCommand.Run(Arguments.Parse(rest, "organisation", "code", "template", "combining", "manager-post")),
                "add-connection" => AddConnectionCommand.Run(Arguments.Parse(rest, "organisation", "code", "provider", "line", "ranges", "outside", "between", "until")),
                "load-registry" => LoadCommands.Registry(Arguments.Parse(rest)),
                "load-masters" => LoadCommands.Masters(Arguments.Parse(rest)),
                "quarantine" => QuarantineCommand.Run(Arguments.Parse(rest, "transmission", "by", "reason")),
                "health" => HealthCommand.Run(Arguments.Parse(rest)),
                "audit" => LedgerCommands.Verify(Arguments.Parse(rest, "state", "from-start")),
                "ledger-key" => LedgerCommands.Key(Arguments.Parse(rest)),
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
