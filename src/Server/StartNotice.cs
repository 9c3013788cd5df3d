using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Sekisho.Platform;
using Sekisho.Server.Demo;

namespace Sekisho.Server;

/// <summary>What the terminal shows once the site listens.</summary>
internal static class StartNotice
{
    public static async Task Print(WebApplication app)
    {
        var folder = app.Services.GetRequiredService<DataFolder>();
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        Console.WriteLine();
        Console.WriteLine("関所 (Sekisho) を開始しました。終了は Ctrl+C です。");
        Console.WriteLine($"  データフォルダ  {folder.Path}");
        Console.WriteLine($"  機械用          {addresses.First()}（端末証明書が必要）");
        Console.WriteLine($"  画面            {addresses.Last()}");
        Console.WriteLine($"  CA証明書        {addresses.Last()}/identity/ca.pem");
        await DemoWorld.Print(app.Services, Console.Out, addresses.First(), addresses.Last());
    }
}
