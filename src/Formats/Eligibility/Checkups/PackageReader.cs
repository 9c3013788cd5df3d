using System.Globalization;
using System.IO.Compression;

namespace Sekisho.Formats.Eligibility.Checkups;

/// <summary>Walks the files of a package and adds them up against its index and its summary.</summary>
internal sealed class PackageReader(CheckupArchive archive, CheckupReading reading, Action<CheckupFile> each, CheckupNotes notes)
{
    private readonly HashSet<string> _people = new(StringComparer.Ordinal);
    private readonly List<CheckupFinding> _manifest = [];
    private readonly HashSet<string> _services = new(StringComparer.Ordinal);
    private long _cost;
    private long _payment;
    private long _other;
    private long _claim;
    private int _readClaims;
    private string _insurer = "";

    public CheckupPackage Read()
    {
        var folder = CheckupFolder.TryParse(archive.Root, out var parsed) ? parsed : null;
        var index = Manifest(archive.Index, "ix08_V08.xml", ManifestReader.Index);
        var summary = Manifest(archive.Summary, "su08_V08.xml", ManifestReader.Summary);
        Root(folder, index);
        Files();
        Counts(index, summary);
        if (archive.Exhausted)
        {
            notes.Add(CheckupRules.TooLarge);
        }

        return new CheckupPackage(archive.Root, folder, index, summary, archive.Data.Count, archive.Claims.Count, [.. notes.List, .. _manifest]);
    }

    private T? Manifest<T>(ZipArchiveEntry? entry, string name, Func<ReadOnlyMemory<byte>, CheckupNotes, T?> read)
        where T : class
    {
        var own = new CheckupNotes(name);
        var bytes = entry is null ? null : archive.Read(entry, own);
        var value = bytes is null ? null : read(bytes, own);
        if (value is not null)
        {
            reading.Schemas?.Validate(bytes, own);
        }

        _manifest.AddRange(own.List);
        return value;
    }

    private void Root(CheckupFolder? folder, CheckupIndex? index)
    {
        if (index is null)
        {
            notes.Add(CheckupRules.NoIndex);
            return;
        }

        _services.Add(index.Service);
        _insurer = index.ReceiverRoot == CheckupOids.Insurer ? index.Receiver : "";
        Values(index);
        if (folder is null)
        {
            notes.Add(CheckupRules.RootName, value: archive.Root);
            return;
        }

        _services.Add(folder.Service);
        Same("送付元", folder.Sender, index.Sender);
        Same("送付先", folder.Receiver, index.Receiver.Length > 0 ? index.Receiver : folder.Receiver);
        Same("作成日", $"{folder.Date:yyyyMMdd}", $"{index.Created ?? folder.Date:yyyyMMdd}");
    }

    private void Values(CheckupIndex index)
    {
        Expect(int.TryParse(index.Interaction, NumberStyles.None, CultureInfo.InvariantCulture, out var kind) && kind is >= 1 and <= 20, "種別");
        Expect(index.Service.Length == 1 && index.Service[0] is >= '1' and <= '9', "実施区分");
        Expect(index.Created is not null && !(index.Created > reading.Received), "作成日");
        Expect(index.Sender.Length is >= 1 and <= 10 && index.Sender.All(char.IsAsciiDigit), "送付元");
    }

    private void Expect(bool right, string place)
    {
        if (!right)
        {
            notes.Add(CheckupRules.IndexValue, place: place);
        }
    }

    // Numbers shorter than their place are padded with zeros on the left.
    private void Same(string place, string folder, string index)
    {
        if (folder.TrimStart('0') != index.TrimStart('0'))
        {
            notes.Add(CheckupRules.RootDiffers, place: place, detail: $"フォルダー {folder}、ix08_V08.xml {index}");
        }
    }

    private void Files()
    {
        foreach (var (name, entry) in archive.Data)
        {
            var partner = "c" + name[1..];
            var document = Document(name, entry, archive.Claims.ContainsKey(partner));
            if (archive.Claims.TryGetValue(partner, out var claim))
            {
                Claim(partner, claim, document);
            }

            if (archive.Exhausted)
            {
                return;
            }
        }

        foreach (var (name, entry) in archive.Claims.Where(c => !archive.Data.ContainsKey("h" + c.Key[1..])))
        {
            Claim(name, entry, null);
            if (archive.Exhausted)
            {
                return;
            }
        }
    }

