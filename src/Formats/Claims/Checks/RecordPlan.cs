using System.Collections.Concurrent;
using Sekisho.Formats.Claims.Reading;
using Sekisho.Formats.Claims.Shape;

namespace Sekisho.Formats.Claims.Checks;

/// <summary>An edition made ready for running: every table looked up once, every number decided once.</summary>
internal sealed class EditionPlan
{
    private const int Letters = 26;
    private static readonly ConcurrentDictionary<Edition, EditionPlan> Built = new();
    private readonly RecordPlan?[] _byKey = new RecordPlan?[Letters * Letters];

    private EditionPlan(Edition edition)
    {
        Edition = edition;
        Records = [.. edition.Records.Select((r, i) => new RecordPlan(edition, r, i))];
        Dated = [.. Records.Where(r => r.Dates.Length > 0 && !r.IsOfFile)];
        foreach (var record in Records)
        {
            _byKey[((record.Id[0] - 'A') * Letters) + record.Id[1] - 'A'] = record;
        }
    }

    public Edition Edition { get; }

    /// <summary>By <see cref="RecordPlan.Index"/>.</summary>
    public RecordPlan[] Records { get; }

    /// <summary>Records of a claim that hold dates to be recorded in the western calendar.</summary>
    public RecordPlan[] Dated { get; }

    public static EditionPlan For(Edition edition) => Built.GetOrAdd(edition, e => new EditionPlan(e));

    /// <summary>Null when the edition has no such record.</summary>
    public RecordPlan? Record(ushort key)
    {
        var (first, second) = ((key >> 8) - 'A', (key & 0xFF) - 'A');
        return first is >= 0 and < Letters && second is >= 0 and < Letters ? _byKey[(first * Letters) + second] : null;
    }
}

/// <summary>One record made ready for running.</summary>
internal sealed class RecordPlan
{
    public RecordPlan(Edition edition, RecordShape shape, int index)
    {
        Id = shape.Id;
        Index = index;
        Key = RecordKey.Of(shape.Id);
        Slot = RecordKey.Slot(Key);
        Rank = RecordOrder.Rank(Key);
        IsOfFile = Id is "IR" or "GO";
        Items = shape.Items.Length <= RecordFields.Most
            ? [.. shape.Items.Select(i => new ItemPlan(this, i, i.CodeTable.Length > 0 ? edition.Code(i.CodeTable) : null))]
            : throw new InvalidDataException($"レコード {Id} の項目は {RecordFields.Most} 個まで扱えます。");
        Required = [.. Items.Where(i => i.Missing is not null)];
        Dates = [.. Items.Where(i => i.Shape.Value is ItemValue.年月 or ItemValue.年月日)];
        Known = ulong.MaxValue >> (RecordFields.Most - Items.Length);
        RequiredItems = Mask(Required);
        Quick = new QuickCheck(Items);
    }

    private static ulong Mask(ItemPlan[] items) => items.Aggregate(0UL, (mask, item) => mask | (1UL << (item.Shape.Item - 1)));

    /// <summary>Position in <see cref="EditionPlan.Records"/>.</summary>
    public int Index { get; }

    /// <summary>Where it stands in a claim.</summary>
    public int Rank { get; }

    /// <summary>One bit for each item there is: bit 0 is 項番 1.</summary>
    public ulong Known { get; }

    /// <summary><see cref="Required"/> as bits.</summary>
    public ulong RequiredItems { get; }

    /// <summary>Tells values without a fault from those that have to be looked at.</summary>
    public QuickCheck Quick { get; }

    public string Id { get; }

    public ushort Key { get; }

    /// <summary>Small number of the record's kind.</summary>
    public int Slot { get; }

    /// <summary>The header or the total of the file: their faults concern the file, not a claim.</summary>
    public bool IsOfFile { get; }

    /// <summary>By 項番 - 1.</summary>
    public ItemPlan[] Items { get; }

    /// <summary>Items whose absence is a finding of the shape.</summary>
    public ItemPlan[] Required { get; }

    /// <summary>Items to be recorded in the western calendar.</summary>
    public ItemPlan[] Dates { get; }
}

