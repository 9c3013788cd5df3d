using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Sekisho.Contracts;
using Sekisho.Contracts.Claims;
using Sekisho.Formats.Claims;
using Sekisho.Formats.Identifiers;
using Sekisho.Modules.Claims.Calendar;
using Sekisho.Modules.Claims.MasterData;
using Sekisho.Modules.Claims.Receiving;
using Sekisho.Modules.Claims.Viewing;
using Sekisho.Platform.Data;
using Sekisho.Platform.Events;
using Sekisho.Platform.Web;
using Sekisho.Wire;

namespace Sekisho.Modules.Claims.Checks;

/// <summary>
/// 送信前の点検: the reception's own check on a file that is not received. The bytes pass once and are gone; neither they nor the findings are stored, only that
/// somebody asked. Bounded: so many bytes, so much time, so many at once.
/// </summary>
internal sealed class PreviewFile(
    DbSession session, Examine examine, PreviewPlaces places, MasterShelf masters, ClaimsCalendar calendar, IBusinessTime business, Audit audit, IConfiguration configuration)
{
    private const long DefaultBytes = 256L << 20;
    private const int DefaultSeconds = 300;

    public static void Map(IEndpointRouteBuilder endpoints) => endpoints
        .MapPost("/claims/preview", async (Guid payer, HttpRequest request, IClaimChecks checks, ICurrentActor current, CancellationToken ct) =>
            (await checks.Preview(current.Actor, new OrganisationId(payer), request.Body, ct)).ToResult(preview => Results.Json(View(preview), SiteJson.Options)))
        .Accepts<IFormFile>("application/octet-stream")
        .WithMetadata(new RequestSizeLimitAttribute(8L << 30)) // The preview has its own limit and says so in words.
        .Requires(Permission.SendTransmissions)
        .Audits(AuditKind.ClaimPreviewed);

    public async ValueTask<Outcome<Preview>> Run(Actor by, OrganisationId payer, Stream content, CancellationToken ct)
    {
        if (!by.May(Permission.SendTransmissions))
        {
            return Refusals.NotPermitted;
        }

        if (!places.Enter(by.Organisation))
        {
            return Refusals.PreviewBusy;
        }

        try
        {
            await audit.Alone(new AuditEvent(AuditKind.ClaimPreviewed, "payer:" + payer, "not kept") { By = by }, ct);
            return await Check(by, payer, content, ct);
        }
        finally
        {
            places.Leave(by.Organisation);
        }
    }

    private async Task<Outcome<Preview>> Check(Actor by, OrganisationId payer, Stream content, CancellationToken ct)
    {
        var limit = configuration.GetValue("Claims:Preview:MaxBytes", DefaultBytes);
        using var time = CancellationTokenSource.CreateLinkedTokenSource(ct);
        time.CancelAfter(TimeSpan.FromSeconds(configuration.GetValue("Claims:Preview:MaxSeconds", DefaultSeconds)));
        try
        {
            return await Check(by, payer, content, limit, time.Token);
        }
        catch (PreviewTooLargeException)
        {
            return Refusals.PreviewTooLarge with { Text = $"送信前の点検ができるのは {limit >> 20} MB までのファイルです。" };
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return Refusals.PreviewTooSlow;
        }
    }

    private async Task<Preview> Check(Actor by, OrganisationId payer, Stream content, long limit, CancellationToken ct)
    {
        var (at, later) = Moment();
        using var passing = new PassingStream(content, limit, calendar.At(at).Phase == Phase.Correcting, ct);
        var file = new CheckedFile();
        var sink = new MarkingSink(file, passing, calendar.At(at).Phase == Phase.Correcting);
        var context = new CheckContext(YearMonth.Of(DateOnly.FromDateTime(at.DateTime)), masters.Current);
        file.Report = await Task.Factory.StartNew(
            () => ClaimFileCheck.Run(passing, context, sink), ct, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);
        await examine.Run(new Submitted(by.Organisation, payer, at), file, claim => ValueTask.FromResult(sink.Marks[claim.Ordinal]), ct);
        await session.InReading(
            async () =>
            {
                file.HasSameBytesAs(await examine.SameBytes("", by.Organisation, passing.Sha256(), ct));
                return true;
            },
            ct);
        var claims = file.Claims();
        return new Preview(
            file.Report,
            file.IsRejected,
            at,
            later,
            claims.Count(c => c.State == ClaimState.Rejected),
            [.. claims.Where(c => c.Findings > 0 || c.State == ClaimState.Rejected).Select(c => new ClaimRow(c.Entry, c.State, c.Findings))],
            file.Findings(),
            file.Times());
    }

    /// <summary>Outside the periods nothing is received: then the file is judged as if sent when the next one begins.</summary>
    private (DateTimeOffset At, bool Later) Moment()
    {
        var now = business.Now;
        var standing = calendar.At(now);
        return standing.Phase == Phase.Before ? (standing.Next.Opens, true) : (now, false);
    }

    private static object View(Preview preview) => new
    {
        Kept = false,
        preview.Report.Kind,
        preview.Report.Header,
        preview.Report.Claims,
        preview.Report.Points,
        preview.Rejected,
        preview.RejectedClaims,
        preview.AsOf,
        preview.Times,
        preview.Report.NotRun,
        preview.Report.Editions,
        preview.Report.RuleListHash,
        Findings = preview.Findings.Select(ResultDocument.View),
    };

    /// <summary>Passes everything on, and in the correcting period notes by what each claim is recognised while its bytes are at hand.</summary>
    private sealed class MarkingSink(CheckedFile file, PassingStream content, bool marking) : IClaimFileSink
    {
        public Dictionary<int, IReadOnlySet<string>> Marks { get; } = [];

        public void Header(ClaimFileHeader header) => file.Header(header);

        public void Finding(Finding finding) => file.Finding(finding);

        public void Claim(ClaimEntry claim)
        {
            file.Claim(claim);
            if (marking)
            {
                Marks[claim.Ordinal] = ClaimMarks.Of(content.Take(claim));
            }
        }
    }
}

/// <summary>How many previews may run: each occupies a thread and reads as fast as its sender sends. Singleton.</summary>
internal sealed class PreviewPlaces
{
    private const int Places = 8;
    private const int PerOrganisation = 2;
    private readonly Lock _lock = new();
    private readonly List<OrganisationId> _taken = [];

    public bool Enter(OrganisationId organisation)
    {
        lock (_lock)
        {
            if (_taken.Count >= Places || _taken.Count(o => o == organisation) >= PerOrganisation)
            {
                return false;
            }

            _taken.Add(organisation);
            return true;
        }
    }

    public void Leave(OrganisationId organisation)
    {
        lock (_lock)
        {
            _taken.Remove(organisation);
        }
    }
}
