using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.OpenApi;
using Sekisho.Contracts;
using Sekisho.Platform.Web;
using Sekisho.Wire;

namespace Sekisho.Server.Edge;

/// <summary>
/// GET /openapi.json: the JSON and message doors of eligibility, described from the endpoints themselves. docs/protocol/openapi.json is the same bytes; a test
/// compares them.
/// </summary>
internal static class OpenApiSetup
{
    public const string Path = "/openapi.json";
    private const string Name = "sekisho";
    private const string Described = "eligibility/";

    public static IServiceCollection AddDescription(this IServiceCollection services)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IApiDescriptionProvider, OpenApiBodies>());
        services.AddSingleton<OpenApiText>();
        services.AddOpenApi(Name, options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.ShouldInclude = description => description.RelativePath?.StartsWith(Described, StringComparison.Ordinal) == true;
            options.AddSchemaTransformer(OpenApiSchemas.Transform);
            options.AddOperationTransformer(OpenApiDoors.Transform);
            options.AddDocumentTransformer(OpenApiSite.Transform);
        });
        return services;
    }

    public static void MapDescription(this IEndpointRouteBuilder endpoints) => endpoints
        .MapGet(Path, async (OpenApiText text, CancellationToken ct) => Results.Bytes(await text.Bytes(ct), "application/json"))
        .OpenToAll("公開の仕様。個人情報を含まない。")
        .NotAudited("公開の説明")
        .WithMetadata(new ClassifiedAttribute(Classification.Public))
        .ExcludeFromDescription();

    /// <summary>Written once: the doors of a running site do not change.</summary>
    internal sealed class OpenApiText([FromKeyedServices(Name)] IOpenApiDocumentProvider documents)
    {
        private byte[]? _bytes;

        public async ValueTask<byte[]> Bytes(CancellationToken ct)
        {
            if (_bytes is null)
            {
                using var to = new MemoryStream();
                await (await documents.GetOpenApiDocumentAsync(ct)).SerializeAsJsonAsync(to, OpenApiSpecVersion.OpenApi3_1, ct);
                _bytes = to.ToArray();
            }

            return _bytes;
        }
    }
}
