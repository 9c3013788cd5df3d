using Sekisho.Formats.Claims.Reading;
using Sekisho.Formats.Identifiers;

namespace Sekisho.Formats.Claims.Checks;

/// <summary>What レセプト共通レコード must or need not say besides the person.</summary>
internal static class 届出
{
    private const int 五年 = 60;
    private const int 三年 = 36;

    /// <summary>
    /// The right to be paid lapses five years (three for treatment before April 2020, when 民法 changed) from the first of the month after treatment.
    /// A resubmitted claim was in time once; a claim of 公費 alone has always had five years; with the comment the payers have agreed.
    /// </summary>
    public static void 時効が成立している(ClaimView claim, Places at)
    {
        if (claim[0, RE.検索番号].IsEmpty && claim.TryTreatmentMonth(out var month))
        {
            var years = claim.Insurers == 0 || (month.Year, month.Month).CompareTo((2020, 4)) >= 0 ? 五年 : 三年;
            if (month.Add(1 + years) <= claim.Reception && !同意済み(claim))
            {
                at.Add(0, RE.診療年月);
            }
        }
    }

    /// <summary>区分番号A002 外来診療料, or 特定疾患療養管理料 of a hospital: both tell 病床数. 医療機関 without beds cannot charge them.</summary>
    public static void 病床数がない(ClaimView claim, Places at)
    {
        if (!claim[0, RE.病床数].IsEmpty)
        {
            return;
        }

        var master = claim.In().診療行為;
        foreach (var row in claim.Of(RecordKey.SI))
        {
            if (master.InForce(claim[row, 摘要.コード]) is { 基本: true } service
                && (service.区分番号 == マスター.外来診療料 || (service.区分番号 == マスター.特定疾患療養管理料 && service.病院診療所 == 1)))
            {
                at.Add(0, RE.病床数, service.Name);
                return;
            }
        }
    }

    /// <summary>Neither of the two that want 病床数; only where every code is known.</summary>
    public static void 不要な病床数(ClaimView claim, Places at)
    {
        if (claim[0, RE.病床数].IsEmpty)
        {
            return;
        }

        var master = claim.In().診療行為;
        foreach (var row in claim.Of(RecordKey.SI))
        {
            if (!マスター.病棟コード(claim[row, 摘要.コード])
                && (master.InForce(claim[row, 摘要.コード]) is not { } service || service.区分番号 is マスター.外来診療料 or マスター.特定疾患療養管理料))
            {
                return;
            }
        }

        at.Add(0, RE.病床数);
    }

    /// <summary>高齢受給者 alone with 医保, since August 2018: one of 26–30 (所得区分) or 31–35 (多数回該当).</summary>
    public static void 所得区分がない(ClaimView claim, Places at)
    {
        if (claim[0, RE.レセプト種別] is not [(byte)'1', (byte)'1', (byte)'1', (byte)'7' or (byte)'8' or (byte)'9' or (byte)'0'])
        {
            return;
        }

        var notes = claim[0, RE.特記事項];
        for (var i = 0; i + 1 < notes.Length; i += 2)
        {
            if ((notes[i] == '2' && notes[i + 1] is >= (byte)'6' and <= (byte)'9') || (notes[i] == '3' && notes[i + 1] is >= (byte)'0' and <= (byte)'5'))
            {
                return;
            }
        }

        at.Add(0, RE.特記事項);
    }

    /// <summary>入院外 ends in an even digit.</summary>
    public static bool 入院外(ClaimView claim) => claim[0, RE.レセプト種別] is [_, _, _, var kind and >= (byte)'0' and <= (byte)'9'] && kind % 2 == 0;

    /// <summary>入院 ends in an odd digit.</summary>
    public static bool 入院(ClaimView claim) => claim[0, RE.レセプト種別] is [_, _, _, var kind and >= (byte)'0' and <= (byte)'9'] && kind % 2 == 1;

    public static void 入院外に包括評価対象外理由(ClaimView claim, Places at)
    {
        foreach (var row in claim.Of(RecordKey.GR))
        {
            if (入院外(claim))
            {
                at.Add(row, GR.医科点数表算定理由);
            }
        }
    }

    private static bool 同意済み(ClaimView claim)
    {
        foreach (var row in claim.Of(RecordKey.CO))
        {
            if (claim[row, 摘要.コード].SequenceEqual("820000242"u8))
            {
                return true;
            }
        }

        return false;
    }
}
