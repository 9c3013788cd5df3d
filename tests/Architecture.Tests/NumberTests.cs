using System.Collections;
using System.Reflection;
using System.Text.RegularExpressions;
using Sekisho.Formats.Claims;
using Sekisho.Wire;

namespace Sekisho.Architecture.Tests;

/// <summary>Rule numbers and problem codes are permanent and unique; they are found by reflection wherever they are declared.</summary>
public sealed partial class NumberTests
{
    [Fact]
    public void RuleNumbers_AreUniqueAndExplained()
    {
        var rules = Statics().SelectMany(Rules).Distinct(ReferenceEqualityComparer.Instance).Cast<Rule>().ToList();
        Assert.NotEmpty(rules);
        Assert.Empty(Repeated(rules.Select(r => r.Number)));
        foreach (var rule in rules)
        {
            Assert.Matches(RuleNumber(), rule.Number);
            Assert.All([rule.Title, rule.Clause, rule.Remedy], text => Assert.False(string.IsNullOrWhiteSpace(text), rule.Number));
        }
    }

    [Fact]
    public void ProblemCodes_AreUniqueAndExplained()
    {
        var refusals = Statics().OfType<Refusal>().ToList();
        Assert.NotEmpty(refusals);
        Assert.Empty(Repeated(refusals.Select(r => r.Code)));
        foreach (var refusal in refusals)
        {
            Assert.Matches(ProblemCode(), refusal.Code);
            Assert.All([refusal.Text, refusal.Remedy], text => Assert.False(string.IsNullOrWhiteSpace(text), refusal.Code));
        }
    }

    private static IEnumerable<string> Repeated(IEnumerable<string> names) => names.GroupBy(n => n).Where(g => g.Count() > 1).Select(g => g.Key);

    private static IEnumerable<Rule> Rules(object value) => value switch
    {
        Rule rule => [rule],
        string => [],
        IEnumerable many => many.Cast<object?>().OfType<object>().SelectMany(RuleOf),
        _ => [],
    };

    /// <summary>An entry is a rule or carries one.</summary>
    private static IEnumerable<Rule> RuleOf(object entry) => entry as Rule is { } rule
        ? [rule]
        : entry.GetType().GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(p => p.PropertyType == typeof(Rule) && p.GetIndexParameters().Length == 0)
            .Select(p => p.GetValue(entry)).OfType<Rule>();

    private static IEnumerable<object> Statics() =>
        from project in Repository.Projects
        from type in Assembly.LoadFrom(project.Dll).GetTypes()
        where !type.ContainsGenericParameters
        from field in type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
        where IsRuleOrRefusal(field.FieldType)
        let value = field.GetValue(null)
        where value is not null
        select value;

    private static bool IsRuleOrRefusal(Type type) =>
        type == typeof(Rule) || type == typeof(Refusal) || (type != typeof(string) && Element(type) is { } element && CarriesRule(element));

    private static bool CarriesRule(Type element) => element == typeof(Rule)
        || element.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).Any(p => p.PropertyType == typeof(Rule));

    private static Type? Element(Type type) => type.IsArray
        ? type.GetElementType()
        : type.GetInterfaces().Append(type).FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEnumerable<>))?.GetGenericArguments()[0];

    [GeneratedRegex("^[LSR][0-9]{4}$")]
    private static partial Regex RuleNumber();

    [GeneratedRegex("^[A-Z]{2}-[0-9]{4}$")]
    private static partial Regex ProblemCode();
}