/// <summary>One item made ready for running.</summary>
internal sealed class ItemPlan
{
    public ItemPlan(RecordPlan record, ItemShape shape, CodeTable? codes)
    {
        var rule = ItemRules.For(record.Id, shape.Name);
        var required = shape.Necessity == Necessity.必須;
        Shape = shape;
        Codes = codes;
        Missing = required && rule.Owner is not (Owner.Office or Owner.OfficeIfMissing) && shape.Item > 1
            ? rule.Missing ?? (record.IsOfFile ? ShapeRules.S1021 : ShapeRules.L2541)
            : null;
        OfficeIfWrong = rule.Owner is Owner.Office or Owner.OfficeIfWrong;
        Mode = rule.Wrong ?? (record.IsOfFile ? ShapeRules.S1022 : ShapeRules.S2001);
        Length = rule.Wrong ?? (record.IsOfFile ? ShapeRules.S1022 : shape.Fixed ? ShapeRules.S2003 : ShapeRules.S2002);
        Code = rule.Wrong ?? (record.IsOfFile ? ShapeRules.S1023 : ShapeRules.S2004);
        Date = rule.Wrong ?? ShapeRules.S2005;
        Broken = rule.Wrong ?? (record.IsOfFile ? ShapeRules.S1022 : ShapeRules.S2006);
        Reserved = record.Id == "IR" ? ShapeRules.L1011 : ShapeRules.S4804;
        IsReserved = shape.Necessity == Necessity.予備;
        PayerRecords = IsReserved && (record.Id == "SN" || (record.Id == "RE" && shape.Item == 20));
        DigitsOnly = shape.Mode == ItemMode.数字 || (record.Id == "KO" && shape.Name == "負担者番号");
        Signed = shape.Value == ItemValue.整数 && (shape.Name.Contains('点') || shape.Name.Contains('金'));
        // Nobody knows what stands in a reserved item; in older files it was a name.
        Personal = IsReserved || ItemRules.IsPersonal(record.Id, shape.Name);
        CheckDigit = (record.Id, shape.Name) switch
        {
            ("HO", "保険者番号") => ShapeRules.S4821,
            ("KO", "負担者番号") => ShapeRules.S4822,
            ("KO", "受給者番号") => ShapeRules.S4823,
            _ => null,
        };
    }

    public ItemShape Shape { get; }

    /// <summary>Null where the item has no 別表.</summary>
    public CodeTable? Codes { get; }

    /// <summary>Null where absence is allowed or an office check says it.</summary>
    public Rule? Missing { get; }

    public Rule Mode { get; }

    public Rule Length { get; }

    public Rule Code { get; }

    public Rule Date { get; }

    public Rule Broken { get; }

    public Rule Reserved { get; }

    public bool IsReserved { get; }

    /// <summary>Empty in a first claim, but a resubmitted one keeps what the payer recorded.</summary>
    public bool PayerRecords { get; }

    /// <summary>An office check judges the value.</summary>
    public bool OfficeIfWrong { get; }

    public bool DigitsOnly { get; }

    /// <summary>Points and amounts may be negative: the published list knows negative totals.</summary>
    public bool Signed { get; }

    /// <summary>The value identifies a person.</summary>
    public bool Personal { get; }

    /// <summary>Rule of the check digit; null where there is none.</summary>
    public Rule? CheckDigit { get; }
}

/// <summary>レコード識別情報 as a number, for switches.</summary>
internal static class RecordKey
{
    public const ushort IR = ('I' << 8) | 'R', RE = ('R' << 8) | 'E', HO = ('H' << 8) | 'O', KO = ('K' << 8) | 'O', SN = ('S' << 8) | 'N',
        JD = ('J' << 8) | 'D', MF = ('M' << 8) | 'F', GR = ('G' << 8) | 'R', SY = ('S' << 8) | 'Y', SI = ('S' << 8) | 'I', IY = ('I' << 8) | 'Y',
        TO = ('T' << 8) | 'O', CO = ('C' << 8) | 'O', SJ = ('S' << 8) | 'J', TI = ('T' << 8) | 'I', TR = ('T' << 8) | 'R', TS = ('T' << 8) | 'S',
        GO = ('G' << 8) | 'O';

    /// <summary>How many slots there are; the last is for records not named above.</summary>
    public const int Slots = 20;

    /// <summary>Small number of a kind of record.</summary>
    public static int Slot(ushort key) => key switch
    {
        IR => 0,
        RE => 1,
        HO => 2,
        KO => 3,
        SN => 4,
        JD => 5,
        MF => 6,
        GR => 7,
        SY => 8,
        SI => 9,
        IY => 10,
        TO => 11,
        CO => 12,
        SJ => 13,
        TI => 14,
        TR => 15,
        TS => 16,
        GO => 17,
        _ => Slots - 1,
    };

    public static ushort Of(string id) => (ushort)((id[0] << 8) | id[1]);

    /// <summary>0 when the line does not begin with a two-byte id.</summary>
    public static ushort Of(ReadOnlySpan<byte> line) =>
        line.Length >= 2 && (line.Length == 2 || line[2] == ',') ? (ushort)((line[0] << 8) | line[1]) : (ushort)0;
}
