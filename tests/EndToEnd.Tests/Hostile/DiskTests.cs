using System.Net;
using Sekisho.EndToEnd.Tests.Death;

namespace Sekisho.EndToEnd.Tests.Hostile;

/// <summary>A disk that is nearly full, and one that really is: said honestly, nothing acknowledged is lost, and it goes on when there is room again.</summary>
public sealed class DiskTests
{
    [Theory, InlineData(Provider.Sqlite), InlineData(Provider.PostgreSql)]
    public async Task Send_BelowTheMinimumFree_IsRefusedEarlyAndGoesOnLater(Provider provider)
    {
        await using var server = await ServerProcess.Start(provider);
        using var clinic = new Courier(server, "clinic");
        var (books, payer, file) = (new Books(server), TransmissionChain.Payer(server), await File.ReadAllBytesAsync(server.Demo("RECEIPTC.UKE"), Ct));
        var first = new Sending(clinic, payer, Sending.Variant(file, 1));
        await first.Advance(clinic);
        books.Add(first, clinic);
        var second = new Sending(clinic, payer, Sending.Variant(file, 2));
        using (var opened = await clinic.Open(second.Cms))
        {
            await Courier.Expect(opened, "open", HttpStatusCode.Created);
        }

        await server.Stop();
        server.Extra = ["Exchange:MinimumFree=1000000000000000"];
        await server.Start();
        using (var envelope = await clinic.Open(new Sending(clinic, payer, Sending.Variant(file, 3)).Cms))
        using (var content = await clinic.Patch(second.Id, 0, file))
        {
            Assert.Equal((507, "EX-0213"), await HostileSite.Problem(envelope));
            Assert.Equal((507, "EX-0213"), await HostileSite.Problem(content));
            Assert.NotNull(content.Headers.RetryAfter);
        }

        await first.StillAcknowledged(clinic);
        await server.Stop();
        server.Extra = [];
        await server.Start();
        await second.Advance(clinic);
        books.Add(second, clinic);
        await books.Agree();
    }

    [Fact]
    public async Task Send_DiskReallyFull_LosesNothingAndGoesOnWhenThereIsRoom()
    {
        await using var disk = await SmallDisk.Mount(megabytes: 40);
        await using var server = await DemoTemplate.Copy(Provider.Sqlite, ["Exchange:MinimumFree=0"], disk.Folder("site"));
        await server.Start();
        using var clinic = new Courier(server, "clinic");
        var (books, payer, file) = (new Books(server), TransmissionChain.Payer(server), TransmissionChain.Large(server, 300));
        var first = new Sending(clinic, payer, Sending.Variant(file, 1));
        await first.Advance(clinic);
        books.Add(first, clinic);
        await Books.Eventually("the first is checked", async () => await books.Rows("claims", "reception", "state = 'Received'") == 0);
        var second = new Sending(clinic, payer, Sending.Variant(file, 2));
        using (var opened = await clinic.Open(second.Cms))
        {
            await Courier.Expect(opened, "open", HttpStatusCode.Created);
        }

        disk.Fill(leaving: 600_000);
        using (var content = await clinic.Patch(second.Id, 0, Sending.Variant(file, 2)))
        {
            Assert.Equal((507, "SV-0005"), await HostileSite.Problem(content));
            Assert.NotNull(content.Headers.RetryAfter);
        }

        disk.Fill(leaving: 0);
        using (var envelope = await clinic.Open(new Sending(clinic, payer, Sending.Variant(file, 3)).Cms))
        {
            Assert.Equal((507, "SV-0005"), await HostileSite.Problem(envelope));
        }

        disk.Free();
        await first.StillAcknowledged(clinic);
        await second.Advance(clinic);
        books.Add(second, clinic);
        await books.Agree();
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A small file system in memory; skips the test where none may be mounted.</summary>
    private sealed class SmallDisk : IAsyncDisposable
    {
        private readonly string _root = Directory.CreateTempSubdirectory("sekisho-disk-").FullName;

        private string Ballast => Path.Combine(_root, "ballast");

        public static async Task<SmallDisk> Mount(int megabytes)
        {
            var disk = new SmallDisk();
            Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.UserName == "root", "ファイルシステムを作る権限がありません。");
            var mounted = await ProcessResult.Run("mount", ["-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", disk._root]);
            Assert.SkipUnless(mounted.Code == 0, mounted.Error);
            return disk;
        }

        public string Folder(string name) => Directory.CreateDirectory(Path.Combine(_root, name)).FullName;

        /// <summary>Fills it but for so many bytes.</summary>
        public void Fill(long leaving)
        {
            using var file = new FileStream(Ballast, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, bufferSize: 0);
            file.Seek(0, SeekOrigin.End);
            var block = new byte[4096];
            try
            {
                while (new DriveInfo(_root).AvailableFreeSpace > leaving)
                {
                    file.Write(block);
                }
            }
            catch (IOException)
            {
                // Full.
            }
        }

        public void Free() => File.Delete(Ballast);

        public async ValueTask DisposeAsync()
        {
            await ProcessResult.Run("umount", ["-l", _root]);
            Directory.Delete(_root);
        }
    }
}
