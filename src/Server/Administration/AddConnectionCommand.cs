using System.Globalization;
using Sekisho.Contracts.Identity;
using Sekisho.Wire;

namespace Sekisho.Server.Administration;

/// <summary>States and confirms a line of an organisation: before the first one is in force, nobody could come in to state it.</summary>
internal static class AddConnectionCommand
{
    public static async Task<Outcome<string>> Run(Arguments arguments)
    {
        var facts = new LineFacts(
            arguments.Required("provider"),
            Arguments.Named<LineKind>("line", arguments.Required("line")),
            arguments.Required("ranges").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            Day(arguments, "outside"),
            Day(arguments, "between"),
            Day(arguments, "until"),
            "");
        await using var site = await AdminSite.Open(arguments);
        if ((await site.Organisation(arguments)).Refused(out var unknown, out var organisation))
        {
            return unknown;
        }

        var added = await site.Get<IConnections>().Confirmed(organisation.Id, facts, CancellationToken.None);
        return added.Succeeded(out var id, out var refusal) ? $"接続を登録しました: {organisation.Name}\n  番号 {id}" : refusal;
    }

    private static DateOnly? Day(Arguments arguments, string name) => arguments.Optional(name) is not { } text ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
        : throw new UsageException($"--{name} は YYYY-MM-DD の形で指定してください（{text}）。");
}
