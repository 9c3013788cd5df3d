namespace Sekisho.Formats.Eligibility.Checkups;

/// <summary>決済情報: codes and sums.</summary>
internal static class ClaimChecks
{
    public static void Run(CheckupClaim claim, CheckupNotes notes)
    {
        HeaderChecks.Person(claim.Person, notes);
        HeaderChecks.Institution(claim.Institution, notes);
        if (claim.TicketNumber.Length > 0)
        {
            HeaderChecks.Ticket(claim.TicketNumber, null, null, notes);
        }

        Code(claim.ClaimType is "1" or "2" or "3" or "4" or "5", "請求区分", claim.ClaimType, notes);
        Code(claim.Commission is "1" or "2", "委託料単価区分", claim.Commission, notes);
        foreach (var charge in new[] { claim.Basic, claim.Detail, claim.Other })
        {
            Code(charge.Code is "" or "1" or "2" or "3" or "4", "窓口負担", charge.Code, notes);
        }

        Sums(claim, notes);
    }

    private static void Code(bool known, string place, string value, CheckupNotes notes)
    {
        if (!known)
        {
            notes.Add(CheckupRules.ClaimCode, place: place, value: value);
        }
    }

    private static void Sums(CheckupClaim claim, CheckupNotes notes)
    {
        var prices = claim.DetailPrices.Concat(claim.OtherPrices).Sum(p => (long)p.Yen) + (claim.BasicPrice ?? 0);

        // 人間ドック has one price for all; a settlement without any single price says only its total.
        if (claim.ClaimType != "5" && prices > 0 && prices != claim.UnitAmount)
        {
            notes.Add(CheckupRules.UnitTotal, place: "単価（合計）", detail: $"{prices} 円のところ {claim.UnitAmount} 円");
        }

        var (basic, detail, other) = claim.Payments;
        var payments = (long)(basic ?? 0) + (detail ?? 0) + (other ?? 0);
        if (claim.ClaimType != "5" && (basic ?? detail ?? other) is not null && payments != claim.PaymentAmount)
        {
            notes.Add(CheckupRules.PaymentTotal, place: "窓口負担金額（合計）", detail: $"{payments} 円のところ {claim.PaymentAmount} 円");
        }

        var rest = (long)claim.UnitAmount - claim.PaymentAmount - (claim.OtherProgram ?? 0);
        if (rest != claim.ClaimAmount)
        {
            notes.Add(CheckupRules.ClaimTotal, place: "請求金額", detail: $"{rest} 円のところ {claim.ClaimAmount} 円");
        }
    }
}
