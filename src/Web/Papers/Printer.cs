using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sekisho.Wire;

namespace Sekisho.Web.Papers;

/// <summary>
/// HTML to PDF by an installed chromium. What is printed lies in a folder of its own that only its owner can read, under a name by chance; nothing of it is an
/// argument, and what chromium says goes nowhere. The folder is deleted with the answer, or when the site starts again after a crash.
/// </summary>
internal sealed partial class Printer : IHostedService, IDisposable
{
    private const int MostBytes = 64 << 20;
    private readonly PaperOptions _options;
    private readonly SemaphoreSlim _turns;
    private readonly ILogger<Printer> _logger;

    public Printer(PaperOptions options, ILogger<Printer> logger)
    {
        (_options, _logger) = (options, logger);
        _turns = new SemaphoreSlim(options.AtOnce);
        Program = Chromium.Find(options.Chromium);
    }

    /// <summary>Path of the program; null when there is none.</summary>
    public string? Program { get; }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (Directory.Exists(_options.Folder))
        {
            foreach (var left in Directory.EnumerateDirectories(_options.Folder))
            {
                Directory.Delete(left, recursive: true);
            }
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async ValueTask<Outcome<byte[]>> Print(string html, CancellationToken ct)
    {
        if (Program is not { } program)
        {
            return Refusals.NoPrinter;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(_options.Limit);
        try
        {
            await _turns.WaitAsync(limit.Token);
            try
            {
                return await InFolder(program, html, limit.Token);
            }
            finally
            {
                _turns.Release();
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return Refusals.PrintingTooSlow;
        }
    }

    public void Dispose() => _turns.Dispose();

    private async Task<Outcome<byte[]>> InFolder(string program, string html, CancellationToken ct)
    {
        var folder = Private(Path.Combine(Private(_options.Folder), RandomNumberGenerator.GetHexString(32, lowercase: true)));
        try
        {
            await using (var file = new FileStream(Path.Combine(folder, Chromium.Page), OwnersOnly()))
            {
                await file.WriteAsync(Encoding.UTF8.GetBytes(html), ct);
            }

            return await Run(program, folder, ct) is var code && code == 0 && new FileInfo(Path.Combine(folder, Chromium.Pdf)) is { Exists: true, Length: > 0 and <= MostBytes } pdf
                ? await File.ReadAllBytesAsync(pdf.FullName, ct)
                : Failed(code);
        }
        finally
        {
            await Delete(folder);
        }
    }

    private Refusal Failed(int code)
    {
        LogFailed(code);
        return Refusals.NotPrinted;
    }

    private static async Task<int> Run(string program, string folder, CancellationToken ct)
    {
        using var process = new Process { StartInfo = Chromium.Start(program, folder) };
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await process.WaitForExitAsync(ct);
            return process.ExitCode;
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync(CancellationToken.None);
            }
        }
    }

    // A process of chromium that is just ending may still write into its profile.
    private async Task Delete(string folder)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                Directory.Delete(folder, recursive: true);
                return;
            }
            catch (IOException) when (attempt < 10)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50 * attempt), CancellationToken.None);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                LogLeft(fault.GetType().Name);
                return;
            }
        }
    }

    private static string Private(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return path;
    }

    private static FileStreamOptions OwnersOnly()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Printing ended with {Code} and no paper")]
    private partial void LogFailed(int code);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A printed paper could not be deleted ({Fault}); the next start does")]
    private partial void LogLeft(string fault);
}
