using System.Reflection;
using System.Text.RegularExpressions;
using Sekisho.Contracts.Eligibility;
using Sekisho.Web;

namespace Sekisho.Modules.Tests.Eligibility.Cards;

/// <summary>The kiosk's table of texts: every text in every language, with the same places for values, and nothing left untranslated.</summary>
public sealed partial class KioskTextTests
{
    private static readonly Assembly _web = typeof(WebPages).Assembly;

    [Fact]
    public void Texts_AreThereInEveryLanguage_WithTheSamePlaces()
    {
        var names = Enum.GetNames(_web.GetType("Sekisho.Web.Pages.Kiosk.KioskText", throwOnError: true)!);
        var texts = new Dictionary<string, string[]>();
        foreach (var entry in (System.Collections.IEnumerable)_web.GetType("Sekisho.Web.Pages.Kiosk.KioskTexts", throwOnError: true)!.GetField("All")!.GetValue(null)!)
        {
            texts.Add(entry.GetType().GetProperty("Key")!.GetValue(entry)!.ToString()!, (string[])entry.GetType().GetProperty("Value")!.GetValue(entry)!);
        }

        Assert.Equal(names.Order(StringComparer.Ordinal), texts.Keys.Order(StringComparer.Ordinal));
        Assert.Empty(Enum.GetNames<ConsentKind>().Except(names));
        foreach (var (name, said) in texts)
        {
            Assert.True(said.Length == 4 && said.All(t => t.Trim() == t && t.Length > 0), name);
            Assert.True(said.Select(t => string.Join(' ', Places().Matches(t).Select(m => m.Value))).Distinct().Count() == 1, name);
            Assert.True(said[1].All(c => c < 0x2100), $"{name} en: {said[1]}");
            Assert.True(said[2].All(c => c is < '\u3040' or > '\u30FF'), $"{name} zh: {said[2]}");
            Assert.True(said[3].All(c => c is < '\u3040' or > '\u30FF' and < '\u4E00' or > '\u9FFF'), $"{name} ko: {said[3]}");
        }
    }

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Places();
}
