using System.Text.Json;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Identity.Data;
using Sekisho.Platform.Web;
using Sekisho.Wire;

namespace Sekisho.Modules.Identity.People;

/// <summary>Brings somebody's 役職 to exactly the given ones; ex officio roles follow by themselves. One's own are proposed: a second person decides.</summary>
internal sealed class ChangePosts(PeopleActs acts)
{
    public const string Kind = "Posts";
    private const int LongestTitle = 40;

    public ValueTask<Outcome<ActState>> Run(Actor by, PersonId person, IReadOnlyList<string> posts, CancellationToken ct) =>
        acts.Run(by, Permission.AppointPeople, null, scene => Act(scene, person, posts, ct), ct);

    public static async ValueTask<Outcome<ActState>> Apply(PeopleActs.Scene scene, PersonId person, IReadOnlyList<string> posts, CancellationToken ct)
    {
        if (scene.Chart.Living(person) is not { } membership)
        {
            return Refusals.ColleagueUnknown;
        }

        if (Bring(scene, membership, posts) is { } refusal)
        {
            return refusal;
        }

        await scene.Record(AuditKind.PeopleChanged, person.Value, $"posts: {string.Join(' ', Titles(posts))}".TrimEnd(), ct);
        return ActState.Done;
    }

    /// <summary>A post from which a role follows is held by one person at a time.</summary>
    public static Refusal? Bring(PeopleActs.Scene scene, MembershipRow membership, IReadOnlyList<string> posts)
    {
        var titles = Titles(posts);
        var (chart, regulation) = (scene.Chart, scene.Chart.RegulationAt(scene.Now));
        string[] single = [regulation.HeadPost, regulation.AdministratorPost];
        var taken = titles.Where(single.Contains).FirstOrDefault(t => chart.Memberships.Any(m => m.Id != membership.Id && chart.PostsOf(m, scene.Now).Contains(t)));
        if (taken is not null)
        {
            return Refusals.AlreadyFilled with { Text = $"「{taken}」の役職には、すでに人がいます。" };
        }

        var living = chart.Posts.Where(p => p.Membership == membership.Id && p.Lives(scene.Now)).ToList();
        foreach (var row in living.Where(p => !titles.Contains(p.Title)))
        {
            (row.Until, row.TakenBy) = (scene.Now, scene.Person);
        }

        foreach (var title in titles.Where(title => !living.Exists(p => p.Title == title)))
        {
            var row = new PostRow { Id = Guid.CreateVersion7(), Membership = membership.Id, Title = title, Since = scene.Now, GivenBy = scene.Person };
            scene.Context.Posts.Add(row);
            chart.Posts.Add(row);
        }

        return null;
    }

    private static List<string> Titles(IReadOnlyList<string> posts) =>
        [.. posts.Select(p => p.Trim()).Where(p => p.Length is > 0 and <= LongestTitle).Distinct()];

    private static ValueTask<Outcome<ActState>> Act(PeopleActs.Scene scene, PersonId person, IReadOnlyList<string> posts, CancellationToken ct) =>
        person.Value == scene.Person
            ? Propose.Put(scene, Kind, person, JsonSerializer.Serialize(Titles(posts), SiteJson.Options), ct)
            : Apply(scene, person, posts, ct);
}
