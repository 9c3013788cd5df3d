using System.Globalization;
using Sekisho.Contracts;
using Sekisho.Contracts.Assurance;

namespace Sekisho.Web.Pages.Audit;

/// <summary>What the auditor typed. It travels in the body only, and is shown again to nobody but them.</summary>
internal sealed class AuditForm
{
    public DateOnly? From { get; set; }

    public DateOnly? Until { get; set; }

    public AuditKind? Kind { get; set; }

    public Guid? Person { get; set; }

    public Guid? Organisation { get; set; }

    public string? Result { get; set; }

    public string? Subject { get; set; }

    public string? Insurer { get; set; }

    public string? Symbol { get; set; }

    public string? Number { get; set; }

    public string? Branch { get; set; }

    public string? Name { get; set; }

    public string? Birth { get; set; }

    public bool IncludeProtected { get; set; }

    public string? Reason { get; set; }

    public Guid? After { get; set; }

    public bool NamesSomebody => new[] { Insurer, Symbol, Number, Branch, Name, Birth }.Any(v => !string.IsNullOrWhiteSpace(v));

    public AuditQuery ToQuery() => new()
    {
        From = From,
        Until = Until,
        Kind = Kind,
        Person = Person,
        Organisation = Organisation,
        Result = Result?.Trim(),
        Subject = Subject?.Trim(),
        Whose = NamesSomebody ? ToSubject() : null,
        IncludeProtected = IncludeProtected,
        Reason = Reason,
        After = After,
    };

    /// <summary>People write 1980-01-02 or 1980/1/2; claims record 19800102.</summary>
    public static string Day(string? typed) => DateOnly.TryParse(typed, CultureInfo.InvariantCulture, out var day)
        ? day.ToString("yyyyMMdd", CultureInfo.InvariantCulture)
        : typed ?? "";

    private DataSubject ToSubject() => new()
    {
        Insurer = Insurer ?? "",
        Symbol = Symbol ?? "",
        Number = Number ?? "",
        Branch = Branch ?? "",
        Name = Name ?? "",
        Birth = Day(Birth),
    };
}
