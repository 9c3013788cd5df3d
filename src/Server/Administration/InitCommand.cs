using Sekisho.Contracts.Identity;
using Sekisho.Platform;
using Sekisho.Wire;

namespace Sekisho.Server.Administration;

/// <summary>Creates data folder, schema, CA and the operator's organisation; again changes nothing.</summary>
internal static class InitCommand
{
    public static async Task<Outcome<string>> Run(Arguments arguments)
    {
        await using var site = await AdminSite.Open(arguments, create: true);
        var centre = await site.Get<IDirectory>().Centre(CancellationToken.None);
        var health = await site.Get<IDeviceAdministration>().Health(CancellationToken.None);
        return $"""
            初期化しました。
              環境            {site.Get<ICertificates>().Environment}
              データフォルダ  {site.Get<DataFolder>().Path}
              センター        {centre.Name} {centre.Id}
              CAの有効期限    {JapaneseTime.Day(health.AuthorityNotAfter)}
            データフォルダの keys と ca.pass を一緒に、ほかの人が読めない場所へ控えてください。
            """;
    }
}
