using Sekisho.Platform;

namespace Sekisho.Modules.Exchange.Storage;

/// <summary>
/// Looks at the disk before content is taken. Refusing early leaves the site room to finish what it has; a disk that fills up all the same is a fault that
/// loses nothing. Singleton.
/// </summary>
internal sealed class DiskSpace(DataFolder folder, ExchangeOptions options)
{
    /// <summary>True when so many bytes more still leave the minimum free.</summary>
    public bool Holds(long bytes) => options.MinimumFree <= 0 || new DriveInfo(folder.Path).AvailableFreeSpace - bytes >= options.MinimumFree;
}
