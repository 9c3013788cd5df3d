using System.Buffers.Text;
using System.Globalization;
using Sekisho.Formats.Claims.Writing;

namespace Sekisho.Bench;

/// <summary>
/// Synthetic 医科 files in the shape of real ones: mostly empty fields, records and claims of changing length. A thousand different claims stand in
/// turn, too many for a branch predictor to learn by heart. The people are fictional.
/// </summary>
internal static class ClaimFiles
{
    private const int Different = 1000;

    /// <summary>Writes a faultless file of about <paramref name="megabytes"/> MB and returns how many claims it holds.</summary>
    public static int Write(string path, int megabytes)
    {
        using var output = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20);
        var writer = new ClaimFileWriter(output);
        writer.Record("IR", ("審査支払機関", "1"), ("都道府県", "13"), ("点数表", "1"), ("医療機関コード", "9000012"), ("医療機関名称", "関所内科クリニック"), ("請求年月", "202606"), ("マルチボリューム識別情報", "00"));
        var drafts = Drafts();
        var claims = 0;
        var payers = 0L;
        var points = 0L;
        while (output.Position < megabytes * 1_000_000L)
        {
            var draft = drafts[claims % Different];
            Write(output, ++claims, draft.AfterNumber);
            payers += draft.Payers;
            points += draft.Points;
        }

        writer.Record("GO", ("総件数", Text(payers)), ("総合計点数", Text(points)), ("マルチボリューム識別情報", "99"));
        writer.Complete();
        return claims;
    }

    private static List<(byte[] AfterNumber, int Payers, int Points)> Drafts()
    {
        var drafts = new List<(byte[], int, int)>();
        var dice = new Dice(20260605);
        using var output = new MemoryStream();
        var writer = new ClaimFileWriter(output);
        for (var i = 0; i < Different; i++)
        {
            output.SetLength(0);
            var (payers, points) = new ClaimDraft(writer, dice).Write();
            drafts.Add((output.ToArray()["RE,".Length..], payers, points));
        }

        return drafts;
    }

    private static void Write(Stream output, int number, byte[] afterNumber)
    {
        Span<byte> digits = stackalloc byte[8];
        Utf8Formatter.TryFormat(number, digits, out var length);
        output.Write("RE,"u8);
        output.Write(digits[..length]);
        output.Write(afterNumber);
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Numbers that look random and are the same every time.</summary>
internal sealed class Dice(uint state)
{
    /// <summary>From <paramref name="least"/> to <paramref name="most"/>.</summary>
    public int Roll(int least, int most)
    {
        state = unchecked((state * 1664525) + 1013904223);
        return least + (int)((state >> 8) % (uint)(most - least + 1));
    }

    /// <summary>True in so many of a hundred cases.</summary>
    public bool Chance(int percent) => Roll(1, 100) <= percent;

    /// <summary>One of them.</summary>
    public T Pick<T>(params ReadOnlySpan<T> values) => values[Roll(0, values.Length - 1)];
}
