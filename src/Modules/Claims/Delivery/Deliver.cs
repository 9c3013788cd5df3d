using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sekisho.Contracts;
using Sekisho.Contracts.Claims;
using Sekisho.Contracts.Exchange;
using Sekisho.Contracts.Identity;
using Sekisho.Formats.Identifiers;
using Sekisho.Modules.Claims.Receiving;
using Sekisho.Platform;
using Sekisho.Platform.Data;
using Sekisho.Platform.Web;
using Sekisho.Wire;

namespace Sekisho.Modules.Claims.Delivery;

/// <summary>
/// 配信 of a month's decided claims: one delivery per 保険者番号 and per 公費負担者番号. Each delivery is posted in the transaction that marks its claims as
/// gone, so a crash between two of them loses and doubles nothing. What nobody here holds stays and goes once its holder is registered.
/// </summary>
internal sealed class Deliver(
    DbSession session, IDirectory directory, IExchange exchange, DeliveryPackage package, SettleDelivery settle, DataFolder folder, TimeProvider time)
{
    private string Prefix => session.Prefix("claims");

    private string Waiting => $"""
        FROM {Prefix}target t
        JOIN {Prefix}claim c ON c.reception = t.reception AND c.ordinal = t.ordinal
        JOIN {Prefix}reception r ON r.number = t.reception
        WHERE t.delivery IS NULL AND r.recipient = @payer AND r.month = @month AND r.state = 'Decided' AND c.state IN ('Approved', 'Undeliverable')
        """;

    public static void Map(IEndpointRouteBuilder endpoints) => endpoints
        .MapPost("/claims/months/{month}/deliver", async (string month, IClaims claims, ICurrentActor current, CancellationToken ct) =>
            YearMonth.TryParse(month, out var parsed)
                ? (await claims.Deliver(current.Actor, parsed, ct)).ToResult(report => Results.Json(report, SiteJson.Options))
                : Refusals.BadMonth.ToResult())
        .Requires(Permission.ReviewClaims)
        .Audits(AuditKind.ClaimsTransition);

    public async ValueTask<Outcome<DeliveryReport>> Run(Actor by, YearMonth month, CancellationToken ct)
    {
        if (!by.May(Permission.ReviewClaims))
        {
            return Refusals.NotPermitted;
        }

        var codes = await session.InReading(
            async () => await session.Query(
                $"SELECT t.system, t.code, COUNT(*) {Waiting} GROUP BY t.system, t.code ORDER BY t.system, t.code",
                r => (Code: new OrganisationCode(Enum.Parse<CodeSystem>(r.GetString(0)), r.GetString(1)), Claims: r.GetInt32(2)),
                ct,
                ("payer", by.Organisation.Value),
                ("month", month.ToString())),
            ct);
        var (deliveries, claims) = (0, 0);
        var unknown = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var (code, count) in codes)
        {
            if ((await directory.Holder(code, ct)).Succeeded(out var holder, out _))
            {
                var sent = await Send(by, month, code, holder, ct);
                claims += sent;
                deliveries += sent > 0 ? 1 : 0;
            }
            else
            {
                var shown = code.Value.Length > 0 ? code.Value : "（保険者番号なし）";
                unknown[shown] = unknown.GetValueOrDefault(shown) + count;
            }
        }

        await settle.Run(by, month, ct);
        return new DeliveryReport(deliveries, claims, unknown);
    }

    /// <summary>Makes the package outside any write transaction, then posts it and marks its claims together. 0 when another run was faster.</summary>
    private async Task<int> Send(Actor by, YearMonth month, OrganisationCode code, Organisation holder, CancellationToken ct)
    {
        var (payer, sequence, claims) = await session.InReading(async () => await Read(by, month, code, ct), ct);
        if (claims.Count == 0)
        {
            return 0;
        }

        var content = new DeliveryContent(payer, code, month, claims);
        using var spool = new Spool(folder);
        await using (var output = spool.Write())
        {
            await package.Write(content, output, ct);
        }

        FaultPoints.Pass("claims.deliver.packaged");
        var id = StableId.Of($"delivery:{by.Organisation}:{month}:{code.System}:{code.Value}:{sequence}");
        await using (var zip = spool.Read())
        {
            // Without a transaction the exchange stores the content first and begins the writing transaction afterwards: it stays short.
            var name = $"{month}_{code.Value.PadLeft(8, '0')}.zip";
            await exchange.Post(new Posting(id, by.Organisation, holder.Id, TransmissionKinds.Delivery, name, Classification.StrictlyConfidential), zip, ct);
        }

        await session.Write(ct);
        FaultPoints.Pass("claims.deliver.posted");
        var first = await session.Execute(
            $"""
            INSERT INTO {Prefix}delivery (id, payer, month, system, code, sequence, recipient, claims, points, made_at)
            VALUES (@id, @payer, @month, @system, @code, @sequence, @recipient, @claims, @points, @made)
            ON CONFLICT DO NOTHING
            """,
            ct,
            ("id", id.Value),
            ("payer", by.Organisation.Value),
            ("month", month.ToString()),
            ("system", code.System),
            ("code", code.Value),
            ("sequence", sequence),
            ("recipient", holder.Id.Value),
            ("claims", claims.Count),
            ("points", content.Points),
            ("made", time.Now()));
        if (first == 0)
        {
            await session.Rollback();
            return 0;
        }

        if (!await Mark(id, code, claims, ct))
        {
            await session.Rollback();
            return 0;
        }

        FaultPoints.Pass("claims.deliver.written");
        await session.Commit(ct);
        FaultPoints.Pass("claims.deliver.committed");
        return claims.Count;
    }

    private async Task<(string Payer, int Sequence, List<DeliveredClaim> Claims)> Read(Actor by, YearMonth month, OrganisationCode code, CancellationToken ct)
    {
        (string, object?)[] key = [("payer", by.Organisation.Value), ("month", month.ToString()), ("system", code.System), ("code", code.Value)];
        var earlier = await session.Scalar(
            $"SELECT COUNT(*) FROM {Prefix}delivery WHERE payer = @payer AND month = @month AND system = @system AND code = @code", ct, key);
        var claims = await session.Query(
            $"""
            SELECT t.reception, t.ordinal, r.transmission, c.start, c.length, c.points, c.management_number, c.search_number,
                COALESCE((SELECT i.address FROM {Prefix}institution i WHERE i.code = r.institution), ''), r.payer
            {Waiting} AND t.system = @system AND t.code = @code ORDER BY t.reception, t.ordinal
            """,
            r => (Payer: r.GetString(9), Claim: new DeliveredClaim(
                r.GetString(0),
                r.GetInt32(1),
                new TransmissionId(r.GetGuid(2)),
                r.GetInt64(3),
                r.GetInt32(4),
                r.GetInt64(5),
                r.GetString(6),
                r.GetString(7),
                r.GetString(8))),
            ct,
            key);
        var sequence = Convert.ToInt32(earlier, System.Globalization.CultureInfo.InvariantCulture) + 1;
        return (claims.Count > 0 ? claims[0].Payer : "", sequence, [.. claims.Select(c => c.Claim)]);
    }

    /// <summary>False when one of the claims was withdrawn meanwhile: nothing of this delivery stays, and the next run makes it without that claim.</summary>
    private async Task<bool> Mark(TransmissionId id, OrganisationCode code, List<DeliveredClaim> claims, CancellationToken ct)
    {
        foreach (var claim in claims)
        {
            var marked = await session.Execute(
                $"""
                UPDATE {Prefix}target SET delivery = @id
                WHERE reception = @reception AND ordinal = @ordinal AND system = @system AND code = @code AND delivery IS NULL
                """,
                ct,
                ("id", id.Value),
                ("reception", claim.Reception),
                ("ordinal", claim.Ordinal),
                ("system", code.System),
                ("code", code.Value));
            if (marked != 1)
            {
                // The unique sequence lets only one run through; otherwise only 取下げ takes a waiting target away.
                return false;
            }
        }

        return true;
    }
}
