using System.Buffers.Binary;
using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Exchange.Overload;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Tests.Exchange;

/// <summary>More want to send than the site carries: each is told its place early, keeps it, and gets in; nothing acknowledged or under way suffers.</summary>
public sealed class OverloadTests
{
    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task FortyClients_WithRoomForTwo_AllGetInByTheirPlaces(DatabaseProvider provider)
    {
        const int Clients = 40;
        await using var world = await World.Start(provider, "Admission:Active=2", "Admission:Longest=00:00:02", "Admission:Return=00:00:30");
        var entered = new ConcurrentQueue<long>();
        var turnedAway = 0;

        var sent = await Task.WhenAll(Enumerable.Range(0, Clients).Select(async i =>
        {
            var visitor = new Visitor(world.Clinic, world.Payer, i);
            await visitor.Send(entered.Enqueue);
            Interlocked.Add(ref turnedAway, visitor.TurnedAway);
            return visitor.Id;
        }));

        Assert.Equal(Clients, sent.Distinct().Count());
        Assert.Equal(Clients, await world.Count("exchange", "transmission", "kind = 'claim' AND state = 'Received'"));
        Assert.True(turnedAway > Clients / 2, $"only {turnedAway} were turned away");
        var numbers = entered.Where(n => n > 0).ToList();
        var inOrder = numbers.Order().ToList();
        var apart = numbers.Select((n, i) => Math.Abs(inOrder.IndexOf(n) - i)).Average();
        Assert.True(apart <= 4, $"on average {apart} places from their order");
        Assert.Empty(await world.Health());
    }

    [Fact]
    public async Task FiveHundredClients_ReconnectingAtOnce_AllGetInAndNothingIsLost()
    {
        const int Clients = 500;
        await using var world = await World.Start(DatabaseProvider.Sqlite, "Admission:Active=25", "Admission:Longest=00:00:10", "Admission:Idle=00:01:00", "Limits:Handshakes=16");
        var before = await world.Clinic.Send(world.Payer, [1, 2, 3]);
        var refused = new ConcurrentQueue<string>();

        await Parallel.ForEachAsync(Enumerable.Range(0, Clients), new ParallelOptions { MaxDegreeOfParallelism = Clients, CancellationToken = Ct }, async (i, _) =>
        {
            // A line of its own each, as after a network failure.
            using var sender = new Sender(world.Site, world.Clinic.Organisation, world.Clinic.Certificate);
            var visitor = new Visitor(sender, world.Payer, i);
            await visitor.Send(_ => { });
            if (i % 50 == 0 && !(await sender.Acknowledgement(before.Id)).AsSpan().SequenceEqual(before.Acknowledgement))
            {
                refused.Enqueue("the acknowledgement given before changed");
            }
        });

        Assert.Empty(refused);
        Assert.Equal(Clients + 1, await world.Count("exchange", "transmission", "kind = 'claim' AND state = 'Received'"));
        Assert.Equal(Clients + 1, await world.Count("exchange", "transmission", "number IS NOT NULL"));
    }

    [Fact]
    public async Task LineFull_OpenUploadsAndAcknowledgedOnes_NeverWait()
    {
        await using var world = await World.Start(DatabaseProvider.Sqlite, "Admission:Active=1", "Admission:Idle=00:00:05");
        var (before, acknowledgement) = await world.Clinic.Send(world.Payer, [1]);
        byte[] content = [1, 2, 3, 4];
        var (first, second) = (world.Clinic.Envelope(world.Payer, content), world.Clinic.Envelope(world.Payer, content));
        var (firstCms, secondCms) = (world.Clinic.Signed(first), world.Clinic.Signed(second));
        using (var opened = await world.Clinic.Open(firstCms))
        {
            Assert.Equal(HttpStatusCode.Created, opened.StatusCode);
        }

        using (var away = await world.Clinic.Open(secondCms))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, away.StatusCode);
            Assert.Equal("1", away.Headers.GetValues("Sekisho-Place").Single());
            Assert.NotNull(away.Headers.RetryAfter);
            Assert.Contains("EX-0609", await away.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        }

        // The first rests, so that the second comes in; the first then goes on all the same, and so does what is acknowledged.
        using (var opened = await InTurn(world, secondCms))
        using (var again = await world.Clinic.Open(firstCms))
        using (var half = await world.Clinic.Patch(first.Id, 0, [1, 2]))
        using (var rest = await world.Clinic.Patch(first.Id, 2, [3, 4]))
        {
            Assert.Equal(
                [HttpStatusCode.Created, HttpStatusCode.OK, HttpStatusCode.NoContent, HttpStatusCode.NoContent],
                new[] { opened, again, half, rest }.Select(a => a.StatusCode));
        }

