using System.Diagnostics;
using System.Text.Json;

namespace Sekisho.EndToEnd.Tests;

/// <summary>Both ports under testssl.sh, with the site's CA added as a browser's administrator would: nothing above "low".</summary>
public sealed class TlsScanTests
{
    private const string Scanner = "/usr/bin/testssl";

    // WARN and DEBUG are the scanner speaking of itself.
    private static readonly string[] _aboveLow = ["MEDIUM", "HIGH", "CRITICAL", "FATAL"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData("machines"), InlineData("people")]
    [Trait("Clause", "G-5-7"), Trait("Clause", "OQ-A2")]
    public async Task G_5_7_Port_UnderTestssl_HasNothingAboveLow(string port)
    {
        Assert.SkipUnless(File.Exists(Scanner), "testssl.sh がありません。");
        await using var server = await ServerProcess.Start(Provider.Sqlite, "Listen:People=https://127.0.0.1:0");
        var address = port == "machines" ? server.Machines : server.People;
        var report = Path.Combine(server.Folder, port + ".json");

        await Scan(Path.Combine(server.Folder, "demo", "ca.pem"), report, $"https://localhost:{address.Port}");

        var findings = Findings(report);
        var above = findings.Where(f => _aboveLow.Contains(f.Severity)).Select(f => $"{f.Severity} {f.Id}: {f.Finding}");
        Assert.True(!above.Any(), string.Join('\n', above));
        Assert.StartsWith("offered", Of(findings, "TLS1_3"), StringComparison.Ordinal);
        Assert.Equal("not offered", Of(findings, "TLS1_1"));
        Assert.Equal("not offered", Of(findings, "TLS1_2"));
        Assert.Equal("passed.", Of(findings, "cert_chain_of_trust"));
        Assert.EndsWith("/identity/crl", Of(findings, "cert_crlDistributionPoints"), StringComparison.Ordinal);
    }

    private static async Task Scan(string authority, string report, string address)
    {
        var start = new ProcessStartInfo(
            Scanner,
            ["--quiet", "--color", "0", "--warnings", "off", "--connect-timeout", "20", "--openssl-timeout", "20", "--add-ca", authority, "-p", "-s", "-f", "-P", "-S", "-h", "-U", "--jsonfile", report, address])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(Ct);
        var error = process.StandardError.ReadToEndAsync(Ct);
        await process.WaitForExitAsync(Ct);
        Assert.True(File.Exists(report), await output + await error);
    }

    private static List<(string Id, string Severity, string Finding)> Findings(string report)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(report));
        return [.. document.RootElement.EnumerateArray().Select(f => (Text(f, "id"), Text(f, "severity"), Text(f, "finding")))];
    }

    private static string Of(List<(string Id, string Severity, string Finding)> findings, string id) =>
        findings.Where(f => f.Id == id).Select(f => f.Finding).FirstOrDefault() ?? $"{id} is not in the report";

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString() ?? "";
}
