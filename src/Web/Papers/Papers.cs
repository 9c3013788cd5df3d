using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Razor;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts.Papers;
using Sekisho.Wire;

namespace Sekisho.Web.Papers;

/// <summary>Razor files under Papers/ as documents of their own, outside any request.</summary>
internal sealed class Papers(IServiceScopeFactory scopes, Printer printer) : IPapers
{
    public string? Printer => printer.Program;

    public async ValueTask<string> Html(Paper paper, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var found = services.GetRequiredService<IRazorViewEngine>().GetView(null, $"/Papers/{paper.Form}.cshtml", isMainPage: true);
        var view = found.View ?? throw new InvalidOperationException($"There is no paper {paper.Form}");
        var action = new ActionContext(new DefaultHttpContext { RequestServices = services }, new RouteData(), new ActionDescriptor());
        var data = new ViewDataDictionary(services.GetRequiredService<IModelMetadataProvider>(), new ModelStateDictionary())
        {
            Model = paper.Content,
            [nameof(Paper)] = paper,
        };
        await using var text = new StringWriter();
        await view.RenderAsync(new ViewContext(action, view, data, services.GetRequiredService<ITempDataDictionaryFactory>().GetTempData(action.HttpContext), text, new HtmlHelperOptions()));
        return text.ToString();
    }

    public async ValueTask<Outcome<byte[]>> Pdf(Paper paper, CancellationToken ct) => await printer.Print(await Html(paper, ct), ct);
}
