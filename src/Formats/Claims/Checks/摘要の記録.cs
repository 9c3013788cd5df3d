using Sekisho.Formats.Claims.Reading;

namespace Sekisho.Formats.Claims.Checks;

/// <summary>摘要・症状詳記: how lines are written down.</summary>
internal static class 摘要の記録
{
    private const int Pairs = 3;

    /// <summary>01 before all, 99 behind all; said once for a claim.</summary>
    public static void 診療識別が昇順でない(ClaimView claim, Places at)
    {
        if ((claim.Services.Marks & ServiceMarks.Descends) == 0)
        {
            return;
        }

        foreach (ref readonly var service in claim.Services.All)
        {
            if (service.Is(ServiceMarks.Descends))
            {
                at.Add(service.Row, 摘要.診療識別);
                return;
            }
        }
    }

    /// <summary>コメントコード and 文字データ in pairs, from the first pair on.</summary>
    public static void コメントが対でない(ClaimView claim, Places at)
    {
        if ((claim.Services.Marks & ServiceMarks.Annotated) == 0)
        {
            return;
        }

        foreach (ref readonly var service in claim.Services.All)
        {
            if (!service.Is(ServiceMarks.Annotated))
            {
                continue;
            }

            var item = Services.FirstComment(claim.Key(service.Row));
            var gap = 0;
            for (var pair = 0; pair < Pairs; pair++, item += 2)
            {
                var code = !claim[service.Row, item].IsEmpty;
                var text = !claim[service.Row, item + 1].IsEmpty;
                if ((text && !code) || (code && gap > 0))
                {
                    at.Add(service.Row, text && !code ? item : gap);
                    break;
                }

                gap = code || gap > 0 ? gap : item;
            }
        }
    }

    /// <summary>病床機能報告の病棟コード: 点数 “0”, 診療識別 other than 97, no comments.</summary>
    public static void 病棟情報の記録が違う(ClaimView claim, Places at)
    {
        if (!claim.Facts.Inpatient)
        {
            return;
        }

        foreach (ref readonly var service in claim.Services.All)
        {
            if (service.Is(ServiceMarks.Comment) || !病棟コード(claim[service.Row, 摘要.コード]))
            {
                continue;
            }

            if (!claim[service.Row, 摘要.点数].SequenceEqual("0"u8))
            {
                at.Add(service.Row, 摘要.点数);
            }
            else if (service.Kind == Services.Meal)
            {
                at.Add(service.Row, 摘要.診療識別);
            }
            else if (service.Is(ServiceMarks.Annotated))
            {
                at.Add(service.Row, SI.コメント);
            }
        }
    }

    /// <summary>The first 症状詳記 of the claim, and of each donor, names its 区分; those that follow may leave it out.</summary>
    public static void 最初の症状詳記に区分がない(ClaimView claim, Places at)
    {
        var before = -1;
        foreach (var row in claim.Of(RecordKey.SJ))
        {
            var continues = before >= 0 && before == row - 1;
            if (!continues && claim[row, SJ.症状詳記区分].IsEmpty)
            {
                at.Add(row, SJ.症状詳記区分);
            }

            before = row;
        }
    }

    private static bool 病棟コード(ReadOnlySpan<byte> code) =>
        code.Length == 9 && code.StartsWith("1906"u8) && code[4] is >= (byte)'1' and <= (byte)'4' && code.Slice(5, 2).SequenceEqual("00"u8);
}
