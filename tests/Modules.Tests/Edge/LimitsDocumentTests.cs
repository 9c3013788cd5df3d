using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Sekisho.Modules.Exchange;
using Sekisho.Modules.Exchange.Clock;
using Sekisho.Modules.Exchange.Overload;
using Sekisho.Modules.Exchange.Quarantine;
using Sekisho.Server.Edge;

namespace Sekisho.Modules.Tests.Edge;

/// <summary>docs/operations/limits.md names every limit with its default, and nothing else.</summary>
public sealed partial class LimitsDocumentTests
{
    [Fact]
    public void Limits_InTheDocument_AreTheDefaultsOfTheCode()
    {
        var written = Row().Matches(File.ReadAllText(Path.Combine(Root(), "docs/operations/limits.md")))
            .Select(m => $"{m.Groups[1].Value} = {m.Groups[2].Value}").Order(StringComparer.Ordinal);
        var real = Defaults("Limits", new Limits()).Concat(Defaults("Exchange", new ExchangeOptions())).Concat(Defaults("Admission", new AdmissionOptions()))
            .Concat(Defaults("Scanner", new ScannerOptions())).Concat(Defaults("Clock", new ClockOptions())).Order(StringComparer.Ordinal);

        Assert.Equal(real, written);
    }

    private static IEnumerable<string> Defaults(string section, object options) =>
        from property in options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
        where property.CanWrite
        let value = Convert.ToString(property.GetValue(options), CultureInfo.InvariantCulture)
        select $"{section}:{property.Name} = {(value is { Length: > 0 } and not "Unstated" ? value : "–")}";

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Sekisho.slnx")))
        {
            folder = folder.Parent;
        }

        return folder!.FullName;
    }

    [GeneratedRegex(@"^\| `([A-Za-z]+:[A-Za-z]+)` \| ([^|]+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
