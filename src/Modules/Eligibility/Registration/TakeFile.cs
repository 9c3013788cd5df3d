using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Contracts.Identity;
using Sekisho.Platform.Data;
using Sekisho.Platform.Events;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Registration;

/// <summary>
/// A whole file, in constant memory: rows are read without a transaction, then a batch of them is registered in a short one together with how far the file came.
/// Broken off anywhere, the same file sent again goes on behind the last batch.
/// </summary>
internal sealed class TakeFile<TEntry>(DbSession session, IFileRows<TEntry> kind, IServiceProvider services, Files files, IDirectory directory, Audit audit, TimeProvider time)
    where TEntry : class
{
    private const int BatchRows = 500;

    public async ValueTask<Outcome<CoverageFileReport>> Run(Actor by, string file, CoverageFileForm form, Stream content, CancellationToken ct)
    {
        if (!by.May(kind.Permission))
        {
            return kind.NotAllowed;
        }

        if (file.Length is 0 or > 64 || !file.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-'))
        {
            return Refusals.BadFileId;
        }

        await session.Read(ct);
        var progress = await files.Find(by.Organisation, kind.Kept + file, ct);
        await session.Rollback();
        var watch = Stopwatch.StartNew();
        var passage = new Passage(by, kind.Kept + file, await RegisterOne.Numbers(directory, by.Organisation, ct), progress?.Report.Rows ?? 0, progress);
        await using var rows = services.GetRequiredKeyedService<IFileForm<TEntry>>(form).Rows(content, ct).GetAsyncEnumerator(ct);
        if ((await Pass(passage, rows, ct)) is { } refusal)
        {
            return refusal;
        }

        await files.Measure(kind.Table, passage.Taken, ct);
        var report = (await Report(by, file, ct)).Value;
        return report with { RowsPerSecond = passage.Taken / Math.Max(watch.Elapsed.TotalSeconds, 0.001) };
    }

    public async ValueTask<Outcome<CoverageFileReport>> Report(Actor by, string file, CancellationToken ct)
    {
        await session.Read(ct);
        var found = await files.Find(by.Organisation, kind.Kept + file, ct);
        var problems = found is null ? [] : await files.Problems(by.Organisation, kind.Kept + file, ct);
        await session.Rollback();
        return found is null ? Refusals.NoFile : found.Report with { File = file, Problems = problems };
    }

    private async ValueTask<Refusal?> Pass(Passage passage, IAsyncEnumerator<FileRow<TEntry>> rows, CancellationToken ct)
    {
        var batch = new List<FileRow<TEntry>>(BatchRows);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (var ordinal = 1L; await rows.MoveNextAsync(); ordinal++)
        {
            var row = rows.Current;
            if (row.Header is { } header)
            {
                return header;
            }

            if (ordinal <= passage.Done)
            {
                passage.Digest.AppendData(row.Bytes);
                if (ordinal == passage.Done && passage.Differs)
                {
                    return Refusals.OtherFile;
                }

                continue;
            }

            // Two rows of one id are two versions, one after the other.
            if (batch.Count == BatchRows || (row.Entry is { } entry && !ids.Add(kind.Id(entry))))
            {
                if (await Take(passage, batch, last: false, ct) is { } refusal)
                {
                    return refusal;
                }

                batch.Clear();
                ids.Clear();
                ids.Add(row.Entry is null ? "" : kind.Id(row.Entry));
            }

            batch.Add(row);
        }

        // Shorter than what was registered is another file, too.
        if (batch.Count == 0 && passage.Differs)
        {
            return Refusals.OtherFile;
        }

        return batch.Count == 0 && passage.IsComplete ? null : await Take(passage, batch, last: true, ct);
    }

    private async ValueTask<Refusal?> Take(Passage passage, List<FileRow<TEntry>> batch, bool last, CancellationToken ct)
    {
        if (passage.IsComplete)
        {
            return Refusals.OtherFile;
        }

        foreach (var row in batch)
        {
            passage.Digest.AppendData(row.Bytes);
        }

        await session.Write(ct);
        var reports = await Registered(passage, batch, ct);
        var start = passage.Before ?? new FileProgress(new CoverageFileReport(passage.File, false, 0, 0, 0, 0, 0, 0, 0, 0, time.Now(), null, []), "");
        var after = start.With(reports, Convert.ToHexStringLower(passage.Digest.GetCurrentHash()), last ? time.Now() : null);
        if (!await files.Keep(passage.By.Organisation, passage.Before, after, ct))
        {
            await session.Rollback();
            return Refusals.FileBusy;
        }

        await files.Keep(passage.By.Organisation, passage.File, reports.SelectMany(r => r.Problems), ct);
        await audit.Record(
            passage.By, kind.Taken, "file:" + passage.File,
            string.Create(CultureInfo.InvariantCulture, $"rows {start.Report.Rows + 1}-{after.Report.Rows} refused {reports.Count(r => r.Result == EntryResult.Refused)}"), ct);
        await session.Commit(ct);
        passage.Before = after;
        passage.Taken += batch.Count;
        return null;
    }

    private async ValueTask<IReadOnlyList<EntryReport>> Registered(Passage passage, List<FileRow<TEntry>> batch, CancellationToken ct)
    {
        var good = batch.Where(r => r.Entry is not null).Select(r => new Numbered<TEntry>(r.Line, r.Entry!)).ToList();
        var done = (await kind.Register(passage.By.Organisation, passage.Own, good, ct)).GetEnumerator();
        var reports = new List<EntryReport>(batch.Count);
        foreach (var row in batch)
        {
            reports.Add(row.Entry is not null && done.MoveNext()
                ? done.Current
                : new EntryReport(EntryResult.Refused, null, [.. row.Faults.Select(f => Registrar.Problem(row.Line, f.Field, f.Fault, refused: true))]));
        }

        return reports;
    }

    /// <summary>One file on its way.</summary>
    private sealed class Passage(Actor by, string file, IReadOnlySet<string> own, long done, FileProgress? before)
    {
        public Actor By => by;

        public string File => file;

        public IReadOnlySet<string> Own => own;

        /// <summary>Rows registered by earlier requests.</summary>
        public long Done => done;

        public FileProgress? Before { get; set; } = before;

        public IncrementalHash Digest { get; } = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        public int Taken { get; set; }

        public bool IsComplete => Before is { Report.Complete: true };

        /// <summary>What was read so far is not what was registered.</summary>
        public bool Differs => Before is { } known && known.Digest != Convert.ToHexStringLower(Digest.GetCurrentHash());
    }
}