    private CheckupDocument? Document(string name, ZipArchiveEntry entry, bool hasClaim)
    {
        var own = new CheckupNotes("DATA/" + name);
        var named = Name(name, 'h', own);
        var bytes = archive.Read(entry, own);
        var document = bytes is null ? null : CheckupDocuments.Read(bytes, reading, own);
        if (document is not null)
        {
            Institution(named, document.Performer.Code, own);
            Insurer(document.Person, own);
            if (document.Person.Number.Length > 0 && !_people.Add($"{document.Person.Key}\t{document.Day}"))
            {
                own.Add(CheckupRules.SamePerson);
            }
        }

        if (!hasClaim && archive.Claims.Count > 0)
        {
            own.Add(CheckupRules.NoClaim);
        }

        each(new CheckupFile(own.File, document, null, own.List));
        return document;
    }

    private void Claim(string name, ZipArchiveEntry entry, CheckupDocument? document)
    {
        var own = new CheckupNotes("CLAIMS/" + name);
        var named = Name(name, 'c', own);
        var bytes = archive.Read(entry, own);
        var claim = bytes is null ? null : ClaimReader.Read(bytes, own);
        if (claim is not null)
        {
            ClaimChecks.Run(claim, own);
            Institution(named, claim.Institution, own);
            Add(claim);
            if (document is not null && document.Person.Key != claim.Person.Key)
            {
                own.Add(CheckupRules.PairDiffers);
            }

            reading.Schemas?.Validate(bytes, own);
        }

        if (!archive.Data.ContainsKey("h" + name[1..]))
        {
            own.Add(CheckupRules.NoResult);
        }

        each(new CheckupFile(own.File, null, claim, own.List));
    }

    // A package for one insurer brings nobody else's people.
    private void Insurer(CheckupPerson person, CheckupNotes own)
    {
        if (_insurer.Length > 0 && person.InsurerNumber.TrimStart('0') != _insurer.TrimStart('0'))
        {
            own.Add(CheckupRules.OtherInsurer, place: "保険者番号", detail: $"送付先 {_insurer}", value: person.InsurerNumber);
        }
    }

    private void Add(CheckupClaim claim)
    {
        _readClaims++;
        _services.Add(claim.Service);
        _cost += claim.UnitAmount;
        _payment += claim.PaymentAmount;
        _other += claim.OtherProgram ?? 0;
        _claim += claim.ClaimAmount;
    }

    private static CheckupFileName? Name(string name, char kind, CheckupNotes own)
    {
        if (CheckupFileName.TryParse(name, out var parsed) && parsed.Kind == kind)
        {
            return parsed;
        }

        own.Add(CheckupRules.FileName);
        return null;
    }

    private static void Institution(CheckupFileName? named, string inside, CheckupNotes own)
    {
        if (named is not null && inside.Length > 0 && named.Institution != inside)
        {
            own.Add(CheckupRules.FileInstitution, detail: $"名前 {named.Institution}、中 {inside}");
        }
    }

    private void Counts(CheckupIndex? index, CheckupSummary? summary)
    {
        if (archive.Data.Count == 0)
        {
            notes.Add(CheckupRules.NoData);
        }

        var files = archive.Data.Count + archive.Claims.Count;
        if (index is not null && index.Records != files)
        {
            notes.Add(CheckupRules.RecordCount, detail: $"{index.Records} 個とありますが {files} 個です");
        }

        if (summary is null)
        {
            if (archive.Claims.Count > 0)
            {
                notes.Add(CheckupRules.NoSummary);
            }
        }
        else
        {
            Sums(summary);
        }

        if (_services.Count > 1)
        {
            notes.Add(CheckupRules.ServiceDiffers, detail: string.Join('・', _services.Order(StringComparer.Ordinal)));
        }
    }

    private void Sums(CheckupSummary summary)
    {
        _services.Add(summary.Service);
        // 受診者の総数: of those who are claimed, or of all who came; a package without settlements may say none.
        var none = archive.Claims.Count == 0 && summary.Subjects == 0;
        if (summary.Subjects != archive.Claims.Count && summary.Subjects != archive.Data.Count && !none)
        {
            notes.Add(CheckupRules.SubjectCount, detail: $"{summary.Subjects} 人とありますが、健診結果 {archive.Data.Count} 個、決済情報 {archive.Claims.Count} 個です");
        }

        // A settlement that cannot be read has its own finding; sums without it would only say the same twice.
        if (_readClaims == archive.Claims.Count)
        {
            Total("単価総計", summary.Cost, _cost);
            Total("窓口負担の総計", summary.Payment, _payment);
            Total("他の健診による負担の総計", summary.OtherProgram ?? 0, _other);
            Total("請求金額の総計", summary.Claim, _claim);
        }
    }

    private void Total(string place, int said, long added)
    {
        if (said != added)
        {
            notes.Add(CheckupRules.Totals, place: place, detail: $"{said} 円とありますが合計は {added} 円です");
        }
    }
}
