namespace Sekisho.Generators;

/// <summary>Claims one after the other, and a file of any length that never exists as a whole.</summary>
internal static class ClaimStream
{
    private const int Pool = 1000;
    private const int MostPayers = 999_990;

    public static Row Header(FileOrder order)
    {
        var seed = Seed.Of(order.Seed, 0);
        var prefecture = Prefecture(order);
        return new Row("IR")
            .With(2, order.Office)
            .With(3, prefecture)
            .With(4, "1")
            .With(5, Numbers.Institution(seed, prefecture))
            .With(7, seed.Of("架空診療所", "見本病院", "関所内科クリニック"))
            .With(8, order.Calendar.Month(order.Reception))
            .With(9, "00")
            .With(10, seed.Of("", "03-0000-0000", "(06)0000-0000"));
    }

    /// <summary>Each claim with its レセプト番号 from 1.</summary>
    public static IEnumerable<List<Row>> Claims(FileOrder order)
    {
        for (var number = 1; number <= order.Claims; number++)
        {
            yield return Claim(order, number);
        }
    }

    /// <summary>Writes a file of about so many bytes to <paramref name="output"/>, out of a thousand different claims; at most as many as 総件数 can say. Gives the number of claims.</summary>
    public static int Write(Stream output, FileOrder order, long bytes)
    {
        var pool = Fitting(Claims(order with { Claims = Pool }).Select(c => new Ready(c)).ToArray(), bytes);
        var (written, claims, payers, points) = (0L, 0, 0L, 0L);
        output.Write(Header(order).ToBytes());
        while (written < bytes && payers < MostPayers)
        {
            var ready = pool[claims % pool.Length];
            written += ready.Write(output, ++claims);
            payers += ready.Payers;
            points += ready.Points;
        }

        output.Write(new Row("GO").With(2, payers).With(3, points).With(4, "99").ToBytes());
        output.WriteByte(0x1A);
        return claims;
    }

    // 総件数 has six digits: beyond some 700 MB a file is one of longer claims.
    private static Ready[] Fitting(Ready[] pool, long bytes) =>
        bytes * pool.Sum(r => r.Payers) <= (long)MostPayers * pool.Sum(r => r.Length)
            ? pool
            : [.. pool.OrderByDescending(r => r.Length / r.Payers).Take(Pool / 2)];

    private static string Prefecture(FileOrder order) => Seed.Of(order.Seed, -1).From(1, 47).ToString("D2", System.Globalization.CultureInfo.InvariantCulture);

    // Every third claim goes through all kinds in turn; the others are what a desk sees most: insured, outpatient, at most one 公費.
    private static List<Row> Claim(FileOrder order, int number)
    {
        var seed = Seed.Of(order.Seed, number);
        var kinds = Patient.Kinds(order.Office);
        string[] usual = order.Office == "1" ? ["1112", "1116", "1114", "1122", "1111", "1118", "1212"] : ["1112", "1116", "1318", "1318", "1310", "1328", "1317", "1412"];
        var kind = number % 3 == 1 ? kinds[((number / 3) + (int)(order.Seed % 97)) % kinds.Length] : seed.Of<string>(usual);
        var back = seed.Of(1, 1, 1, 1, 1, 1, 2, 3, 6);
        var patient = Patient.Make(seed, kind, order.Reception.AddMonths(-back), Prefecture(order), order.Office);
        return ClaimMaker.Make(seed, patient, order.Calendar, number);
    }

    /// <summary>A claim as bytes, without its レセプト番号.</summary>
    private sealed class Ready
    {
        private readonly byte[] _rest;

        public Ready(List<Row> claim)
        {
            var first = claim[0].ToBytes();
            var comma = 3 + claim[0][2].Length;
            _rest = [.. first[comma..], .. claim.Skip(1).SelectMany(r => r.ToBytes())];
            Payers = claim.Count(r => r.Id is "HO" or "KO");
            Points = (claim.Find(r => r.Id == "HO") ?? claim.First(r => r.Id == "KO")).Number(6);
        }

        public int Payers { get; }

        public int Length => _rest.Length;

        public long Points { get; }

        public int Write(Stream output, int number)
        {
            Span<byte> digits = stackalloc byte[6];
            System.Buffers.Text.Utf8Formatter.TryFormat(number, digits, out var length);
            output.Write("RE,"u8);
            output.Write(digits[..length]);
            output.Write(_rest);
            return 3 + length + _rest.Length;
        }
    }
}
