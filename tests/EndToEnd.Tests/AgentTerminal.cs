using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Sekisho.EndToEnd.Tests;

/// <summary>A demo site that knows one person, and the folder of the demo clinic's terminal.</summary>
internal sealed class AgentTerminal : IAsyncDisposable
{
    private long _before;

    private AgentTerminal(ServerProcess server) => Server = server;

    public static Encoding ShiftJis { get; } = CodePagesEncodingProvider.Instance.GetEncoding(932)!;

    public static DateOnly Day { get; } = new(2026, 10, 15);

    public ServerProcess Server { get; }

    public SekishoCommand Sekisho { get; } = new();

    public string ResultFolder => Path.Combine(Folder, "res");

    public string FaceFolder => Path.Combine(Folder, "face");

    public string StatusFile => Path.Combine(Sekisho.PathOf("state"), "status.json");

    private string Folder => Sekisho.PathOf("OQS");

    public static async Task<AgentTerminal> Open()
    {
        var terminal = new AgentTerminal(await ServerProcess.Start(Provider.Sqlite));
        Directory.CreateDirectory(Path.Combine(terminal.Folder, "req"));
        Directory.CreateDirectory(terminal.ResultFolder);
        using var centre = new Participant(terminal.Server.Machines, terminal.Server.Demo("centre.pfx"));
        await centre.SetBusinessTime(new DateTimeOffset(Day, new TimeOnly(9, 0), TimeSpan.FromHours(9)));
        using var insurer = new Participant(terminal.Server.Machines, terminal.Server.Demo("insurer.pfx"));
        var report = await insurer.Post("/eligibility/coverages", new
        {
            id = "A1",
            coverage = new
            {
                insurer = "06139018",
                symbol = "１２－３",
                number = "1",
                branch = "01",
                name = "髙橋　𠮷子",
                kana = "タカハシ ヨシコ",
                sex = "2",
                birth = "1980-05-05",
                acquired = "2020-04-01",
                ratio = "030",
                insurerName = "桜商事健康保険組合（デモ）",
            },
        });
        Assert.Equal("Created", report.GetProperty("result").GetString());
        terminal._before = await terminal.Recorded();
        return terminal;
    }

    public string RequestPath(string name) => Path.Combine(Folder, "req", name);

    public void Ask(string name, byte[] bytes)
    {
        // As desks do: beside, then into req under its name.
        var draft = Path.Combine(Folder, name + ".tmp");
        File.WriteAllBytes(draft, bytes);
        File.Move(draft, RequestPath(name));
    }

    public byte[] Result(string name) => File.ReadAllBytes(Path.Combine(ResultFolder, name));

    public List<string> Results() => Names(ResultFolder);

    public List<string> Requests() => Names(Path.Combine(Folder, "req"));

    public Task Answered(string name) => Eventually(() => Results().Contains(name) && !Requests().Contains(name.Replace("res_", "req_", StringComparison.Ordinal)));

    public JsonElement Status()
    {
        if (!File.Exists(StatusFile))
        {
            return JsonSerializer.SerializeToElement(new { state = "", code = "", waiting = -1, answered = 0 });
        }

        using var status = JsonDocument.Parse(File.ReadAllBytes(StatusFile));
        return status.RootElement.Clone();
    }

    public Process Start(Uri? server = null, params string[] more) => Sekisho.Launch([.. Arguments(Folder, "state", server), .. more]);

    public Task<ProcessResult> Once(params string[] more) => Sekisho.Run([.. Arguments(Folder, "state", null), "--once", .. more]);

    /// <summary>Another terminal with a request of its own, once.</summary>
    public Task<ProcessResult> Elsewhere(Uri server)
    {
        var folder = Sekisho.PathOf("OQS2");
        Directory.CreateDirectory(Path.Combine(folder, "req"));
        File.WriteAllBytes(Path.Combine(folder, "req", "OQSsiquc01req_1.xml"), Request("1", "x"));
        return Sekisho.Run([.. Arguments(folder, "state2", server), "--once"]);
    }

    /// <summary>Inquiries the site recorded since the terminal opened: the demo world begins with some.</summary>
    public async Task<long> Asked() => await Recorded() - _before;

    private async Task<long> Recorded() => Convert.ToInt64(
        await Server.Database.Scalar($"SELECT COUNT(*) FROM {Server.Database.Table("platform", "audit")} WHERE kind = 'EligibilityInquired'"), CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Sekisho.Dispose();
    }

    private static List<string> Names(string folder) => [.. Directory.EnumerateFiles(folder).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];

    private string[] Arguments(string folder, string state, Uri? server) =>
        ["agent", "--oqs", folder, "--state", Sekisho.PathOf(state), "--server", (server ?? Server.Machines).AbsoluteUri, "--cert", Server.Demo("clinic.pfx")];

    /// <summary>券面 of somebody with that number.</summary>
    public static byte[] Request(string number, string identifier, string encoding = "UTF-8")
    {
        var text = $"""
            <?xml version="1.0" encoding="{encoding}" standalone="no"?>
            <XmlMsg>
              <MessageHeader>
                <MedicalInstitutionCode>1319000012</MedicalInstitutionCode>
                <QualificationConfirmationDate>{Day:yyyyMMdd}</QualificationConfirmationDate>
                <ArbitraryFileIdentifier>{identifier}</ArbitraryFileIdentifier>
              </MessageHeader>
              <MessageBody>
                <QualificationConfirmSearchInfo>
                  <InsurerNumber>06139018</InsurerNumber>
                  <InsuredCardSymbol>１２－３</InsuredCardSymbol>
                  <InsuredIdentificationNumber>{number}</InsuredIdentificationNumber>
                  <Birthdate>19800505</Birthdate>
                </QualificationConfirmSearchInfo>
              </MessageBody>
            </XmlMsg>
            """;
        return (encoding == "UTF-8" ? new UTF8Encoding(false) : ShiftJis).GetBytes(text);
    }

    /// <summary>SIGTERM.</summary>
    public static async Task<ProcessResult> Terminate(Process process)
    {
        using var terminate = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
        return await ProcessResult.Finish(process);
    }

    /// <summary>Within two minutes.</summary>
    public static async Task Eventually(Func<bool> holds)
    {
        for (var i = 0; i < 2400; i++)
        {
            if (holds())
            {
                return;
            }

            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        Assert.Fail("It did not happen within two minutes.");
    }
}
