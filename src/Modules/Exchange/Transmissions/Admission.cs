using Sekisho.Contracts;
using Sekisho.Contracts.Exchange;
using Sekisho.Contracts.Identity;
using Sekisho.Platform.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Exchange.Transmissions;

/// <summary>May this be sent, by this sender, to this recipient, now? Asks the directory and the gate of the kind. Scoped; leaves no transaction open.</summary>
internal sealed class Admission(DbSession session, IDirectory directory, IEnumerable<ITransmissionGate> gates, ITermsGate terms, ExchangeOptions options)
{
    /// <summary>What organisations may send, and what the recipient must be. Everything else is sent by the centre alone.</summary>
    private static readonly Dictionary<string, OrganisationKind> _sendable = new(StringComparer.Ordinal) { [TransmissionKinds.Claim] = OrganisationKind.Payer };

    public async ValueTask<Outcome<bool>> Ask(
        OrganisationId sender, OrganisationId recipient, string kind, long length, Provenance provenance, CancellationToken ct)
    {
        if (!_sendable.TryGetValue(kind, out var fitting))
        {
            return Refusals.KindNotSendable;
        }

        if (length > options.MaxLength)
        {
            return TooLong(options.MaxLength);
        }

        if (length == 0)
        {
            return Refusals.Empty;
        }

        if (!(await directory.Organisation(recipient, ct)).Succeeded(out var organisation, out _) || !organisation.Kinds.Contains(fitting))
        {
            return Refusals.UnfitRecipient;
        }

        if (terms.Admit(sender, recipient, TermsScope.OnlineClaims).Refused(out var consent, out _))
        {
            return consent;
        }

        foreach (var gate in gates.Where(g => g.Kind == kind))
        {
            var admitted = await gate.Admit(sender, recipient, provenance, ct);
            await session.Rollback();
            if (admitted.Refused(out var refusal, out _))
            {
                return refusal;
            }
        }

        return true;
    }

    public static Refusal TooLong(long limit) => Refusals.TooLong with { Text = $"ファイルが大きすぎます (上限 {limit / 1024 / 1024:N0} MiB)。" };
}
