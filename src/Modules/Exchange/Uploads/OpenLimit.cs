using Sekisho.Contracts;
using Sekisho.Modules.Exchange.Storage;
using Sekisho.Modules.Exchange.Transmissions;
using Sekisho.Platform.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Exchange.Uploads;

/// <summary>Is there room for another upload of this sender: on the disk, and among what it already has open? Scoped; leaves no transaction open.</summary>
internal sealed class OpenLimit(DbSession session, TransmissionTable table, DiskSpace disk, ExchangeOptions options, TimeProvider time)
{
    /// <summary>EX-0213 or EX-0214; null when there is room.</summary>
    public async ValueTask<Refusal?> Refuses(OrganisationId sender, long length, CancellationToken ct)
    {
        if (!disk.Holds(length))
        {
            return Refusals.NoRoom;
        }

        await session.Read(ct);
        var (count, bytes) = await table.OpenOf(sender, time.GetUtcNow(), ct);
        await session.Rollback();
        return count < options.OpenUploads && bytes + length <= options.OpenBytes
            ? null
            : Refusals.TooManyOpen with { Text = $"送信の途中のものが多すぎます (上限 {options.OpenUploads:N0} 件、合計 {options.OpenBytes / 1024 / 1024:N0} MiB)。" };
    }
}
