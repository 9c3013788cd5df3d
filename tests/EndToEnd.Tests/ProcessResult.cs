using System.Diagnostics;

namespace Sekisho.EndToEnd.Tests;

/// <summary>What a finished process left.</summary>
internal sealed record ProcessResult(int Code, string Out, string Error)
{
    /// <summary>Runs a program to its end.</summary>
    public static async Task<ProcessResult> Run(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, string? workingFolder = null)
    {
        using var process = Launch(program, arguments, environment, workingFolder);
        return await Finish(process);
    }

    /// <summary>Starts a program whose end is awaited with <see cref="Finish"/>.</summary>
    public static Process Launch(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, string? workingFolder = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = workingFolder ?? "",
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }

    /// <summary>Waits; a program that does not end in five minutes is ended.</summary>
    public static async Task<ProcessResult> Finish(Process process)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        using var end = patience.Token.Register(process.Kill);
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        await process.WaitForExitAsync(CancellationToken.None);
        return new ProcessResult(process.ExitCode, await output, await error);
    }

    /// <summary>Fails the test with everything the process said unless it ended with <paramref name="code"/>.</summary>
    public ProcessResult Expect(int code)
    {
        Assert.True(Code == code, $"exit {Code}, expected {code}\n--- out\n{Out}\n--- error\n{Error}");
        return this;
    }
}
