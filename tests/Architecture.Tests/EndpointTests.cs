using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Sekisho.Contracts;
using Sekisho.Platform;
using Sekisho.Platform.Web;
using Sekisho.Server;

namespace Sekisho.Architecture.Tests;

/// <summary>Every endpoint and page states its permission and its audit event; the host refuses to start otherwise.</summary>
public sealed class EndpointTests
{
    [Fact]
    public async Task Site_EveryEndpoint_StatesPermissionAndAuditEvent()
    {
        var folder = Directory.CreateTempSubdirectory("sekisho-test-").FullName;
        try
        {
            await using var app = await Site.Build([$"--DataFolder={folder}", "--Demo=false", "--Listen:Machines=https://127.0.0.1:0", "--Listen:People=http://127.0.0.1:0"]);
            var endpoints = ((IEndpointRouteBuilder)app).DataSources.SelectMany(s => s.Endpoints).OfType<RouteEndpoint>().ToList();
            Assert.True(endpoints.Count > 20, "endpoints were discovered");
            Assert.Empty(((IEndpointRouteBuilder)app).DataSources.SelectMany(Access.Faults));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Host_WithAnEndpointThatStatesNothing_RefusesToStart()
    {
        await using var app = WebApplication.CreateSlimBuilder().Build();
        app.MapGet("/forgotten", () => "");
        var fault = Assert.Throws<InvalidOperationException>(() => ((IEndpointRouteBuilder)app).VerifyEndpoints());
        Assert.Contains("states no permission", fault.Message, StringComparison.Ordinal);
        Assert.Contains("states no audit event", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Host_WithAnEndpointThatStatesBoth_IsAccepted()
    {
        await using var app = WebApplication.CreateSlimBuilder().Build();
        app.MapGet("/stated", () => "").Requires(Permission.ManageSite).NotAudited("test");
        ((IEndpointRouteBuilder)app).VerifyEndpoints();
    }
}
