using Sekisho.Contracts;
using Sekisho.Formats.Claims.Masters;
using Sekisho.Platform.Events;

namespace Sekisho.Modules.Claims.MasterData;

/// <summary>Takes the recognised masters of a folder into the site's own and into use.</summary>
internal sealed class LoadMasters(Audit audit, MasterShelf shelf)
{
    public async Task<IReadOnlyList<MasterLoad>> Run(string directory, CancellationToken ct)
    {
        if (!Directory.Exists(directory))
        {
            return [new MasterLoad(directory, null, 0, 0, ["フォルダーがありません。マスターを置いたフォルダーを指定してください。"])];
        }

        var (_, report) = MasterSet.Load(directory);
        var taken = report.Where(load => load.Kind is not null).ToList();
        foreach (var name in taken.Select(load => Path.GetFileName(load.File)))
        {
            var target = Path.Combine(shelf.Path, name);
            File.Copy(Path.Combine(directory, name), target + ".new", overwrite: true);
            File.Move(target + ".new", target, overwrite: true);
        }

        await audit.Alone(new AuditEvent(AuditKind.RegistryChanged, "masters", string.Join(' ', taken.Select(load => load.Kind).Distinct())), ct);
        shelf.Refresh();
        return report;
    }
}
