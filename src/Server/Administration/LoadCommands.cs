using Sekisho.Contracts.Claims;
using Sekisho.Formats.Claims.Masters;
using Sekisho.Wire;

namespace Sekisho.Server.Administration;

/// <summary>Loads what the claims check knows: 医療機関届出 and the official masters.</summary>
internal static class LoadCommands
{
    private static readonly Refusal _rowsRefused = new(
        "SV-0101", RefusalKind.Invalid, "届出に誤りのある行があるため、1件も登録しませんでした。", "示した行を直して、もう一度実行してください。");

    private static readonly Refusal _noMasters = new(
        "SV-0102", RefusalKind.Invalid, "フォルダにマスターが見つかりません。", "公表されたマスターのCSVを解凍して置いたフォルダを指定してください。");

    public static async Task<Outcome<string>> Registry(Arguments arguments)
    {
        var path = arguments.Word("届出のCSVファイル");
        if (!File.Exists(path))
        {
            throw new UsageException($"{path} がありません。");
        }

        await using var site = await AdminSite.Open(arguments);
        await using var scope = site.Services.CreateAsyncScope();
        await using var csv = File.OpenRead(path);
        var load = await scope.ServiceProvider.GetRequiredService<IClaimsAdministration>().LoadRegistry(csv, CancellationToken.None);
        return load.Refused.Count == 0
            ? $"医療機関届出を登録しました: {load.Taken}件（読んだ行 {load.Rows}）"
            : _rowsRefused with { Text = _rowsRefused.Text + "\n" + string.Join('\n', load.Refused) };
    }

    public static async Task<Outcome<string>> Masters(Arguments arguments)
    {
        var folder = arguments.Word("マスターのフォルダ");
        if (!Directory.Exists(folder))
        {
            throw new UsageException($"{folder} がありません。");
        }

        await using var site = await AdminSite.Open(arguments);
        await using var scope = site.Services.CreateAsyncScope();
        var loads = await scope.ServiceProvider.GetRequiredService<IClaimsAdministration>().LoadMasters(Path.GetFullPath(folder), CancellationToken.None);
        return loads.Count == 0 ? _noMasters : "マスターを取り込みました。\n" + string.Join('\n', loads.Select(Line));
    }

    private static string Line(MasterLoad load) => $"  {load}";
}
