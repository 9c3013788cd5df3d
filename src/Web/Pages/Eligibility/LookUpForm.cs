using System.Globalization;
using Sekisho.Contracts.Eligibility;

namespace Sekisho.Web.Pages.Eligibility;

/// <summary>券面 as typed at an insurer's desk. It travels in the body only.</summary>
internal sealed class LookUpForm : CardForm
{
    public string? Birth { get; set; }

    public CardKeys ToCard() => Card(DateOnly.TryParse(Birth, CultureInfo.InvariantCulture, out var day) ? day : default);
}
