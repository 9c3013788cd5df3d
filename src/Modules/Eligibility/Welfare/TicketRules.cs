using Sekisho.Contracts.Eligibility;
using Sekisho.Formats.Eligibility.Matching;
using Sekisho.Formats.Identifiers;
using Sekisho.Modules.Eligibility.Registration;
using Sekisho.Wire;
using static Sekisho.Modules.Eligibility.Registration.RowChecks;

namespace Sekisho.Modules.Eligibility.Welfare;

/// <summary>What one row about a ticket says by itself: every fault with its field. Pure.</summary>
internal static class TicketRules
{
    private const string Medical = "01";
    private const string Dispensing = "02";
    private static readonly string[] _twoWays = ["", "01", "02"];

    public static IReadOnlyList<(string Field, Refusal Fault)> Faults(TicketEntry entry, IReadOnlySet<string> own)
    {
        var faults = new List<(string, Refusal)>();
        Text(faults, "登録ID", entry.Id, 64, required: true);
        if (entry.Act == EntryAct.Withdraw)
        {
            return faults;
        }

        if (entry is not { Recipient: { } recipient, Ticket: { } ticket })
        {
            faults.Add(("", RowFaults.Missing));
            return faults;
        }

        Recipient(faults, recipient, own);
        Period(faults, ticket);
        Institution(faults, ticket);
        Rest(faults, ticket);
        return faults;
    }

    private static void Recipient(List<(string, Refusal)> faults, CardKeys recipient, IReadOnlySet<string> own)
    {
        if (recipient.Insurer.Length == 0)
        {
            faults.Add(("公費負担者番号", RowFaults.Missing));
        }
        else if (!own.Contains(recipient.Insurer) || !SearchKey.IsAid(recipient.Insurer))
        {
            faults.Add(("公費負担者番号", TicketFaults.NotAid));
        }

        if (!RecipientNumber.TryParse(recipient.Number, out _))
        {
            faults.Add(("受給者番号", recipient.Number.Length == 0 ? RowFaults.Missing : RowFaults.BadForm with { Remedy = "7桁の数字で記録してください。" }));
        }

        if (recipient.Birth == default)
        {
            faults.Add(("生年月日", RowFaults.Missing));
        }
    }

    private static void Period(List<(string, Refusal)> faults, MedicalTicket ticket)
    {
        foreach (var (field, missing) in new[] { ("診療年月", ticket.Month == default), ("有効開始年月日", ticket.From == default), ("有効終了年月日", ticket.Until == default) })
        {
            if (missing)
            {
                faults.Add((field, RowFaults.Missing));
            }
        }

        if (ticket.Month == default || ticket.From == default || ticket.Until == default)
        {
            return;
        }

        Order(faults, "有効終了年月日", ticket.From, ticket.Until);
        if (ticket.From < ticket.Month.FirstDay || ticket.Until > ticket.Month.LastDay)
        {
            faults.Add(("診療年月", TicketFaults.OutsideMonth));
        }
    }

    private static void Institution(List<(string, Refusal)> faults, MedicalTicket ticket)
    {
        Code(faults, "券別", ticket.Kind, [Medical, Dispensing]);
        Code(faults, "診療別", ticket.Treatment, ["01", "02", "03", "04", "05"]);
        Text(faults, "指定医療機関名", ticket.InstitutionName, 100, required: false);
        Text(faults, "処方箋発行医療機関名", ticket.PrescriberName, 100, required: false);
        if (ticket.Prescriber.Length > 0 && !IsFull(ticket.Prescriber, out _))
        {
            faults.Add(("処方箋発行医療機関コード", RowFaults.BadForm with { Remedy = "10桁の数字で記録してください。" }));
        }

        if (!IsFull(ticket.Institution, out var table))
        {
            faults.Add(("指定医療機関コード", ticket.Institution.Length == 0 ? RowFaults.Missing : RowFaults.BadForm with { Remedy = "10桁の数字で記録してください。" }));
        }
        else if (!Fit(ticket.Kind, ticket.Treatment, table))
        {
            faults.Add(("診療別", TicketFaults.KindsDiffer));
        }
    }

    /// <summary>券別 and 診療別 name the same 点数表 as the code.</summary>
    private static bool Fit(string kind, string treatment, string table) => (kind, treatment) switch
    {
        (Dispensing, "04") => table == "4",
        (Medical, "03") => table == "3",
        (Medical, "05") => table == "6",
        (Medical, "01" or "02") => table == "1",
        (Medical or Dispensing, "01" or "02" or "03" or "04" or "05") => false,
        // A code outside its list is reported as that.
        _ => true,
    };

    private static void Rest(List<(string, Refusal)> faults, MedicalTicket ticket)
    {
        Text(faults, "交付番号", ticket.Issue, 20, required: true);
        Text(faults, "地区担当員名", ticket.DistrictContact, 100, required: false);
        Text(faults, "取扱担当者名", ticket.HandlingContact, 100, required: false);
        Code(faults, "単独・併用別", ticket.Use, _twoWays);
        Code(faults, "社会保険状況", ticket.SocialInsurance, _twoWays);
        Code(faults, "整合性フラグ", ticket.Inconsistent, ["", "1"]);
        Code(faults, "感染症法第37条の2", ticket.Infection, _twoWays);
        Code(faults, "後期高齢者医療", ticket.ElderlyCare, _twoWays);
        Code(faults, "都道府県費", ticket.PrefecturalExpenses, _twoWays);
        if (ticket.SelfPay < 0)
        {
            faults.Add(("本人支払額", RowFaults.BadForm with { Remedy = "金額は数字だけで記録してください。" }));
        }

        Several(faults, "傷病名", ticket.Injuries);
        Several(faults, "備考", ticket.Remarks);
    }

    private static void Several(List<(string, Refusal)> faults, string field, IReadOnlyList<string> texts)
    {
        if (texts.Count > 3)
        {
            faults.Add((field, RowFaults.TooLong with { Remedy = "3つまで記録してください。" }));
        }

        foreach (var text in texts)
        {
            Text(faults, field, text, 100, required: false);
        }
    }

    private static bool IsFull(string code, out string table)
    {
        var full = InstitutionCode.TryParse(code, out var read) && read.IsFull;
        table = full ? read.Table : "";
        return full;
    }
}
