using System.IO.Compression;

namespace Sekisho.Formats.Eligibility.Checkups;

/// <summary>What a package says about itself.</summary>
/// <param name="Folder">Sender, receiver, day, ordinal, 実施区分.</param>
/// <param name="Interaction">種別 of the hand-over: 1 機関→代行機関, 6 機関→保険者, ….</param>
/// <param name="Type">種別 in the file names, one digit.</param>
public sealed record CheckupParcel(CheckupFolder Folder, string Interaction = "6", int Type = 1);

/// <summary>Records → the exchange files. The same records give the same bytes.</summary>
public static class CheckupWriter
{
    /// <summary>h….xml.</summary>
    public static byte[] Write(CheckupDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return DocumentWriter.Write(document, CheckupItemTable.Default);
    }

    /// <summary>c….xml.</summary>
    public static byte[] Write(CheckupClaim claim)
    {
        ArgumentNullException.ThrowIfNull(claim);
        return ClaimWriter.Write(claim);
    }

    /// <summary>ix08_V08.xml.</summary>
    public static byte[] Write(CheckupIndex index)
    {
        ArgumentNullException.ThrowIfNull(index);
        return ClaimWriter.Write(index);
    }

    /// <summary>su08_V08.xml.</summary>
    public static byte[] Write(CheckupSummary summary)
    {
        ArgumentNullException.ThrowIfNull(summary);
        return ClaimWriter.Write(summary);
    }

    /// <summary>A whole package as a ZIP, person by person as they come; the index and the summary count what was written.</summary>
    /// <param name="zip">Where to.</param>
    /// <param name="parcel">Sender, receiver, day.</param>
    /// <param name="people">Each result and, where it is claimed, its settlement.</param>
    public static void Write(Stream zip, CheckupParcel parcel, IEnumerable<(CheckupDocument Document, CheckupClaim? Claim)> people)
    {
        ArgumentNullException.ThrowIfNull(parcel);
        ArgumentNullException.ThrowIfNull(people);
        var folder = parcel.Folder;
        using var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true);
        var (serial, claims) = (0, 0);
        long cost = 0, payment = 0, other = 0, claimed = 0;
        foreach (var (document, claim) in people)
        {
            serial++;
            var name = new CheckupFileName('h', document.Performer.Code, folder.Date, folder.Ordinal, parcel.Type, serial);
            Add(archive, folder, $"DATA/{name}", Write(document));
            if (claim is not null)
            {
                Add(archive, folder, $"CLAIMS/{name with { Kind = 'c' }}", Write(claim));
                claims++;
                (cost, payment, other, claimed) = (cost + claim.UnitAmount, payment + claim.PaymentAmount, other + (claim.OtherProgram ?? 0), claimed + claim.ClaimAmount);
            }
        }

        if (claims > 0)
        {
            Add(archive, folder, "su08_V08.xml", Write(new CheckupSummary(folder.Service, claims, checked((int)cost), checked((int)payment), checked((int)other), checked((int)claimed))));
        }

        Add(archive, folder, "ix08_V08.xml", Write(Index(parcel, serial + claims)));
    }

    // Who hands over to whom decides which kind of number stands for either.
    private static CheckupIndex Index(CheckupParcel parcel, int files)
    {
        var folder = parcel.Folder;
        var sender = folder.Sender.Length == 10 ? CheckupOids.Institution : CheckupOids.Insurer;
        var receiver = parcel.Interaction == "1" ? CheckupOids.Agency : CheckupOids.Insurer;
        return new CheckupIndex(parcel.Interaction, folder.Date, sender, folder.Sender, receiver, folder.Receiver, folder.Service, files);
    }

    private static void Add(ZipArchive archive, CheckupFolder folder, string name, byte[] bytes)
    {
        var entry = archive.CreateEntry($"{folder}/{name}", CompressionLevel.Optimal);

        // Neither the clock nor the rights of whoever writes belong into the bytes.
        entry.LastWriteTime = new DateTimeOffset(folder.Date.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        entry.ExternalAttributes = 0;
        using var content = entry.Open();
        content.Write(bytes);
    }
}
