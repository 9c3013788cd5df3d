using System.Text.Json;
using Sekisho.Wire;

namespace Sekisho.Cli.Sending;

/// <summary>
/// FILE.sending — the signed envelope of a transmission that is not acknowledged yet. As long as it exists, sending the file again continues
/// this transmission under its id instead of starting another.
/// </summary>
internal sealed record PendingTransmission(Guid Id, byte[] Envelope, DateTimeOffset Started)
{
    public static string PathFor(string file) => file + ".sending";

    /// <summary>The pending transmission of a file; null when there is none.</summary>
    public static async Task<Outcome<PendingTransmission?>> Read(string file, CancellationToken ct)
    {
        if (!File.Exists(PathFor(file)))
        {
            return (PendingTransmission?)null;
        }

        try
        {
            return JsonSerializer.Deserialize<PendingTransmission>(await File.ReadAllBytesAsync(PathFor(file), ct), Terminal.Options) is { Envelope: not null } pending
                ? pending
                : Refusals.SendingUnreadable;
        }
        catch (JsonException)
        {
            return Refusals.SendingUnreadable;
        }
    }

    /// <summary>Durable before the first byte travels.</summary>
    public Task Save(string file, CancellationToken ct) => Files.WriteWhole(PathFor(file), JsonSerializer.SerializeToUtf8Bytes(this, Terminal.Options), ct);

    public static void Forget(string file) => File.Delete(PathFor(file));
}
