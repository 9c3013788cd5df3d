using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Eligibility.Data;
using Sekisho.Modules.Eligibility.Inquiry;
using Sekisho.Modules.Eligibility.Registration;
using Sekisho.Platform.Data;
using Sekisho.Platform.Events;
using Sekisho.Platform.Web;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Checkups;

/// <summary>
/// A 特定健診 package: read and checked without a transaction, then its good files are registered in short ones together with how far it came. Broken off anywhere,
/// the same package sent again goes on behind the last batch. It is read in memory, never from a file: nothing of it touches a disk unsealed.
/// </summary>
internal sealed class TakePackage(
    DbSession session, RegisterCheckup register, CheckupStore store, CheckupPackages packages, ReadPackage read, IDirectory directory, Audit audit, TimeProvider time)
{
    public const int MostBytes = 64 << 20;
    private const int BatchFiles = 50;

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/eligibility/checkups/packages/{file}", async (string file, HttpRequest request, ICheckupRegistration registration, ICurrentActor current, CancellationToken ct) =>
                (await registration.Take(current.Actor, file, request.Body, ct)).ToResult(report => Results.Json(report, SiteJson.Options)))
            .WithMetadata(new RequestSizeLimitAttribute(MostBytes + 1))
            .Takes<Stream>("application/zip")
            .Produces<CheckupPackageReport>()
            .WithSummary("特定健診の提出ファイル（ZIP）の登録（同じ番号で送り直すと続きから）")
            .Requires(Permission.RegisterCoverage)
            .Audits(AuditKind.CheckupPackageTaken);
        endpoints.MapGet("/eligibility/checkups/packages/{file}", async (string file, ICheckupRegistration registration, ICurrentActor current, CancellationToken ct) =>
                (await registration.Report(current.Actor, file, ct)).ToResult(report => Results.Json(report, SiteJson.Options)))
            .Produces<CheckupPackageReport>()
            .WithSummary("特定健診の提出ファイルの結果")
            .Requires(Permission.RegisterCoverage)
            .Audits(AuditKind.CheckupPackageTaken);
    }

    public async ValueTask<Outcome<CheckupPackageReport>> Run(Actor by, string package, Stream zip, CancellationToken ct)
    {
        if (!by.May(Permission.RegisterCoverage))
        {
            return Refusals.MayNotRegisterCheckups;
        }

        if (package.Length is 0 or > 64 || !package.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-'))
        {
            return Refusals.BadPackageId;
        }

        if (await Bytes(zip, ct) is not { } bytes)
        {
            return Refusals.PackageTooLarge;
        }

        var content = read.Run(bytes);
        var before = await session.InReading(() => packages.Find(by.Organisation, package, ct), ct);
        return before is { Report.Complete: true } && before.Digest == content.Digest || await Pass(by, package, content, ct) is not { } refusal
            ? await Report(by, package, ct)
            : refusal;
    }

    public ValueTask<Outcome<CheckupPackageReport>> Report(Actor by, string package, CancellationToken ct) => session.InReading<Outcome<CheckupPackageReport>>(
        async () => !by.May(Permission.RegisterCoverage) ? Refusals.MayNotRegisterCheckups
            : await packages.Find(by.Organisation, package, ct) is { } found ? found.Report with { Problems = await packages.Problems(by.Organisation, package, ct) }
            : Refusals.NoPackage,
        ct);

    /// <summary>Batch after batch. Whoever sends the same package at the same time goes on where this one is, or finds it taken already.</summary>
    private async ValueTask<Refusal?> Pass(Actor by, string package, CheckedPackage content, CancellationToken ct)
    {
        var own = await RegisterOne.Numbers(directory, by.Organisation, ct);
        for (PackageProgress? before = null; before is not { Report.Complete: true };)
        {
            await session.Write(ct);
            await store.Lock(by.Organisation, ct);
            before = await packages.Find(by.Organisation, package, ct);
            if (before is { Report.Complete: true } || (before is not null && before.Digest != content.Digest))
            {
                await session.Rollback();
                return before.Digest == content.Digest ? null : Refusals.OtherPackage;
            }

            var start = before ?? new PackageProgress(
                new CheckupPackageReport(package, false, content.Accepted, content.Files, 0, 0, 0, content.Files - content.Good.Count, time.Now(), null, []), content.Digest, 0, 0);
            if (await Batch(by, content, before, start, own, ct) is not { } after)
            {
                await session.Rollback();
                return Refusals.PackageBusy;
            }

            await session.Commit(ct);
            before = after;
        }

        return null;
    }

    /// <summary>The next files of it; null when another connection was faster.</summary>
    private async ValueTask<PackageProgress?> Batch(
        Actor by, CheckedPackage content, PackageProgress? before, PackageProgress start, IReadOnlySet<string> own, CancellationToken ct)
    {
        var problems = new List<CheckupProblem>(before is null ? content.Problems : []);
        var results = new List<EntryResult>();
        foreach (var draft in content.Good.Skip(start.Done).Take(BatchFiles))
        {
            var (result, said) = await register.Run(by.Organisation, own, draft, ct);
            results.Add(result);
            problems.AddRange(said);
        }

        var after = After(start, results, content.Good.Count);
        if (!await packages.Keep(by.Organisation, before, after, problems, ct))
        {
            return null;
        }

        await audit.Record(
            by, AuditKind.CheckupPackageTaken, "package:" + after.Report.Package,
            string.Create(CultureInfo.InvariantCulture, $"files {start.Done + 1}-{after.Done} refused {after.Report.Refused}"), ct);
        return after with { Problems = start.Problems + problems.Count };
    }

    private PackageProgress After(PackageProgress start, List<EntryResult> results, int good)
    {
        var done = start.Done + results.Count;
        return start with
        {
            Done = done,
            Report = start.Report with
            {
                Created = start.Report.Created + results.Count(r => r == EntryResult.Created),
                Changed = start.Report.Changed + results.Count(r => r == EntryResult.Changed),
                Same = start.Report.Same + results.Count(r => r == EntryResult.Same),
                Refused = start.Report.Refused + results.Count(r => r == EntryResult.Refused),
                Complete = done == good,
                Ended = done == good ? time.Now() : null,
            },
        };
    }

    private static async ValueTask<byte[]?> Bytes(Stream zip, CancellationToken ct)
    {
        using var whole = new MemoryStream();
        var buffer = new byte[64 << 10];
        for (int read; (read = await zip.ReadAsync(buffer, ct)) > 0;)
        {
            if (whole.Length + read > MostBytes)
            {
                return null;
            }

            whole.Write(buffer, 0, read);
        }

        return whole.ToArray();
    }
}
