using System.Net;
using System.Text.Json;

namespace Sekisho.EndToEnd.Tests.Death;

/// <summary>Work that goes on from wherever the last death left it. The server may vanish under any line.</summary>
internal interface IChain
{
    /// <summary>One round of work in which the point is reached.</summary>
    Task Drive(string point);

    /// <summary>Finishes everything on a server that stays.</summary>
    Task Finish();
}

/// <summary>A clinic sends, with a line that breaks once per file.</summary>
internal sealed class TransmissionChain(ServerProcess server, Books books) : IChain, IDisposable
{
    private const int Cut = 100_000;
    private readonly Courier _clinic = new(server, "clinic");
    private readonly Guid _payer = Payer(server);
    private readonly byte[] _file = Large(server, 40);
    private Sending? _current;
    private int _count;

    public static Guid Payer(ServerProcess server)
    {
        using var payer = new Courier(server, "payer");
        return payer.Organisation;
    }

    public static byte[] Large(ServerProcess server, int times)
    {
        var path = Path.Combine(server.Folder, "large.uke");
        ClaimFiles.Multiply(server.Demo("RECEIPTC.UKE"), path, times);
        return File.ReadAllBytes(path);
    }

    public async Task Drive(string point)
    {
        _current ??= new Sending(_clinic, _payer, Sending.Variant(_file, ++_count));
        await _current.Advance(_clinic, Cut);
        books.Add(_current, _clinic);
        _current = null;
    }

    public async Task Finish()
    {
        if (_current is not null)
        {
            await Drive("");
        }
    }

    public void Dispose() => _clinic.Dispose();
}

/// <summary>A claims month: receptions are checked, confirmed, cancelled, closed, reviewed, decided, delivered and received.</summary>
internal sealed class MonthChain(ServerProcess server, Books books) : IChain, IDisposable
{
    private static readonly string[] _early = ["platform.", "claims.check.", "exchange.post.stored:1"];
    private readonly Courier _clinic = new(server, "clinic");
    private readonly Courier _payer = new(server, "payer");
    private readonly Courier _centre = new(server, "centre");
    private readonly List<Courier> _insurers = [.. Clinic.Insurers.Select(i => new Courier(server, i))];
    private readonly byte[] _file = TransmissionChain.Large(server, 20);
    private readonly string _month = ClaimFiles.BillingMonth(server.Demo("RECEIPTC.UKE"));
    private Sending? _current;
    private int _count;
    private string? _cancelled;

    public async Task Drive(string point)
    {
        if (_early.Any(e => point.StartsWith(e, StringComparison.Ordinal)))
        {
            await Send();
            await Checked();
            return;
        }

        while (books.Acknowledged.Count < 5)
        {
            await Send();
        }

        await Checked();
        await Confirm();
        await SetDay(13);
        await Books.Eventually("the rest is confirmed", async () => (await Receptions()).TrueForAll(r => r.State is not "Checked"));
        await Act($"/claims/months/{_month}/close");
        foreach (var (number, _) in (await Receptions()).Where(r => r.State == "Closed"))
        {
            await Act($"/claims/receptions/{number}/review", new { decision = "AsClaimed" });
        }

        await Act($"/claims/months/{_month}/decide");
        await Act($"/claims/months/{_month}/deliver");
        await ReceiveAll();
    }

    public async Task Finish()
    {
        await Drive("claims.");
        Assert.Equal(0, (await _payer.Post($"/claims/months/{_month}/deliver")).GetProperty("deliveries").GetInt32());
        Assert.Equal(0, await books.Rows("exchange", "transmission", "kind = 'delivery' AND receipt IS NULL"));
        Assert.Equal(Clinic.Insurers.Count, await books.Rows("claims", "delivery", "1 = 1"));
        await Books.Eventually("the receipts are known", async () => await books.Rows("claims", "delivery", "received_at IS NULL") == 0);
        var states = (await Receptions()).Select(r => r.State).ToHashSet();
        Assert.Subset(new HashSet<string> { "Decided", "Delivered", "Cancelled" }, states);
    }

    public void Dispose()
    {
        _clinic.Dispose();
        _payer.Dispose();
        _centre.Dispose();
        _insurers.ForEach(i => i.Dispose());
    }

    private async Task Send()
    {
        _current ??= new Sending(_clinic, _payer.Organisation, Sending.Variant(_file, ++_count));
        await _current.Advance(_clinic);
        books.Add(_current, _clinic);
        _current = null;
    }

    private Task Checked() => Books.Eventually(
        "everything is checked", async () => await Receptions() is var all && all.Count == books.Acknowledged.Count && all.TrueForAll(r => r.State != "Received"));

    /// <summary>The first two by the institution; one is cancelled; the others are left to the centre.</summary>
    private async Task Confirm()
    {
        var all = await Receptions();
        _cancelled ??= all[2].Number;
        foreach (var (number, state) in all.Where(r => r.State == "Checked" && r.Number == _cancelled).Concat(all.Take(2).Where(r => r.State == "Checked")).Reverse())
        {
            await _clinic.Post($"/claims/receptions/{number}/{(number == _cancelled ? "cancel" : "confirm")}");
        }
    }

