using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Sekisho.Bench.Load;

/// <summary>資格確認一括照会: lists of 5,000 people, first one alone, then from several facilities at once; from sending until every answer is fetched and judged. Each line is audited.</summary>
internal static class BulkLoad
{
    private const string Path = "/eligibility/bulk-inquiries";
    private const int Rows = 5_000;
    private static readonly TimeSpan _ask = TimeSpan.FromMilliseconds(200);

    public static async Task Run(Uri machines, Cast cast, InsuredWorld world)
    {
        foreach (var lists in new[] { 1, 4 })
        {
            var start = Stopwatch.GetTimestamp();
            await Task.WhenAll(cast.Institutions.Take(lists).Select(m => Task.Run(() => One(machines, cast, m, world))));
            var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"一括照会, {lists} × {Rows} rows at once: {seconds:F1} s = {lists * Rows / seconds:F0} rows/s"));
        }
    }

    private static async Task One(Uri machines, Cast cast, Member member, InsuredWorld world)
    {
        var (list, expected) = world.List(Rows);
        using var submit = await Asker.Connect(machines, member, cast.Authority, Path);
        using var fetch = await Asker.Connect(machines, member, cast.Authority, Path + "/result");
        using var taken = JsonDocument.Parse(await submit.Ask(list));
        var number = Encoding.UTF8.GetBytes($$"""{"number":"{{taken.RootElement.GetProperty("number").GetString()}}"}""");
        while (true)
        {
            using var result = JsonDocument.Parse(await fetch.Ask(number));
            if (result.RootElement.GetProperty("state").GetProperty("finished").ValueKind != JsonValueKind.Null)
            {
                var answers = result.RootElement.GetProperty("answers").EnumerateArray().Select(a => a.GetProperty("answer").GetProperty("code").GetInt32()).ToList();
                foreach (var (right, answered) in expected.Zip(answers.Count == Rows ? answers : Enumerable.Repeat(0, Rows)))
                {
                    world.Judge(right, answered);
                }

                return;
            }

            await Task.Delay(_ask);
        }
    }
}
