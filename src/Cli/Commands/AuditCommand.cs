using System.CommandLine;

namespace Sekisho.Cli.Commands;

/// <summary><c>sekisho audit …</c> — for auditors.</summary>
internal static class AuditCommand
{
    public static Command Create() => new("audit", "台帳の検証、監査ログの書き出しと検証")
    {
        AuditVerifyCommand.Create(),
        AuditExportCommand.Create(),
        AuditCheckCommand.Create(),
    };
}
