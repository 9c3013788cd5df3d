using System.Globalization;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Sekisho.Contracts;
using Sekisho.Platform;
using Sekisho.Server.Demo;

namespace Sekisho.Server;

/// <summary>What the terminal shows once the site listens.</summary>
internal static class StartNotice
{
    public static async Task Print(IServiceProvider services, TextWriter to)
    {
        var (machines, people) = Addresses(services);
        var time = services.GetRequiredService<IBusinessTime>();
        await to.WriteLineAsync(
            $"""

            関所 (Sekisho) を開始しました。終了は Ctrl+C です。
              画面            {people}
              機械の接続口    {machines}（端末の証明書が必要）
              CA証明書        {people}/identity/ca.pem
              データフォルダ  {services.GetRequiredService<DataFolder>().Path}
            """);
        if (time.IsSimulated)
        {
            await to.WriteLineAsync(CultureInfo.InvariantCulture, $"  模擬業務日      {time.Now:yyyy-MM-dd HH:mm}（開発のみ）");
        }

        if (DemoWorld.Read(services) is { } demo)
        {
            await Demo(demo, DemoWorld.Folder(services), to);
        }
    }

    /// <summary>The two addresses that are listened on.</summary>
    public static (string Machines, string People) Addresses(IServiceProvider services)
    {
        var addresses = services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.ToList();
        return (addresses[0], addresses[^1]);
    }

    private static async Task Demo(DemoFile demo, string folder, TextWriter to)
    {
        await to.WriteLineAsync("\nデモの利用者（すべて架空。パスワードはこのデータフォルダだけのもの）");
        foreach (var account in demo.Accounts)
        {
            await to.WriteLineAsync($"  {account.Login,-8} {account.Password}  {account.Organisation} {account.Role}");
        }

        await to.WriteLineAsync(
            $"""

            次に試すこと
              1. {demo.People} を開き、clinic でサインインして {Path.Combine(folder, "RECEIPTC.UKE")} を送信する
              2. または端末として: dotnet run --project src/Cli -- send {Path.Combine(folder, "RECEIPTC.UKE")} --server {demo.Machines} --cert {Path.Combine(folder, "clinic.pfx")}
              3. 受付結果を見て請求確定し、payer で締切・審査・決定・配信、insurer で受け取る

            """);
    }

    private static Task WriteLineAsync(this TextWriter to, IFormatProvider culture, FormattableString text) => to.WriteLineAsync(text.ToString(culture));
}
