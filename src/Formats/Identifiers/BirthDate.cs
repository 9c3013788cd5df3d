namespace Sekisho.Formats.Identifiers;

/// <summary>生年月日. Personal: <see cref="ToString"/> is masked, <see cref="Day"/> is not.</summary>
public readonly record struct BirthDate
{
    private readonly CalendarDate _date;

    private BirthDate(CalendarDate date) => _date = date;

    /// <summary>The day.</summary>
    public DateOnly Day => _date.Day;

    /// <summary>Reads eight digits YYYYMMDD of a day that exists; anything else is false.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out BirthDate value)
    {
        var parsed = CalendarDate.TryParse(text, out var date);
        value = parsed ? new BirthDate(date) : default;
        return parsed;
    }

    /// <summary>Masked, so that it can end up in a log by mistake without harm.</summary>
    public override string ToString() => _date == default ? "" : "********";
}
