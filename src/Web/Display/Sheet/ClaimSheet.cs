using Sekisho.Contracts.Claims;
using Sekisho.Formats.Claims;

namespace Sekisho.Web.Display.Sheet;

/// <summary>One claim laid out as a person reads it: a 診療報酬明細書.</summary>
internal sealed class ClaimSheet
{
    public ClaimSheet(OpenedClaim opened)
    {
        Opened = opened;
        var first = opened.Row.Entry.Line;
        var findings = opened.Findings.ToLookup(f => f.Place.Line);
        Lines = [.. opened.Document.Records.Select(r => new SheetLine(r, first + r.Line - 1, [.. findings[first + r.Line - 1]]))];
        Common = Lines.FirstOrDefault(l => l.Record.Id == "RE");
        Payers = Payer.Of(Lines);
        Diseases = [.. Lines.Where(l => l.Record.Id == "SY")];
        Sections = Section.Of(Lines);
        Narratives = [.. Lines.Where(l => l.Record.Id == "SJ")];
    }

    public OpenedClaim Opened { get; }

    public ClaimEntry Entry => Opened.Row.Entry;

    /// <summary>Every record, in file order.</summary>
    public IReadOnlyList<SheetLine> Lines { get; }

    /// <summary>レセプト共通レコード.</summary>
    public SheetLine? Common { get; }

    public IReadOnlyList<Payer> Payers { get; }

    public IReadOnlyList<SheetLine> Diseases { get; }

    public IReadOnlyList<Section> Sections { get; }

    public IReadOnlyList<SheetLine> Narratives { get; }

    /// <summary>True when a name had to be shown as its code because no master is loaded.</summary>
    public bool ShowsCodes => Diseases.Any(d => d.Named("傷病名コード") is { Value: not "0000999", Meaning: "" })
        || Sections.SelectMany(s => s.Units).SelectMany(u => u.Lines).Any(l => l.IsItem && l.ItemName.Length == 0);

    public string Sex => Common?.Named("男女区分") switch
    {
        { Meaning.Length: > 0 } sex => sex.Meaning,
        { Value: "1" } => "男",
        { Value: "2" } => "女",
        var sex => sex?.Value ?? "",
    };

    public string Birth => Common?["生年月日"] ?? "";

    public int? Age => Show.Age(Birth, Entry.TreatmentMonth);

    /// <summary>Points of the summary for the payer at <paramref name="position"/> (0 = 医保).</summary>
    public long Total(int position) => Sections.Where(s => !s.IsMoney).SelectMany(s => s.Units).Where(u => u.IsBorneBy(position)).Sum(u => u.Product);
}

/// <summary>A record with its place in the file and what was found there.</summary>
internal sealed record SheetLine(ClaimRecord Record, int Number, IReadOnlyList<Finding> Findings)
{
    public string this[string name] => Record[name];

    public ClaimField? Named(string name) => Record.Fields.FirstOrDefault(f => f.Name == name);

    /// <summary>What the code means; the recorded value when nothing is known about it.</summary>
    public string Meaning(string name) => Named(name) is { } field ? field.Meaning.Length > 0 ? field.Meaning : field.Value : "";

    public bool IsItem => Record.Id is "SI" or "IY" or "TO";

    private ClaimField? ItemField => Record.Id switch
    {
        "SI" => Named("診療行為コード"),
        "IY" => Named("医薬品コード"),
        "TO" => Named("特定器材コード"),
        "CO" => Named("コメントコード"),
        _ => null,
    };

    public string ItemCode => ItemField?.Value ?? "";

    public string ItemName => ItemField?.Meaning ?? "";

    /// <summary>What was used, with its unit where the record says it.</summary>
    public string Quantity
    {
        get
        {
            var amount = this["使用量"] is { Length: > 0 } used ? used : this["数量データ"];
            return amount.Length == 0 ? "" : amount + Meaning("単位コード");
        }
    }

    /// <summary>Comments beside the item, each its master text and what was written.</summary>
    public IEnumerable<string> Comments => "①②③"
        .Select(n => Written(Named("コメントコード" + n), this["文字データ" + n]))
        .Where(c => c.Length > 0);

    /// <summary>The text of a コメントレコード.</summary>
    public string Comment => Written(Named("コメントコード"), this["文字データ"]);

    /// <summary>Days the item was counted on, e.g. 4日・18日（2回）.</summary>
    public string Days => string.Join("・", Record.Fields
        .Where(f => f.Name.EndsWith("日の情報", StringComparison.Ordinal) && f.Value.Length > 0 && f.Value != "0")
        .Select(f => f.Name[..^3] + (f.Value == "1" ? "" : $"（{f.Value}回）")));

    private static string Written(ClaimField? code, string text)
    {
        if (code is null || code.Value.Length == 0)
        {
            return text;
        }

        // 8100… is the bare comment: the code says nothing beyond "see the text".
        var lead = code.Meaning.Length > 0 ? code.Meaning : code.Value.StartsWith("81", StringComparison.Ordinal) ? "" : $"コメント{code.Value}";
        return string.Join("　", new[] { lead, text }.Where(t => t.Length > 0));
    }
}
