namespace Sekisho.Formats.Eligibility.Checkups;

/// <summary>One result file by itself, outside a package: what a clinic tries before it sends, and what a package does for each of its files.</summary>
public static class CheckupDocuments
{
    /// <summary>Reads and checks h….xml; never throws for what the bytes hold.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="reading">How.</param>
    /// <param name="file">Its name, for the findings.</param>
    public static CheckupFile Read(ReadOnlyMemory<byte> bytes, CheckupReading reading, string file)
    {
        ArgumentNullException.ThrowIfNull(reading);
        var notes = new CheckupNotes(file);
        var document = Read(bytes, reading, notes);
        return new CheckupFile(file, document, null, notes.List);
    }

    /// <summary>Reads and checks c….xml; never throws for what the bytes hold.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="reading">How.</param>
    /// <param name="file">Its name, for the findings.</param>
    public static CheckupFile ReadClaim(ReadOnlyMemory<byte> bytes, CheckupReading reading, string file)
    {
        ArgumentNullException.ThrowIfNull(reading);
        var notes = new CheckupNotes(file);
        var claim = ClaimReader.Read(bytes, notes);
        if (claim is not null)
        {
            ClaimChecks.Run(claim, notes);
            reading.Schemas?.Validate(bytes, notes);
        }

        return new CheckupFile(file, null, claim, notes.List);
    }

    internal static CheckupDocument? Read(ReadOnlyMemory<byte> bytes, CheckupReading reading, CheckupNotes notes)
    {
        if (DocumentReader.Read(bytes, notes) is not { } document)
        {
            return null;
        }

        HeaderChecks.Document(document, reading.Received, notes);
        foreach (var result in document.Results)
        {
            ItemChecks.Run(result, reading.Items, notes);
        }

        CompletenessChecks.Run(document, reading.Items, notes);
        reading.Schemas?.Validate(bytes, notes);
        return document;
    }
}
