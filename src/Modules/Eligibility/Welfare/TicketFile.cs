using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Modules.Eligibility.Registration;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Welfare;

/// <summary>医療券・調剤券ファイル (docs/protocol/ticket-file.md): our own layout. Scoped.</summary>
internal sealed class TicketFile(TicketRegistrar registrar) : IFileRows<TicketEntry>
{
    private static readonly string[] _required =
        ["登録ID", "公費負担者番号", "受給者番号", "生年月日", "券別", "診療年月", "有効開始年月日", "有効終了年月日", "交付番号", "指定医療機関コード", "診療別"];

    private static readonly string[] _optional =
    [
        "区分", "指定医療機関名", "処方箋発行医療機関コード", "処方箋発行医療機関名", "傷病名1", "傷病名2", "傷病名3", "本人支払額", "地区担当員名", "取扱担当者名", "単独・併用別",
        "社会保険状況", "整合性フラグ", "感染症法第37条の2", "後期高齢者医療", "都道府県費", "備考1", "備考2", "備考3",
    ];

    public string Kept => "tickets/";

    public string Table => "ticket";

    public string Document => "ticket-file.md";

    public Permission Permission => Permission.RegisterTickets;

    public Refusal NotAllowed => Refusals.MayNotRegisterTickets;

    public AuditKind Taken => AuditKind.TicketFileTaken;

    public IReadOnlyList<string> Required => _required;

    public IReadOnlyList<string> Optional => _optional;

    public string Id(TicketEntry entry) => entry.Id;

    public TicketEntry Read(CsvRow row)
    {
        var (id, act) = (row.Text("登録ID"), row.Act());
        return act == EntryAct.Withdraw ? new TicketEntry { Id = id, Act = act } : new TicketEntry
        {
            Id = id,
            Recipient = new CardKeys { Insurer = row.Text("公費負担者番号"), Number = row.Text("受給者番号"), Birth = row.Day("生年月日") ?? default },
            Ticket = Ticket(row),
        };
    }

    public ValueTask<IReadOnlyList<EntryReport>> Register(OrganisationId by, IReadOnlySet<string> own, IReadOnlyList<Numbered<TicketEntry>> rows, CancellationToken ct) =>
        registrar.Run(by, own, rows, ct);

    private static MedicalTicket Ticket(CsvRow row) => new()
    {
        Kind = row.Text("券別"),
        Month = row.Month("診療年月"),
        From = row.Day("有効開始年月日") ?? default,
        Until = row.Day("有効終了年月日") ?? default,
        Issue = row.Text("交付番号"),
        Institution = row.Text("指定医療機関コード"),
        InstitutionName = row.Text("指定医療機関名"),
        Prescriber = row.Text("処方箋発行医療機関コード"),
        PrescriberName = row.Text("処方箋発行医療機関名"),
        Injuries = Texts(row, "傷病名"),
        Treatment = row.Text("診療別"),
        SelfPay = row.Yen("本人支払額"),
        DistrictContact = row.Text("地区担当員名"),
        HandlingContact = row.Text("取扱担当者名"),
        Use = row.Text("単独・併用別"),
        SocialInsurance = row.Text("社会保険状況"),
        Inconsistent = row.Text("整合性フラグ"),
        Infection = row.Text("感染症法第37条の2"),
        ElderlyCare = row.Text("後期高齢者医療"),
        PrefecturalExpenses = row.Text("都道府県費"),
        Remarks = Texts(row, "備考"),
    };

    private static string[] Texts(CsvRow row, string column) => [.. Enumerable.Range(1, 3).Select(n => row.Text($"{column}{n}")).Where(t => t.Length > 0)];
}
