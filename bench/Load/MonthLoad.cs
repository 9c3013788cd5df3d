using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Sekisho.Formats;
using Sekisho.Platform.Data;

namespace Sekisho.Bench.Load;

/// <summary>
/// A whole claims month: every institution sends one small signed submission on a connection of its own, which is checked and confirmed; the payer closes,
/// reviews, decides and delivers; the insurers collect, verify and sign for it. Minutes, memory and database size of each phase.
/// </summary>
internal static class MonthLoad
{
    private const int ClaimsEach = 5;
    private const int AtOnce = 16;
    private const string Month = "202606";
    private static readonly DateTimeOffset _afterCorrections = new(2026, 6, 13, 10, 0, 0, JapanTime.Offset);

    public static async Task<int> Run(int institutions, DatabaseProvider provider, string[] settings)
    {
        await using var site = await LoadSite.Create(provider, settings);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"month of {institutions} institutions with {ClaimsEach} claims each, {provider}, {AtOnce} at once"));
        var month = new MonthRun(site, institutions);
        await month.Phase("register", () => site.Prepare(async services => month.Cast = await Cast.Register(services, institutions, SmallFiles.Insurers)));
        await site.Start();
        var numbers = new ConcurrentDictionary<int, string>();
        await month.Phase("send", () => month.Each(async (i, sender) =>
            numbers[i] = (await sender.Send(month.Cast.Payer.Organisation, SmallFiles.OfClaims(i, ClaimsEach))).Number));
        await month.Phase("check (rest)", () => month.Until($"SELECT COUNT(*) FROM {site.Table("claims", "reception")} WHERE state = 'Checked'", institutions));
        await month.Phase("confirm", () => month.Each(async (i, sender) => await sender.Post($"/claims/receptions/{numbers[i]}/confirm")));
        using var payer = month.Connect(month.Cast.Payer);
        using var centre = month.Connect(month.Cast.Centre);
        await centre.Post("/development/business-time", JsonContent.Create(new { moment = _afterCorrections }));
        await month.Phase("close", () => payer.Post($"/claims/months/{Month}/close"));
        await month.Phase("review", () => Parallel.ForEachAsync(numbers.Values, month.Degree, async (number, _) =>
            await payer.Post($"/claims/receptions/{number}/review", JsonContent.Create(new { decision = "AsClaimed" }))));
        await month.Phase("decide", () => payer.Post($"/claims/months/{Month}/decide"));
        await month.Phase("deliver", () => payer.Post($"/claims/months/{Month}/deliver"));
        await month.Phase("collect", () => Collect(month));
        return await Verify(site, month, institutions);
    }

    private static async Task Collect(MonthRun month)
    {
        foreach (var insurer in month.Cast.Insurers)
        {
            using var receiver = month.Connect(insurer);
            using var waiting = JsonDocument.Parse(await receiver.Get("/exchange/deliveries?waiting=true"));
            foreach (var delivery in waiting.RootElement.EnumerateArray())
            {
                await receiver.Collect(delivery.GetProperty("id").GetGuid());
            }
        }
    }

    /// <summary>Every claim of every institution must have gone to its insurer, once, and the ledger must hold.</summary>
    private static async Task<int> Verify(LoadSite site, MonthRun month, int institutions)
    {
        var delivered = (await site.Query($"SELECT COUNT(*) FROM {site.Table("claims", "claim")} WHERE state = 'Delivered'", r => r.GetInt64(0)))[0];
        var gone = (await site.Query($"SELECT COUNT(*) FROM {site.Table("claims", "target")} WHERE delivery IS NOT NULL", r => r.GetInt64(0)))[0];
        var signed = (await site.Query($"SELECT COUNT(*) FROM {site.Table("exchange", "transmission")} WHERE kind = 'delivery' AND receipt IS NOT NULL", r => r.GetInt64(0)))[0];
        var expected = institutions * ClaimsEach;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"delivered {delivered} and gone {gone} of {expected} claims; deliveries signed for {signed}"));
        await site.Stop();
        IReadOnlyList<string> faults = [];
        await month.Phase("verify all", () => site.Prepare(async services =>
            faults = await ((Contracts.Exchange.ISiteHealth)services.GetService(typeof(Contracts.Exchange.ISiteHealth))!).Verify(CancellationToken.None)));
        Console.WriteLine(faults.Count == 0 ? "ledger, acknowledgements and content verify" : string.Join("; ", faults.Take(5)));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"total {month.Total.TotalMinutes:F2} minutes"));
        return delivered == expected && gone == expected && signed == month.Cast.Insurers.Count && faults.Count == 0 ? 0 : 1;
    }
}

/// <summary>The phases of a month under load, one after the other.</summary>
internal sealed class MonthRun(LoadSite site, int institutions)
{
    private Cast? _cast;

    public Cast Cast
    {
        get => _cast ?? throw new InvalidOperationException("Nobody is registered");
        set => _cast = value;
    }

    public TimeSpan Total { get; private set; }

    public ParallelOptions Degree { get; } = new() { MaxDegreeOfParallelism = 16 };

    public async Task Phase(string name, Func<Task> act)
    {
        var start = Stopwatch.GetTimestamp();
        var cpu = site.IsRunning ? site.ServerCpu : default;
        await act();
        var taken = Stopwatch.GetElapsedTime(start);
        Total += taken;
        var (database, content) = await site.Sizes();
        var server = site.IsRunning
            ? string.Create(CultureInfo.InvariantCulture, $"; server CPU {(site.ServerCpu - cpu).TotalSeconds:F1} s, VmHWM {site.ServerPeakMegabytes()} MB")
            : "";
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name}: {taken.TotalMinutes:F2} min ({taken.TotalMilliseconds / institutions:F2} ms per institution); database {database / 1e6:F1} MB, content {content / 1e6:F1} MB{server}"));
    }

    public Participant Connect(Member member) => new(site.Machines, member.Organisation, member.Certificate, Cast.Authority);

    /// <summary>Every institution, on a connection of its own, several at once.</summary>
    public Task Each(Func<int, Participant, Task> act) => Parallel.ForEachAsync(Enumerable.Range(0, institutions), Degree, async (i, _) =>
    {
        using var sender = Connect(Cast.Institutions[i]);
        await act(i, sender);
    });

    public async Task Until(string sql, long count)
    {
        while ((await site.Query(sql, r => r.GetInt64(0)))[0] < count)
        {
            await Task.Delay(100);
        }
    }
}
