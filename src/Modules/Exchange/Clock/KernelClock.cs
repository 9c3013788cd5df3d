using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Sekisho.Modules.Exchange.Clock;

/// <summary>What the machine knows of its clock; null error when it is not synchronised or cannot say.</summary>
internal readonly record struct ClockReading(bool Synchronised, TimeSpan? Error);

/// <summary>Asks the machine. Its own type so that a test can answer.</summary>
internal delegate ClockReading ReadClock();

/// <summary>The kernel's own judgement of its clock (<c>ntp_adjtime</c>, reading only): what chrony, ntpd and systemd-timesyncd keep up to date.</summary>
internal static class KernelClock
{
    private const int MaxErrorAt = 24;
    private const int StatusAt = 40;
    private const int Size = 512;
    private const int TimeError = 5;
    private const int Unsynchronised = 0x40;

    public static ClockReading Read()
    {
        if (!OperatingSystem.IsLinux() || !Environment.Is64BitProcess)
        {
            return default;
        }

        // struct timex on 64 bits: modes, offset, freq, maxerror (microseconds), esterror, status, …
        Span<byte> timex = stackalloc byte[Size];
        timex.Clear();
        int state;
        try
        {
            state = Adjust(ref timex[0]);
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return default;
        }

        var status = BinaryPrimitives.ReadInt32LittleEndian(timex[StatusAt..]);
        return state is >= 0 and not TimeError && (status & Unsynchronised) == 0
            ? new ClockReading(true, TimeSpan.FromMicroseconds(BinaryPrimitives.ReadInt64LittleEndian(timex[MaxErrorAt..])))
            : default;
    }

    [DllImport("libc", EntryPoint = "ntp_adjtime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Adjust(ref byte timex);
}