    private async Task SetDay(int day) =>
        await _centre.Post("/development/business-time", new { moment = ClaimFiles.Moment(server.Demo("RECEIPTC.UKE"), day) });

    private async Task Act(string path, object? body = null) => await _payer.Post(path, body);

    private async Task ReceiveAll()
    {
        foreach (var insurer in _insurers)
        {
            foreach (var delivery in (await insurer.Get("/exchange/deliveries?waiting=true")).EnumerateArray())
            {
                await insurer.Receive(delivery);
            }
        }
    }

    private async Task<List<(string Number, string State)>> Receptions() =>
    [
        .. from reception in (await _clinic.Get("/claims/receptions")).EnumerateArray()
           let number = reception.GetProperty("number").GetString()!
           orderby number
           select (number, reception.GetProperty("state").GetString()!),
    ];
}

/// <summary>What ends without a reception: refused, given up, expired; and what a person brings on a page.</summary>
internal sealed class RestChain : IChain, IDisposable
{
    private readonly ServerProcess _server;
    private readonly Books _books;
    private readonly Courier _clinic;
    private readonly Guid _payer;
    private readonly byte[] _file;
    private readonly Sending _wrong;
    private Sending? _current;
    private int _count;

    public RestChain(ServerProcess server, Books books)
    {
        (_server, _books) = (server, books);
        _clinic = new Courier(server, "clinic");
        _payer = TransmissionChain.Payer(server);
        _file = File.ReadAllBytes(server.Demo("RECEIPTC.UKE"));
        _wrong = new Sending(_clinic, _payer, _file, promised: [.. _file.Reverse()]);
    }

    public async Task Drive(string point)
    {
        if (point.StartsWith("exchange.refusal", StringComparison.Ordinal))
        {
            await Refused();
        }
        else if (point.StartsWith("exchange.handover", StringComparison.Ordinal))
        {
            await HandOver(point.EndsWith("committed", StringComparison.Ordinal));
        }
        else if (point.StartsWith("exchange.sweep", StringComparison.Ordinal))
        {
            Orphan();
            await LeftAlone();
        }
        else
        {
            await GivenUpAndOpenedAgain();
        }
    }

    public async Task Finish()
    {
        if (_current is not null)
        {
            await _current.Advance(_clinic);
            _books.Add(_current, _clinic);
            _current = null;
        }

        Assert.Equal(0, await _books.Rows("exchange", "transmission", "state = 'Refused' AND content IS NOT NULL"));
        Assert.Equal(1, await _books.Rows("exchange", "transmission", "state = 'Refused'"));
    }

    public void Dispose() => _clinic.Dispose();

    private async Task Refused()
    {
        using var opened = await _clinic.Open(_wrong.Cms);
        if (opened.StatusCode is HttpStatusCode.Created or HttpStatusCode.OK)
        {
            using var sent = await _clinic.Patch(_wrong.Id, 0, _file);
            await Courier.Expect(sent, "wrong digest", HttpStatusCode.UnprocessableEntity);
        }

        using var again = await _clinic.Open(_wrong.Cms);
        await Courier.Expect(again, "refused for ever", HttpStatusCode.UnprocessableEntity);
    }

    private async Task GivenUpAndOpenedAgain()
    {
        _current ??= new Sending(_clinic, _payer, Sending.Variant(_file, ++_count));
        using var opened = await _clinic.Open(_current.Cms);
        await Courier.Expect(opened, "open", HttpStatusCode.Created, HttpStatusCode.OK);
        using var part = await _clinic.Patch(_current.Id, 0, _file.AsMemory(0, 1000));
        await Courier.Expect(part, "part", HttpStatusCode.NoContent);
        using var ended = await _clinic.Send(HttpMethod.Delete, $"/exchange/uploads/{_current.Id}");
        await Courier.Expect(ended, "terminate", HttpStatusCode.NoContent);
    }

    /// <summary>What a rolled-back transaction leaves.</summary>
    private void Orphan()
    {
        var id = Guid.NewGuid().ToString("D");
        var folder = Directory.CreateDirectory(Path.Combine(_server.Folder, "content", id[^2..]));
        var file = Path.Combine(folder.FullName, id);
        File.WriteAllBytes(file, new byte[100]);
        File.SetLastWriteTimeUtc(file, TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-1));
    }

    private async Task LeftAlone()
    {
        await Finish();
        var half = new Sending(_clinic, _payer, Sending.Variant(_file, ++_count));
        using var opened = await _clinic.Open(half.Cms);
        using var part = await _clinic.Patch(half.Id, 0, _file.AsMemory(0, 1000));
        await _server.Ends(TimeSpan.FromSeconds(60));
    }

    /// <summary>What was committed is in the list although nobody was answered.</summary>
    private async Task HandOver(bool committed)
    {
        using var person = await Visit.SignIn(_server, "clinic");
        try
        {
            await person.HandOver(_payer, Sending.Variant(_file, 9000 + ++_count));
        }
        finally
        {
            _books.HandedOver += committed ? 1 : 0;
        }
    }
}
