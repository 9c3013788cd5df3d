using System.Globalization;
using System.Text;
using Sekisho.Contracts;
using Sekisho.Contracts.Exchange;
using Sekisho.Wire;

namespace Sekisho.Server.Administration;

/// <summary>What is received and kept closed: list it, open it (two people), or decide never to.</summary>
internal static class QuarantineCommand
{
    public static async Task<Outcome<string>> Run(Arguments arguments)
    {
        if (arguments.Words is not (["list"] or ["open" or "reject"]))
        {
            throw new UsageException("quarantine の後に list・open・reject のいずれかを指定してください。");
        }

        await using var site = await AdminSite.Open(arguments);
        await using var scope = site.Services.CreateAsyncScope();
        var quarantine = scope.ServiceProvider.GetRequiredService<IQuarantine>();
        return arguments.Words[0] == "list" ? List(await quarantine.Held(null, CancellationToken.None)) : await Decide(quarantine, arguments);
    }

    private static async Task<Outcome<string>> Decide(IQuarantine quarantine, Arguments arguments)
    {
        var (by, reason) = (new Decider(null, arguments.Required("by")), arguments.Required("reason"));
        if (!Guid.TryParse(arguments.Required("transmission"), out var id))
        {
            throw new UsageException("--transmission は伝送の識別子（UUID）です。quarantine list で分かります。");
        }

        var outcome = arguments.Words[0] == "open"
            ? await quarantine.Open(new TransmissionId(id), by, reason, CancellationToken.None)
            : await quarantine.Reject(new TransmissionId(id), by, reason, CancellationToken.None);
        return outcome.Refused(out var refusal, out var item)
            ? refusal
            : item.State switch
            {
                QuarantineState.Opened => $"開封しました: 受付番号 {item.Number}",
                QuarantineState.Rejected => $"開封しないと決めました: 受付番号 {item.Number}（送信者に知らせました）",
                _ => $"開封を申し出ました: 受付番号 {item.Number}\nもう一人が、別の --by で同じコマンドを実行すると開封します。",
            };
    }

    private static string List(IReadOnlyList<QuarantineItem> held)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"開封していない伝送: {held.Count}件");
        foreach (var item in held)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"\n{item.Transmission} 受付番号 {item.Number} 送信者 {item.Sender} {JapaneseTime.Minute(item.Since)} {item.State}/{item.Scan}{(item.ClockHeld ? "・時刻" : "")}{(item.MayDecide ? " 決定できます" : "")} {item.Detail}");
        }

        return text.ToString();
    }
}
