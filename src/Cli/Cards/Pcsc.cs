using System.Reflection;
using System.Runtime.InteropServices;

namespace Sekisho.Cli.Cards;

/// <summary>
/// The system's PC/SC: winscard.dll on Windows, pcsc-lite on Linux. DWORD is four bytes there and eight here; both are little-endian and are passed in whole registers,
/// so that a zeroed nuint holds either. Handles are as wide as pointers on both. macOS differs and is not served.
/// </summary>
internal static class Pcsc
{
    public const uint Success = 0;
    public const uint NoReaders = 0x8010002E;
    private const string Library = "winscard";

    static Pcsc() => NativeLibrary.SetDllImportResolver(typeof(Pcsc).Assembly, Resolve);

    /// <summary>The same code for every kind of LONG.</summary>
    public static uint Code(nint result) => unchecked((uint)result);

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern nint SCardEstablishContext(nuint scope, nint reserved1, nint reserved2, out nint context);

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern nint SCardReleaseContext(nint context);

    [DllImport(Library, CharSet = CharSet.Ansi), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern nint SCardListReaders(nint context, nint groups, byte[]? readers, ref nuint length);

    [DllImport(Library, CharSet = CharSet.Ansi), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern nint SCardConnect(nint context, byte[] reader, nuint share, nuint protocols, out nint card, ref nuint protocol);

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern nint SCardDisconnect(nint card, nuint disposition);

    [DllImport(Library, CharSet = CharSet.Ansi), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern nint SCardStatus(nint card, byte[] reader, ref nuint readerLength, ref nuint state, ref nuint protocol, byte[] atr, ref nuint atrLength);

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern nint SCardTransmit(nint card, byte[] sendHeader, byte[] send, nuint sendLength, nint receiveHeader, byte[] receive, ref nuint receiveLength);

    /// <summary>SCARD_IO_REQUEST: the protocol and its own length, as two DWORDs.</summary>
    public static byte[] Header(nuint protocol)
    {
        var header = new byte[OperatingSystem.IsWindows() ? 8 : 16];
        BitConverter.TryWriteBytes(header, (uint)protocol);
        BitConverter.TryWriteBytes(header.AsSpan(header.Length / 2), (uint)header.Length);
        return header;
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path) =>
        name == Library && !OperatingSystem.IsWindows() && NativeLibrary.TryLoad("libpcsclite.so.1", assembly, path, out var handle) ? handle : 0;
}
