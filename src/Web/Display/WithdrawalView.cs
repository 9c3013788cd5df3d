using System.Globalization;
using System.Text.RegularExpressions;
using Sekisho.Contracts;
using Sekisho.Contracts.Claims;

namespace Sekisho.Web.Display;

/// <summary>取下げ as the page of one claim shows it to this reader.</summary>
internal sealed partial class WithdrawalView(OpenedClaim opened, IEnumerable<Withdrawal> all, Actor by)
{
    public string Reception => opened.Reception.Number;

    public int Ordinal => opened.Row.Entry.Ordinal;

    /// <summary>What was asked last; null when nobody has asked.</summary>
    public Withdrawal? Latest { get; } = all.FirstOrDefault(w => w.Ordinal == opened.Row.Entry.Ordinal);

    public bool MayAsk => by.May(Permission.ConfirmClaims) && IsClosed(opened.Reception.State) && Latest is not { State: WithdrawalState.Requested or WithdrawalState.Granted }
        && opened.Row.State is not (ClaimState.Rejected or ClaimState.Dropped or ClaimState.Withdrawn);

    public bool MayDecide => by.May(Permission.ReviewClaims) && Latest is { State: WithdrawalState.Requested };

    public static bool IsClosed(ReceptionState state) =>
        state is ReceptionState.Closed or ReceptionState.UnderReview or ReceptionState.Decided or ReceptionState.Delivered;

    /// <summary>The numbers in a text; too long ones are none.</summary>
    public static IReadOnlyList<int> Numbers(string text) =>
        [.. Digits().Matches(text.Normalize(System.Text.NormalizationForm.FormKC)).Select(m => int.TryParse(m.Value, CultureInfo.InvariantCulture, out var n) ? n : 0)];

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Digits();
}
