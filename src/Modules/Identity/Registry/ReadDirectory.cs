using Microsoft.AspNetCore.Http;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Identity.Authority;
using Sekisho.Platform.Web;

namespace Sekisho.Modules.Identity.Registry;

/// <summary>Who am I, and who holds a code.</summary>
internal static class ReadDirectory
{
    public static IResult Me(ICurrentActor current)
    {
        var actor = current.Actor;
        return Results.Ok(new
        {
            Organisation = actor.Organisation.Value,
            actor.OrganisationName,
            Device = actor.Device?.Value,
            Person = actor.Person?.Value,
            actor.PersonName,
            Permissions = actor.Permissions.Order().ToArray(),
        });
    }

    public static async Task<IResult> Holder(CodeSystem system, string code, IDirectory directory, CancellationToken ct) =>
        (await directory.Holder(new OrganisationCode(system, code), ct)).ToResult(o => Results.Ok(new
        {
            Id = o.Id.Value,
            o.Name,
            Kinds = o.Kinds.Order().ToArray(),
            o.Codes,
        }));

    public static IResult Authority(CertificateAuthority ca) => Results.Text(ca.Root.ExportCertificatePem() + "\n", "application/x-pem-file");

    /// <summary>The certificate with which the centre signs its answers.</summary>
    public static IResult Centre(CentreKey centre) => Results.Text(centre.Certificate.ExportCertificatePem() + "\n", "application/x-pem-file");

    public static IResult RevocationList(Standing standing) => Results.Bytes(standing.RevocationList.List, "application/pkix-crl");
}
