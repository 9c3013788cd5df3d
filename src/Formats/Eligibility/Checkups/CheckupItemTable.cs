using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Sekisho.Formats.Claims.Shape;

namespace Sekisho.Formats.Eligibility.Checkups;

/// <summary>健診項目の表 (第4期): our own, and the official CSV where a site has a newer one.</summary>
public sealed class CheckupItemTable
{
    private const string Embedded = "Eligibility/Checkups/Tables/items.tsv";
    private const int Columns = 23;

    private readonly FrozenDictionary<string, CheckupItem> _byCode;

    private CheckupItemTable(IEnumerable<CheckupItem> items)
    {
        Items = [.. items];
        _byCode = Items.ToFrozenDictionary(i => i.Code, StringComparer.Ordinal);
    }

    /// <summary>The table that ships with the program.</summary>
    public static CheckupItemTable Default { get; } = Parse(Embedded, EmbeddedText(Embedded));

    /// <summary>All items in 出力順.</summary>
    public ImmutableArray<CheckupItem> Items { get; }

    /// <summary>The item of a code; null when the table does not have it.</summary>
    public CheckupItem? Find(string code) => _byCode.GetValueOrDefault(code);

    /// <summary>Reads the official XMLhc24tab.csv (UTF-8), or a later one of the same columns.</summary>
    /// <exception cref="InvalidDataException">A row does not have the published shape.</exception>
    public static CheckupItemTable FromOfficial(TextReader csv)
    {
        ArgumentNullException.ThrowIfNull(csv);
        var items = OfficialItems.Read(csv).ToList();
        var twice = items.GroupBy(i => i.Code).FirstOrDefault(g => g.Count() > 1);
        return twice is null ? new CheckupItemTable(items) : throw new InvalidDataException($"健診項目表: 項目コード {twice.Key} が二度あります。");
    }

    /// <summary>This table and, after it, the items of another that it does not have: 追加項目 of an official or local list.</summary>
    public CheckupItemTable With(CheckupItemTable more)
    {
        ArgumentNullException.ThrowIfNull(more);
        return new CheckupItemTable(Items.Concat(more.Items.Where(i => Find(i.Code) is null)));
    }

    internal static string EmbeddedText(string name)
    {
        using var stream = typeof(CheckupItemTable).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException(name);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    internal static CheckupItemTable Parse(string path, string text) => new(TableFiles.Rows(path, text, Columns).Select(Item));

    /// <summary>The table as our TSV.</summary>
    internal string ToTsv()
    {
        var text = new StringBuilder("#項目コード\t表示名\t区分番号\t区分名称\t出力順\t型\tフォーマット\t表示単位\tUCUM\t結果コードOID\tコード\t検査方法コード\t検査方法\t特定健診\t広域連合\t事業者健診\t学校健診\t他の条件\t要素\t医師の項目\t一連検査\t依存項目\t異常\n");
        foreach (var i in Items)
        {
            string[] cells =
            [
                i.Code, i.Name, i.Category.ToString(CultureInfo.InvariantCulture), i.CategoryName, i.Order, i.Type.ToString(), i.Format, i.Unit, i.Ucum, i.CodeSystem,
                string.Join('|', i.Codes.Select(c => $"{c.Code}:{c.Text}")), i.MethodCode, i.Method, i.Cases[0], i.Cases[1], i.Cases[2], i.Cases[3],
                string.Join(',', i.Cases.Skip(4)), i.Element, i.AuthorItem, Pair(i.Series, i.Relation), i.DependsOn, Pair(i.AbnormalWhen, i.Abnormal),
            ];
            text.AppendJoin('\t', cells).Append('\n');
        }

        return text.ToString();
    }

    private static string Pair(string first, string second) => first.Length + second.Length == 0 ? "" : $"{first}:{second}";

    private static (string First, string Second) Pair(string cell)
    {
        var colon = cell.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? ("", "") : (cell[..colon], cell[(colon + 1)..]);
    }

    private static CheckupItem Item(TableRow row)
    {
        var series = Pair(row[20]);
        var abnormal = Pair(row[22]);
        return new CheckupItem
        {
            Code = row[0].Length == 17 ? row[0] : throw row.Wrong("項目コードは 17 桁です"),
            Name = row[1],
            Category = int.Parse(row[2], CultureInfo.InvariantCulture),
            CategoryName = row[3],
            Order = row[4],
            Type = Enum.TryParse<CheckupType>(row[5], out var type) && type != CheckupType.None ? type : throw row.Wrong($"型「{row[5]}」は使えません"),
            Format = row[6],
            Unit = row[7],
            Ucum = row[8],
            CodeSystem = row[9],
            Codes = [.. row[10].Split('|', StringSplitOptions.RemoveEmptyEntries).Select(Pair).Select(c => new CheckupCode(c.First, c.Second))],
            MethodCode = row[11],
            Method = row[12],
            Cases = [row[13], row[14], row[15], row[16], .. row[17].Split(',')],
            Element = row[18],
            AuthorItem = row[19],
            Series = series.First,
            Relation = series.Second,
            DependsOn = row[21],
            AbnormalWhen = abnormal.First,
            Abnormal = abnormal.Second,
        };
    }
}
