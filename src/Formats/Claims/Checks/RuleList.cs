using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Sekisho.Formats.Claims.Shape;

namespace Sekisho.Formats.Claims.Checks;

/// <summary>All rules together, and the hash that names them.</summary>
internal static class RuleList
{
    private static readonly Lazy<string> Computed = new(Compute);

    /// <summary>Shape, then office checks.</summary>
    public static IEnumerable<Rule> All => ShapeRules.All.Concat(OfficeChecks.医科.Select(c => c.Rule));

    /// <summary>SHA-256 (lower-case hex) over the tables and every rule with its from-month and needs.</summary>
    public static string Hash => Computed.Value;

    private static string Compute()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(Editions.Digest);
        foreach (var rule in ShapeRules.All)
        {
            Append(Text(rule));
        }

        foreach (var check in OfficeChecks.医科)
        {
            Append(string.Create(CultureInfo.InvariantCulture, $"{Text(check.Rule)}|{check.From}|{check.Needs}|{check.Find.Method.DeclaringType?.Name}.{check.Find.Method.Name}"));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());

        void Append(string text) => hash.AppendData(Encoding.UTF8.GetBytes(text + "\0"));

        static string Text(Rule rule) => $"{rule.Number}|{rule.Severity}|{rule.Title}|{rule.Clause}|{rule.Remedy}";
    }
}
