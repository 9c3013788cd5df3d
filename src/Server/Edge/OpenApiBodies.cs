using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Sekisho.Contracts;

namespace Sekisho.Server.Edge;

/// <summary>The doors read their bodies themselves: what they take is what they say in <see cref="TakesAttribute"/>.</summary>
internal sealed class OpenApiBodies : IApiDescriptionProvider
{
    /// <summary>Beyond any status: the status times ten, and which, is added.</summary>
    public const int Alternative = 10_000;

    /// <summary>After the one that lists the endpoints.</summary>
    public int Order => 0;

    public void OnProvidersExecuting(ApiDescriptionProviderContext context)
    {
        foreach (var door in context.Results)
        {
            AddAlternatives(door);
            if (door.ActionDescriptor.EndpointMetadata.OfType<TakesAttribute>().LastOrDefault() is not { } takes)
            {
                continue;
            }

            door.ParameterDescriptions.Add(new ApiParameterDescription { Name = "body", Source = BindingSource.Body, Type = takes.Type, IsRequired = true });
            foreach (var mediaType in takes.MediaTypes)
            {
                door.SupportedRequestFormats.Add(new ApiRequestFormat { MediaType = mediaType });
            }
        }
    }

    /// <summary>The framework knows one shape of an answer for each status: the others are listed under numbers of ours, until the operation is written.</summary>
    private static void AddAlternatives(ApiDescription door)
    {
        foreach (var several in door.ActionDescriptor.EndpointMetadata.OfType<IProducesResponseTypeMetadata>().GroupBy(m => m.StatusCode))
        {
            foreach (var (index, answer) in several.SkipLast(1).Index())
            {
                door.SupportedResponseTypes.Add(new ApiResponseType
                {
                    StatusCode = Alternative + (several.Key * 10) + index,
                    Type = answer.Type,
                    ApiResponseFormats = [new ApiResponseFormat { MediaType = "application/json" }],
                });
            }
        }
    }

    public void OnProvidersExecuted(ApiDescriptionProviderContext context)
    {
    }
}
