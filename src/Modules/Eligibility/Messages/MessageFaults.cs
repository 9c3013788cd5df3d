using Sekisho.Formats.Eligibility;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Messages;

/// <summary>Which findings about a request hinder its answer.</summary>
internal static class MessageFaults
{
    // XmlMsg/MessageBody/row/element: what is deeper than the body belongs to a row.
    private const int Element = 3;

    // What is only carried along may be as it likes; without 資格確認日 it is today.
    private static readonly HashSet<string> _carried = ["ArbitraryFileIdentifier", "ArbitraryIdentifier"];

    /// <summary>Why the whole request cannot be answered; null when it can.</summary>
    public static Refusal? Of(OqsReading reading, bool byRow) =>
        (reading.Refusal ?? reading.Findings.FirstOrDefault(f => Hinders(f) && !(byRow && IsOfRow(f)))) is { } finding ? Say(finding) : null;

    /// <summary>Every row as a message of its own, without the values that hinder it, and why it cannot be answered.</summary>
    public static IEnumerable<(OqsMessage Row, Refusal? Fault)> Rows(OqsMessage message, string name)
    {
        foreach (var row in message.Body.All(name))
        {
            var alone = Alone(message, row);
            List<OqsFinding> faults = [.. OqsCheck.Run(alone).Where(f => Hinders(f) && IsOfRow(f))];
            if (faults.Count == 0)
            {
                yield return (alone, null);
                continue;
            }

            var wrong = faults.Select(f => f.Path.Split('/')[Element]).ToHashSet(StringComparer.Ordinal);
            var sound = new OqsElement(name);
            foreach (var element in row.Children.Where(c => !wrong.Contains(c.Name)))
            {
                sound.Add(element);
            }

            yield return (Alone(message, sound), Say(faults[0]));
        }
    }

    private static OqsMessage Alone(OqsMessage message, OqsElement row) =>
        new(message.Shape, new OqsElement("XmlMsg").Add(message.Header).Add(new OqsElement("MessageBody").Add(row)));

    private static bool IsOfRow(OqsFinding finding) => finding.Path.Count(c => c == '/') >= Element;

    private static bool Hinders(OqsFinding finding)
    {
        var element = finding.Path[(finding.Path.LastIndexOf('/') + 1)..];
        return finding.Rule.Severity == OqsSeverity.誤り
            && !_carried.Contains(element)
            && !(finding.Rule == OqsRules.Missing && element == "QualificationConfirmationDate");
    }

    private static Refusal Say(OqsFinding finding) => new(finding.Rule.Number, RefusalKind.Invalid, finding.Message, finding.Rule.Remedy + "。");
}
