using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Xml.Linq;
using Sekisho.Platform.Data;

namespace Sekisho.Bench.Load;

/// <summary>
/// <c>sekisho agent</c> as a desk meets it, with the real server: how long from a request lying in <c>req</c> until its result lies in <c>res</c>, one at a time at moments
/// of its own, and then so many at once.
/// </summary>
internal static class AgentLoad
{
    private const int People = 20_000;
    private const string Password = "desk";
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    public static async Task<int> Run(int files, int atOnce, DatabaseProvider provider, string[] settings)
    {
        await using var site = await LoadSite.Create(provider, settings);
        Cast? cast = null;
        var world = new InsuredWorld(People);
        await site.Prepare(async services =>
        {
            cast = await Cast.Register(services, 1, InsuredWorld.Insurers);
            await world.Register(services, cast.Insurers);
        });
        await site.Start();
        using var agent = Start(site, cast!);
        try
        {
            // The first finds the line closed and the code cold.
            await Alone(site, world, 20);
            Console.WriteLine($"agent, one file at a time: {await Alone(site, world, files)} from req to res");
            var rate = await Together(site, world, atOnce);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"agent, {atOnce} files at once: {rate:F0} files/s; wrong answers {world.Wrong}"));
        }
        finally
        {
            agent.Kill();
            await agent.WaitForExitAsync();
        }

        return world.Wrong == 0 ? 0 : 1;
    }

    private static Process Start(LoadSite site, Cast cast)
    {
        foreach (var folder in new[] { "req", "res", "face" })
        {
            Directory.CreateDirectory(Path.Combine(site.Folder, "OQS", folder));
        }

        var (certificate, authority) = (Path.Combine(site.Folder, "desk.pfx"), Path.Combine(site.Folder, "ca.pem"));
        File.WriteAllBytes(certificate, cast.Institutions[0].Certificate.Export(X509ContentType.Pfx, Password));
        File.WriteAllText(authority, cast.Authority.ExportCertificatePem());
        string[] arguments =
        [
            "agent", "--oqs", Path.Combine(site.Folder, "OQS"), "--state", Path.Combine(site.Folder, "state"), "--server", site.Machines.AbsoluteUri, "--cert", certificate, "--ca", authority,
        ];
        var start = new ProcessStartInfo(LoadSite.Executable("Cli", "sekisho"), arguments) { RedirectStandardError = true };
        start.Environment["SEKISHO_CONFIG"] = Path.Combine(site.Folder, "config");
        start.Environment["SEKISHO_CERT_PASSWORD"] = Password;
        var agent = Process.Start(start)!;
        agent.ErrorDataReceived += (_, _) => { };
        agent.BeginErrorReadLine();
        return agent;
    }

    private static async Task<Latencies> Alone(LoadSite site, InsuredWorld world, int files)
    {
        var latencies = new Latencies();
        for (var i = 0; i < files; i++)
        {
            // Not in step with anything the agent does by the clock.
            await Task.Delay(37 * (i % 29));
            var (name, expected) = Put(site, world);
            latencies.Add(await Answered(site, name));
            Take(site, world, name, expected);
        }

        return latencies;
    }

    private static async Task<double> Together(LoadSite site, InsuredWorld world, int files)
    {
        var start = Stopwatch.GetTimestamp();
        var asked = Enumerable.Range(0, files).Select(_ => Put(site, world)).ToList();
        foreach (var (name, expected) in asked)
        {
            await Answered(site, name);
            Take(site, world, name, expected);
        }

        return files / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>As desks do: beside, then into req under its name.</summary>
    private static (string Name, int Expected) Put(LoadSite site, InsuredWorld world)
    {
        var (file, expected) = world.RequestFile(Cast.InstitutionCode(0));
        var name = $"{Guid.NewGuid():N}"[..20];
        var draft = Path.Combine(site.Folder, "OQS", name);
        File.WriteAllBytes(draft, file);
        File.Move(draft, Path.Combine(site.Folder, "OQS", "req", $"OQSsiquc01req_{name}.xml"));
        return (name, expected);
    }

    private static async Task<TimeSpan> Answered(LoadSite site, string name)
    {
        var start = Stopwatch.GetTimestamp();
        while (!File.Exists(Result(site, name)))
        {
            if (Stopwatch.GetElapsedTime(start) > _patience)
            {
                throw new TimeoutException($"{name} is not answered");
            }

            await Task.Delay(1);
        }

        return Stopwatch.GetElapsedTime(start);
    }

    private static void Take(LoadSite site, InsuredWorld world, string name, int expected)
    {
        var code = XDocument.Load(Result(site, name)).Descendants("QualificationValidity").FirstOrDefault()?.Value;
        world.Judge(expected, int.TryParse(code, CultureInfo.InvariantCulture, out var validity) ? validity : 0);
        File.Delete(Result(site, name));
    }

    private static string Result(LoadSite site, string name) => Path.Combine(site.Folder, "OQS", "res", $"OQSsiquc01res_{name}.xml");
}
