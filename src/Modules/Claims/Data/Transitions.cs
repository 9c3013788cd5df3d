using Sekisho.Contracts;
using Sekisho.Contracts.Claims;
using Sekisho.Modules.Claims.Calendar;
using Sekisho.Platform.Data;
using Sekisho.Platform.Events;
using Sekisho.Wire;

namespace Sekisho.Modules.Claims;

/// <summary>Moves a reception along the state machine: state, history and audit event in the caller's write transaction. Scoped.</summary>
internal sealed class Transitions(DbSession session, Audit audit, ClaimsCalendar calendar, IBusinessTime business, TimeProvider time)
{
    private string Prefix => session.Prefix("claims");

    /// <summary>Takes the step, or says why not; nothing is written then.</summary>
    /// <param name="reception">As read before; if it has moved since, the step is refused.</param>
    /// <param name="act">What is done.</param>
    /// <param name="by">Who does it; null for the centre.</param>
    /// <param name="note">What the history should know besides.</param>
    /// <param name="ct">Cancels.</param>
    public async ValueTask<Outcome<ReceptionRow>> Take(ReceptionRow reception, Act act, Actor? by, string note, CancellationToken ct)
    {
        if (StateMachine.Find(reception.State, act) is not { } step)
        {
            return Refusals.WrongState with { Text = $"受付 {reception.Number} は「{StateMachine.Say(reception.State)}」のため、{StateMachine.Say(act)}できません。" };
        }

        if (reception.Month is { } month && !StateMachine.Permits(step.When, calendar, month, reception.BusinessAt, business.Now))
        {
            return Refusals.WrongTime with { Text = $"受付 {reception.Number} の{StateMachine.Say(act)}ができるのは、{StateMachine.Say(step.When)}です。" };
        }

        var moved = await session.Execute(
            $"UPDATE {Prefix}reception SET state = @to WHERE number = @number AND state = @from",
            ct,
            ("to", step.To),
            ("number", reception.Number),
            ("from", reception.State));
        if (moved == 0)
        {
            return Refusals.ChangedMeanwhile;
        }

        await Write(reception.Number, step, by, note, ct);
        return reception with { State = step.To };
    }

    /// <summary>Writes the beginning of a reception's history.</summary>
    public ValueTask Begin(string number, CancellationToken ct) =>
        Write(number, StateMachine.Find(null, Act.Receive)!, null, "", ct);

    private async ValueTask Write(string number, Transition step, Actor? by, string note, CancellationToken ct)
    {
        await session.Execute(
            $"""
            INSERT INTO {Prefix}history (reception, sequence, act, from_state, to_state, organisation, person, at, business_at, note)
            SELECT @number, COUNT(*) + 1, @act, @from, @to, {Id("organisation")}, {Id("person")}, @at, @business, @note
            FROM {Prefix}history WHERE reception = @number
            """,
            ct,
            ("number", number),
            ("act", step.Act),
            ("from", step.From?.ToString() ?? ""),
            ("to", step.To),
            ("organisation", by?.Organisation.Value),
            ("person", by?.Person?.Value),
            ("at", time.Now()),
            ("business", business.Now),
            ("note", note));
        var result = $"{step.Act} {step.From}>{step.To} {note}".TrimEnd();
        await audit.Record(by, AuditKind.ClaimsTransition, number, result, ct);
    }

    // Inside INSERT … SELECT PostgreSQL takes an untyped parameter for text.
    private string Id(string name) => session.Provider == DatabaseProvider.PostgreSql ? $"CAST(@{name} AS UUID)" : "@" + name;
}
