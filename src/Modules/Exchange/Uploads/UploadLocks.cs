using System.Collections.Concurrent;

namespace Sekisho.Modules.Exchange.Uploads;

/// <summary>One request at a time works on an upload. Singleton; the object's file is locked besides, against other processes.</summary>
internal sealed class UploadLocks
{
    private readonly ConcurrentDictionary<Guid, byte> _held = [];

    /// <summary>Null when another holds it.</summary>
    public IDisposable? TryTake(Guid upload) => _held.TryAdd(upload, 0) ? new Held(_held, upload) : null;

    private sealed class Held(ConcurrentDictionary<Guid, byte> held, Guid upload) : IDisposable
    {
        public void Dispose() => held.TryRemove(upload, out _);
    }
}
