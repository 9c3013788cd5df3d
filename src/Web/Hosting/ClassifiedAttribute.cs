using System.Reflection;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sekisho.Wire;

namespace Sekisho.Web.Hosting;

/// <summary>重要度分類 of a page. A page that says nothing is 厳秘.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class ClassifiedAttribute(Classification classification) : Attribute
{
    public Classification Classification { get; } = classification;

    public static Classification Of(CompiledPageActionDescriptor page) =>
        page.ModelTypeInfo?.GetCustomAttribute<ClassifiedAttribute>()?.Classification ?? Classification.StrictlyConfidential;
}
