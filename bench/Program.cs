using System.Globalization;
using Sekisho.Bench;
using Sekisho.Bench.Load;
using Sekisho.Platform.Data;

// --smoke: every measurement once, small. check [MB] [RUNS]: one file size. Without arguments: what bench/results holds.
switch (args)
{
    case ["--smoke"]:
        CheckFigures.Run(megabytes: 1, runs: 3);
        WireFigures.Run(count: 50, runs: 3);
        return 0;
    case ["check", .. var rest]:
        CheckFigures.Run(Number(rest, 0, 100), Number(rest, 1, 5));
        return 0;
    case ["transmissions", .. var rest]:
        return await TransmissionLoad.Run(Number(rest, 0, 600), Number(rest, 1, 16), Provider(rest), Settings(rest));
    case []:
        CheckFigures.Run(megabytes: 1, runs: 100);
        CheckFigures.Run(megabytes: 100, runs: 9);
        CheckFigures.Run(megabytes: 1000, runs: 5);
        WireFigures.Run(count: 1000, runs: 5);
        return 0;
    default:
        Console.Error.WriteLine("usage: bench [--smoke | check [MB] [RUNS] | transmissions [SECONDS] [CONNECTIONS] [sqlite|postgres] [--Key=Value]…]");
        return 2;
}

static int Number(string[] rest, int at, int otherwise) =>
    rest.Length > at && int.TryParse(rest[at], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;

static DatabaseProvider Provider(string[] rest) => rest.Contains("postgres") ? DatabaseProvider.PostgreSql : DatabaseProvider.Sqlite;

static string[] Settings(string[] rest) => [.. rest.Where(r => r.StartsWith("--", StringComparison.Ordinal))];
