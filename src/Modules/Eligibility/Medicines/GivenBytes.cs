using System.Text;
using Sekisho.Formats.Claims;

namespace Sekisho.Modules.Eligibility.Medicines;

/// <summary>What one claim says was given and done, and where.</summary>
internal sealed record Given(string Institution, string InstitutionName, bool Inpatient, IReadOnlyList<ClaimService> Services);

/// <summary>It as short bytes, to be sealed: a form number, then every field in its order. A later form gets the next number and this one stays readable.</summary>
internal static class GivenBytes
{
    private const byte Form = 1;

    public static byte[] Write(Given given)
    {
        using var bytes = new MemoryStream(1_024);
        using var to = new BinaryWriter(bytes, Encoding.UTF8);
        to.Write(Form);
        to.Write(given.Institution);
        to.Write(given.InstitutionName);
        to.Write(given.Inpatient);
        to.Write7BitEncodedInt(given.Services.Count);
        foreach (var service in given.Services)
        {
            to.Write((byte)service.Kind);
            to.Write((byte)service.Section);
            to.Write(service.Code);
            to.Write(service.Quantity is not null);
            to.Write(service.Quantity ?? 0);
            to.Write7BitEncodedInt(service.Times);
            to.Write((byte)service.Days.Count);
            foreach (var (day, times) in service.Days)
            {
                to.Write((byte)day);
                to.Write7BitEncodedInt(times);
            }
        }

        to.Flush();
        return bytes.ToArray();
    }

    public static Given Read(byte[] bytes)
    {
        using var from = new BinaryReader(new MemoryStream(bytes, writable: false), Encoding.UTF8);
        if (from.ReadByte() is not Form)
        {
            throw new InvalidDataException("What was given, in an unknown form");
        }

        var (institution, name, inpatient) = (from.ReadString(), from.ReadString(), from.ReadBoolean());
        var services = new ClaimService[from.Read7BitEncodedInt()];
        for (var i = 0; i < services.Length; i++)
        {
            services[i] = Service(from);
        }

        return new Given(institution, name, inpatient, services);
    }

    private static ClaimService Service(BinaryReader from)
    {
        var (kind, section, code) = ((ServiceKind)from.ReadByte(), from.ReadByte(), from.ReadString());
        var (known, amount, times) = (from.ReadBoolean(), from.ReadDecimal(), from.Read7BitEncodedInt());
        var days = new (int, int)[from.ReadByte()];
        for (var i = 0; i < days.Length; i++)
        {
            days[i] = (from.ReadByte(), from.Read7BitEncodedInt());
        }

        return new ClaimService(kind, section, code, known ? amount : null, times, days);
    }
}
