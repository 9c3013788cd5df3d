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
            UNION SELECT CASE WHEN l.one = s.id THEN l.other ELSE l.one END
            FROM same s JOIN {session.Prefix("eligibility")}link l ON (l.one = s.id OR l.other = s.id) AND l.same = 1 AND {known})
        """;
}
