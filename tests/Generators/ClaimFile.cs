namespace Sekisho.Generators;

/// <summary>What a file shall be like.</summary>
/// <param name="Seed">Same seed, same bytes.</param>
/// <param name="Claims">How many claims.</param>
/// <param name="Reception">受付年月 (first of the month); older than 2020-05 gives 和暦.</param>
/// <param name="Office">審査支払機関: 1 支払基金 (社保・公費), 2 国保連 (国保・退職・後期).</param>
internal sealed record FileOrder(ulong Seed, int Claims, DateOnly Reception, string Office = "1")
{
    /// <summary>Files of the newest edition unless something else is asked for.</summary>
    public static FileOrder Of(ulong seed, int claims) => new(seed, claims, new DateOnly(2026, 6, 1), seed % 2 == 0 ? "1" : "2");

    public Calendar Calendar => new(Era: Reception < new DateOnly(2020, 5, 1));

    public int ReceptionMonth => (Reception.Year * 100) + Reception.Month;
}

/// <summary>Where a claim must be found, worked out from the records alone.</summary>
internal sealed record ExpectedClaim(int Ordinal, string Number, int Line, int Lines, long Offset, int Length, string Kind, string Month, string Insurer, string Publics, int Payers, long Points);

/// <summary>A claim file as records. It has no findings until somebody changes it.</summary>
internal sealed class ClaimFile(FileOrder order, List<Row> rows)
{
    private const byte EndOfFile = 0x1A;

    public FileOrder Order => order;

    /// <summary>Line n is row n - 1.</summary>
    public List<Row> Rows => rows;

    /// <summary>Σ(HO + KO), as GO must say it.</summary>
    public int Payers => rows.Count(r => r.Id is "HO" or "KO");

    /// <summary>Σ points, as GO must say it.</summary>
    public long Points => Expected().Sum(c => c.Points);

    public static ClaimFile Make(FileOrder order) => Make(order, 1)[0];

    /// <summary>One file, or as many volumes: claims are never split, numbers go on, and the last one has the totals of all.</summary>
    public static ClaimFile[] Make(FileOrder order, int volumes)
    {
        var header = ClaimStream.Header(order);
        var claims = ClaimStream.Claims(order).ToList();
        var files = new ClaimFile[volumes];
        for (var volume = 0; volume < volumes; volume++)
        {
            var part = claims.Skip(claims.Count * volume / volumes).Take((claims.Count * (volume + 1) / volumes) - (claims.Count * volume / volumes)).ToList();
            List<Row> made = [header.Copy().With(9, $"0{volume}"), .. part.SelectMany((claim, i) => Owned(claim, i + 1))];
            files[volume] = new ClaimFile(order, made);
        }

        for (var volume = 0; volume < volumes - 1; volume++)
        {
            files[volume].Rows.Add(new Row("GO").With(4, $"0{volume + 1}"));
        }

        files[^1].Rows.Add(new Row("GO").With(2, files.Sum(f => f.Payers)).With(3, files.Sum(f => f.Points)).With(4, "99"));
        return files;
    }

    public ClaimFile Copy() => new(order, [.. rows.Select(r => r.Copy())]);

    public byte[] ToBytes()
    {
        var bytes = new MemoryStream();
        foreach (var row in rows)
        {
            bytes.Write(row.ToBytes());
        }

        bytes.WriteByte(EndOfFile);
        return bytes.ToArray();
    }

    public List<ExpectedClaim> Expected()
    {
        var claims = new List<ExpectedClaim>();
        var offset = 0L;
        for (var at = 0; at < rows.Count;)
        {
            var next = at + 1;
            var length = rows[at].ToBytes().Length;
            for (; rows[at].Id == "RE" && next < rows.Count && rows[next].Id is not ("RE" or "GO"); next++)
            {
                length += rows[next].ToBytes().Length;
            }

            if (rows[at].Id == "RE")
            {
                claims.Add(Expected(claims.Count + 1, at, rows[at..next], offset, length));
            }

            offset += length;
            at = next;
        }

        return claims;
    }

    private static ExpectedClaim Expected(int ordinal, int at, List<Row> claim, long offset, int length)
    {
        var insurer = claim.Find(r => r.Id == "HO");
        var publics = claim.FindAll(r => r.Id == "KO");
        return new ExpectedClaim(ordinal, claim[0][2], at + 1, claim.Count, offset, length, claim[0][3], claim[0][4], insurer?[2].Trim() ?? "",
            string.Join(',', publics.Select(p => p[2])), publics.Count + (insurer is null ? 0 : 1), (insurer ?? publics[0]).Number(6));
    }

    private static List<Row> Owned(List<Row> claim, int ordinal)
    {
        foreach (var row in claim)
        {
            row.Claim = ordinal;
        }

        return claim;
    }
}
