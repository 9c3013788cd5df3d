using System.Globalization;
using System.Numerics;
using Sekisho.Formats.Claims.Masters;
using Sekisho.Formats.Claims.Reading;

namespace Sekisho.Formats.Claims.Checks;

/// <summary>How often 診療行為マスター lets a 診療行為 be charged.</summary>
internal static class 算定回数
{

    /// <summary>初診料 and 再診料 together, for each payer (別紙7-4).</summary>
    public static void 初再診が実日数を超える(ClaimView claim, Places at)
    {
        if (届出.入院外(claim))
        {
            実日数と比べる(claim, at, Marks.Visit);
        }
    }

    /// <summary>入院基本料 and 特定入院料 together, for each payer (別紙7-4).</summary>
    public static void 入院料が実日数を超える(ClaimView claim, Places at)
    {
        if (届出.入院(claim))
        {
            実日数と比べる(claim, at, Marks.Stay);
        }
    }

    /// <summary>Each 診療行為 of 実日数 1 by itself (別紙7-4).</summary>
    public static void 回数が実日数を超える(ClaimView claim, Places at)
    {
        var rows = claim.Rows.For(claim);
        if ((rows.Marks & Marks.PerDay) == 0)
        {
            return;
        }

        Span<int> days = stackalloc int[Bearers.Payers];
        Span<long> times = stackalloc long[Bearers.Payers];
        実日数.Of(claim, days);
        var services = claim.Of(RecordKey.SI);
        for (var i = 0; i < services.Length; i++)
        {
            if (印(rows, claim, services[i], Marks.PerDay) && 最初である(claim, services, i))
            {
                times.Clear();
                for (var j = i; j < services.Length; j++)
                {
                    if (services[j] < claim.Donors && claim[services[j], 摘要.コード].SequenceEqual(claim[services[i], 摘要.コード]))
                    {
                        数える(claim, services[j], times);
                    }
                }

                超えたら(claim, at, services[i], times, days);
            }
        }
    }

    /// <summary>
    /// The master gives 上限回数 without the span it counts for (day, week, month). What is more on a single day is more in any span;
    /// weeks and months need the 電子点数表.
    /// </summary>
    public static void 一日で上限回数を超える(ClaimView claim, Places at)
    {
        var rows = claim.Rows.For(claim);
        if ((rows.Marks & Marks.Limited) == 0)
        {
            return;
        }

        var services = claim.Of(RecordKey.SI);
        Span<int> days = stackalloc int[摘要.日数];
        for (var i = 0; i < services.Length; i++)
        {
            if (!印(rows, claim, services[i], Marks.Limited) || !最初である(claim, services, i))
            {
                continue;
            }

            days.Clear();
            for (var j = i; j < services.Length; j++)
            {
                if (services[j] < claim.Donors && claim[services[j], 摘要.コード].SequenceEqual(claim[services[i], 摘要.コード]))
                {
                    foreach (var item in claim.Filled(services[j], SI.日, 摘要.日数))
                    {
                        days[item - SI.日] += Math.Max(Number.CountOf(claim[services[j], item]), 0) % 1000;
                    }
                }
            }

            var service = rows.Procedure(services[i])!;
            var over = days.IndexOfAnyExceptInRange(0, service.上限回数);
            if (over >= 0)
            {
                at.Add(services[i], 摘要.コード, string.Create(CultureInfo.InvariantCulture, $"{service.Name}、{over + 1}日に{days[over]}回、上限{service.上限回数}回"));
            }
        }
    }

    private static void 実日数と比べる(ClaimView claim, Places at, Marks mark)
    {
        var rows = claim.Rows.For(claim);
        if ((rows.Marks & mark) == 0)
        {
            return;
        }

        Span<int> days = stackalloc int[Bearers.Payers];
        Span<long> times = stackalloc long[Bearers.Payers];
        実日数.Of(claim, days);
        times.Clear();
        var first = -1;
        foreach (var row in claim.Of(RecordKey.SI))
        {
            if (印(rows, claim, row, mark))
            {
                first = first < 0 ? row : first;
                数える(claim, row, times);
            }
        }

        超えたら(claim, at, first, times, days);
    }

    private static void 数える(ClaimView claim, int row, Span<long> times)
    {
        var count = Math.Max(Number.CountOf(claim[row, 摘要.回数]), 0);
        for (var payers = Bearers.Of(claim[row, 摘要.負担区分]); payers != 0; payers &= (byte)(payers - 1))
        {
            times[BitOperations.TrailingZeroCount(payers)] += count;
        }
    }

    private static void 超えたら(ClaimView claim, Places at, int row, ReadOnlySpan<long> times, ReadOnlySpan<int> days)
    {
        for (var payer = 0; payer < days.Length; payer++)
        {
            if (days[payer] >= 0 && times[payer] > days[payer])
            {
                var name = payer == 0 ? "医療保険" : string.Create(CultureInfo.InvariantCulture, $"第{payer}公費");
                at.Add(row, 摘要.回数, string.Create(CultureInfo.InvariantCulture, $"{name}: 算定 {times[payer]}回、診療実日数 {days[payer]}日"));
                return;
            }
        }
    }

    private static bool 印(MasterRows rows, ClaimView claim, int row, Marks mark) =>
        row < claim.Donors && rows.Procedure(row) is { } service && (service.Marks & mark) != 0;

    private static bool 最初である(ClaimView claim, ReadOnlySpan<int> services, int index)
    {
        for (var i = 0; i < index; i++)
        {
            if (claim[services[i], 摘要.コード].SequenceEqual(claim[services[index], 摘要.コード]))
            {
                return false;
            }
        }

        return true;
    }
}
