namespace Sekisho.EndToEnd.Tests.Death;

/// <summary>
/// Clients at work while somebody strikes: clinics send, confirm and fetch results; later the payer closes, reviews, decides and delivers, and insurers
/// receive. Each goes on from wherever the server left it, and writes into the books what it was told.
/// </summary>
internal sealed class Load(ServerProcess server, Books books, int seed) : IAsyncDisposable
{
    private readonly CancellationTokenSource _sendingEnds = new();
    private readonly CancellationTokenSource _end = new();
    private readonly List<Courier> _couriers = [];
    private readonly List<Task> _work = [];
    private readonly string _month = ClaimFiles.BillingMonth(server.Demo("RECEIPTC.UKE"));
    private readonly Guid _payer = TransmissionChain.Payer(server);
    private int _count;

    /// <summary>Everything that is neither success nor a vanished server nor an honest "not now".</summary>
    public IEnumerable<Exception> Faults => _work.Where(t => t.IsFaulted).Select(t => t.Exception!.GetBaseException());

    public void Send(int clients)
    {
        var file = TransmissionChain.Large(server, 15);
        for (var i = 0; i < clients; i++)
        {
            Work(new Random(seed + i), file);
        }

        _work.Add(Repeat(Courier("clinic"), Confirm, _sendingEnds.Token));
        _work.Add(Repeat(Courier("clinic"), Receive, _end.Token));
    }

    /// <summary>Every sender finishes the file it has in hand; the server must be there.</summary>
    public async Task EndSending()
    {
        await _sendingEnds.CancelAsync();
        await Task.WhenAll(_work.SkipLast(1)).WaitAsync(TimeSpan.FromMinutes(5));
    }

    /// <summary>The month's end, at the same time as the recipients fetch.</summary>
    public void EndMonth()
    {
        _work.Add(Repeat(Courier("payer"), CloseAndDeliver, _end.Token));
        foreach (var insurer in Clinic.Insurers)
        {
            _work.Add(Repeat(Courier(insurer), Receive, _end.Token));
        }
    }

    public async Task End()
    {
        await _end.CancelAsync();
        await Task.WhenAll(_work).WaitAsync(TimeSpan.FromMinutes(5));
    }

    public async ValueTask DisposeAsync()
    {
        await _sendingEnds.CancelAsync();
        await _end.CancelAsync();
        await Task.WhenAll(_work).ContinueWith(_ => { }, TaskScheduler.Default);
        _couriers.ForEach(c => c.Dispose());
        _sendingEnds.Dispose();
        _end.Dispose();
    }

    public async Task SetDay(int day)
    {
        using var centre = new Courier(server, "centre");
        await centre.Post("/development/business-time", new { moment = ClaimFiles.Moment(server.Demo("RECEIPTC.UKE"), day) });
    }

    /// <summary>Asserts that the month came to its end: everything confirmed was closed, decided, delivered and received.</summary>
    public async Task MonthHasEnded()
    {
        await Books.Eventually("every reception is at its end", async () => await books.Rows("claims", "reception", "state NOT IN ('Decided', 'Delivered')") == 0, 180);
        await Books.Eventually("every delivery is received", async () => await books.Rows("claims", "delivery", "received_at IS NULL") == 0, 180);
        await Books.Eventually("every result is fetched", async () => await books.Rows("exchange", "transmission", "kind = 'reception-result' AND receipt IS NULL") == 0, 180);
    }

    private Courier Courier(string who)
    {
        var courier = new Courier(server, who) { TakesNotNow = true };
        lock (_couriers)
        {
            _couriers.Add(courier);
        }

        return courier;
    }

    private void Work(Random random, byte[] file)
    {
        var sender = Courier("clinic");
        _work.Add(Repeat(
            sender,
            async _ =>
            {
                var number = Interlocked.Increment(ref _count);
                var sending = new Sending(sender, _payer, Sending.Variant(file, number));
                int? cut = random.Next(4) == 0 ? random.Next(file.Length) : null;
                await Persist(() => sending.Advance(sender, cut));
                books.Add(sending, sender);
                await Task.Delay(random.Next(300));
            },
            _sendingEnds.Token));
    }

    /// <summary>Tries again until it is done: this is what a client that holds an envelope does.</summary>
    private static async Task Persist(Func<Task> act)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                await act();
                return;
            }
            catch (Exception fault) when (Death.Courier.IsGone(fault) && tries < 3000)
            {
                await Task.Delay(100);
            }
        }
    }

    private static async Task Repeat(Courier courier, Func<Courier, Task> act, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await act(courier);
            }
            catch (Exception fault) when (Death.Courier.IsGone(fault))
            {
                // Struck: again.
            }

            await Task.Delay(100, CancellationToken.None);
        }
    }

    private static async Task Confirm(Courier clinic)
    {
        foreach (var reception in (await clinic.Get("/claims/receptions")).EnumerateArray().Where(r => r.GetProperty("state").GetString() == "Checked"))
        {
            await clinic.Post($"/claims/receptions/{reception.GetProperty("number").GetString()}/confirm");
        }
    }

    private static async Task Receive(Courier recipient)
    {
        foreach (var delivery in (await recipient.Get("/exchange/deliveries?waiting=true")).EnumerateArray())
        {
            await recipient.Receive(delivery);
        }
    }

    private async Task CloseAndDeliver(Courier payer)
    {
        await payer.Post($"/claims/months/{_month}/close");
        foreach (var reception in (await payer.Get("/claims/receptions")).EnumerateArray().Where(r => r.GetProperty("state").GetString() == "Closed"))
        {
            await payer.Post($"/claims/receptions/{reception.GetProperty("number").GetString()}/review", new { decision = "AsClaimed" });
        }

        await payer.Post($"/claims/months/{_month}/decide");
        await payer.Post($"/claims/months/{_month}/deliver");
    }
}
