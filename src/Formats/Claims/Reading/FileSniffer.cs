using System.Text.Unicode;

namespace Sekisho.Formats.Claims.Reading;

/// <summary>What a file looks like from its first bytes.</summary>
internal enum FileLook
{
    /// <summary>医科 (also when its header is missing).</summary>
    医科,

    /// <summary>A claim file of another kind, or a file of returned claims.</summary>
    Other,

    /// <summary>No claim file.</summary>
    Nothing,
}

/// <summary>Tells a claim file from a ZIP, a text in another encoding, or something else, before any line of it is judged.</summary>
internal static class FileSniffer
{
    /// <summary>Looks at the first bytes; <paramref name="detail"/> says in Japanese what was seen.</summary>
    public static FileLook Look(ReadOnlySpan<byte> head, out string detail)
    {
        detail = Foreign(head);
        if (detail.Length > 0)
        {
            return FileLook.Nothing;
        }

        var first = FirstRecord(head);
        detail = OtherKind(first, head);
        if (detail.Length > 0)
        {
            return FileLook.Other;
        }

        if (!IsIka(first) && head.IndexOf("\nRE,1"u8) < 0 && head.IndexOf("\nIR,"u8) < 0)
        {
            detail = "レコードが見つかりません";
            return FileLook.Nothing;
        }

        return FileLook.医科;
    }

    private static string Foreign(ReadOnlySpan<byte> head) => head switch
    {
        [] => "空のファイルです",
        [(byte)'P', (byte)'K', 3, 4, ..] => "ZIP形式です",
        [0x1F, 0x8B, ..] => "gzip形式です",
        [(byte)'%', (byte)'P', (byte)'D', (byte)'F', ..] => "PDFです",
        [0xEF, 0xBB, 0xBF, ..] => "文字コードがUTF-8です",
        [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] => "文字コードがUTF-16です",
        _ => IsUtf8(head) ? "文字コードがUTF-8です" : "",
    };

    private static string OtherKind(ReadOnlySpan<byte> first, ReadOnlySpan<byte> head)
    {
        if (first.StartsWith("UK,"u8))
        {
            return "歯科";
        }

        if (first.StartsWith("YK,"u8))
        {
            return "調剤";
        }

        if (first.StartsWith("HM,"u8))
        {
            return "訪問看護";
        }

        if (first.StartsWith("HI,"u8))
        {
            return "返戻";
        }

        return first.StartsWith("IR,"u8) && head.IndexOf("\nBU,"u8) >= 0 ? "DPC" : "";
    }

    private static bool IsIka(ReadOnlySpan<byte> first) =>
        first.Length >= 3 && first[2] == ',' && first[0] is >= (byte)'A' and <= (byte)'Z'
        && Shape.Editions.All[^1].Record(first[..2]) is not null;

    private static ReadOnlySpan<byte> FirstRecord(ReadOnlySpan<byte> head) => head.TrimStart("\r\n "u8);

    // A Japanese text in UTF-8 hardly ever reads as Shift_JIS, and hardly any Shift_JIS text is well-formed UTF-8: only both together decide.
    private static bool IsUtf8(ReadOnlySpan<byte> head)
    {
        var cut = head.LastIndexOf((byte)'\n');
        var lines = cut < 0 ? head : head[..cut];
        return lines.ContainsAnyInRange((byte)0xE2, (byte)0xEF)
            && Utf8.IsValid(lines)
            && (SjisText.Scan(WithoutControls(lines)) & (Text.Broken | Text.Foreign | Text.HalfKana)) != 0;
    }

    private static byte[] WithoutControls(ReadOnlySpan<byte> lines)
    {
        var text = lines.ToArray();
        text.AsSpan().Replace((byte)'\r', (byte)' ');
        text.AsSpan().Replace((byte)'\n', (byte)' ');
        text.AsSpan().Replace((byte)'"', (byte)' ');
        return text;
    }
}
