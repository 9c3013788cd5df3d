using System.Globalization;
using System.Security.Cryptography;

namespace Sekisho.Formats.Claims.Masters;

/// <summary>Reads one file. What is wrong in it is reported, never thrown.</summary>
internal sealed class MasterFile
{
    private const int MaxReasons = 20;
    private const int MaxProbe = 16 * 1024;
    private const long MaxBytes = 256L << 20;
    private readonly string _name;
    private readonly CsvLine _cells = new();
    private readonly List<string> _reasons = [];
    private MasterLayout? _layout;
    private int _skipped;
    private bool _unchanged;

    private MasterFile(string path) => _name = Path.GetFileName(path);

    /// <summary>Which master; null when the file was not recognised.</summary>
    public MasterKind? Kind => _layout?.Kind;

    /// <summary>Rows in file order.</summary>
    public List<MasterRow> Rows { get; } = [];

    /// <summary>Codes of 抹消: they never were.</summary>
    public List<int> Erased { get; } = [];

    /// <summary>Newest 変更年月日 of the file, YYYYMMDD; 0 when there is none.</summary>
    public int Newest { get; private set; }

    /// <summary>Null when no row was taken.</summary>
    public MasterEdition? Edition { get; private set; }

    /// <summary>What loading gave.</summary>
    public MasterLoad Report => new(_name, Kind, Rows.Count + Erased.Count, _skipped, _reasons) { Edition = Edition };

    /// <summary>Only errors of the disk itself are thrown. <paramref name="whole"/> replaces the number of rows that makes an edition full.</summary>
    public static MasterFile Read(string path, int? whole)
    {
        var file = new MasterFile(path);
        if (file.Recognise(path))
        {
            file.ReadRows(path);
            if (file.Rows.Count > 0)
            {
                file.Judge(path, whole ?? file._layout!.Whole);
            }
        }

        return file;
    }

    // The kind is what column 2 of the first row says; names of files are whatever the site gave them.
    private bool Recognise(string path)
    {
        var buffer = new byte[MaxProbe];
        using var stream = File.OpenRead(path);
        if (stream.Length > MaxBytes)
        {
            return Unrecognised("大きすぎます");
        }

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

        if (Day(layout.FromColumn) is not (< MasterRow.Never and var from) || Day(layout.ChangedColumn) is not (< MasterRow.Never and var changed) || Day(layout.UntilColumn) is not { } until)
        {
            return "年月日が YYYYMMDD ではありません";
        }

        Newest = Math.Max(Newest, Math.Max(from, changed));
        Take(layout, number, from, Until(changed, until));
        return null;
    }

    private void Take(MasterLayout layout, int code, int from, int until)
    {
        var change = _cells[MasterLayout.ChangeColumn];
        _unchanged |= change is "0";
        if (change is "1")
        {
            Erased.Add(code);
            return;
        }

        var row = layout.Build(_cells, code, _cells.Text(layout.NameColumn));
        row.From = from;
        row.Until = until;
        Rows.Add(row);
    }

    // A full edition repeats what did not change; a file of changes alone says nothing about the codes it does not name.
    private void Judge(string path, int whole)
    {
        using var stream = File.OpenRead(path);
        var digest = Convert.ToHexStringLower(SHA256.HashData(stream));
        var date = Dated(_name) is var named && named > 0 ? named : Newest;
        var (from, until) = MasterEdition.Coverage(_layout!.Kind, Rows, date);
        Edition = new MasterEdition(_layout.Kind, _name, digest, date, from, until, _unchanged && Rows.Count >= whole);
    }

    // The publisher names the files by their date: s_ALL20240601.csv, z_20250101.txt.
    private static int Dated(string name)
    {
        for (var at = 0; at + 8 <= name.Length; at++)
        {
            var apart = (at == 0 || !char.IsAsciiDigit(name[at - 1])) && (at + 8 == name.Length || !char.IsAsciiDigit(name[at + 8]));
            if (apart && Identifiers.CalendarDate.TryParse(name.AsSpan(at, 8), out var date) && date.Day.Year is >= 2000 and < 2100)
            {
                return (date.Day.Year * 10_000) + (date.Day.Month * 100) + date.Day.Day;
            }
        }

        return 0;
    }

    private int Until(int changed, int until)
    {
        var last = until == 0 ? MasterRow.Never : until;

        // 廃止 without a day of its own ends the day before the change.
        return last == MasterRow.Never && changed > 0 && _cells[MasterLayout.ChangeColumn] is "9" ? changed - 1 : last;
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
            return MasterRow.Never;
        }

        return Identifiers.CalendarDate.TryParse(text, out var date) ? (date.Day.Year * 10_000) + (date.Day.Month * 100) + date.Day.Day : null;
    }
}