        Assert.Equal(acknowledgement, await world.Clinic.Acknowledgement(before));
        await world.Clinic.Acknowledgement(first.Id);
    }

    private static async Task<HttpResponseMessage> InTurn(World world, byte[] cms)
    {
        for (var tries = 0; ; tries++)
        {
            var opened = await world.Clinic.Open(cms);
            if (opened.StatusCode != HttpStatusCode.ServiceUnavailable || tries == 60)
            {
                return opened;
            }

            opened.Dispose();
            await Task.Delay(1000, Ct);
        }
    }

    [Fact]
    public async Task Opens_BeyondThePaceOfTheOrganisation_AreRefusedAndOthersAreNot()
    {
        await using var world = await World.Start(DatabaseProvider.Sqlite, "Exchange:OpensPerMinute=5");
        using var other = await Sender.Of(world.Site, OrganisationKind.MedicalInstitution, Sender.Institution);
        var last = await world.Clinic.Send(world.Payer, [0]);
        var statuses = new List<HttpStatusCode>();
        for (byte i = 1; i < 8; i++)
        {
            using var opened = await world.Clinic.Open(world.Clinic.Signed(world.Clinic.Envelope(world.Payer, [i])));
            statuses.Add(opened.StatusCode);
            if (opened.StatusCode == HttpStatusCode.TooManyRequests)
            {
                Assert.NotNull(opened.Headers.RetryAfter?.Delta);
                Assert.Contains("EX-0610", await opened.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
            }
        }

        Assert.Contains(HttpStatusCode.TooManyRequests, statuses);
        Assert.Equal(last.Acknowledgement, await world.Clinic.Acknowledgement(last.Id));
        await other.Send(world.Payer, [9]);
    }

    [Fact]
    public async Task Bytes_BeyondThePaceOfTheOrganisation_WaitBetweenUploadsAndNotWithin()
    {
        await using var world = await World.Start(DatabaseProvider.Sqlite, "Exchange:UploadPerHour=1");
        var content = new byte[3 * 1024 * 1024];
        await world.Clinic.Send(world.Payer, content);
        var next = world.Clinic.Envelope(world.Payer, content);
        using (await world.Clinic.Open(world.Clinic.Signed(next)))
        using (var refused = await world.Clinic.Patch(next.Id, 0, content))
        {
            Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
            Assert.Contains("EX-0611", await refused.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Line_ForgedOrOldOrForeignTickets_HaveNoPlace()
    {
        var time = new MovedClock();
        var line = new WaitingLine(new AdmissionOptions { Active = 1, Return = TimeSpan.FromMinutes(5) }, () => false, time);
        Assert.True(line.Ask(Guid.NewGuid(), null).IsIn);
        var (one, two) = (Guid.NewGuid(), Guid.NewGuid());
        var first = line.Ask(one, null);
        var second = line.Ask(two, null);
        Assert.Equal((1, 2), (first.Ahead, second.Ahead));
        Assert.Equal(first.Number, line.Ask(one, null).Number);
        Assert.Equal((1, 2), (line.Ask(one, first.Number).Ahead, line.Ask(two, second.Number).Ahead));
        time.Move(TimeSpan.FromHours(2));
        Assert.Equal(3, line.Ask(Guid.NewGuid(), first.Number - 1).Ahead);
    }

    [Fact]
    public void Line_Overloaded_LetsNobodyNewInAndKeepsWhatIsOpen()
    {
        var overloaded = false;
        var line = new WaitingLine(new AdmissionOptions { Active = 10 }, () => overloaded, TimeProvider.System);
        var open = Guid.NewGuid();
        Assert.True(line.Ask(open, null).IsIn);
        overloaded = true;
        Assert.Equal(1, line.Ask(Guid.NewGuid(), null).Ahead);
        Assert.True(line.Ask(open, null).IsIn);
    }

    [Fact]
    public async Task Ticket_OfAnotherTransmissionOrTouched_IsNone()
    {
        await using var world = await World.Start(DatabaseProvider.Sqlite);
        var tickets = world.Site.Services.GetRequiredService<Tickets>();
        var id = Guid.NewGuid();
        var ticket = tickets.Write(42, id);
        Assert.Equal(42, tickets.Read(ticket, id));
        Assert.Null(tickets.Read(ticket, Guid.NewGuid()));
        Assert.Null(tickets.Read((ticket[0] == 'A' ? 'B' : 'A') + ticket[1..], id));
        Assert.Null(tickets.Read("", id));
        Assert.Null(tickets.Read(null, id));
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A sender that does as it is told: waits, comes back with its ticket, and sends.</summary>
    private sealed class Visitor
    {
        private readonly Sender _sender;
        private readonly byte[] _content;
        private readonly byte[] _cms;
        private string? _ticket;

        public Visitor(Sender sender, Organisation payer, int number)
        {
            _sender = sender;
            _content = BitConverter.GetBytes(number);
            var envelope = sender.Envelope(payer, _content);
            (Id, _cms) = (envelope.Id, sender.Signed(envelope));
        }

        public Guid Id { get; }

        public int TurnedAway { get; private set; }

        public async Task Send(Action<long> entered)
        {
            while (true)
            {
                using var opened = await Open();
                if (opened.StatusCode == HttpStatusCode.Created)
                {
                    break;
                }

                Assert.True(opened.StatusCode == HttpStatusCode.ServiceUnavailable, await opened.Content.ReadAsStringAsync(Ct));
                TurnedAway++;
                _ticket = opened.Headers.GetValues(Tickets.Header).Single();
                Assert.True(int.Parse(opened.Headers.GetValues("Sekisho-Place").Single(), CultureInfo.InvariantCulture) > 0);
                await Task.Delay(opened.Headers.RetryAfter!.Delta!.Value, Ct);
            }

            entered(_ticket is null ? 0 : BinaryPrimitives.ReadInt64BigEndian(Base64Url.DecodeFromChars(_ticket)));
            using var sent = await _sender.Patch(Id, 0, _content);
            Assert.True(sent.StatusCode == HttpStatusCode.NoContent, await sent.Content.ReadAsStringAsync(Ct));
            await _sender.Acknowledgement(Id);
        }

        private async Task<HttpResponseMessage> Open()
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/exchange/transmissions") { Content = new ByteArrayContent(_cms) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/cms");
            if (_ticket is not null)
            {
                request.Headers.Add(Tickets.Header, _ticket);
            }

            return await _sender.Http.SendAsync(request, Ct);
        }
    }
}
