using Microsoft.AspNetCore.Mvc;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Formats;
using Sekisho.Web.Hosting;

namespace Sekisho.Web.Pages.Eligibility;

/// <summary>登録の状況: files, lags, what to look at, who looked; and one's own people one at a time, now and before. What is asked about a person stays out of addresses.</summary>
[Requires(Permission.RegisterCoverage)]
[Audits(AuditKind.RegistrationRead)]
internal sealed class RegistrationModel(ICurrentActor current, IRegistrationQuality quality, ICoverageRegistration registration, IBusinessTime business) : SitePage
{
    private const int Days = 30;
    [BindProperty(SupportsGet = true)]
    public DateOnly? From { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? Until { get; set; }

    [BindProperty]
    public LookUpForm Card { get; set; } = new();

    [BindProperty]
    public string? Id { get; set; }

    [BindProperty]
    public DateTime? AsOf { get; set; }

    public RegistrationState? State { get; private set; }

    /// <summary>What of the notices is listed, and what is in the list.</summary>
    public NoticeCount? Listed { get; private set; }

    public IReadOnlyList<NoticedRow> Rows { get; private set; } = [];

    /// <summary>How many come before.</summary>
    public int After { get; private set; }

    public int Shown => After + Rows.Count;

    /// <summary>What was looked up; null when nothing was.</summary>
    public IReadOnlyList<RegisteredVersion>? Versions { get; private set; }

    public bool HandsOut => current.Actor.May(Permission.HandOutAccessLog);

    public long Registered => State!.Lags.Sum(l => l.Count);

    public long Late => State!.Lags.Where(l => l.Days > 5).Sum(l => l.Count);

    public int Longest => State!.Lags.Select(l => l.Days).DefaultIfEmpty().Max();

    /// <summary>当日 to 5日 singly, then in steps.</summary>
    public IEnumerable<(string Words, long Count, bool Late)> Lags =>
    [
        .. Enumerable.Range(0, 6).Select(d => (d == 0 ? "当日まで" : $"{d}日", Between(d == 0 ? int.MinValue : d, d), false)),
        ("6〜10日", Between(6, 10), true),
        ("11〜30日", Between(11, 30), true),
        ("31日以上", Between(31, int.MaxValue), true),
    ];

    public Task<IActionResult> OnGet(string? notice, int? after, CancellationToken ct) => Load(notice, after ?? 0, ct);

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        var query = new RegisteredQuery
        {
            Id = Id?.Trim() ?? "",
            Card = string.IsNullOrWhiteSpace(Id) ? Card.ToCard() : null,
            AsOf = AsOf is { } at ? new DateTimeOffset(DateTime.SpecifyKind(at, DateTimeKind.Unspecified), JapanTime.Offset) : null,
        };
        var found = await registration.Find(current.Actor, query, ct);
        var page = await Load(null, 0, ct);
        if (State is null)
        {
            return page;
        }

        if (found.Refused(out var refusal, out var versions))
        {
            return Again(refusal);
        }

        Versions = versions;
        return Page();
    }

    private async Task<IActionResult> Load(string? notice, int after, CancellationToken ct)
    {
        var until = Until ?? DateOnly.FromDateTime(business.Now.DateTime);
        if (notice is not null && (await quality.Noticed(current.Actor, notice, Math.Max(after, 0), ct)).Succeeded(out var rows, out _))
        {
            (Rows, After) = (rows, Math.Max(after, 0));
        }

        // After the list: what it found to be put right is not counted any more.
        if ((await quality.State(current.Actor, From ?? until.AddDays(1 - Days), until, ct)).Refused(out var refusal, out var state))
        {
            return Refused(refusal);
        }

        (State, From, Until) = (state, state.From, state.Until);
        Listed = state.Notices.FirstOrDefault(n => n.Code == notice);
        ModelState.Clear();
        return Page();
    }

    private long Between(int first, int last) => State!.Lags.Where(l => l.Days >= first && l.Days <= last).Sum(l => l.Count);
}
