using Sekisho.Formats.Claims.Reading;

namespace Sekisho.Formats.Claims.Checks;

/// <summary>保険者・給付割合・減免: what RE and HO say about who pays.</summary>
internal static class 負担
{
    /// <summary>法別39 後期高齢者, 67 退職者, all others 医保・国保.</summary>
    public static void 保険者番号と種別が合わない(ClaimView claim, Places at)
    {
        var facts = claim.Facts;
        var expected = facts.InsuranceLaw switch { 39 => 3, 67 => 4, _ => 1 };
        if (facts is { HasInsurer: true, FitsKind: true } && facts.Insurance != expected)
        {
            at.Add(claim.Insurer, HO.保険者番号);
        }
    }

    /// <summary>支払基金 takes employees' insurance, 国保連 takes 国保・退職者・後期高齢者.</summary>
    public static void 審査支払機関が違う(ClaimView claim, Places at)
    {
        var facts = claim.Facts;
        var local = facts.National || facts.InsuranceLaw == 39;
        var employees = facts.InsuranceLaw is >= 1 and <= 7 or >= 31 and <= 34 or 63 or >= 72 and <= 75;
        if (facts.HasInsurer && ((claim.Payer == '1' && local) || (claim.Payer == '2' && employees)))
        {
            at.Add(claim.Insurer, HO.保険者番号);
        }
    }

    public static void 給付割合がない(ClaimView claim, Places at)
    {
        if (claim.Facts is { HasInsurer: true, National: true } && claim[0, RE.給付割合].IsEmpty)
        {
            at.Add(0, RE.給付割合);
        }
    }

    /// <summary>A percentage.</summary>
    public static void 給付割合の値が違う(ClaimView claim, Places at)
    {
        if (Number.TryRead(claim[0, RE.給付割合], out var rate) && rate is 0 or > 100)
        {
            at.Add(0, RE.給付割合);
        }
    }

    /// <summary>高齢受給者: 7割 with 70, 一般 with more.</summary>
    public static void 給付割合と種別が合わない(ClaimView claim, Places at)
    {
        var facts = claim.Facts;
        if (facts is { HasInsurer: true, National: true, Insurance: 1, Person: >= 7 }
            && Number.TryRead(claim[0, RE.給付割合], out var rate)
            && rate is > 0 and <= 100
            && (facts.Person >= 9 ? rate != 70 : rate <= 70))
        {
            at.Add(0, RE.給付割合);
        }
    }

    /// <summary>2・4 stand for an admission; 3・4 and every 入院外 for 70 and above. A 後期高齢者 of 65 counts as such.</summary>
    public static void 負担額区分が合わない(ClaimView claim, Places at)
    {
        var facts = claim.Facts;
        if (claim[0, RE.負担額区分] is not [var code] || !facts.HasKind)
        {
            return;
        }

        var young = facts.Insurance is 1 or 4 && facts.HasAge && facts.Month < 年齢.七十歳の適用月(facts.Birth);
        if ((facts.Outpatient && (code is (byte)'2' or (byte)'4' || young)) || (young && code is (byte)'3' or (byte)'4'))
        {
            at.Add(0, RE.負担額区分);
        }
    }

    /// <summary>船員保険 (法別02); after disembarking also a 共済組合.</summary>
    public static void 職務上の事由が合わない(ClaimView claim, Places at)
    {
        if (claim.Facts.HasInsurer && !claim[claim.Insurer, HO.職務上の事由].IsEmpty
            && claim.Facts.InsuranceLaw is not 2
            && !(claim.Facts.InsuranceLaw is >= 31 and <= 34 && claim[claim.Insurer, HO.職務上の事由] is [(byte)'2']))
        {
            at.Add(claim.Insurer, HO.職務上の事由);
        }
    }

    public static void 不要な証明書番号(ClaimView claim, Places at)
    {
        if (claim.Facts is { HasInsurer: true, National: false } && !claim[claim.Insurer, HO.証明書番号].IsEmpty)
        {
            at.Add(claim.Insurer, HO.証明書番号);
        }
    }

    /// <summary>1 減額 says how much, by 割合 or by 金額; 免除 and 支払猶予 do not.</summary>
    public static void 減免区分と減額が合わない(ClaimView claim, Places at)
    {
        if (claim.Insurer < 0)
        {
            return;
        }

        var reduced = claim[claim.Insurer, HO.減免区分] is [(byte)'1'];
        var rate = !claim[claim.Insurer, HO.減額割合].IsEmpty;
        var amount = !claim[claim.Insurer, HO.減額金額].IsEmpty;
        if (reduced ? rate == amount : rate || amount)
        {
            at.Add(claim.Insurer, HO.減免区分);
        }
    }
}
