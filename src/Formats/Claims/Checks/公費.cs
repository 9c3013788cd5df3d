using Sekisho.Formats.Claims.Reading;

namespace Sekisho.Formats.Claims.Checks;

/// <summary>公費レコード. 法別番号 are judged only where they are known; one we do not know never alarms.</summary>
internal static class 公費
{
    private const int LocalRank = 100;

    // 法別番号及び制度の略称表: the first in this row is 第一公費.
    private static readonly byte[] Priority = [13, 14, 18, 29, 30, 10, 11, 20, 21, 15, 16, 24, 22, 28, 17, 79, 19, 23, 52, 54, 51, 38, 53, 66, 62, 25, 12];

    public static void 優先順位が逆(ClaimView claim, Places at)
    {
        var before = 0;
        foreach (var row in claim.Of(RecordKey.KO))
        {
            var rank = Rank(Number.Law(claim[row, KO.負担者番号]));
            if (rank > 0 && rank < before)
            {
                at.Add(row, KO.負担者番号);
            }

            before = Math.Max(before, rank);
        }
    }

    /// <summary>The same 負担者番号 and 受給者番号 twice.</summary>
    public static void 同じ公費が2つ(ClaimView claim, Places at)
    {
        var rows = claim.Of(RecordKey.KO);
        rows = rows[..Math.Min(rows.Length, Bearers.Payers - 1)];
        for (var i = 1; i < rows.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (claim[rows[i], KO.負担者番号] is { IsEmpty: false } number
                    && number.SequenceEqual(claim[rows[j], KO.負担者番号])
                    && claim[rows[i], KO.受給者番号].SequenceEqual(claim[rows[j], KO.受給者番号]))
                {
                    at.Add(rows[i], KO.負担者番号);
                    break;
                }
            }
        }
    }

    /// <summary>Local schemes (地方単独) may have none.</summary>
    public static void 受給者番号がない(ClaimView claim, Places at)
    {
        foreach (var row in claim.Of(RecordKey.KO))
        {
            if (Rank(Number.Law(claim[row, KO.負担者番号])) is > 0 and < LocalRank && Number.Law(claim[row, KO.負担者番号]) != 30 && claim[row, KO.受給者番号].IsEmpty)
            {
                at.Add(row, KO.受給者番号);
            }
        }
    }

    /// <summary>医療観察法 (法別30) has no 受給者番号.</summary>
    public static void 不要な受給者番号(ClaimView claim, Places at)
    {
        foreach (var row in claim.Of(RecordKey.KO))
        {
            if (Number.Law(claim[row, KO.負担者番号]) == 30 && !claim[row, KO.受給者番号].IsEmpty)
            {
                at.Add(row, KO.受給者番号);
            }
        }
    }

    /// <summary>“1”, with 国保 or 退職者医療 only.</summary>
    public static void 任意給付区分が違う(ClaimView claim, Places at)
    {
        foreach (var row in claim.Of(RecordKey.KO))
        {
            var value = claim[row, KO.任意給付区分];
            if (!value.IsEmpty && (value is not [(byte)'1'] || (claim.Facts.FitsKind && !claim.Facts.National)))
            {
                at.Add(row, KO.任意給付区分);
            }
        }
    }

    /// <summary>外来 for 入院外, 入院 for 入院, and neither without a 医療保険.</summary>
    public static void 一部負担金の欄が違う(ClaimView claim, Places at)
    {
        foreach (var row in claim.Of(RecordKey.KO))
        {
            if (!claim[row, KO.外来一部負担金].IsEmpty && (claim.Facts.Inpatient || claim.Facts.Insurance == 2))
            {
                at.Add(row, KO.外来一部負担金);
            }
            else if (!claim[row, KO.入院一部負担金].IsEmpty && (claim.Facts.Outpatient || claim.Facts.Insurance == 2))
            {
                at.Add(row, KO.入院一部負担金);
            }
        }
    }

    /// <summary>1, 2, … by priority; local schemes last; 0 when unknown.</summary>
    private static int Rank(int law) => law is (>= 41 and <= 48) or (>= 80 and <= 95) ? LocalRank : Array.IndexOf(Priority, (byte)law) + 1;
}
