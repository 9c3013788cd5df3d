using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Sekisho.Formats.Eligibility.Checkups;

/// <summary>Root folder of a package: 送付元10_送付先8_年月日と通番_実施区分.</summary>
/// <param name="Sender">送付元機関 (10 digits; shorter numbers as they are).</param>
/// <param name="Receiver">送付先機関.</param>
/// <param name="Date">作成日.</param>
/// <param name="Ordinal">通番 of that day, one digit.</param>
/// <param name="Service">実施区分.</param>
public sealed partial record CheckupFolder(string Sender, string Receiver, DateOnly Date, int Ordinal, string Service)
{
    /// <summary>The name.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Sender}_{Receiver}_{Date:yyyyMMdd}{Ordinal}_{Service}");

    /// <summary>Reads the name of a folder.</summary>
    public static bool TryParse(string name, [NotNullWhen(true)] out CheckupFolder? folder)
    {
        folder = null;
        var match = Shape().Match(name ?? "");
        if (match.Success && FileReading.Day(match.Groups["day"].Value) is { } day)
        {
            folder = new CheckupFolder(match.Groups["from"].Value, match.Groups["to"].Value, day, match.Groups["n"].Value[0] - '0', match.Groups["service"].Value);
        }

        return folder is not null;
    }

    [GeneratedRegex("^(?<from>[0-9]{8,10})_(?<to>[0-9]{8,10})_(?<day>[0-9]{8})(?<n>[0-9])_(?<service>[1-9])$", RegexOptions.ExplicitCapture)]
    private static partial Regex Shape();
}

/// <summary>Name of a file of one person: h or c, 機関番号10, 作成日8, 通番1, 種別1, 連番6.</summary>
/// <param name="Kind">h 健診結果, c 決済情報.</param>
/// <param name="Institution">健診機関番号.</param>
/// <param name="Date">作成日.</param>
/// <param name="Ordinal">通番.</param>
/// <param name="Type">種別.</param>
/// <param name="Serial">連番.</param>
public sealed partial record CheckupFileName(char Kind, string Institution, DateOnly Date, int Ordinal, int Type, int Serial)
{
    /// <summary>The name with .xml.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Kind}{Institution}{Date:yyyyMMdd}{Ordinal}{Type}{Serial:D6}.xml");

    /// <summary>Reads the name of a file.</summary>
    public static bool TryParse(string name, [NotNullWhen(true)] out CheckupFileName? file)
    {
        file = null;
        var match = Shape().Match(name ?? "");
        if (match.Success && FileReading.Day(match.Groups["day"].Value) is { } day)
        {
            file = new CheckupFileName(
                char.ToLowerInvariant(name![0]),
                match.Groups["id"].Value,
                day,
                match.Groups["n"].Value[0] - '0',
                match.Groups["type"].Value[0] - '0',
                int.Parse(match.Groups["serial"].Value, CultureInfo.InvariantCulture));
        }

        return file is not null;
    }

    [GeneratedRegex("^[hc](?<id>[0-9]{10})(?<day>[0-9]{8})(?<n>[0-9])(?<type>[0-9])(?<serial>[0-9]{6})\\.xml$", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
