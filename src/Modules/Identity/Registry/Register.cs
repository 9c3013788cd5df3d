using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Identity.Authority;
using Sekisho.Modules.Identity.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Identity.Registry;

/// <summary>Registers an organisation, or brings the one with this id to the given name, kinds and codes.</summary>
internal sealed partial class Register(Store store, Standing standing)
{
    public async ValueTask<Outcome<Organisation>> Run(Organisation organisation, CancellationToken ct)
    {
        organisation = organisation with { Kinds = Kinds.WithImplied(organisation.Kinds) };
        if (organisation.Codes.FirstOrDefault(c => !IsWellFormed(c)) is { } malformed)
        {
            return Refusals.CodeInvalid with { Text = $"コードの桁数または文字が正しくありません（{malformed.System} {malformed.Value}）。" };
        }

        await using (var unit = await store.Write(ct))
        {
            // Taking the version first lets one registration at a time look for codes that are held already.
            await unit.NextVersion(ct);
            if (await Taken(unit, organisation, ct) is { } taken)
            {
                return Refusals.CodeTaken with { Text = $"コード（{taken.System} {taken.Value}）はすでに別の組織が持っています。" };
            }

            await Save(unit.Context, organisation, ct);
            await unit.Record(AuditKind.OrganisationChanged, organisation.Id.ToString(), string.Join(',', organisation.Kinds.Order()), ct);
            await unit.Commit(ct);
        }

        await standing.Refresh(ct);
        return organisation;
    }

    private static bool IsWellFormed(OrganisationCode code) =>
        code.System == CodeSystem.Workplace ? Workplace().IsMatch(code.Value) : code.Value.All(char.IsAsciiDigit) && HasLength(code);

    private static bool HasLength(OrganisationCode code) => code.System switch
    {
        CodeSystem.Payer => code.Value == "1" || (code.Value.Length == 3 && code.Value[0] == '2'),
        CodeSystem.Insurer => code.Value.Length is 6 or 8,
        CodeSystem.PublicPayer => code.Value.Length == 8,
        CodeSystem.Institution => code.Value.Length == 10,
        CodeSystem.Agent => code.Value.Length is >= 1 and <= 10,
        CodeSystem.LabourConsultant => code.Value.Length == 8,
        _ => false,
    };

    [GeneratedRegex(@"^\d{2}-[^-,\s]{1,4}-[^-,\s]{1,4}-\d{1,5}$")]
    private static partial Regex Workplace();

    private static async Task<OrganisationCode?> Taken(Store.Unit unit, Organisation organisation, CancellationToken ct)
    {
        foreach (var code in organisation.Codes)
        {
            if (await unit.Context.Codes.AnyAsync(c => c.System == code.System && c.Value == code.Value && c.Organisation != organisation.Id.Value, ct))
            {
                return code;
            }
        }

        return null;
    }

    private static async Task Save(IdentityContext context, Organisation organisation, CancellationToken ct)
    {
        var id = organisation.Id.Value;
        if (await context.Organisations.SingleOrDefaultAsync(o => o.Id == id, ct) is { } row)
        {
            row.Name = organisation.Name;
            await context.Kinds.Where(k => k.Organisation == id).ExecuteDeleteAsync(ct);
            await context.Codes.Where(c => c.Organisation == id).ExecuteDeleteAsync(ct);
        }
        else
        {
            context.Organisations.Add(new OrganisationRow { Id = id, Name = organisation.Name });
        }

        context.Kinds.AddRange(organisation.Kinds.Select(k => new OrganisationKindRow { Organisation = id, Kind = k }));
        context.Codes.AddRange(organisation.Codes.Distinct().Select(c => new OrganisationCodeRow { System = c.System, Value = c.Value, Organisation = id }));
    }
}
