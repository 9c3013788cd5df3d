using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts;

namespace Sekisho.Modules.Tests.Isolation;

/// <summary>A way into the site: a page or an endpoint, with one method.</summary>
/// <param name="Name">As the table of expectations calls it, e.g. <c>page GET /inbox/{id:guid}</c>.</param>
/// <param name="Method">HTTP method.</param>
/// <param name="Pattern">Route, from the slash on.</param>
/// <param name="IsPage">For people: asked for as text/html.</param>
/// <param name="AnyOf">What it requires, one of them; none when it is open to members or to all.</param>
/// <param name="ToAll">Open to anybody.</param>
/// <param name="Handler">Which act of a page; empty for its only one.</param>
internal sealed partial record Door(string Name, string Method, string Pattern, bool IsPage, IReadOnlyList<Permission> AnyOf, bool ToAll, string Handler = "")
{
    /// <summary>Every door of a running site.</summary>
    public static async Task<IReadOnlyList<Door>> Of(IServiceProvider services)
    {
        var doors = new List<Door>();
        foreach (var endpoint in services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            var pattern = "/" + (endpoint.RoutePattern.RawText ?? "").Trim('/');
            var permissions = endpoint.Metadata.GetMetadata<RequiresAttribute>()?.AnyOf ?? [];
            var toAll = endpoint.Metadata.GetMetadata<OpenToAllAttribute>() is not null;
            var page = endpoint.Metadata.GetMetadata<PageActionDescriptor>();
            var acts = page is null
                ? (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []).Select(m => (Method: m, Handler: ""))
                : await Handled(services, page, endpoint);
            doors.AddRange(acts.Select(a => new Door(
                $"{(page is null ? "" : "page ")}{a.Method} {pattern}", a.Method, pattern, page is not null, permissions, toAll, a.Handler)));
        }

        return [.. doors.DistinctBy(d => (d.Name, d.Handler)).OrderBy(d => d.Name + d.Handler, StringComparer.Ordinal)];
    }

    /// <summary>The address with the values of its parameters.</summary>
    public string Address(IReadOnlyDictionary<string, string> values)
    {
        var address = Parameter().Replace(Pattern, m => Uri.EscapeDataString(values[m.Groups[1].Value]));
        return Handler.Length > 0 ? $"{address.TrimEnd('/')}?handler={Handler}" : address;
    }

    public override string ToString() => Handler.Length > 0 ? $"{Name} ({Handler})" : Name;

    private static async Task<IEnumerable<(string Method, string Handler)>> Handled(IServiceProvider services, PageActionDescriptor page, RouteEndpoint endpoint)
    {
        var compiled = await services.GetRequiredService<PageLoader>().LoadAsync(page, endpoint.Metadata);
        return compiled.HandlerMethods.Select(h => (h.HttpMethod.ToUpperInvariant(), h.Name ?? ""));
    }

    [GeneratedRegex(@"\{\*{0,2}(\w+)\??(?::(?:[^{}()]|\([^()]*(?:\([^()]*\))?[^()]*\))*)?\}")]
    private static partial Regex Parameter();
}
