using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Formats.Eligibility;
using Sekisho.Modules.Eligibility.Data;
using Sekisho.Modules.Eligibility.Messages;
using Sekisho.Platform.Events;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Bulk;

/// <summary>What an 一括 asks about: everybody, or why it cannot be asked.</summary>
/// <param name="Rows">One per person.</param>
/// <param name="On">資格確認日; null for today.</param>
internal sealed record BulkRows<TRow>(IReadOnlyList<TRow> Rows, DateOnly? On = null);

/// <summary>Rows of an 一括 when their turn comes.</summary>
/// <param name="Job">Which.</param>
/// <param name="Head">What holds for all rows.</param>
/// <param name="By">Who asked.</param>
internal sealed record BulkTurn(BulkJob Job, BulkHead Head, Actor By);

/// <summary>One kind of 一括, of which the four steps know nothing more. Scoped; registered by its 業務・単複・機能.</summary>
internal interface IBulkKind
{
    /// <summary>Reads the upload in a reading transaction: everybody as JSON, in pieces of <see cref="BulkJob.Piece"/>.</summary>
    ValueTask<Outcome<BulkUpload>> Read(Actor by, OqsMessage upload, CancellationToken ct);

    /// <summary>Looks at some rows in the current writing transaction and records each person looked at; the answers as JSON and how many of them are errors.</summary>
    ValueTask<(byte[] Answered, int Failed)> Work(BulkTurn turn, BulkPart part, CancellationToken ct);

    /// <summary>What of a finished result may still be handed out. In the current transaction.</summary>
    ValueTask<FoundBulk> Current(FoundBulk found, CancellationToken ct);

    /// <summary>MessageBody of the result.</summary>
    object Body(IEnumerable<BulkPart> parts);
}

/// <summary>An upload, ready to be kept.</summary>
internal sealed record BulkUpload(IReadOnlyList<byte[]> Pieces, int Rows, DateOnly? On);

/// <summary>A kind of 一括 by what its rows and answers are; both are JSON where they are kept.</summary>
internal abstract class BulkKind<TRow, TAnswer>(Audit audit) : IBulkKind
{
    public async ValueTask<Outcome<BulkUpload>> Read(Actor by, OqsMessage upload, CancellationToken ct) =>
        (await Rows(by, upload, ct)).Refused(out var refusal, out var rows) ? refusal : Upload(rows);

    public static Outcome<BulkUpload> Upload(BulkRows<TRow> rows) => rows.Rows.Count > MessageLimits.Rows
        ? Refusals.TooManyRows
        : new BulkUpload([.. rows.Rows.Chunk(BulkJob.Piece).Select(c => JsonSerializer.SerializeToUtf8Bytes(c, Json.Options))], rows.Rows.Count, rows.On);

    public async ValueTask<(byte[] Answered, int Failed)> Work(BulkTurn turn, BulkPart part, CancellationToken ct)
    {
        var (answers, events, failed) = (new List<TAnswer>(BulkJob.Piece), new List<AuditEvent>(BulkJob.Piece), 0);
        foreach (var (index, row) in Json.Read<TRow[]>(part.Asked).Index())
        {
            var (answer, looked) = await Answer(turn, part.First + index + 1, row, ct);
            answers.Add(answer);
            failed += IsError(answer) ? 1 : 0;
            if (looked is not null)
            {
                events.Add(looked);
            }
        }

        // After the last question: what is only added goes to the database together, and the next question would send it there.
        foreach (var looked in events)
        {
            await audit.Record(looked, ct);
        }

        return (JsonSerializer.SerializeToUtf8Bytes(answers, Json.Options), failed);
    }

    public virtual ValueTask<FoundBulk> Current(FoundBulk found, CancellationToken ct) => ValueTask.FromResult(found);

    public object Body(IEnumerable<BulkPart> parts) => Body(parts.SelectMany(Answered));

    /// <summary>Rows and answers side by side.</summary>
    public static IEnumerable<(TRow Row, TAnswer Answer)> Answered(BulkPart part) =>
        part.Answered is { } answered ? Json.Read<TRow[]>(part.Asked).Zip(Json.Read<TAnswer[]>(answered)) : [];

    /// <summary>Whom the upload asks about. An error of one row is a row.</summary>
    protected abstract ValueTask<Outcome<BulkRows<TRow>>> Rows(Actor by, OqsMessage upload, CancellationToken ct);

    /// <summary>Looks at one; with the answer what is to be recorded, unless it already is.</summary>
    /// <param name="turn">For whom, on which day.</param>
    /// <param name="number">Which row, from 1.</param>
    /// <param name="row">Whom.</param>
    /// <param name="ct">Cancels.</param>
    protected abstract ValueTask<(TAnswer Answer, AuditEvent? Looked)> Answer(BulkTurn turn, int number, TRow row, CancellationToken ct);

    /// <summary>That somebody was looked at by this row.</summary>
    protected static AuditEvent Looked(BulkTurn turn, int number, Guid answer, int? code, DataSubject? whose)
    {
        var result = string.Create(CultureInfo.InvariantCulture, $"{code} {turn.Job.Number}:{number}");
        return new AuditEvent(AuditKind.EligibilityInquired, answer.ToString("D"), result) { By = turn.By, Whose = whose };
    }

    protected abstract bool IsError(TAnswer answer);

    protected abstract object Body(IEnumerable<(TRow Row, TAnswer Answer)> answered);
}

/// <summary>Registering kinds of 一括.</summary>
internal static class BulkKinds
{
    /// <summary>…01req takes it, …02req fetches its result.</summary>
    public static IServiceCollection AddBulk<T>(this IServiceCollection services, string kind)
        where T : class, IBulkKind => services.AddKeyedScoped<IBulkKind, T>(kind).AddMessage<TakeBulk>(kind + "01req").AddMessage<FetchBulk>(kind + "02req");

    public static IServiceCollection AddBulkKinds(this IServiceCollection services)
    {
        services.AddSingleton<BulkSignal>().AddSingleton<BulkPace>().AddScoped<BulkJobs>().AddScoped<BulkResults>().AddScoped<BulkIntake>().AddScoped<BulkWork>().AddHostedService<BulkWorker>();
        services.AddScoped<BulkDoor>().AddScoped<ListDoor>().AddScoped<IBulkInquiries>(s => s.GetRequiredService<BulkDoor>());
        return services.AddBulk<BulkInquiries>("OQSmuquc").AddBulk<BulkReferences>("OQSmuimm").AddBulk<BulkConsented>("OQSmuhvq").AddBulk<BulkConsented>("OQSmuonq");
    }
}
