using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Sekisho.Web.Hosting;

/// <summary>What every page answers with: nothing but our own style sheet and script runs, nothing is kept in a cache, and the classification travels along.</summary>
internal sealed class PageHeaders : IResultFilter
{
    private const string ContentSecurityPolicy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public void OnResultExecuting(ResultExecutingContext context)
    {
        var headers = context.HttpContext.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
        if (context.ActionDescriptor is CompiledPageActionDescriptor page)
        {
            headers["X-Classification"] = ClassifiedAttribute.Of(page).ToString();
        }
    }

    public void OnResultExecuted(ResultExecutedContext context)
    {
    }
}

/// <summary>Streams a body as it arrives: nothing of the request is read as a form before the handler does it itself.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class ReadsBodyItselfAttribute : Attribute, IResourceFilter
{
    public void OnResourceExecuting(ResourceExecutingContext context)
    {
        foreach (var factory in context.ValueProviderFactories.Where(f => f.GetType().Name.Contains("Form", StringComparison.Ordinal)).ToList())
        {
            context.ValueProviderFactories.Remove(factory);
        }
    }

    public void OnResourceExecuted(ResourceExecutedContext context)
    {
    }
}
