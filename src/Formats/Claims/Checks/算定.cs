using System.Globalization;
using System.Numerics;
using Sekisho.Formats.Claims.Masters;
using Sekisho.Formats.Claims.Reading;

namespace Sekisho.Formats.Claims.Checks;

/// <summary>For whom, where and how 診療行為マスター lets a 診療行為 be charged.</summary>
internal static class 算定
{
    public static void 入院専用が入院外にある(ClaimView claim, Places at)
    {
        if (届出.入院外(claim))
        {
            印のある行(claim, at, Marks.Inpatient);
        }
    }

    public static void 入院外専用が入院にある(ClaimView claim, Places at)
    {
        if (届出.入院(claim))
        {
            印のある行(claim, at, Marks.Outpatient);
        }
    }

    /// <summary>公費 alone tells nothing about the insurance.</summary>
    public static void 後期高齢者の適用が違う(ClaimView claim, Places at)
    {
        if (claim[0, RE.レセプト種別] is [_, var insurance and >= (byte)'1' and <= (byte)'4' and not (byte)'2', _, _])
        {
            印のある行(claim, at, insurance == '3' ? Marks.NotElderly : Marks.Elderly);
        }
    }

    /// <summary>An institution is a 病院 or a 診療所; the claim itself tells when it cannot be both.</summary>
    public static void 病院と診療所が混ざっている(ClaimView claim, Places at)
    {
        const Marks both = Marks.Hospital | Marks.Clinic;
        if ((claim.Rows.For(claim).Marks & both) == both)
        {
            印のある行(claim, at, Marks.Clinic);
        }
    }

    /// <summary>On every day of the month the patient is too young, or too old.</summary>
    public static void 年齢が合わない(ClaimView claim, Places at)
    {
        var rows = claim.Rows.For(claim);
        if ((rows.Marks & Marks.Age) == 0 || !Dates.TryDay(claim[0, RE.生年月日], out var birth, out _) || birth > claim.Month.LastDay || claim.Month.Year > 9000)
        {
            return;
        }

        for (var row = 1; row < claim.Donors; row++)
        {
            var (lower, upper) = claim.Key(row) is RecordKey.SI or RecordKey.TO && rows.StandingOf(row) == Standing.InForce
                ? rows[row] switch
                {
                    ProcedureRow service => (service.下限年齢, service.上限年齢),
                    MaterialRow material => (material.下限年齢, material.上限年齢),
                    _ => default,
                }
                : default;
            if (lower.Limits && lower.Reached(birth).AddDays(-1) > claim.Month.LastDay)
            {
                at.Add(row, 摘要.コード, $"{rows[row]!.Name}は{lower}から");
            }
            else if (upper.Limits && upper.Reached(birth) <= claim.Month.FirstDay)
            {
                at.Add(row, 摘要.コード, $"{rows[row]!.Name}は{upper}未満");
            }
        }
    }

    public static void 数量データがない(ClaimView claim, Places at)
    {
        var rows = claim.Rows.For(claim);
        if ((rows.Marks & Marks.Quantity) != 0)
        {
            foreach (var row in claim.Of(RecordKey.SI))
            {
                if (row < claim.Donors && claim[row, 摘要.数量].IsEmpty && rows.Procedure(row) is { データ規格: > 0 } service)
                {
                    at.Add(row, 摘要.数量, service.Name);
                }
            }
        }
    }

    /// <summary>初診料 though no disease begins in the month of the claim.</summary>
    public static void 初診の条件を満たさない(ClaimView claim, Places at)
    {
        var rows = claim.Rows.For(claim);
        if ((rows.Marks & Marks.First) == 0 || !どの傷病名も前から(claim))
        {
            return;
        }

        印のある行(claim, at, Marks.First);
    }

