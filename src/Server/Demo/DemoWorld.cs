namespace Sekisho.Server.Demo;

/// <summary>A world to try things in.</summary>
internal static class DemoWorld
{
    public static Task Create(IServiceProvider services, CancellationToken ct) => Task.CompletedTask;

    public static Task Print(IServiceProvider services, TextWriter to, string machines, string people) => Task.CompletedTask;
}
