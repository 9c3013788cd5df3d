using System.Globalization;
using Sekisho.Contracts.Exchange;
using Sekisho.Platform;
using Sekisho.Wire;

namespace Sekisho.Server.Administration;

/// <summary>The ledger at the machine that holds it: verify all of it, show its key.</summary>
internal static class LedgerCommands
{
    private const string StateFile = "ledger.mark";

    private static readonly Refusal _broken = new(
        "SV-0104", RefusalKind.Conflict, "成り立たないことがあります。", "表示を控え、サーバーを止め、控えと比べてください。台帳を書き換えないでください (docs/operations/site.md の「異常のとき」)。");

    /// <summary>Goes on where the last verification ended; what it saw then must still be there.</summary>
    public static async Task<Outcome<string>> Verify(Arguments arguments)
    {
        if (arguments.Word("verify") != "verify")
        {
            throw new UsageException("admin audit verify と指定してください。");
        }

        await using var site = await AdminSite.Open(arguments);
        var state = arguments.Optional("state") ?? site.Get<DataFolder>().File(StateFile);
        var fromStart = arguments.Optional("from-start") is "true" or "yes";
        if ((await site.Get<ISiteHealth>().Audit(state, fromStart, CancellationToken.None)).Refused(out var refusal, out var verified))
        {
            return refusal;
        }

        return verified.Faults.Count == 0
            ? string.Create(CultureInfo.InvariantCulture, $"検証しました: 台帳 {verified.From:N0} 番から {verified.Size:N0} 件目まで、監査・受領確認・保存した内容を含む。次回は {state} の続きから検証します。")
            : _broken with { Text = string.Join('\n', verified.Faults) + "\n" + _broken.Text };
    }

    public static async Task<Outcome<string>> Key(Arguments arguments)
    {
        await using var site = await AdminSite.Open(arguments);
        return await site.Get<ISiteHealth>().LedgerKey(CancellationToken.None);
    }
}
