using System.Globalization;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Identity.Data;

namespace Sekisho.Modules.Identity.Connections;

/// <summary>What is missing or runs out of a line's papers (別表5, 別表8).</summary>
internal static class LineWarnings
{
    private const int Ahead = 60;

    public static IReadOnlyList<DeviceWarning> Of(ConnectionRow line, DateOnly today)
    {
        if (line.State is ConnectionState.Ended or ConnectionState.Declined)
        {
            return [];
        }

        var warnings = new List<DeviceWarning>();
        if (line.OutsideAnswer is null)
        {
            warnings.Add(new DeviceWarning(WarningLevel.Soon, "外部からのアクセスの制限（別表5）について、回線事業者の回答の記録がありません。", "回線事業者に確かめて、回答の日付を届け出てください。"));
        }

        if (line.BetweenAnswer is null)
        {
            warnings.Add(new DeviceWarning(WarningLevel.Soon, "医療機関の間の通信の制限（別表8）について、回線事業者の回答の記録がありません。", "回線事業者に確かめて、回答の日付を届け出てください。"));
        }

        if (line.AnswerUntil is { } until && until < today.AddDays(Ahead))
        {
            var days = until.DayNumber - today.DayNumber;
            warnings.Insert(0, days < 0
                ? new DeviceWarning(WarningLevel.Now, "回線事業者の回答の期限が過ぎました。", "回線事業者にもう一度確かめて、届け出てください。")
                : new DeviceWarning(WarningLevel.Soon, string.Create(CultureInfo.InvariantCulture, $"回線事業者の回答の期限まで、あと{days}日です。"), "回線事業者にもう一度確かめて、届け出てください。"));
        }

        return warnings;
    }
}
