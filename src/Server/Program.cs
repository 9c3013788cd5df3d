using Sekisho.Server;
using Sekisho.Server.Administration;

if (args is ["admin", ..])
{
    return await AdminCommands.Run(args[1..]);
}

try
{
    await using var app = await Site.Build(args);
    await app.StartAsync();
    await StartNotice.Print(app.Services, Console.Out);
    await app.WaitForShutdownAsync();
    return 0;
}
catch (Exception e) when (e is InvalidOperationException or IOException)
{
    // A wrong setting, data of another environment, a port in use: the message says what to do.
    await Console.Error.WriteLineAsync($"開始できません: {e.Message}");
    return AdminCommands.Fault;
}
