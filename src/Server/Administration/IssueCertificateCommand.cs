using Sekisho.Contracts.Identity;
using Sekisho.Wire;

namespace Sekisho.Server.Administration;

/// <summary>Issues a device certificate into a PKCS#12 file that only the current user can read.</summary>
internal static class IssueCertificateCommand
{
    public static async Task<Outcome<string>> Run(Arguments arguments)
    {
        var name = arguments.Required("name");
        var path = Path.GetFullPath(arguments.Required("out"));
        var password = arguments.Optional("password-file") is { } file ? PasswordFile.Read(file) : "";
        await using var site = await AdminSite.Open(arguments);
        if ((await site.Organisation(arguments)).Refused(out var unknown, out var organisation))
        {
            return unknown;
        }

        // The file is there before the certificate is: a certificate whose key cannot be stored would be lost.
        await using var output = NewFile(path);
        var outcome = await site.Get<IDeviceAdministration>().Issue(organisation.Id, name, password, CancellationToken.None);
        if (outcome.Refused(out var refusal, out var issued))
        {
            File.Delete(path);
            return refusal;
        }

        await output.WriteAsync(issued.Pfx);
        output.Flush(flushToDisk: true);
        return $"""
            証明書を発行しました: {organisation.Name} / {name}
              端末        {issued.Device}
              シリアル    {issued.Serial}
              有効期限    {JapaneseTime.Day(issued.NotAfter)}
              ファイル    {path}{(password.Length == 0 ? "（パスワードなし。届けたら消してください）" : "")}
            """;
    }

    private static FileStream NewFile(string path)
    {
        try
        {
            return PrivateFile.Create(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{path} を作れません。ないファイル名と書き込めるフォルダを --out に指定してください。");
        }
    }
}
