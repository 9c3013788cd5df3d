namespace Sekisho.Formats.Eligibility.Checkups;

/// <summary>Who, where, when: what stands in the header of a result and at the head of a settlement.</summary>
internal static class HeaderChecks
{
    private const int MaximumText = 20;

    private static readonly DateOnly FourthTerm = new(2024, 4, 1);

    public static void Person(CheckupPerson person, CheckupNotes notes)
    {
        Expect(person.InsurerNumber.Length is >= 1 and <= 8 && Digits(person.InsurerNumber), CheckupRules.Insurer, notes, "保険者番号", person.InsurerNumber);
        Expect(person.Symbol.Length <= MaximumText, CheckupRules.InsuredSymbol, notes, "記号");
        Expect(person.Number.Length is >= 1 and <= MaximumText, CheckupRules.InsuredNumber, notes, "番号");
        Expect(person.Branch.Length == 0 || (person.Branch.Length == 2 && Digits(person.Branch)), CheckupRules.Branch, notes, "枝番");
        Expect(person.Name.Length > 0, CheckupRules.PersonName, notes, "氏名");
        Expect(person.Gender is "1" or "2", CheckupRules.Gender, notes, "性別");
        Expect(person.BirthDate is not null, CheckupRules.BirthDate, notes, "生年月日");
        Expect(PostalCode(person.PostalCode), CheckupRules.PostalCode, notes, "郵便番号");
    }

    /// <param name="document">The result.</param>
    /// <param name="received">Business day of reception; null when dates in the future are not to be judged.</param>
    /// <param name="notes">Where findings go.</param>
    public static void Document(CheckupDocument document, DateOnly? received, CheckupNotes notes)
    {
        Person(document.Person, notes);
        Institution(document.Performer.Code, notes);
        Expect(document.Day is not null, CheckupRules.Day, notes, "健診実施日");
        Expect(document.Written is not null, CheckupRules.Written, notes, "作成日");
        Expect(document.Day >= document.Person.BirthDate || document.Day is null || document.Person.BirthDate is null, CheckupRules.DayOrder, notes, "生年月日と健診実施日");
        Expect(document.Written >= document.Day || document.Written is null || document.Day is null, CheckupRules.DayOrder, notes, "健診実施日と作成日");
        Expect(!(document.Day > received) && !(document.Written > received), CheckupRules.Future, notes, "健診実施日・作成日");
        Expect(document.Day is null || document.Day >= FourthTerm, CheckupRules.BeforeTerm, notes, "健診実施日");
        if (document.Ticket is { } ticket)
        {
            Ticket(ticket.Number, ticket.Until, document.Day, notes);
        }

        Programme(document, notes);
    }

    public static void Institution(string code, CheckupNotes notes) =>
        Expect(code.Length == 10 && Digits(code), CheckupRules.Institution, notes, "健診実施機関", code);

    public static void Ticket(string number, DateOnly? until, DateOnly? day, CheckupNotes notes)
    {
        Expect(number.Length == 11 && Digits(number), CheckupRules.TicketNumber, notes, "受診券整理番号");
        Expect(!(until < day), CheckupRules.TicketExpired, notes, "受診券の有効期限");
    }

    private static void Programme(CheckupDocument document, CheckupNotes notes)
    {
        if (document.Program is not ("010" or "020" or "030" or "040" or "060" or "090" or "990"))
        {
            notes.Add(CheckupRules.Program, place: "プログラム種別", value: document.Program);
        }
        else if (document.Program == "010" && document.Day is { } day && document.Person.BirthDate is { } birth && birth <= day)
        {
            // 年度末 is 31 March: who is born on 1 April turns a year older on 31 March by law.
            var year = day.Month >= 4 ? day.Year + 1 : day.Year;
            var birthYear = birth is { Month: < 4 } or { Month: 4, Day: 1 } ? birth.Year : birth.Year + 1;
            Expect(year - birthYear is >= 40 and <= 75, CheckupRules.Age, notes, "年度末の年齢");
        }
    }

    private static bool PostalCode(string text) =>
        text.Length == 0 || (text.Length == 8 && text[3] == '-' && Digits(text.Remove(3, 1)));

    private static bool Digits(string text) => text.All(char.IsAsciiDigit);

    private static void Expect(bool right, CheckupRule rule, CheckupNotes notes, string place, string value = "")
    {
        if (!right)
        {
            notes.Add(rule, place: place, value: value);
        }
    }
}
