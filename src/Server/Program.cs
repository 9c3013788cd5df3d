using Sekisho.Server;
using Sekisho.Server.Administration;

if (args is ["admin", ..])
{
    return await AdminCommands.Run(args[1..]);
}

var app = await Site.Build(args);
await app.StartAsync();
await StartNotice.Print(app.Services, Console.Out);
await app.WaitForShutdownAsync();
return 0;
