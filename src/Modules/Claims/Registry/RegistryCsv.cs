using System.Text;
using Sekisho.Formats.Identifiers;

namespace Sekisho.Modules.Claims.Registry;

/// <summary>One data row of the registry file, cells checked one by one.</summary>
internal sealed record RegistryLine(
    int Line, string Code, string Name, string Address, string Organisation, string Payer, Months Months, string Agent, Months? AgentMonths);

/// <summary>医療機関届出 CSV (docs: Registry/README.md): reads rows and says what is wrong with each.</summary>
internal static class RegistryCsv
{
    public static IReadOnlyList<string> Columns { get; } =
        ["医療機関コード", "名称", "所在地", "組織", "審査支払機関", "開始年月", "終了年月", "事務代行者", "代行開始年月", "代行終了年月"];

    /// <summary>All rows that could be read; <paramref name="refused"/> receives the others' reasons.</summary>
    public static (int Rows, List<RegistryLine> Lines) Read(Stream csv, List<string> refused)
    {
        var lines = new List<RegistryLine>();
        var rows = 0;
        using var reader = new StreamReader(csv, new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: true, leaveOpen: true);
        try
        {
            var records = Records(reader).GetEnumerator();
            if (!records.MoveNext() || !records.Current.Cells.SequenceEqual(Columns))
            {
                refused.Add($"1行目: 見出しが違います。「{string.Join(',', Columns)}」にしてください。");
                return (0, lines);
            }

            while (records.MoveNext())
            {
                rows++;
                if (Check(records.Current.Line, records.Current.Cells, refused) is { } line)
                {
                    lines.Add(line);
                }
            }
        }
        catch (DecoderFallbackException)
        {
            refused.Add("文字コードが UTF-8 ではありません。UTF-8 で保存し直してください。");
        }

        CheckTogether(lines, refused);
        return (rows, lines);
    }

    private static RegistryLine? Check(int line, List<string> cells, List<string> refused)
    {
        if (cells.Count != Columns.Count)
        {
            refused.Add($"{line}行目: 列が{cells.Count}個です。{Columns.Count}個にしてください。");
            return null;
        }

        var before = refused.Count;
        void Refuse(int column, string reason) => refused.Add($"{line}行目 {Columns[column]}「{cells[column]}」: {reason}");
        if (!IsInstitution(cells[0]))
        {
            Refuse(0, "都道府県2桁・点数表1桁・医療機関コード7桁の10桁の数字で記録してください。");
        }

        for (var column = 1; column <= 2; column++)
        {
            if (cells[column].Trim().Length == 0)
            {
                Refuse(column, "記録してください。");
            }
        }

        if (!IsPayer(cells[4]))
        {
            Refuse(4, "支払基金は 1、国保連は 2 と都道府県2桁（例 213）で記録してください。");
        }

        var months = Span(cells, 5, Refuse);
        var agentMonths = cells[7].Length > 0 ? Span(cells, 8, Refuse) : null;
        if (cells[7].Length == 0 && (cells[8].Length > 0 || cells[9].Length > 0))
        {
            Refuse(7, "代行の期間だけがあります。事務代行者の組織も記録してください。");
        }

        return refused.Count > before || months is not { } covered
            ? null
            : new RegistryLine(line, cells[0], cells[1].Trim(), cells[2].Trim(), cells[3].Trim(), cells[4], covered, cells[7].Trim(), agentMonths);
    }

    /// <summary>Rows of one institution must agree, and its notifications to one payer must not overlap.</summary>
    private static void CheckTogether(List<RegistryLine> lines, List<string> refused)
    {
        foreach (var institution in lines.GroupBy(l => l.Code))
        {
            var first = institution.First();
            foreach (var line in institution.Where(l => (l.Name, l.Address, l.Organisation) != (first.Name, first.Address, first.Organisation)))
            {
                refused.Add($"{line.Line}行目: 名称・所在地・組織が同じ医療機関コードの{first.Line}行目と違います。同じにしてください。");
            }

            foreach (var payer in institution.GroupBy(l => l.Payer))
            {
                foreach (var (earlier, later) in payer.OrderBy(l => l.Months.From).ThenBy(l => l.Line).Zip(payer.OrderBy(l => l.Months.From).ThenBy(l => l.Line).Skip(1)))
                {
                    if (earlier.Months.Meet(later.Months))
                    {
                        refused.Add($"{later.Line}行目: 同じ審査支払機関への届出の期間が{earlier.Line}行目と重なっています。前の届出に終了年月を記録してください。");
                    }
                }
            }
        }
    }

    private static bool IsInstitution(string text) =>
        text.Length == 10 && text.All(char.IsAsciiDigit) && IsPrefecture(text.AsSpan(0, 2)) && text[2] is '1' or '3' or '4' or '6';

    private static bool IsPayer(string text) => text == "1" || (text.Length == 3 && text[0] == '2' && IsPrefecture(text.AsSpan(1)));

    private static bool IsPrefecture(ReadOnlySpan<char> text) => int.TryParse(text, out var number) && number is >= 1 and <= 47;

    private static Months? Span(List<string> cells, int column, Action<int, string> refuse)
    {
        if (!YearMonth.TryParse(cells[column], out var from))
        {
            refuse(column, "YYYYMM の6桁で記録してください（例 202104）。");
            return null;
        }

        if (cells[column + 1].Length == 0)
        {
            return new Months(from, null);
        }

        if (!YearMonth.TryParse(cells[column + 1], out var until))
        {
            refuse(column + 1, "YYYYMM の6桁で記録してください。終わりがなければ空にしてください。");
            return null;
        }

        if (until < from)
        {
            refuse(column + 1, "開始年月より前です。");
            return null;
        }

        return new Months(from, until);
    }

    /// <summary>RFC 4180 records with the line each begins on; empty lines are skipped.</summary>
    private static IEnumerable<(int Line, List<string> Cells)> Records(TextReader reader)
    {
        var number = 0;
        while (reader.ReadLine() is { } text)
        {
            var start = ++number;
            while (text.Count(c => c == '"') % 2 == 1 && reader.ReadLine() is { } more)
            {
                number++;
                text += "\n" + more;
            }

            if (text.Length > 0)
            {
                yield return (start, Cells(text));
            }
        }
    }

    private static List<string> Cells(string text)
    {
        var cells = new List<string>();
        var cell = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '"' when quoted && i + 1 < text.Length && text[i + 1] == '"':
                    cell.Append('"');
                    i++;
                    break;
                case '"':
                    quoted = !quoted;
                    break;
                case ',' when !quoted:
                    cells.Add(cell.ToString());
                    cell.Clear();
                    break;
                default:
                    cell.Append(text[i]);
                    break;
            }
        }

        cells.Add(cell.ToString());
        return cells;
    }
}
