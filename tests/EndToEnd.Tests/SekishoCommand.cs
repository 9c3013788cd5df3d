using System.Diagnostics;
using System.Text.Json;

namespace Sekisho.EndToEnd.Tests;

/// <summary>The built <c>sekisho</c> as a user runs it, with a configuration folder and a working folder of its own.</summary>
internal sealed class SekishoCommand : IDisposable
{
    private readonly Dictionary<string, string> _environment;

    public SekishoCommand()
    {
        Folder = Directory.CreateTempSubdirectory("sekisho-cli-").FullName;
        _environment = new Dictionary<string, string> { ["SEKISHO_CONFIG"] = Path.Combine(Folder, "config"), ["SEKISHO_RETRY_SECONDS"] = "5" };
    }

    /// <summary>The user's folder.</summary>
    public string Folder { get; }

    public string Configuration => _environment["SEKISHO_CONFIG"];

    /// <summary>A path in the user's folder.</summary>
    public string PathOf(string name) => Path.Combine(Folder, name);

    /// <summary>Sets an environment variable of the runs that follow.</summary>
    public SekishoCommand With(string name, string value)
    {
        _environment[name] = value;
        return this;
    }

    public Task<ProcessResult> Run(params string[] arguments) => ProcessResult.Run(Repository.Cli, arguments, _environment, Folder);

    public Process Launch(params string[] arguments) => ProcessResult.Launch(Repository.Cli, arguments, _environment, Folder);

    /// <summary>Runs with <c>--json</c>, expects <paramref name="code"/>, and reads the one document on standard output.</summary>
    public async Task<JsonElement> Json(int code, params string[] arguments)
    {
        var result = (await Run([.. arguments, "--json"])).Expect(code);
        using var document = JsonDocument.Parse(result.Out);
        return document.RootElement.Clone();
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
