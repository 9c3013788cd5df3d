namespace Sekisho.Server.Administration;

/// <summary>Passwords come in files: a command line is seen by every process of the machine.</summary>
internal static class PasswordFile
{
    /// <summary>The first line.</summary>
    public static string Read(string path)
    {
        try
        {
            return File.ReadLines(path).FirstOrDefault() is { Length: > 0 } password
                ? password
                : throw new UsageException($"パスワードのファイル {path} の1行目が空です。");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"パスワードのファイル {path} を読めません。");
        }
    }
}