    /// <summary>長時間麻酔管理加算 wants 閉鎖循環式全身麻酔 of more than 480 minutes.</summary>
    public static void 長時間麻酔の要件を満たさない(ClaimView claim, Places at)
    {
        const int 最低分 = 480;
        var rows = claim.Rows.For(claim);
        if ((rows.Marks & Marks.LongAnaesthesia) == 0)
        {
            return;
        }

        var minutes = 0L;
        foreach (var row in claim.Of(RecordKey.SI))
        {
            if (row < claim.Donors && rows.StandingOf(row) == Standing.Later)
            {
                // A code nobody knows may be the anaesthesia.
                return;
            }

            if (rows.Procedure(row) is { 麻酔識別: >= 1 and <= 5 })
            {
                minutes += (long)Math.Max(Number.CountOf(claim[row, 摘要.数量]), 0) * Math.Clamp(Number.CountOf(claim[row, 摘要.回数]), 1, Number.MostTimes);
            }
        }

        if (minutes <= 最低分)
        {
            印のある行(claim, at, Marks.LongAnaesthesia, string.Create(CultureInfo.InvariantCulture, $"閉鎖循環式全身麻酔 {minutes}分"));
        }
    }

    /// <summary>外来管理加算 on a day with a 診療行為 that excludes it. The published number stands for treatment up to March 2020.</summary>
    public static void 外来管理加算と合わない(ClaimView claim, Places at)
    {
        const int 令和2年3月 = 202003;
        var rows = claim.Rows.For(claim);
        if ((rows.Marks & Marks.Management) == 0 || (claim.Month.Year * 100) + claim.Month.Month > 令和2年3月)
        {
            return;
        }

        Span<int> excluding = stackalloc int[摘要.日数];
        excluding.Clear();
        foreach (var row in claim.Of(RecordKey.SI))
        {
            if (rows.Procedure(row) is { 基本: true, 外来管理加算: 1 })
            {
                日ごとに(excluding, 日(claim, row), row);
            }
        }

        foreach (var row in claim.Of(RecordKey.SI))
        {
            if (rows.Procedure(row) is { 基本: true, 外来管理加算: 2 } && 最初の(excluding, 日(claim, row)) is > 0 and var other)
            {
                at.Add(row, 摘要.コード, $"同じ日に{rows.Procedure(other)!.Name}");
            }
        }
    }

    // The first row of each day; row 0 is RE, so 0 stands for none.
    private static void 日ごとに(Span<int> first, uint days, int row)
    {
        for (; days != 0; days &= days - 1)
        {
            ref var at = ref first[BitOperations.TrailingZeroCount(days)];
            at = at == 0 ? row : at;
        }
    }

    private static int 最初の(ReadOnlySpan<int> first, uint days)
    {
        var found = 0;
        for (; days != 0; days &= days - 1)
        {
            var row = first[BitOperations.TrailingZeroCount(days)];
            found = row > 0 && (found == 0 || row < found) ? row : found;
        }

        return found;
    }

    private static void 印のある行(ClaimView claim, Places at, Marks mark, string detail = "")
    {
        var rows = claim.Rows.For(claim);
        if ((rows.Marks & mark) != 0)
        {
            foreach (var row in claim.Of(RecordKey.SI))
            {
                if (row < claim.Donors && rows.Procedure(row) is { } service && (service.Marks & mark) != 0)
                {
                    at.Add(row, 摘要.コード, detail.Length > 0 ? detail : service.Name);
                }
            }
        }
    }

    private static bool どの傷病名も前から(ClaimView claim)
    {
        var diseases = claim.Of(RecordKey.SY);
        foreach (var row in diseases)
        {
            if (!Dates.TryDay(claim[row, SY.診療開始日], out var begun, out _) || begun >= claim.Month.FirstDay)
            {
                return false;
            }
        }

        return !diseases.IsEmpty && diseases[0] < claim.Donors;
    }

    private static uint 日(ClaimView claim, int row)
    {
        var days = 0u;
        foreach (var item in claim.Filled(row, SI.日, 摘要.日数))
        {
            days |= Number.CountOf(claim[row, item]) > 0 ? 1u << (item - SI.日) : 0;
        }

        return days;
    }
}
