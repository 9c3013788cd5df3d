namespace Sekisho.Server.Administration;

internal static class AdminCommands
{
    public static Task<int> Run(string[] args) => Task.FromResult(2);
}
