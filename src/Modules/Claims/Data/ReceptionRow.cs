using System.Data.Common;
using Sekisho.Contracts;
using Sekisho.Contracts.Claims;
using Sekisho.Contracts.Exchange;
using Sekisho.Formats;
using Sekisho.Formats.Claims;
using Sekisho.Formats.Identifiers;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Claims;

/// <summary>A row of the reception table.</summary>
internal sealed record ReceptionRow(
    string Number,
    TransmissionId Transmission,
    OrganisationId Sender,
    OrganisationId Recipient,
    string Institution,
    string InstitutionName,
    string Payer,
    YearMonth? Month,
    string FileName,
    string Sha256,
    Provenance Provenance,
    DateTimeOffset ReceivedAt,
    DateTimeOffset BusinessAt,
    ReceptionState State,
    int Claims,
    int Rejected,
    long Points,
    int Findings,
    Severity? Worst,
    string NotRun)
{
    public const string Columns =
        "r.number, r.transmission, r.sender, r.recipient, r.institution, r.institution_name, r.payer, r.month, r.file_name, r.sha256, r.provenance, "
        + "r.received_at, r.business_at, r.state, r.claims, r.rejected, r.points, r.findings, r.worst, r.not_run";

    public static ReceptionRow Read(DbDataReader r) => new(
        r.GetString(0),
        new TransmissionId(r.GetGuid(1)),
        new OrganisationId(r.GetGuid(2)),
        new OrganisationId(r.GetGuid(3)),
        r.GetString(4),
        r.GetString(5),
        r.GetString(6),
        YearMonth.TryParse(r.GetString(7), out var month) ? month : null,
        r.GetString(8),
        r.GetString(9),
        Enum.Parse<Provenance>(r.GetString(10)),
        Instants.FromMicroseconds(r.GetInt64(11)),
        Instants.FromMicroseconds(r.GetInt64(12)).InJapan(),
        Enum.Parse<ReceptionState>(r.GetString(13)),
        r.GetInt32(14),
        r.GetInt32(15),
        r.GetInt64(16),
        r.GetInt32(17),
        r.IsDBNull(18) ? null : Enum.Parse<Severity>(r.GetString(18)),
        r.GetString(19));

    public Reception View() => new(
        Number, Transmission, Institution, InstitutionName, Payer, Month, FileName, ReceivedAt, Provenance, State, Claims, Rejected, Points, Findings, Worst);
}

/// <summary>Finds receptions, as far as the asker may see them. Scoped; runs in the caller's transaction.</summary>
internal sealed class Receptions(DbSession session)
{
    private string Table => session.Prefix("claims") + "reception";

    /// <summary>The institution's side sees what it sent, what is claimed for it, and what its notified agency covers; the payer's side what is addressed to it.</summary>
    private string Visible => $"""
        ((@institution = 1 AND (r.sender = @me OR r.owner = @me OR (r.owner IS NOT NULL AND EXISTS (
            SELECT 1 FROM {session.Prefix("claims")}agent a WHERE a.institution = r.institution AND a.organisation = @me
            AND a.from_month <= r.month AND (a.until_month IS NULL OR a.until_month >= r.month)))))
         OR (@payer = 1 AND r.recipient = @me))
        """;

    /// <summary>The condition on <c>r</c> that leaves what the asker may see; takes the values of <see cref="Asker"/>.</summary>
    public string VisibleTo(Actor by) => Sides.Reading(by) switch
    {
        // One side only is the rule, and lets the database take the index of that side.
        { Institution: false, Payer: true } => "r.recipient = @me",
        _ => Visible,
    };

    /// <summary>Who asks, as values of a query.</summary>
    public static (string Name, object? Value)[] Asker(Actor by, Sides sides) =>
        [("me", by.Organisation.Value), ("institution", sides.Institution), ("payer", sides.Payer)];

    /// <summary>The reception, for the module's own work.</summary>
    public async ValueTask<ReceptionRow?> Find(string number, CancellationToken ct) =>
        (await session.Query($"SELECT {ReceptionRow.Columns} FROM {Table} r WHERE r.number = @number", ReceptionRow.Read, ct, ("number", number))).FirstOrDefault();

    /// <summary>The reception when the asker may see it in one of these ways.</summary>
    public async ValueTask<ReceptionRow?> Find(Actor by, Sides sides, string number, CancellationToken ct) =>
        (await Where(by, sides, "r.number = @number", ct, ("number", number))).FirstOrDefault();

    /// <summary>Whoever changes single claims of a reception takes it first: two of them never pass each other, and never wait for each other in a circle.</summary>
    public async ValueTask Lock(string number, CancellationToken ct) =>
        await session.Execute($"UPDATE {Table} SET state = state WHERE number = @number", ct, ("number", number));

    /// <summary>Receptions that meet a condition and that the asker may see, newest first.</summary>
    public async ValueTask<List<ReceptionRow>> Where(Actor by, Sides sides, string condition, CancellationToken ct, params (string Name, object? Value)[] parameters) =>
        sides is { Institution: false, Payer: false } ? [] : await session.Query(
            $"SELECT {ReceptionRow.Columns} FROM {Table} r WHERE {Visible} AND {condition} ORDER BY r.received_at DESC, r.number DESC",
            ReceptionRow.Read,
            ct,
            [.. parameters, .. Asker(by, sides)]);

    /// <summary>Receptions that meet a condition, oldest first, for the module's own work.</summary>
    public ValueTask<List<ReceptionRow>> Where(string condition, CancellationToken ct, params (string Name, object? Value)[] parameters) => session.Query(
        $"SELECT {ReceptionRow.Columns} FROM {Table} r WHERE {condition} ORDER BY r.received_at, r.number", ReceptionRow.Read, ct, parameters);
}

/// <summary>From which side somebody may look: the permissions decide.</summary>
internal readonly record struct Sides(bool Institution, bool Payer)
{
    public static Sides Reading(Actor by) => new(by.May(Permission.ReadReceptions), by.May(Permission.ReadSubmissions));

    public static Sides Confirming(Actor by) => new(by.May(Permission.ConfirmClaims), false);

    public static Sides Judging(Actor by) => new(by.May(Permission.ConfirmClaims), by.May(Permission.ReviewClaims));

    public static Sides Reviewing(Actor by) => new(false, by.May(Permission.ReviewClaims));
}
