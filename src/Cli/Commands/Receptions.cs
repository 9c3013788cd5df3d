using System.Globalization;
using System.Text.Json;
using Sekisho.Cli.Site;
using Sekisho.Wire;

namespace Sekisho.Cli.Commands;

/// <summary>Receptions as the site answers them, and as people read them.</summary>
internal static class Receptions
{
    /// <summary>The reception of a transmission once its check is done; null when it takes too long.</summary>
    public static async Task<Outcome<ReceptionAnswer?>> Await(Connection site, Guid transmission, CancellationToken ct)
    {
        var start = site.Time.GetTimestamp();
        for (var pause = TimeSpan.FromMilliseconds(100); site.Time.GetElapsedTime(start) < TimeSpan.FromMinutes(2); pause = Longer(pause))
        {
            var outcome = await site.Get<JsonElement>($"/claims/transmissions/{transmission}/reception", ct);
            if (outcome.Refused(out var refusal, out var answer))
            {
                if (refusal.Kind != RefusalKind.NotFound)
                {
                    return refusal;
                }
            }
            else if (Read(answer) is { State: not "Received" } done)
            {
                return done;
            }

            await Task.Delay(pause, site.Time, ct);
        }

        return (ReceptionAnswer?)null;
    }

    /// <summary>A reception, bare or as part of its result.</summary>
    public static ReceptionAnswer? Read(JsonElement answer) =>
        (answer.TryGetProperty("reception", out var inner) ? inner : answer).Deserialize<ReceptionAnswer>(Terminal.Options);

    public static void Print(ReceptionAnswer reception, Terminal terminal)
    {
        terminal.Line(string.Create(CultureInfo.InvariantCulture, $"{reception.Number}  {reception.StateInWords}  {reception.InstitutionName}  請求年月 {reception.BillingMonth}"));
        terminal.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"  {reception.Claims:N0} 件 · {reception.Points:N0} 点 · 受付不能 {reception.RejectedClaims:N0} 件 · 指摘 {reception.Findings:N0} 件{Worst(reception)}"));
    }

    private static string Worst(ReceptionAnswer reception) => reception.Worst is { } worst ? $" (最も重いもの {worst} {Severities.Meaning(worst)})" : "";

    private static TimeSpan Longer(TimeSpan pause) => pause < TimeSpan.FromSeconds(2) ? pause * 1.5 : pause;

    /// <summary>A finding of the site: rule and place are objects of their own there.</summary>
    public static FoundLine Finding(JsonElement finding)
    {
        var rule = finding.TryGetProperty("rule", out var r) ? r : finding;
        var place = finding.TryGetProperty("place", out var p) ? p : finding;
        return new FoundLine(
            Text(rule, "number"),
            Text(rule, "severity"),
            Number(place, "line"),
            Number(place, "claim"),
            Text(place, "record"),
            Number(place, "item"),
            Text(place, "name"),
            Text(finding, "value"),
            Text(finding, "message"),
            Text(rule, "remedy"));
    }

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static int Number(JsonElement element, string name) => element.TryGetProperty(name, out var value) && value.TryGetInt32(out var number) ? number : 0;
}
