using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sekisho.Wire;
using Spectre.Console;

namespace Sekisho.Cli;

/// <summary>
/// Where words go. Standard output carries the answer (people's lines, or with <c>--json</c> one JSON document and nothing else);
/// standard error carries messages; a progress bar appears only on a terminal.
/// </summary>
internal sealed class Terminal(bool json)
{
    private static readonly JsonSerializerOptions _options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    private readonly IAnsiConsole _errors = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });

    public bool IsJson => json;

    /// <summary>JSON as every command and the site speak it.</summary>
    public static JsonSerializerOptions Options => _options;

    /// <summary>A line of the answer for people.</summary>
    public void Line(string text = "")
    {
        if (!json)
        {
            Console.Out.WriteLine(text);
        }
    }

    /// <summary>The answer for machines.</summary>
    public void Json<T>(T value)
    {
        if (json)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(value, _options));
        }
    }

    /// <summary>A message beside the answer.</summary>
    public static void Note(string text) => Console.Error.WriteLine(text);

    /// <summary>Says what is wrong and what to do; the result is the exit code.</summary>
    public static int Refuse(Refusal refusal, string? place = null)
    {
        Console.Error.WriteLine($"✗ {(place is null ? "" : place + ": ")}{refusal.Text} [{refusal.Code}]");
        if (refusal.Remedy.Length > 0)
        {
            Console.Error.WriteLine($"  → {refusal.Remedy}");
        }

        return Exit(refusal);
    }

    /// <summary>Runs work that reports its progress from 0 to 1.</summary>
    public async Task<T> Progress<T>(string title, Func<Action<double>, Task<T>> work)
    {
        if (Console.IsErrorRedirected)
        {
            return await work(_ => { });
        }

        return await _errors.Progress().AutoClear(true).StartAsync(async bars =>
        {
            var bar = bars.AddTask(Markup.Escape(title), maxValue: 1);
            return await work(value => bar.Value = value);
        });
    }

    /// <summary>Asks for a secret on the terminal; null when there is none.</summary>
    public string? AskSecret(string question) =>
        Console.IsInputRedirected || Console.IsErrorRedirected ? null : _errors.Prompt(new TextPrompt<string>(Markup.Escape(question)).Secret().AllowEmpty());

    private static int Exit(Refusal refusal) => refusal.Code switch
    {
        _ when refusal == Refusals.LineFailed || refusal.Kind == RefusalKind.Unavailable => ExitCode.Line,
        _ when refusal.Code.StartsWith("CI-01", StringComparison.Ordinal) || refusal.Code.StartsWith("CI-02", StringComparison.Ordinal)
            || refusal.Code.StartsWith("CI-05", StringComparison.Ordinal) => ExitCode.Input,
        _ when refusal.Code.StartsWith("CI-04", StringComparison.Ordinal) => ExitCode.No,
        _ => ExitCode.Refused,
    };
}
