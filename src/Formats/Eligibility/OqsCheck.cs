using System.Globalization;
using Sekisho.Formats.Eligibility.Shape;
using Sekisho.Formats.Identifiers;

namespace Sekisho.Formats.Eligibility;

/// <summary>A message against its table: what is missing, repeated, unknown or of the wrong form.</summary>
public static class OqsCheck
{
    /// <summary>Findings about a message, however it was made.</summary>
    public static IReadOnlyList<OqsFinding> Run(OqsMessage message)
    {
        var findings = new List<OqsFinding>();
        Run(message, findings);
        return findings;
    }

    internal static void Run(OqsMessage message, List<OqsFinding> findings) => Group(message.Root, message.Shape.Root, message.Root.Name, findings);

    private static void Group(OqsElement element, ElementShape shape, string path, List<OqsFinding> findings)
    {
        foreach (var child in shape.Children)
        {
            Occurrence(element, child, path, findings);
        }

        foreach (var child in element.Children)
        {
            var at = $"{path}/{child.Name}";
            if (shape.Child(child.Name) is not { } known)
            {
                Say(findings, OqsRules.Unknown, at, child.Line, $"{child.Name} は {shape.Name} の要素として知られていません。");
            }
            else if (known.Type == ElementType.群)
            {
                if (child.Value.Length > 0)
                {
                    Say(findings, OqsRules.WrongContent, at, child.Line, $"{known.Title}の中に要素ではなく文字があります。");
                }

                Group(child, known, at, findings);
            }
            else
            {
                Value(child, known, at, findings);
            }
        }
    }

    private static void Occurrence(OqsElement element, ElementShape child, string path, List<OqsFinding> findings)
    {
        if (!child.Required && child.Many)
        {
            return;
        }

        var count = 0;
        var filled = false;
        foreach (var found in element.Children)
        {
            if (found.Name == child.Name)
            {
                count++;
                filled |= found.Value.Length > 0 || found.Children.Count > 0;
            }
        }

        if (child.Required && !filled)
        {
            Say(findings, OqsRules.Missing, $"{path}/{child.Name}", element.Line, $"{child.Title}（{child.Name}）がありません。");
        }
        else if (!child.Many && count > 1)
        {
            Say(findings, OqsRules.Repeated, $"{path}/{child.Name}", element.Line, $"{child.Title}（{child.Name}）が {count} 個あります。最初のものを使います。");
        }
    }

    private static void Value(OqsElement element, ElementShape shape, string path, List<OqsFinding> findings)
    {
        if (element.Children.Count > 0)
        {
            Say(findings, OqsRules.WrongContent, path, element.Line, $"{shape.Title}の値の代わりに要素があります。");
        }
        else if (element.Value.Length > 0 && Fault(element.Value, shape) is var (rule, why))
        {
            Say(findings, rule, path, element.Line, $"{shape.Title}（{shape.Name}）{why}。");
        }
    }

    private static (OqsRule Rule, string Why)? Fault(string value, ElementShape shape) => shape.Type switch
    {
        ElementType.文字 when shape.Length > 0 && value.Length > shape.Length => (OqsRules.TooLong, $"は {shape.Length} 文字までです"),
        ElementType.数字 when value.Length != shape.Length || !Digits.Are(value) => (OqsRules.WrongValue, $"は数字 {shape.Length} 桁です"),
        ElementType.整数 when value.Length > 9 || !Digits.Are(value) => (OqsRules.WrongValue, "は整数（9桁まで）です"),
        ElementType.数 when !IsNumber(value) => (OqsRules.WrongValue, "は数です"),
        ElementType.日 when !CalendarDate.TryParse(value, out _) => (OqsRules.WrongValue, "は年月日（YYYYMMDD）です"),
        ElementType.日時 when OqsTime.Parse(value) is null => (OqsRules.WrongValue, "は日時（YYYYMMDDHHmmss）です"),
        ElementType.年月 when !YearMonth.TryParse(value, out _) => (OqsRules.WrongValue, "は年月（YYYYMM）です"),
        ElementType.保険者番号 when value.Length != 8 || !Digits.Are(value) => (OqsRules.WrongValue, "は数字 8 桁です（短い番号は前に空白）"),
        ElementType.コード when !shape.Codes!.Contains(value) => (OqsRules.UnknownCode, $"が {shape.Codes.Id} {shape.Codes.Title}にありません"),
        _ => null,
    };

    private static bool IsNumber(string value) =>
        value.Length <= 20 && decimal.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _);

    private static void Say(List<OqsFinding> findings, OqsRule rule, string path, int line, string message)
    {
        if (findings.Count < OqsLimits.MaxFindings)
        {
            findings.Add(new OqsFinding(rule, path, line, message));
        }
    }
}
