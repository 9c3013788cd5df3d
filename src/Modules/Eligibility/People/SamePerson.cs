using Sekisho.Platform.Data;

namespace Sekisho.Modules.Eligibility.People;

/// <summary>Every key confirmed to be one person's, as SQL: a common table <c>same (id)</c> that begins with the parameter <c>@person</c>.</summary>
internal static class SamePerson
{
    /// <param name="session">Says which database.</param>
    /// <param name="known">Which links count, of those called <c>l</c>; those known now unless stated.</param>
    public static string Query(DbSession session, string known = "l.known_until IS NULL") =>
        $"""
        WITH RECURSIVE same (id) AS (
            SELECT {(session.Provider == DatabaseProvider.PostgreSql ? "@person::uuid" : "@person")}
            UNION SELECT {Next(session.Prefix("eligibility"), known)})
        """;

    /// <summary>What is the same as any of <c>same s</c>: the column of a further turn, and where it comes from.</summary>
    /// <param name="prefix">What stands before the module's tables.</param>
    /// <param name="known">As above.</param>
    public static string Next(string prefix, string known) =>
        $"CASE WHEN l.one = s.id THEN l.other ELSE l.one END FROM same s JOIN {prefix}link l ON (l.one = s.id OR l.other = s.id) AND l.same = 1 AND {known}";
}
