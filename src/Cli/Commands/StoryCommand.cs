using System.CommandLine;

namespace Sekisho.Cli.Commands;

/// <summary><c>sekisho story</c>.</summary>
internal static class StoryCommand
{
    public static Command Create() => new("story", "全工程");
}
