using System.Text;

namespace Sekisho.Wire;

/// <summary>C2SP tlog-checkpoint: the ledger's state as a signed note, with the cosignatures of witnesses.</summary>
/// <param name="Checkpoint">Origin, size, root.</param>
/// <param name="Note">The note it was read from, or written to.</param>
public sealed record SignedCheckpoint(Checkpoint Checkpoint, SignedNote Note)
{
    /// <summary>Signs a state of the ledger.</summary>
    public static SignedCheckpoint Sign(Checkpoint checkpoint, NoteSigner log, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        ArgumentNullException.ThrowIfNull(log);
        var text = Encoding.UTF8.GetString(checkpoint.ToBytes());
        return new SignedCheckpoint(checkpoint, new SignedNote(text, [log.Sign(text, now)]));
    }

    /// <summary>Reads one without believing it; WI-05xx. Extension lines are kept in the note and mean nothing here.</summary>
    public static Outcome<SignedCheckpoint> Parse(ReadOnlySpan<byte> bytes)
    {
        if (SignedNote.Parse(bytes).Refused(out var refusal, out var note))
        {
            return refusal;
        }

        // At least three lines that are not empty; those after them are extensions.
        var lines = note.Text.Split('\n');
        if (lines.Length < 4 || lines[..^1].Any(l => l.Length == 0))
        {
            return Refusals.CheckpointMalformed;
        }

        var body = Encoding.UTF8.GetBytes(string.Join('\n', lines[..3]) + "\n");
        return Checkpoint.Parse(body).Refused(out refusal, out var checkpoint) ? refusal : new SignedCheckpoint(checkpoint, note);
    }

    /// <summary>Reads one and demands that <paramref name="log"/> signed it and is the key of its origin; WI-05xx.</summary>
    public static Outcome<SignedCheckpoint> Open(ReadOnlySpan<byte> bytes, NoteKey log)
    {
        ArgumentNullException.ThrowIfNull(log);
        if (Parse(bytes).Refused(out var refusal, out var signed) || log.Check(signed.Note).Refused(out refusal, out _))
        {
            return refusal;
        }

        return signed.Checkpoint.Origin == log.Name ? signed : Refusals.OtherLedger;
    }

    /// <summary>The same with more signatures; one by the same key is replaced.</summary>
    public SignedCheckpoint With(IEnumerable<NoteSignature> signatures)
    {
        var added = signatures.ToList();
        var kept = Note.Signatures.Where(s => !added.Exists(a => a.Name == s.Name && a.KeyId == s.KeyId));
        return this with { Note = Note with { Signatures = [.. kept, .. added] } };
    }
}
