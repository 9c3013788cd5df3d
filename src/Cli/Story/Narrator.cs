using System.Globalization;
using Sekisho.Wire;

namespace Sekisho.Cli.Story;

/// <summary>A step of the story as it went.</summary>
internal sealed record StoryStep(int Number, string Title, bool Held, string Proof);

/// <summary>Tells each step as it happens; the first one that does not hold ends the story.</summary>
internal sealed class Narrator(Terminal terminal)
{
    private readonly List<StoryStep> _steps = [];

    public IReadOnlyList<StoryStep> Steps => _steps;

    /// <summary>Runs a step; its text is its proof.</summary>
    public async Task Step(string title, Func<Task<string>> act)
    {
        var number = _steps.Count + 1;
        try
        {
            Tell(new StoryStep(number, title, true, await act()));
        }
        catch (StepFailedException failed)
        {
            Tell(new StoryStep(number, title, false, failed.Message));
            throw;
        }
    }

    private void Tell(StoryStep step)
    {
        _steps.Add(step);
        terminal.Line(string.Create(CultureInfo.InvariantCulture, $"{(step.Held ? "✓" : "✗")} {step.Number,2}. {step.Title}"));
        foreach (var line in step.Proof.Split('\n'))
        {
            terminal.Line("      " + line);
        }
    }
}

/// <summary>A step of the story did not hold.</summary>
internal sealed class StepFailedException(string message) : Exception(message);

/// <summary>In a story a "no" that should have been a "yes" ends it.</summary>
internal static class StoryOutcomes
{
    public static T OrFail<T>(this Outcome<T> outcome) =>
        outcome.Succeeded(out var value, out var refusal) ? value : throw new StepFailedException($"{refusal.Text} [{refusal.Code}] {refusal.Remedy}");

    public static async Task<T> OrFail<T>(this Task<Outcome<T>> outcome) => (await outcome).OrFail();

    /// <summary>Ends the story unless the claim holds.</summary>
    public static void Holds(bool claim, string otherwise)
    {
        if (!claim)
        {
            throw new StepFailedException(otherwise);
        }
    }
}
