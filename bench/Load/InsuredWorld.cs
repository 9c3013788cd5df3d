using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Contracts.Identity;
using Sekisho.Formats.Eligibility;
using Sekisho.Formats.Eligibility.Views;
using Sekisho.Platform.Web;

namespace Sekisho.Bench.Load;

/// <summary>Insured people by number, all fictional: what is on the card, and what an inquiry must say of it. Every tenth lost the coverage, every hundredth question is mistyped.</summary>
internal sealed class InsuredWorld(int people)
{
    private static readonly DateOnly _asOf = new(2026, 6, 8);
    private static readonly DateOnly _acquired = new(2020, 4, 1);
    private static readonly DateOnly _lost = new(2026, 4, 1);
    private static readonly DateOnly _firstBirth = new(1930, 1, 1);
    private long _asked;
    private long _wrong;
    private bool _ended;

    /// <summary>Answers that said something else than what was registered.</summary>
    public long Wrong => Interlocked.Read(ref _wrong);

    /// <summary>保険者番号: everybody's insurer is one of these, in turn.</summary>
    public static string[] Insurers { get; } = ["06139999", "06139998", "06139997", "06139996"];

    /// <summary>Registers all of them by one file of JSON lines from each insurer, all files at once; rows a second.</summary>
    public async Task<double> Register(IServiceProvider services, IReadOnlyList<Member> insurers)
    {
        var start = Stopwatch.GetTimestamp();
        var reports = await Task.WhenAll(insurers.Select((insurer, n) => Task.Run(() => Take(services, insurer.Organisation, n, "load-1"))));
        return reports.Sum(r => r.Created) == people
            ? people / Stopwatch.GetElapsedTime(start).TotalSeconds
            : throw new InvalidOperationException($"{reports.Sum(r => r.Created)} of {people}: {string.Join(' ', reports.SelectMany(r => r.Problems).Take(5).Select(p => $"{p.Line} {p.Code}"))}");
    }

    /// <summary>Everybody still covered loses the coverage: whoever is told otherwise from now on is told something stale.</summary>
    public async Task EndAll(IServiceProvider services, IReadOnlyList<Member> insurers)
    {
        _ended = true;
        var reports = await Task.WhenAll(insurers.Select((insurer, n) => Task.Run(() => Take(services, insurer.Organisation, n, "load-2"))));
        if (reports.Sum(r => r.Changed + r.Same) != people)
        {
            throw new InvalidOperationException($"{reports.Sum(r => r.Changed)} changed, {reports.Sum(r => r.Same)} as before, of {people}");
        }
    }

