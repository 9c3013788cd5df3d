using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Matching;

namespace Sekisho.Web.Hosting;

/// <summary>
/// One address, two answers: where a page and a machine endpoint share a path (a reception's result, say), whoever accepts text/html gets the page and
/// everybody else the machine's answer. So the address a clinic reads aloud is the one its program calls.
/// </summary>
internal sealed class PeopleOrMachines : MatcherPolicy, IEndpointSelectorPolicy
{
    public override int Order => 0;

    public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) => endpoints.Any(IsPage) && endpoints.Any(e => !IsPage(e));

    public Task ApplyAsync(HttpContext httpContext, CandidateSet candidates)
    {
        var wantsPage = httpContext.Request.IsFromPerson();
        if (Holds(candidates, page: true) && Holds(candidates, page: false))
        {
            httpContext.Response.Headers.Append("Vary", "Accept");
            for (var i = 0; i < candidates.Count; i++)
            {
                candidates.SetValidity(i, candidates.IsValidCandidate(i) && IsPage(candidates[i].Endpoint) == wantsPage);
            }
        }

        return Task.CompletedTask;
    }

    private static bool Holds(CandidateSet candidates, bool page)
    {
        for (var i = 0; i < candidates.Count; i++)
        {
            if (candidates.IsValidCandidate(i) && IsPage(candidates[i].Endpoint) == page)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsPage(Endpoint endpoint) => endpoint.Metadata.GetMetadata<PageActionDescriptor>() is not null;
}

internal static class Requests
{
    /// <summary>True when a browser asks for a document.</summary>
    public static bool IsFromPerson(this HttpRequest request) => request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
}
