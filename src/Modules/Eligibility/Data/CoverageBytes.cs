using System.Text;
using Sekisho.Contracts.Eligibility;

namespace Sekisho.Modules.Eligibility.Data;

/// <summary>A coverage as short bytes, to be sealed: a form number, then every field in its order. A later form gets the next number and this one stays readable.</summary>
internal static class CoverageBytes
{
    private const byte Form = 1;

    public static byte[] Write(Coverage coverage, string entry, string member)
    {
        using var bytes = new MemoryStream(320);
        using var to = new BinaryWriter(bytes, Encoding.UTF8);
        to.Write(Form);
        to.Write(entry);
        to.Write(member);
        foreach (var text in Texts(coverage))
        {
            to.Write(text);
        }

        foreach (var day in new[] { coverage.Birth, coverage.Acquired, coverage.Lost, coverage.Issued, coverage.CardFrom, coverage.CardUntil })
        {
            Day(to, day);
        }

        Many(to, coverage.Elderly, e => Certificate(to, e.Ratio, "", e.Issued, e.From, e.Until));
        Many(to, coverage.Limits, l =>
        {
            Certificate(to, l.Kind, l.Category, l.Issued, l.From, l.Until);
            Day(to, l.LongTerm);
        });
        Many(to, coverage.Diseases, d =>
        {
            Certificate(to, d.Category, "", d.Issued, d.From, d.Until);
            to.Write7BitEncodedInt(d.SelfPay ?? -1);
        });
        to.Flush();
        return bytes.ToArray();
    }

    public static (Coverage Coverage, string Entry, string Member) Read(byte[] bytes)
    {
        using var from = new BinaryReader(new MemoryStream(bytes, writable: false), Encoding.UTF8);
        if (from.ReadByte() is not Form)
        {
            throw new InvalidDataException("A coverage of an unknown form");
        }

        var (entry, member) = (from.ReadString(), from.ReadString());
        var coverage = new Coverage
        {
            CardKind = from.ReadString(),
            Insurer = from.ReadString(),
            Symbol = from.ReadString(),
            Number = from.ReadString(),
            Branch = from.ReadString(),
            Relation = from.ReadString(),
            Holder = from.ReadString(),
            Name = from.ReadString(),
            OtherName = from.ReadString(),
            Kana = from.ReadString(),
            OtherKana = from.ReadString(),
            Sex = from.ReadString(),
            CardSex = from.ReadString(),
            PostalCode = from.ReadString(),
            Address = from.ReadString(),
            LossReason = from.ReadString(),
            Ratio = from.ReadString(),
            Preschool = from.ReadString(),
            InsurerName = from.ReadString(),
            Birth = Day(from) ?? default,
            Acquired = Day(from) ?? default,
            Lost = Day(from),
            Issued = Day(from),
            CardFrom = Day(from),
            CardUntil = Day(from),
            Elderly = Many(from, Elderly),
            Limits = Many(from, f => new LimitCertificate(f.ReadString(), f.ReadString(), Day(f), Day(f), Day(f), Day(f))),
            Diseases = Many(from, Disease),
        };
        return (coverage, entry, member);
    }

    private static string[] Texts(Coverage c) =>
    [
        c.CardKind, c.Insurer, c.Symbol, c.Number, c.Branch, c.Relation, c.Holder, c.Name, c.OtherName, c.Kana, c.OtherKana, c.Sex, c.CardSex, c.PostalCode, c.Address,
        c.LossReason, c.Ratio, c.Preschool, c.InsurerName,
    ];

    private static ElderlyCertificate Elderly(BinaryReader from)
    {
        var ratio = from.ReadString();
        from.ReadString();
        return new ElderlyCertificate(Day(from), Day(from), Day(from), ratio);
    }

    private static DiseaseCertificate Disease(BinaryReader from)
    {
        var category = from.ReadString();
        from.ReadString();
        var (issued, first, last) = (Day(from), Day(from), Day(from));
        return new DiseaseCertificate(category, issued, first, last, from.Read7BitEncodedInt() is >= 0 and var yen ? yen : null);
    }

    private static void Certificate(BinaryWriter to, string code, string category, DateOnly? issued, DateOnly? first, DateOnly? last)
    {
        to.Write(code);
        to.Write(category);
        Day(to, issued);
        Day(to, first);
        Day(to, last);
    }

    private static void Day(BinaryWriter to, DateOnly? day) => to.Write7BitEncodedInt(day?.DayNumber ?? 0);

    private static DateOnly? Day(BinaryReader from) => from.Read7BitEncodedInt() is > 0 and var number ? DateOnly.FromDayNumber(number) : null;

    private static void Many<T>(BinaryWriter to, IReadOnlyList<T> items, Action<T> write)
    {
        to.Write7BitEncodedInt(items.Count);
        foreach (var item in items)
        {
            write(item);
        }
    }

    private static T[] Many<T>(BinaryReader from, Func<BinaryReader, T> read)
    {
        var items = new T[from.Read7BitEncodedInt()];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = read(from);
        }

        return items;
    }
}
