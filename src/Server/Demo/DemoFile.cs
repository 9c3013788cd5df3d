using System.Text.Json;
using System.Text.Json.Serialization;
using Sekisho.Platform.Web;

namespace Sekisho.Server.Demo;

/// <summary>What <c>demo/demo.json</c> tells people, the command line and tests.</summary>
internal sealed record DemoFile(
    string Machines, string People, IReadOnlyList<DemoAccount> Accounts, IReadOnlyList<DemoDevice> Devices, [property: JsonPropertyOrder(1)] bool Complete)
{
    private static readonly JsonSerializerOptions _json = new(SiteJson.Options) { WriteIndented = true };

    public static DemoFile? Read(string path) => File.Exists(path) ? JsonSerializer.Deserialize<DemoFile>(File.ReadAllText(path), _json) : null;

    /// <summary>Whole or not at all, for the owner only.</summary>
    public void Write(string path) => PrivateFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(this, _json));
}

/// <summary>A person of the demo world.</summary>
internal sealed record DemoAccount(string Login, string Password, string Name, string Organisation, string Role);

/// <summary>A device of the demo world; the file has no password.</summary>
internal sealed record DemoDevice(string Name, string Organisation, string Pfx);
