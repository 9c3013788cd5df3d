using System.Text;
using Microsoft.AspNetCore.Http;
using Sekisho.Contracts.Identity;
using Sekisho.Platform.Data;
using Sekisho.Platform.Web;
using Sekisho.Wire;

namespace Sekisho.Modules.Exchange.Ledger;

/// <summary>GET /exchange/ledger/checkpoint and …/consistency, and the proofs of single leaves. Scoped.</summary>
internal sealed class LedgerReading(DbSession session, Checkpoints checkpoints)
{
    public async Task<IResult> Checkpoint(CancellationToken ct)
    {
        await session.Read(ct);
        return Results.Bytes(await checkpoints.Signed(await new LedgerTable(session).Head(ct), ct), "application/cms");
    }

    public async Task<IResult> Consistency(long from, long to, CancellationToken ct)
    {
        await session.Read(ct);
        var table = new LedgerTable(session);
        if (from < 0 || to < from || to > (await table.Head(ct)).Size)
        {
            return Refusals.NoSuchSize.ToResult();
        }

        var path = await MerkleTree.ConsistencyProof(from, to, table, ct);
        return Results.Json(new { from, to, path = path.Select(Convert.ToBase64String) });
    }

    /// <summary>Inclusion of a leaf in the current head. A reading transaction is running.</summary>
    public async ValueTask<LogProof> Proof(long index, CancellationToken ct)
    {
        var table = new LedgerTable(session);
        var head = await table.Head(ct);
        var path = await MerkleTree.InclusionProof(index, head.Size, table, ct);
        return new LogProof(index, path, await checkpoints.Signed(head, ct));
    }

    /// <summary>The same as a C2SP tlog-proof: under the last published checkpoint, with its cosignatures, when that holds the leaf already. A reading transaction is running.</summary>
    public async ValueTask<TlogProof> TlogProof(long index, CancellationToken ct)
    {
        var table = new LedgerTable(session);
        var published = await new PublicationTable(session).Published(ct);
        var checkpoint = published is not null && published.Checkpoint.Size > index ? published : await checkpoints.Noted(await table.Head(ct), ct);
        return new TlogProof(index, await MerkleTree.InclusionProof(index, checkpoint.Checkpoint.Size, table, ct), checkpoint);
    }
}

/// <summary>Signs the ledger's state for the centre (CMS) and for the log (C2SP note), once per size. Singleton.</summary>
internal sealed class Checkpoints(LedgerOrigin origin, LedgerKey key, ICertificates certificates, TimeProvider time)
{
    private volatile Made? _last;
    private volatile SignedCheckpoint? _noted;

    private sealed record Made(long Size, byte[] Cms);

    public async ValueTask<byte[]> Signed(LedgerHead head, CancellationToken ct)
    {
        var last = _last;
        if (last?.Size != head.Size)
        {
            last = new Made(head.Size, certificates.SignAsCentre(new Checkpoint(await origin.Get(ct), head.Size, head.Root).ToBytes()));
            _last = last;
        }

        return last.Cms;
    }

    public async ValueTask<SignedCheckpoint> Noted(LedgerHead head, CancellationToken ct)
    {
        var last = _noted;
        if (last?.Checkpoint.Size != head.Size)
        {
            last = SignedCheckpoint.Sign(new Checkpoint(await origin.Get(ct), head.Size, head.Root), await key.Get(ct), time.GetUtcNow());
            _noted = last;
        }

        return last;
    }
}

/// <summary>The ledger as C2SP tlog-tiles: GET /ledger/checkpoint, /ledger/tile/…, and the key to pin. Scoped.</summary>
internal sealed class LedgerTiles(DbSession session, Checkpoints checkpoints, LedgerKey key, LedgerOptions options)
{
    private const string Note = "text/plain; charset=utf-8";
    private const string Bytes = "application/octet-stream";

    /// <summary>What is here once never changes; it is for members, so only their own caches may keep it.</summary>
    private const string ForEver = "private, max-age=31536000, immutable";

    public async Task<IResult> Checkpoint(HttpContext http, CancellationToken ct)
    {
        await session.Read(ct);
        var published = options.Witnesses.Count > 0 ? await new PublicationTable(session).Published(ct) : null;
        published ??= await checkpoints.Noted(await new LedgerTable(session).Head(ct), ct);
        http.Response.Headers.CacheControl = "max-age=1";
        return Results.Bytes(published.Note.ToBytes(), Note);
    }

    public async Task<IResult> Key(HttpContext http, CancellationToken ct)
    {
        http.Response.Headers.CacheControl = "max-age=3600";
        return Results.Bytes(Encoding.UTF8.GetBytes((await key.Get(ct)).Key + "\n"), Note);
    }

    public async Task<IResult> Binding(HttpContext http, CancellationToken ct)
    {
        http.Response.Headers.CacheControl = "max-age=3600";
        return Results.Bytes(await key.Binding(ct), "application/cms");
    }

    public async Task<IResult> Tile(string path, HttpContext http, CancellationToken ct)
    {
        if (await Found(path, ct) is not { Level: not TilePath.Entries } tile)
        {
            return Refusals.NoSuchTile.ToResult();
        }

        var hashes = await new LedgerTable(session).Hashes(tile.TreeLevel, tile.First, tile.Width, ct);
        http.Response.Headers.CacheControl = ForEver;
        return Results.Bytes([.. hashes.SelectMany(h => h ?? throw new InvalidDataException($"Ledger tile {path} is not whole"))], Bytes);
    }

    public async Task<IResult> Entries(string path, HttpContext http, CancellationToken ct)
    {
        if (await Found("entries/" + path, ct) is not { } tile)
        {
            return Refusals.NoSuchTile.ToResult();
        }

        var entries = await new LedgerTable(session).Leaves(tile.First, tile.First + tile.Width, ct);
        http.Response.Headers.CacheControl = "no-store";
        return Results.Bytes(EntryBundle.Write(entries), Bytes);
    }

    private async ValueTask<TilePath?> Found(string path, CancellationToken ct)
    {
        if (TilePath.Parse(path) is not { } tile)
        {
            return null;
        }

        await session.Read(ct);
        return tile.Width <= TilePath.WidthIn(tile.Level, tile.Index, (await new LedgerTable(session).Head(ct)).Size) ? tile : null;
    }
}
