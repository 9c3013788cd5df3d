using System.Globalization;
using Sekisho.Bench;

// --smoke: every measurement once, small. check [MB] [RUNS]: one file size. fuzz [COUNT] [SEED] [THREADS]: damaged files; fuzz-input NUMBER SEED PATH writes one of them. Without arguments: what bench/results holds.
switch (args)
{
    case ["--smoke"]:
        CheckFigures.Run(megabytes: 1, runs: 3);
        WireFigures.Run(count: 50, runs: 3);
        return 0;
    case ["check", .. var rest]:
        CheckFigures.Run(Number(rest, 0, 100), Number(rest, 1, 5));
        return 0;
    case ["fuzz", .. var rest]:
        return FuzzFigures.Run(Number(rest, 0, 100_000), (ulong)Number(rest, 1, 1), Number(rest, 2, Environment.ProcessorCount));
    case ["fuzz-input", var number, var seed, var path]:
        return FuzzFigures.Save(long.Parse(number, CultureInfo.InvariantCulture), ulong.Parse(seed, CultureInfo.InvariantCulture), path);
    case []:
        CheckFigures.Run(megabytes: 1, runs: 20);
        CheckFigures.Run(megabytes: 100, runs: 5);
        WireFigures.Run(count: 1000, runs: 5);
        return 0;
    default:
        Console.Error.WriteLine("usage: bench [--smoke | check [MB] [RUNS] | fuzz [COUNT] [SEED] [THREADS] | fuzz-input NUMBER SEED PATH]");
        return 2;
}

static int Number(string[] rest, int at, int otherwise) => rest.Length > at ? int.Parse(rest[at], CultureInfo.InvariantCulture) : otherwise;
