using Sekisho.Contracts.Claims;
using Sekisho.Formats.Claims;
using Sekisho.Modules.Claims.Registry;

namespace Sekisho.Modules.Claims.Checks;

/// <summary>The whole list: what the file and the masters tell, then what only reception can know.</summary>
internal static class ReceptionChecks
{
    public static IReadOnlyList<CheckEntry> All { get; } =
        [.. CheckList.医科, .. ReceptionRules.All.Select(r => new CheckEntry(r, "受付", "届出・日程", null, "届出"))];

    private static readonly Dictionary<string, CheckEntry> _byNumber = All.ToDictionary(e => e.Rule.Number);

    public static CheckEntry? Find(string number) => _byNumber.GetValueOrDefault(number);
}