    private async Task<CoverageFileReport> Take(IServiceProvider services, Organisation insurer, int ordinal, string file)
    {
        var by = new Actor(insurer.Id, insurer.Name, null, null, "", new HashSet<Permission> { Permission.RegisterCoverage });
        var path = Path.GetTempFileName();
        try
        {
            await using (var lines = new StreamWriter(path))
            {
                foreach (var i in Enumerable.Range(0, people).Where(i => InsurerOf(i) == ordinal))
                {
                    await lines.WriteLineAsync(JsonSerializer.Serialize(Entry(i), SiteJson.Options));
                }
            }

            await using var content = File.OpenRead(path);
            await using var scope = services.CreateAsyncScope();
            return (await scope.ServiceProvider.GetRequiredService<ICoverageRegistration>()
                .TakeFile(by, file, CoverageFileForm.JsonLines, content, CancellationToken.None)).Value;
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>A question about a person anywhere among them, and the validity that must be answered.</summary>
    public (byte[] Body, int Expected) Question()
    {
        var (card, expected) = Card();
        return (Encoding.UTF8.GetBytes($$"""{"card":{{Json(card)}},"on":"{{_asOf:yyyy-MM-dd}}","limitConsent":true}"""), expected);
    }

    /// <summary>The same as a request file of the interface.</summary>
    public (byte[] File, int Expected) RequestFile(string institution)
    {
        var (card, expected) = Card();
        var body = new QualificationRequest
        {
            QualificationConfirmSearchInfo = new QualificationConfirmSearchInfo
            {
                InsurerNumber = card.Insurer,
                InsuredCardSymbol = card.Symbol,
                InsuredIdentificationNumber = card.Number,
                InsuredBranchNumber = card.Branch,
                Birthdate = card.Birth,
            },
        };
        var header = new OqsHeader { MedicalInstitutionCode = institution, QualificationConfirmationDate = _asOf };
        return (OqsWriter.Write(OqsMessage.Of(OqsShapes.Get("OQSsiquc01req"), header, body), OqsEncoding.Utf8).Bytes!, expected);
    }

    /// <summary>A list of such questions, and the validity of each.</summary>
    public (byte[] Body, IReadOnlyList<int> Expected) List(int rows)
    {
        var cards = Enumerable.Range(0, rows).Select(_ => Card()).ToList();
        var lines = string.Join(',', cards.Select(c => $$"""{"card":{{Json(c.Card)}}}"""));
        return (Encoding.UTF8.GetBytes($$"""{"on":"{{_asOf:yyyy-MM-dd}}","rows":[{{lines}}]}"""), [.. cards.Select(c => c.Expected)]);
    }

    private (CardKeys Card, int Expected) Card()
    {
        var n = Interlocked.Increment(ref _asked);
        // Spread over all of them without a pattern that a cache would like.
        var i = (int)((n * 2_654_435_761L % (1L << 32) * people) >> 32);
        var mistyped = n % 100 == 0;
        var birth = Birth(i).AddDays(mistyped ? 1 : 0);
        var card = new CardKeys { Insurer = Insurers[InsurerOf(i)], Symbol = Symbol(i), Number = Number(i), Branch = Branch(i), Birth = birth };
        return (card, mistyped ? 4 : IsLost(i) ? 2 : 1);
    }

    private static string Json(CardKeys card) => string.Create(CultureInfo.InvariantCulture,
        $$"""{"insurer":"{{card.Insurer}}","symbol":"{{card.Symbol}}","number":"{{card.Number}}","branch":"{{card.Branch}}","birth":"{{card.Birth:yyyy-MM-dd}}"}""");

    public void Judge(int expected, int answered)
    {
        if (expected != answered)
        {
            Interlocked.Increment(ref _wrong);
        }
    }

    private CoverageEntry Entry(int i) => new()
    {
        Id = i.ToString("D8", CultureInfo.InvariantCulture),
        Coverage = new Coverage
        {
            Insurer = Insurers[InsurerOf(i)],
            InsurerName = "負荷試験健康保険組合",
            Symbol = Symbol(i),
            Number = Number(i),
            Branch = Branch(i),
            Relation = i % 2 == 0 ? "1" : "2",
            Name = "関所　" + Numeral(i),
            Kana = "ｾｷｼｮ " + Spelt(i),
            Sex = (1 + (i % 2)).ToString(CultureInfo.InvariantCulture),
            Birth = Birth(i),
            PostalCode = "100-0000",
            Address = "東京都千代田区架空町一丁目１－１",
            Acquired = _acquired,
            Lost = IsLost(i) ? _lost : null,
            LossReason = IsLost(i) ? "03" : "",
            Issued = _acquired,
            Ratio = "030",
        },
    };

    private bool IsLost(int i) => _ended || i % 10 == 3;

    // A family of two is at one of them.
    private static int InsurerOf(int i) => i / 2 % Insurers.Length;

    /// <summary>A name of their own: people of one name and birthday would be taken for one.</summary>
    private static string Spelt(int i) => string.Concat(i.ToString(CultureInfo.InvariantCulture).Select(d => "ｱｲｳｴｵｶｷｸｹｺ"[d - '0']));

    private static string Symbol(int i) => (1000 + (i / 100_000)).ToString(CultureInfo.InvariantCulture);

    private static string Number(int i) => (i / 2 % 50_000).ToString(CultureInfo.InvariantCulture);

    private static string Branch(int i) => (1 + (i % 2)).ToString("D2", CultureInfo.InvariantCulture);

    private static DateOnly Birth(int i) => _firstBirth.AddDays((int)(i * 7919L % 32_000));

    private static string Numeral(int i) => string.Concat(i.ToString(CultureInfo.InvariantCulture).Select(c => "〇一二三四五六七八九"[c - '0']));
}
