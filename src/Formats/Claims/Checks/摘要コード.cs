using System.Globalization;
using Sekisho.Formats.Claims.Masters;
using Sekisho.Formats.Claims.Reading;

namespace Sekisho.Formats.Claims.Checks;

/// <summary>Codes of 診療行為・医薬品・特定器材・コメント against their masters.</summary>
internal static class 摘要コード
{
    private const int コメント欄 = 3;

    public static void マスターにない(ClaimView claim, Places at)
    {
        var rows = claim.Rows.For(claim);
        if ((rows.Marks & Marks.Unknown) != 0)
        {
            for (var row = 1; row < claim.Donors; row++)
            {
                if (摘要である(claim.Key(row)) && rows.StandingOf(row) == Standing.Unknown && 先頭が正しい(claim.Key(row), claim[row, 摘要.コード]))
                {
                    at.Add(row, 摘要.コード);
                }
            }
        }

        if (claim.In().コメント is { Whole: true } comments)
        {
            コメント欄を見る(claim, at, comments, Standing.Unknown);
        }
    }

    public static void 使用できる期間を過ぎている(ClaimView claim, Places at)
    {
        var rows = claim.Rows.For(claim);
        var masters = claim.In();
        if ((rows.Marks & Marks.Ended) != 0)
        {
            for (var row = 1; row < claim.Donors; row++)
            {
                if (摘要である(claim.Key(row)) && rows.StandingOf(row) == Standing.Ended)
                {
                    at.Add(row, 摘要.コード, マスター.終わり(rows[row]!, masters));
                }
            }
        }

        if (masters.コメント.Covered)
        {
            コメント欄を見る(claim, at, masters.コメント, Standing.Ended);
        }
    }

    public static void 経過措置を過ぎている(ClaimView claim, Places at)
    {
        var rows = claim.Rows.For(claim);
        if ((rows.Marks & Marks.Transitional) == 0)
        {
            return;
        }

        var first = (claim.Month.Year * 10_000) + (claim.Month.Month * 100) + 1;
        for (var row = 1; row < claim.Donors; row++)
        {
            if (摘要である(claim.Key(row)) && rows.StandingOf(row) == Standing.InForce)
            {
                var until = rows[row] switch { DrugRow drug => drug.経過措置, MaterialRow material => material.経過措置, _ => 0 };
                if (until > 0 && until < first)
                {
                    at.Add(row, 摘要.コード, string.Create(CultureInfo.InvariantCulture, $"{rows[row]!.Name}、{until}まで"));
                }
            }
        }
    }

    /// <summary>1 in SI, 6 in IY, 7 in TO, 8 in CO. What is not nine digits has a finding of the shape.</summary>
    public static void 先頭が違う(ClaimView claim, Places at)
    {
        if ((claim.Services.Marks & ServiceMarks.OtherFirst) != 0)
        {
            先頭を見る(claim, at);
        }

        コメント欄の先頭を見る(claim, at);
    }

    public static void 未コード化特定器材がある(ClaimView claim, Places at)
    {
        foreach (var row in claim.Of(RecordKey.TO))
        {
            if (マスター.未コード化特定器材(claim[row, 摘要.コード]))
            {
                at.Add(row, 摘要.コード);
            }
        }
    }

    private static void コメント欄を見る(ClaimView claim, Places at, MonthTable<CommentRow> master, Standing wanted)
    {
        foreach (var row in claim.Services.Annotated)
        {
            var first = Services.FirstComment(claim.Key(row));
            for (var pair = 0; pair < コメント欄 && row < claim.Donors; pair++)
            {
                var code = claim[row, first + (pair * 2)];
                if (code is [(byte)'8', ..] && master.TryNumber(code, out _))
                {
                    master.Find(code, out var standing);
                    if (standing == wanted)
                    {
                        at.Add(row, first + (pair * 2));
                    }
                }
            }
        }
    }

    private static void 先頭を見る(ClaimView claim, Places at)
    {
        foreach (ref readonly var service in claim.Services.All)
        {
            if (service.Is(ServiceMarks.OtherFirst) && AsciiDigits.Are(claim[service.Row, 摘要.コード]))
            {
                at.Add(service.Row, 摘要.コード);
            }
        }
    }

    private static void コメント欄の先頭を見る(ClaimView claim, Places at)
    {
        foreach (var row in claim.Services.Annotated)
        {
            var first = Services.FirstComment(claim.Key(row));
            for (var pair = 0; pair < コメント欄; pair++)
            {
                var code = claim[row, first + (pair * 2)];
                if (code.Length == 9 && code[0] != '8' && AsciiDigits.Are(code))
                {
                    at.Add(row, first + (pair * 2));
                }
            }
        }
    }

    private static bool 摘要である(ushort key) => key is RecordKey.SI or RecordKey.IY or RecordKey.TO or RecordKey.CO;

    private static bool 先頭が正しい(ushort key, ReadOnlySpan<byte> code) => code[0] == key switch
    {
        RecordKey.SI => '1',
        RecordKey.IY => '6',
        RecordKey.TO => '7',
        _ => '8',
    };
}
