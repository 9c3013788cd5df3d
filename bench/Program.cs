using System.Globalization;
using Sekisho.Bench;
using Sekisho.Bench.Load;
using Sekisho.Platform.Data;

const string Usage = """
    usage: bench                                             what bench/results holds of checks and wire
           bench --smoke                                     every measurement once, small
           bench check [MB] [RUNS] [PASS]                    受付・事務点検 of one file size
           bench fuzz [COUNT] [SEED] [THREADS]               damaged files
           bench fuzz-input NUMBER SEED PATH                 writes one of them
           bench transmissions [SECONDS] [CONNECTIONS]       signed transmissions against the real server
           bench ledger [SECONDS] [CONCURRENCY] [LEAVES]     durable appends
           bench month [INSTITUTIONS]                        a claims month from submission to delivery
           bench handshakes [SECONDS] [LINES]                new mTLS connections, full and resumed
           bench inquiries [SECONDS] [CONNECTIONS] [PEOPLE]  signed inquiries by 券面, audited before the answer, beside an empty endpoint; then 一括照会
           bench reconnect [AGENTS] [PEOPLE]                 so many agents lose the centre at once and come back
           bench agent [FILES] [ATONCE]                      request files of a desk through sekisho agent
           the last seven take sqlite|postgres and settings of the server: --Key=Value
    """;

switch (args)
{
    case ["--smoke"]:
        CheckFigures.Run(megabytes: 1, runs: 3);
        WireFigures.Run(count: 50, runs: 3);
        return 0;
    case ["check", .. var rest]:
        CheckFigures.Run(Number(rest, 0, 100), Number(rest, 1, 5), rest.Length > 2 ? rest[2] : "");
        return 0;
    case ["fuzz", .. var rest]:
        return FuzzFigures.Run(Number(rest, 0, 100_000), (ulong)Number(rest, 1, 1), Number(rest, 2, Environment.ProcessorCount));
    case ["fuzz-input", var number, var seed, var path]:
        return FuzzFigures.Save(long.Parse(number, CultureInfo.InvariantCulture), ulong.Parse(seed, CultureInfo.InvariantCulture), path);
    case ["transmissions", .. var rest]:
        return await TransmissionLoad.Run(Number(rest, 0, 600), Number(rest, 1, 16), Provider(rest), Settings(rest));
    case ["ledger", .. var rest]:
        return await LedgerLoad.Run(Number(rest, 0, 60), Number(rest, 1, 64), Number(rest, 2, 1), Provider(rest), Settings(rest));
    case ["month", .. var rest]:
        return await MonthLoad.Run(Number(rest, 0, 1000), Provider(rest), Settings(rest));
    case ["handshakes", .. var rest]:
        return await HandshakeLoad.Run(Number(rest, 0, 20), Number(rest, 1, 8), Provider(rest), Settings(rest));
    case ["inquiries", .. var rest]:
        return await InquiryLoad.Run(Number(rest, 0, 30), Number(rest, 1, 48), Number(rest, 2, 20_000), Provider(rest), Settings(rest));
    case ["reconnect", .. var rest]:
        return await ReconnectLoad.Run(Number(rest, 0, 10_000), Number(rest, 1, 20_000), Provider(rest), Settings(rest));
    case ["agent", .. var rest]:
        return await AgentLoad.Run(Number(rest, 0, 300), Number(rest, 1, 500), Provider(rest), Settings(rest));
    case ["empty", var authority, var answer]:
        return await EmptyServer.Serve(authority, int.Parse(answer, CultureInfo.InvariantCulture));
    case []:
        CheckFigures.Run(megabytes: 1, runs: 100);
        CheckFigures.Run(megabytes: 100, runs: 9);
        CheckFigures.Run(megabytes: 1000, runs: 5);
        WireFigures.Run(count: 1000, runs: 5);
        return 0;
    default:
        Console.Error.WriteLine(Usage);
        return 2;
}

static int Number(string[] rest, int at, int otherwise) =>
    rest.Where(r => r.All(char.IsAsciiDigit)).ElementAtOrDefault(at) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

static DatabaseProvider Provider(string[] rest) => rest.Contains("postgres") ? DatabaseProvider.PostgreSql : DatabaseProvider.Sqlite;

static string[] Settings(string[] rest) => [.. rest.Where(r => r.StartsWith("--", StringComparison.Ordinal))];
