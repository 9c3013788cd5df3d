using Sekisho.Formats.Claims.Masters;
using Sekisho.Platform;

namespace Sekisho.Modules.Claims.MasterData;

/// <summary>The masters in use: read from the data folder when first asked for, swapped when new ones are loaded. Singleton.</summary>
internal sealed class MasterShelf(DataFolder folder)
{
    private readonly Lock _reading = new();
    private MasterSet? _current;

    public string Path => folder.Sub("masters");

    public MasterSet Current
    {
        get
        {
            if (Volatile.Read(ref _current) is { } current)
            {
                return current;
            }

            lock (_reading)
            {
                return _current ??= MasterSet.Load(Path).Masters;
            }
        }
    }

    /// <summary>Reads the folder again.</summary>
    public void Refresh()
    {
        lock (_reading)
        {
            Volatile.Write(ref _current, MasterSet.Load(Path).Masters);
        }
    }
}
