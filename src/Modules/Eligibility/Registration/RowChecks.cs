using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Registration;

/// <summary>What is asked of many fields of a row. Each adds a fault, or nothing.</summary>
internal static class RowChecks
{
    public static void Text(List<(string, Refusal)> faults, string field, string value, int longest, bool required)
    {
        if (required && string.IsNullOrWhiteSpace(value))
        {
            faults.Add((field, RowFaults.Missing));
        }
        else if (value.Length > longest)
        {
            faults.Add((field, RowFaults.TooLong with { Remedy = $"{longest}文字までで記録してください。" }));
        }
    }

    public static void Code(List<(string, Refusal)> faults, string field, string value, string[] list)
    {
        if (!list.Contains(value))
        {
            faults.Add((field, value.Length == 0 ? RowFaults.Missing : RowFaults.NotInList with { Remedy = $"{string.Join('・', list.Where(l => l.Length > 0))} のどれかで記録してください。" }));
        }
    }

    public static void Ratio(List<(string, Refusal)> faults, string field, string value)
    {
        if (value.Length > 0 && !(value.Length == 3 && value[2] == '0' && int.TryParse(value, out var ratio) && ratio is >= 0 and <= 100))
        {
            faults.Add((field, RowFaults.BadForm with { Remedy = "3桁（1割なら 010）で記録してください。" }));
        }
    }

    public static void Order(List<(string, Refusal)> faults, string field, DateOnly? from, DateOnly? until)
    {
        if (from is { } first && until is { } last && last < first)
        {
            faults.Add((field, RowFaults.DaysReversed));
        }
    }
}
