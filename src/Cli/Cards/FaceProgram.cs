using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using Sekisho.Wire;

namespace Sekisho.Cli.Cards;

/// <summary>What the reader vendor's program said.</summary>
/// <param name="Statement">Its name, version and result, in its own words; the centre records it as that.</param>
/// <param name="Signature">The card's signature, when the program had the card sign; null when the card is now ready to sign.</param>
internal sealed record FaceResult(string Statement, byte[]? Signature);

/// <summary>
/// The seam for 顔認証: a program of the reader's vendor, started for each card with <c>{"reader","text"}</c> (the text to be signed, Base64) on standard input, that ends
/// with <c>{"result":"Match","statement":"…","signature":"…"}</c> on standard output. It never gets more than that, and nobody here judges a face.
/// </summary>
internal sealed class FaceProgram(string path)
{
    private const int LongestAnswer = 16 * 1024;
    private const int LongestStatement = 200;
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(90);

    private sealed record Answer(string? Result, string? Statement, byte[]? Signature);

    /// <summary>CI-0410 the face did not match, CI-0124 the program does not work.</summary>
    public async Task<Outcome<FaceResult>> Ask(string reader, byte[] text, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(_patience);
        try
        {
            using var process = Process.Start(new ProcessStartInfo(path) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false })!;
            try
            {
                await process.StandardInput.WriteAsync(JsonSerializer.Serialize(new { reader, text }, Terminal.Options).AsMemory(), patience.Token);
                process.StandardInput.Close();
                var buffer = new char[LongestAnswer];
                var read = await process.StandardOutput.ReadBlockAsync(buffer, patience.Token);
                await process.WaitForExitAsync(patience.Token);
                return process.ExitCode == 0 ? Read(new string(buffer, 0, read)) : Refusals.FaceProgramFailed;
            }
            finally
            {
                if (!process.HasExited)
                {
                    process.Kill();
                }
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return Refusals.FaceProgramFailed with { Text = "顔認証のプログラムが時間内に答えません。" };
        }
        catch (Exception fault) when (fault is Win32Exception or IOException or JsonException)
        {
            return Refusals.FaceProgramFailed;
        }
    }

    private static Outcome<FaceResult> Read(string text)
    {
        var answer = JsonSerializer.Deserialize<Answer>(text, Terminal.Options);
        return answer is not { Result: not null } ? Refusals.FaceProgramFailed
            : answer.Result != "Match" ? Refusals.FaceNotMatched
            : answer.Statement is { Length: > 0 and <= LongestStatement } statement ? new FaceResult(statement, answer.Signature) : Refusals.FaceProgramFailed;
    }
}
