using System.Security.Cryptography;
using Sekisho.Modules.Exchange.Storage;
using Sekisho.Platform;

namespace Sekisho.Modules.Tests.Exchange;

public sealed class StorageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sekisho-store-").FullName;
    private readonly ContentStore _store;

    public StorageTests() => _store = Store();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Segments.Plain - 1)]
    [InlineData(Segments.Plain)]
    [InlineData(Segments.Plain + 1)]
    [InlineData(3 * Segments.Plain)]
    [InlineData((5 * Segments.Plain) + 12345)]
    public async Task Content_OfAnyLength_ReadsBackAsWritten(int length)
    {
        var (id, content) = await Stored(length);
        Assert.Equal(content, await Read(id, length));
        Assert.Equal(Segments.StoredLength(length), new FileInfo(_store.Path(id)).Length);
        Assert.True(length < 32 || File.ReadAllBytes(_store.Path(id)).AsSpan().IndexOf(content.AsSpan(0, 32)) < 0);
    }

    [Fact]
    public async Task Reading_FromAnyPosition_GivesTheSlice()
    {
        var (id, content) = await Stored((3 * Segments.Plain) + 100);
        await using var stream = _store.Read(id, content.Length);
        foreach (var position in new[] { 0, 65535, 65536, 100000, content.Length - 1, 5 })
        {
            stream.Position = position;
            var buffer = new byte[Math.Min(70000, content.Length - position)];
            await stream.ReadExactlyAsync(buffer, TestContext.Current.CancellationToken);
            Assert.Equal(content.AsSpan(position, buffer.Length).ToArray(), buffer);
        }
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(Segments.Plain)]
    [InlineData((2 * Segments.Plain) + 7)]
    public async Task Upload_CutAndResumed_KeepsWhatWasReported(int cut)
    {
        var content = RandomNumberGenerator.GetBytes(4 * Segments.Plain);
        var id = Guid.NewGuid();
        await Write(id, content.AsMemory(0, cut), content.Length, w => w.Park());
        using (var writer = _store.Write(id, content.Length))
        {
            Assert.Equal(cut, writer.Offset);
        }

        await Write(id, content.AsMemory(cut), content.Length, w => w.Finish());
        Assert.Equal(content, await Read(id, content.Length));
        Assert.False(File.Exists(ContentWriter.TailOf(_store.Path(id))));
    }

    [Fact]
    public async Task Upload_CrashedAfterReporting_NeverFallsBehindTheReport()
    {
        var content = RandomNumberGenerator.GetBytes((3 * Segments.Plain) + 500);
        var id = Guid.NewGuid();
        await Write(id, content.AsMemory(0, 70_000), content.Length, w => w.Park());

        // Goes on, and crashes while the second segment is being written: half of it reaches the disk.
        await Write(id, content.AsMemory(70_000, 100_000), content.Length, _ => { });
        await using (var file = new FileStream(_store.Path(id), FileMode.Open))
        {
            file.SetLength(Segments.Position(1) + 1000);
        }

        using var writer = _store.Write(id, content.Length);
        Assert.Equal(70_000, writer.Offset);
        Assert.False(writer.IsFinished);
    }

    [Fact]
    public async Task Upload_CrashedAfterTheFinalSegment_IsKnownAsFinished()
    {
        var (id, content) = await Stored(2 * Segments.Plain);
        using var writer = _store.Write(id, content.Length);
        Assert.True(writer.IsFinished);
        Assert.Equal(content.Length, writer.Offset);
    }

    [Fact]
    public async Task Object_AnyByteFlipped_IsNotRead()
    {
        var (id, content) = await Stored(2000);
        var path = _store.Path(id);
        var stored = File.ReadAllBytes(path);
        for (var i = 0; i < stored.Length; i += 7)
        {
            stored[i] ^= 1;
            File.WriteAllBytes(path, stored);
            await Assert.ThrowsAsync<InvalidDataException>(() => Read(id, content.Length));
            stored[i] ^= 1;
        }

        File.WriteAllBytes(path, stored);
        Assert.Equal(content, await Read(id, content.Length));
    }

    [Fact]
    public async Task Object_CutReorderedOrSpliced_IsNotRead()
    {
        var (id, content) = await Stored(4 * Segments.Plain);
        var path = _store.Path(id);
        var stored = File.ReadAllBytes(path);

        // The last segment cut off: the one before is not final.
        File.WriteAllBytes(path, stored[..(int)Segments.Position(3)]);
        await Assert.ThrowsAsync<InvalidDataException>(() => Read(id, 3 * Segments.Plain));

        var swapped = stored.ToArray();
        stored.AsSpan((int)Segments.Position(0), Segments.Sealed).CopyTo(swapped.AsSpan((int)Segments.Position(1)));
        stored.AsSpan((int)Segments.Position(1), Segments.Sealed).CopyTo(swapped.AsSpan((int)Segments.Position(0)));
        File.WriteAllBytes(path, swapped);
        await Assert.ThrowsAsync<InvalidDataException>(() => Read(id, content.Length));

        var (other, _) = await Stored(4 * Segments.Plain);
        var spliced = stored.ToArray();
        File.ReadAllBytes(_store.Path(other)).AsSpan((int)Segments.Position(2), Segments.Sealed).CopyTo(spliced.AsSpan((int)Segments.Position(2)));
        File.WriteAllBytes(path, spliced);
        await Assert.ThrowsAsync<InvalidDataException>(() => Read(id, content.Length));
    }

    [Fact]
    public async Task MasterKey_AfterRestart_IsTheSame_AndANewFirstLineRotates()
    {
        var (id, content) = await Stored(100);
        Assert.Equal(content, await Read(id, 100, Store()));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Key));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_store.Path(id)));
        }

        KeyFiles.Rotate(Key);
        Assert.Equal(content, await Read(id, 100, Store()));
    }

    [Fact]
    public async Task MasterKey_Missing_IsNotReplaced()
    {
        await Stored(100);
        File.Delete(Key);
        Assert.Throws<InvalidOperationException>(Store);
    }

    private string Key => Path.Combine(_folder, "master.key");

    private ContentStore Store()
    {
        var folder = new DataFolder(_folder);
        return new ContentStore(folder, new MasterKeys(folder));
    }

    private async Task<(Guid Id, byte[] Content)> Stored(int length)
    {
        var id = Guid.NewGuid();
        var content = RandomNumberGenerator.GetBytes(length);
        await Write(id, content, length, w => w.Finish());
        return (id, content);
    }

    private async Task Write(Guid id, ReadOnlyMemory<byte> content, long length, Action<ContentWriter> end)
    {
        using var writer = _store.Write(id, length);
        while (!content.IsEmpty)
        {
            var room = await writer.Room(TestContext.Current.CancellationToken);
            var count = Math.Min(room.Length, content.Length);
            content[..count].CopyTo(room);
            writer.Advance(count);
            content = content[count..];
        }

        end(writer);
    }

    private async Task<byte[]> Read(Guid id, long length, ContentStore? store = null)
    {
        await using var stream = (store ?? _store).Read(id, length);
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy, TestContext.Current.CancellationToken);
        return copy.ToArray();
    }
}
