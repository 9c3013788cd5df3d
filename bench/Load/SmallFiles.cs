using System.Globalization;
using System.Text;
using Sekisho.Formats.Claims.Writing;

namespace Sekisho.Bench.Load;

/// <summary>Small claim files of the load's institutions, each different in its telephone number. The people are fictional.</summary>
internal static class SmallFiles
{
    private const string Telephone = "03-00000000";

    /// <summary>The insurers of the claims, in turn.</summary>
    public static readonly string[] Insurers = ["06139018", "06139026", "06132013"];

    /// <summary>A file with so many claims that it has about <paramref name="length"/> bytes.</summary>
    public static byte[] OfLength(int institution, int length)
    {
        var each = OfClaims(institution, 101).Length - OfClaims(institution, 100).Length;
        var claims = Math.Max(1, (length - OfClaims(institution, 1).Length + each) / each);
        return OfClaims(institution, claims);
    }

    public static byte[] OfClaims(int institution, int claims)
    {
        using var output = new MemoryStream();
        var writer = new ClaimFileWriter(output);
        var code = Cast.InstitutionCode(institution);
        writer.Record(
            "IR", ("審査支払機関", "1"), ("都道府県", code[..2]), ("点数表", code[2..3]), ("医療機関コード", code[3..]), ("医療機関名称", Cast.InstitutionName(institution)),
            ("請求年月", "202606"), ("マルチボリューム識別情報", "00"), ("電話番号", Telephone));
        for (var number = 1; number <= claims; number++)
        {
            SmallClaim.Write(writer, number, Insurers[(institution + number) % Insurers.Length]);
        }

        writer.Record("GO", ("総件数", Text(claims)), ("総合計点数", Text(claims * 741)), ("マルチボリューム識別情報", "99"));
        writer.Complete();
        return output.ToArray();
    }

    /// <summary>The same file with another telephone number.</summary>
    public static byte[] Unique(byte[] template, long serial)
    {
        var copy = (byte[])template.Clone();
        var at = copy.AsSpan().IndexOf(Encoding.ASCII.GetBytes(Telephone));
        Encoding.ASCII.GetBytes(serial.ToString("D8", CultureInfo.InvariantCulture)).CopyTo(copy, at + 3);
        return copy;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
