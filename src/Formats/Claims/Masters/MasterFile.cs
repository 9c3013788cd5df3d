using System.Globalization;

namespace Sekisho.Formats.Claims.Masters;

/// <summary>One row taken from a master file.</summary>
/// <param name="Code">Numeric value of the code.</param>
/// <param name="Name">Name; may be empty (free comments).</param>
/// <param name="From">First day in force, YYYYMMDD; 0 = always.</param>
/// <param name="Until">Last day in force, YYYYMMDD.</param>
/// <param name="Erased">抹消: the code never was one.</param>
internal readonly record struct MasterRow(int Code, string Name, int From, int Until, bool Erased);

/// <summary>Reads one file. What is wrong in it is reported, never thrown.</summary>
internal sealed class MasterFile
{
    /// <summary>99999999: not abolished.</summary>
    public const int Never = 99_999_999;

    private const int MaxReasons = 20;
    private const int MaxProbe = 16 * 1024;
    private readonly string _name;
    private readonly CsvLine _cells = new();
    private readonly List<string> _reasons = [];
    private MasterLayout? _layout;
    private int _skipped;

    private MasterFile(string path) => _name = Path.GetFileName(path);

    /// <summary>Which master; null when the file was not recognised.</summary>
    public MasterKind? Kind => _layout?.Kind;

    /// <summary>Rows in file order.</summary>
    public List<MasterRow> Rows { get; } = [];

    /// <summary>Newest 変更年月日 of the file, YYYYMMDD; 0 when there is none.</summary>
    public int Newest { get; private set; }

    /// <summary>What loading gave.</summary>
    public MasterLoad Report => new(_name, Kind, Rows.Count, _skipped, _reasons);

    /// <summary>Only errors of the disk itself are thrown.</summary>
    public static MasterFile Read(string path)
    {
        var file = new MasterFile(path);
        if (file.Recognise(path))
        {
            file.ReadRows(path);
        }

        return file;
    }

    // The kind is what column 2 of the first row says; names of files are whatever the site gave them.
    private bool Recognise(string path)
    {
        var buffer = new byte[MaxProbe];
        using var stream = File.OpenRead(path);
        var length = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        var text = ShiftJisText.Tolerant.GetString(buffer, 0, length).TrimStart('\r', '\n');
        var end = text.AsSpan().IndexOfAny('\r', '\n');
        if (!_cells.Read(end < 0 ? text : text[..end]))
        {
            return Unrecognised("1行目を CSV として読めません");
        }

        if (_cells.Count < 3)
        {
            return Unrecognised("1行目に列が足りません");
        }

        if (_cells[MasterLayout.LetterColumn].IsEmpty)
        {
            return Unrecognised("2列目（マスター種別）が空です。列を省いたファイルではなく、公表されたマスターをそのまま置いてください");
        }

        if (!MasterLayout.ByLetter.TryGetValue(_cells.Text(MasterLayout.LetterColumn), out var layout))
        {
            return Unrecognised("2列目（マスター種別）が B・Z・S・Y・T・C のどれでもありません");
        }

        if (_cells.Count < layout.MinColumns)
        {
            return Unrecognised($"マスター種別 {layout.Letter} の列は {layout.MinColumns} 個以上のはずですが {_cells.Count} 個です");
        }

        _layout = layout;
        return true;
    }

    private bool Unrecognised(string reason)
    {
        _reasons.Add($"マスターとして読めません: {reason}。");
        return false;
    }

    private void ReadRows(string path)
    {
        using var reader = new StreamReader(path, ShiftJisText.Tolerant, detectEncodingFromByteOrderMarks: false);
        for (var line = 1; reader.ReadLine() is { } text; line++)
        {
            // Files made on old systems end with 0x1A.
            if (text.Length == 0 || text == "\u001A")
            {
                continue;
            }

            if (Row(text, _layout!) is { } reason)
            {
                _skipped++;
                if (_reasons.Count < MaxReasons)
                {
                    _reasons.Add($"{line}行: {reason}。");
                }
            }
        }
    }

    // Takes the row, or says why not.
    private string? Row(string text, MasterLayout layout)
    {
        if (!_cells.Read(text))
        {
            return "引用符が閉じていません";
        }

        if (_cells.Count < layout.MinColumns)
        {
            return $"列が {_cells.Count} 個しかありません";
        }

        if (!_cells[MasterLayout.LetterColumn].SequenceEqual(layout.Letter))
        {
            return $"マスター種別が {layout.Letter} ではありません";
        }

        var code = _cells[layout.CodeColumn];
        if (code.Length != layout.CodeLength || !int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return $"コード（{layout.CodeColumn}列目）が数字{layout.CodeLength}桁ではありません";
        }

        if (_cells[layout.NameColumn].Contains('\uFFFD'))
        {
            return "名称が Shift_JIS ではありません";
        }

        if (Day(layout.FromColumn) is not (< Never and var from) || Day(layout.ChangedColumn) is not (< Never and var changed) || Day(layout.UntilColumn) is not { } until)
        {
            return "年月日が YYYYMMDD ではありません";
        }

        Newest = Math.Max(Newest, Math.Max(from, changed));
        Rows.Add(new MasterRow(number, _cells.Text(layout.NameColumn), from, Until(changed, until), _cells[MasterLayout.ChangeColumn] is "1"));
        return null;
    }

    private int Until(int changed, int until)
    {
        var last = until == 0 ? Never : until;

        // 廃止 without a day of its own ends the day before the change.
        return last == Never && changed > 0 && _cells[MasterLayout.ChangeColumn] is "9" ? changed - 1 : last;
    }

    // 0 = not given; null = not a day.
    private int? Day(int column)
    {
        var text = _cells[column];
        if (!text.ContainsAnyExcept('0'))
        {
            return 0;
        }

        if (text is "99999999")
        {
            return Never;
        }

        return Identifiers.CalendarDate.TryParse(text, out var date) ? (date.Day.Year * 10_000) + (date.Day.Month * 100) + date.Day.Day : null;
    }
}
