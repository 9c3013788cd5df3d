using System.Collections.Immutable;
using System.IO.Compression;

namespace Sekisho.Formats.Eligibility.Checkups;

/// <summary>How a package is read.</summary>
public sealed record CheckupReading
{
    /// <summary>The defaults: our item table, no XSD, no judgement of the future.</summary>
    public static CheckupReading Default { get; } = new();

    /// <summary>Bounds.</summary>
    public CheckupLimits Limits { get; init; } = CheckupLimits.Default;

    /// <summary>健診項目の表.</summary>
    public CheckupItemTable Items { get; init; } = CheckupItemTable.Default;

    /// <summary>The official XSDs, where the site has them.</summary>
    public CheckupSchemas? Schemas { get; init; }

    /// <summary>Business day of reception (JST): later dates are findings.</summary>
    public DateOnly? Received { get; init; }
}

/// <summary>One file of a package: a result (DATA) or a settlement (CLAIMS), with what is wrong with it.</summary>
/// <param name="Path">Below the root folder, e.g. DATA/h….xml.</param>
/// <param name="Document">健診結果; null when it could not be read, or for a settlement.</param>
/// <param name="Claim">決済情報; null when it could not be read, or for a result.</param>
/// <param name="Findings">What is wrong with this file, and with no other.</param>
public sealed record CheckupFile(string Path, CheckupDocument? Document, CheckupClaim? Claim, IReadOnlyList<CheckupFinding> Findings)
{
    /// <summary>Read, and nothing in it keeps it from being taken.</summary>
    public bool Acceptable => (Document is not null || Claim is not null) && Findings.All(f => f.Rule.Level == CheckupLevel.Notice);
}

/// <summary>A package as a whole; its files were handed over one by one.</summary>
/// <param name="RootName">Name of the root folder as it stands in the ZIP.</param>
/// <param name="Folder">The same, understood; null when it does not have the prescribed form.</param>
/// <param name="Index">送付案内; null when missing or unreadable.</param>
/// <param name="Summary">集計; null when missing or unreadable.</param>
/// <param name="Documents">Files in DATA.</param>
/// <param name="Claims">Files in CLAIMS.</param>
/// <param name="Findings">What is wrong with the package, its index and its summary.</param>
public sealed record CheckupPackage(string RootName, CheckupFolder? Folder, CheckupIndex? Index, CheckupSummary? Summary, int Documents, int Claims, IReadOnlyList<CheckupFinding> Findings)
{
    /// <summary>Neither the package as a whole nor its index and summary keep it from being taken; each file of a person says for itself.</summary>
    public bool Acceptable => Findings.All(f => f.Rule.Level == CheckupLevel.Notice || (f.Rule.Level == CheckupLevel.File && f.File.Length == 0));

    /// <summary>
    /// Reads a package and hands each file over as soon as it is read, so that memory does not grow with the number of people. Never throws for what
    /// the bytes hold; <paramref name="each"/> may throw and stops the reading.
    /// </summary>
    /// <param name="zip">The ZIP; must be seekable.</param>
    /// <param name="reading">How.</param>
    /// <param name="each">Called once per file of DATA and CLAIMS, in order of name, a result before its settlement.</param>
    public static CheckupPackage Read(Stream zip, CheckupReading reading, Action<CheckupFile> each)
    {
        ArgumentNullException.ThrowIfNull(zip);
        ArgumentNullException.ThrowIfNull(reading);
        ArgumentNullException.ThrowIfNull(each);
        var notes = new CheckupNotes("");
        ZipArchive? archive = null;
        try
        {
            CheckupArchive? entries;
            try
            {
                archive = new ZipArchive(zip, ZipArchiveMode.Read, leaveOpen: true);
                entries = CheckupArchive.Open(archive, reading.Limits, notes);
            }
            catch (Exception broken) when (broken is InvalidDataException or IOException or ArgumentException or OverflowException or NotSupportedException)
            {
                notes.Add(CheckupRules.ZipUnreadable);
                return Nothing(notes.List);
            }

            return entries is null ? Nothing(notes.List) : new PackageReader(entries, reading, each, notes).Read();
        }
        finally
        {
            archive?.Dispose();
        }
    }

    /// <summary>Reads a small package whole.</summary>
    public static (CheckupPackage Package, ImmutableArray<CheckupFile> Files) Read(Stream zip, CheckupReading reading)
    {
        var files = ImmutableArray.CreateBuilder<CheckupFile>();
        return (Read(zip, reading, files.Add), files.ToImmutable());
    }

    private static CheckupPackage Nothing(IReadOnlyList<CheckupFinding> findings) => new("", null, null, null, 0, 0, findings);
}
