using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Sekisho.Tests.VirtualCards;

/// <summary>
/// A pcscd of one's own on a private socket with the driver of vsmartcard-vpcd, and our simulated card behind it: commands travel through the real service. Skipped
/// visibly where the packages pcscd and vsmartcard-vpcd are missing, or without root (pcscd answers nobody else without polkit). Only this process is ended, by its id.
/// </summary>
internal sealed class VirtualReader : IAsyncDisposable
{
    private const string Service = "/usr/sbin/pcscd";
    private const string Driver = "/usr/lib/pcsc/drivers/serial/libifdvpcd.so";

    // pcscd's own socket has a fixed place; started as by systemd it takes the one it is handed as descriptor 3.
    private const string Activate =
        "use Socket; use POSIX; $^F=10; socket(S,AF_UNIX,SOCK_STREAM,0) or die; bind(S,sockaddr_un($ARGV[0])) or die; listen(S,16) or die;"
        + "POSIX::dup2(fileno(S),3) if fileno(S)!=3; $ENV{LISTEN_PID}=$$; $ENV{LISTEN_FDS}=1; exec '/usr/sbin/pcscd','-f','-c',$ARGV[1];";

    private readonly Process _process;
    private readonly string _folder;
    private readonly int _port;
    private TcpClient? _line;
    private Task _answering = Task.CompletedTask;

    private VirtualReader(Process process, string folder, int port) => (_process, _folder, _port) = (process, folder, port);

    /// <summary>What PCSCLITE_CSOCK_NAME must be for a program to find it.</summary>
    public string Socket => Path.Combine(_folder, "pcscd.comm");

    public static async Task<VirtualReader> Start()
    {
        if (!File.Exists(Service) || !File.Exists(Driver) || !Environment.IsPrivilegedProcess)
        {
            Assert.Skip("pcscd and vsmartcard-vpcd are not installed, or this is not root.");
        }

        var folder = Directory.CreateTempSubdirectory("sekisho-pcscd-").FullName;
        var port = FreePair();
        var configuration = Directory.CreateDirectory(Path.Combine(folder, "readers")).FullName;
        await File.WriteAllTextAsync(
            Path.Combine(configuration, "vpcd"),
            string.Create(CultureInfo.InvariantCulture, $"FRIENDLYNAME \"Virtual PCD\"\nDEVICENAME /dev/null:0x{port:X4}\nLIBPATH {Driver}\nCHANNELID 0x{port:X4}\n"));
        var process = Process.Start(new ProcessStartInfo("perl", ["-e", Activate, Path.Combine(folder, "pcscd.comm"), configuration]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var reader = new VirtualReader(process, folder, port);
        while (!File.Exists(reader.Socket) && !process.HasExited)
        {
            await Task.Delay(20);
        }

        return reader;
    }

    /// <summary>Puts a card down.</summary>
    public async Task Insert(VirtualJpkiCard card)
    {
        for (var tries = 0; _line is null; tries++)
        {
            var line = new TcpClient();
            try
            {
                await line.ConnectAsync(IPAddress.Loopback, _port);
                _line = line;
            }
            catch (SocketException) when (tries < 100 && !_process.HasExited)
            {
                line.Dispose();
                await Task.Delay(100);
            }
        }

        _answering = Answer(_line.GetStream(), card);
    }

    /// <summary>Takes it away.</summary>
    public async Task Remove()
    {
        _line?.Dispose();
        _line = null;
        await _answering;
    }

    public async ValueTask DisposeAsync()
    {
        await Remove();
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>vpcd's protocol: two bytes of length, then one byte of control (off, on, reset, ATR) or a command.</summary>
    private static async Task Answer(NetworkStream stream, VirtualJpkiCard card)
    {
        try
        {
            var head = new byte[2];
            while (true)
            {
                await stream.ReadExactlyAsync(head);
                var message = new byte[(head[0] << 8) | head[1]];
                await stream.ReadExactlyAsync(message);
                if (message is [0 or 1 or 2])
                {
                    card.Reset();
                    continue;
                }

                var answer = message is [4] ? VirtualJpkiCard.Atr : card.Answer(message);
                await stream.WriteAsync((byte[])[(byte)(answer.Length >> 8), (byte)(answer.Length & 0xFF), .. answer]);
            }
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException or SocketException)
        {
            // Taken away.
        }
    }

    /// <summary>The driver has two slots on two ports in a row.</summary>
    private static int FreePair()
    {
        for (var tries = 0; tries < 50; tries++)
        {
            using var one = new TcpListener(IPAddress.Any, 0);
            one.Start();
            var port = ((IPEndPoint)one.LocalEndpoint).Port;
            try
            {
                using var other = new TcpListener(IPAddress.Any, port + 1);
                other.Start();
                return port;
            }
            catch (SocketException)
            {
                // The next one is taken.
            }
        }

        throw new InvalidOperationException("No two free ports in a row.");
    }
}
