namespace Sekisho.Platform.Data;

/// <summary>
/// One server per SQLite data folder: two would each believe to be the only writer and the only sequencer. A lock on a file, which ends with its process however that
/// dies. Administration beside a running server does not take it. Singleton.
/// </summary>
public sealed class ServerLock(Database database, DataFolder folder) : IDisposable
{
    private FileStream? _file;

    /// <summary>Takes the lock, or refuses to start.</summary>
    /// <exception cref="InvalidOperationException">Another server runs on this data folder.</exception>
    public void Take()
    {
        if (database.Provider != DatabaseProvider.Sqlite)
        {
            return;
        }

        try
        {
            _file = new FileStream(folder.File("server.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new InvalidOperationException(
                $"データフォルダ {folder.Path} では別のサーバーが動いています。SQLite のサイトで動かせるサーバーは1つです。先に動いているサーバーを止めるか、PostgreSQL を使ってください。", e);
        }
    }

    public void Dispose() => _file?.Dispose();
}
