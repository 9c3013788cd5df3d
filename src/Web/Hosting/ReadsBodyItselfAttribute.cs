using Microsoft.AspNetCore.Mvc.Filters;

namespace Sekisho.Web.Hosting;

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
