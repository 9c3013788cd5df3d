using System.Text.Json;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Identity.Data;
using Sekisho.Platform.Web;

namespace Sekisho.Modules.Identity.People;

/// <summary>The dated rows of a chart told as what happened, newest first.</summary>
internal static class StaffHistory
{
    public static IReadOnlyList<StaffEvent> Of(Chart chart)
    {
        var people = chart.Memberships.ToDictionary(m => m.Id, m => chart.People[m.Person].Name);
        string By(Guid? person) => person is { } id && chart.People.TryGetValue(id, out var known) ? known.Name : "";
        IEnumerable<StaffEvent> Line(IDated row, string name, string began, string ended, Guid? from, Guid? to)
        {
            yield return new StaffEvent(row.Since, name, began, By(from));
            if (row.Until is { } until)
            {
                yield return new StaffEvent(until, name, ended, By(to));
            }
        }

        var events = chart.Memberships.SelectMany(m => Line(m, people[m.Id], "職員に加わりました", $"退職しました{Because(m.Reason)}", m.AddedBy, m.EndedBy))
            .Concat(chart.Roles.SelectMany(r => Line(
                r, people[r.Membership], $"業務「{PeopleNames.Business[r.Role]}」が付きました", $"業務「{PeopleNames.Business[r.Role]}」がなくなりました", r.GivenBy, r.TakenBy)))
            .Concat(chart.Posts.SelectMany(p => Line(p, people[p.Membership], $"役職「{p.Title}」に就きました", $"役職「{p.Title}」を退きました", p.GivenBy, p.TakenBy)))
            .Concat(chart.Appointments.SelectMany(a => Line(
                a, people[a.Membership], $"「{Role(a)}」に任命されました（{Appointer(chart, a)}）", $"「{Role(a)}」の任命が終わりました{Because(a.Reason)}", a.AppointedBy, a.EndedBy)))
            .Concat(chart.Regulations.Select(r => new StaffEvent(r.Since, "", $"規程「{Regulation.Of(r).Template.Name}」を採用しました", By(r.AdoptedBy))));
        return [.. events.OrderByDescending(e => e.At)];
    }

    /// <summary>Who appointed: the post that did, or the person who wrote it down as their own act.</summary>
    public static string Appointer(Chart chart, AppointmentRow row) => row.AppointedByPost.Length > 0 ? row.AppointedByPost
        : row.AppointedBy is { } person && chart.People.TryGetValue(person, out var known) ? known.Name
        : "センター";

    public static string Text(ProposalRow row) => row.Kind switch
    {
        ChangeRoles.Kind => $"業務を「{Listed(Read<BusinessRole>(row).Select(r => PeopleNames.Business[r]))}」にする",
        _ => $"役職を「{Listed(Read<string>(row))}」にする",
    };

    private static string Role(AppointmentRow row) =>
        row.Scope == SystemScope.All ? PeopleNames.Governance[row.Role] : $"{PeopleNames.Governance[row.Role]}（{PeopleNames.Scopes[row.Scope]}）";

    private static string Because(string reason) => reason.Length == 0 ? "" : $"（{reason}）";

    private static string Listed(IEnumerable<string> words) => string.Join('・', words) is { Length: > 0 } text ? text : "なし";

    private static List<T> Read<T>(ProposalRow row) => JsonSerializer.Deserialize<List<T>>(row.Content, SiteJson.Options)!;
}
