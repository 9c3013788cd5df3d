namespace Sekisho.Formats.Claims.Checks;

/// <summary>What follows from 記録条件仕様 and no published number says: numbers of our own series.</summary>
internal static partial class OfficeChecks
{
    private static OfficeCheck[] 独自番号() =>
    [
    ];
}
