using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Sekisho.Formats.Eligibility.Checkups;

/// <summary>Rows of the official item table (XMLhc24tab.csv): 33 columns below three heading rows; the codes of a result stand in 備考.</summary>
internal static partial class OfficialItems
{
    private const int Columns = 33;
    private const int Note = 28;

    public static IEnumerable<CheckupItem> Read(TextReader csv)
    {
        var (line, row) = (0, new CsvLine());
        while (csv.ReadLine() is { } text)
        {
            line++;
            var cells = row.Read(text.TrimStart('\uFEFF')) ? row.Texts() : [];
            if (cells.Length == Columns && cells[15].Length == 17)
            {
                yield return Item(cells, line);
            }
            else if (line > 3 && text.Length > 0)
            {
                throw new InvalidDataException($"健診項目表の {line} 行: {Columns} 列と 17 桁の項目コードのはずです。");
            }
        }
    }

    /// <summary>The codes a note lists: 1：所見あり、2：所見なし; none when it is another kind of note.</summary>
    internal static ImmutableArray<CheckupCode> Codes(string note)
    {
        var codes = ImmutableArray.CreateBuilder<CheckupCode>();
        foreach (var part in BetweenCodes().Split(note.Trim()))
        {
            var plain = Narrow(part);
            var digits = plain.TakeWhile(char.IsAsciiDigit).Count();
            if (digits is 0 or > 2)
            {
                return [];
            }

            var text = part[digits..].TrimStart(':', '：').Split(". ")[0];
            var aside = text.IndexOf("（上記", StringComparison.Ordinal);
            codes.Add(new CheckupCode(plain[..digits], aside < 0 ? text : text[..aside]));
        }

        return codes.ToImmutable();
    }

    // A separator may stand in a text too: what follows tells. One row of the official table leaves the colon out.
    [GeneratedRegex("[、。]\\s*(?=[0-9０-９]{1,2}([:：]|その他))", RegexOptions.ExplicitCapture)]
    private static partial Regex BetweenCodes();

    private static string Narrow(string text) => string.Concat(text.Select(c => c is >= '０' and <= '９' ? (char)(c - '０' + '0') : c));

    private static CheckupItem Item(string[] cells, int line) => new()
    {
        Code = cells[15],
        Name = cells[16].Trim(),
        Category = int.TryParse(cells[0], NumberStyles.None, CultureInfo.InvariantCulture, out var category) ? category : throw new InvalidDataException($"健診項目表の {line} 行: 区分番号「{cells[0]}」は使えません。"),
        CategoryName = cells[1],
        Order = cells[2],
        Type = Enum.TryParse<CheckupType>(cells[18], out var type) ? type : throw new InvalidDataException($"健診項目表の {line} 行: 型「{cells[18]}」は使えません。"),
        Format = cells[17],
        Unit = cells[19],
        Ucum = cells[20],
        CodeSystem = cells[29],
        Codes = cells[29].Length > 0 ? Codes(cells[Note]) : [],
        MethodCode = cells[26],
        Method = cells[27],
        Cases = [.. cells[3..15]],
        Element = cells[21],
        AuthorItem = cells[22],
        Series = cells[23],
        Relation = cells[24],
        DependsOn = cells[25],
        Abnormal = cells[31],
        AbnormalWhen = cells[32],
    };
}
