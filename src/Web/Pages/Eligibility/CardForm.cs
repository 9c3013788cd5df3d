using Sekisho.Contracts.Eligibility;

namespace Sekisho.Web.Pages.Eligibility;

/// <summary>What is typed from a 券面, or handed over by another page.</summary>
internal abstract class CardForm
{
    public string? Insurer { get; set; }

    public string? Symbol { get; set; }

    public string? Number { get; set; }

    public string? Branch { get; set; }

    protected CardKeys Card(DateOnly birth) => new()
    {
        Insurer = Insurer?.Trim() ?? "",
        Symbol = Symbol?.Trim() ?? "",
        Number = Number?.Trim() ?? "",
        Branch = Branch?.Trim() ?? "",
        Birth = birth,
    };
}
