using Sekisho.Contracts;
using Sekisho.Formats.Claims;
using Sekisho.Formats.Identifiers;
using Sekisho.Modules.Claims.Calendar;

namespace Sekisho.Modules.Claims.Registry;

/// <summary>All that the claimant rule looks at.</summary>
/// <param name="Header">What the file says.</param>
/// <param name="Sender">Who sent it.</param>
/// <param name="RecipientPayers">審査支払機関 codes of the recipient.</param>
/// <param name="Institution">The institution of the file as notified; null when unknown.</param>
/// <param name="OtherTable">The same institution under another 点数表, when it is unknown under this one.</param>
/// <param name="At">The calendar at the time of the acknowledgement.</param>
internal sealed record Claimant(
    ClaimFileHeader Header,
    OrganisationId Sender,
    IReadOnlyList<string> RecipientPayers,
    RegisteredInstitution? Institution,
    string? OtherTable,
    Standing At)
{
    /// <summary>The 10-digit code of the file's header; empty when it is not ten digits.</summary>
    public static string CodeOf(ClaimFileHeader header)
    {
        var code = header.Prefecture + header.Table + header.Institution;
        return code.Length == 10 && code.All(char.IsAsciiDigit) ? code : "";
    }

    /// <summary>支払基金 is 1; 国保連 is 2 and the prefecture.</summary>
    public static string PayerOf(ClaimFileHeader header) => header.Payer == "2" ? "2" + header.Prefecture : header.Payer;
}

/// <summary>The claimant must be the sender: institution code with 点数表, payer and 請求年月 of the file against the dated notifications. Pure.</summary>
internal static class ClaimantRule
{
    /// <summary>Everything that speaks against the file, as findings about it.</summary>
    public static IReadOnlyList<Finding> Judge(Claimant claimant)
    {
        var findings = new List<Finding>();
        var header = claimant.Header;
        var code = Claimant.CodeOf(header);
        var payer = Claimant.PayerOf(header);
        if (!claimant.RecipientPayers.Contains(payer))
        {
            findings.Add(At(ReceptionRules.OtherRecipient, 2, "審査支払機関", header.Payer, $"ファイルの審査支払機関「{payer}」は宛先の審査支払機関ではありません。"));
        }

        JudgeMonth(claimant, findings);
        if (claimant.Institution is not { } institution)
        {
            findings.Add(claimant.OtherTable is { } other
                ? At(ReceptionRules.OtherTable, 4, "点数表", header.Table, $"医療機関コード「{header.Institution}」の届出は点数表「{other[2]}」です。")
                : At(ReceptionRules.UnknownInstitution, 5, "医療機関コード", header.Institution, $"医療機関コード「{code}」の届出がありません。"));
            return findings;
        }

        JudgeSender(claimant, institution, findings);
        JudgeNotification(claimant, institution, payer, findings);
        if (header.InstitutionName.Length > 0 && header.InstitutionName != institution.Name)
        {
            findings.Add(At(ReceptionRules.OtherName, 7, "医療機関名称", header.InstitutionName, $"届出の名称は「{institution.Name}」です。"));
        }

        return findings;
    }

    private static void JudgeMonth(Claimant claimant, List<Finding> findings)
    {
        if (claimant.At.Phase == Phase.Before)
        {
            findings.Add(new Finding(ReceptionRules.ReceivedOutsideWindows, new Place(0, 0, "", 0, ""), "", $"受付期間の外に受領しました。次は{JapaneseTime.Say(claimant.At.Next)}です。"));
        }
        else if (claimant.Header.BillingMonth != claimant.At.Month.ToString())
        {
            findings.Add(At(ReceptionRules.NotTheBillingMonth, 8, "請求年月", claimant.Header.BillingMonth, $"受付中の請求年月は {claimant.At.Month} です。"));
        }
    }

    private static void JudgeSender(Claimant claimant, RegisteredInstitution institution, List<Finding> findings)
    {
        if (institution.Organisation == claimant.Sender)
        {
            return;
        }

        var agencies = institution.Agents.Where(a => a.Organisation == claimant.Sender).ToList();
        if (agencies.Count == 0)
        {
            findings.Add(At(ReceptionRules.NotTheSenders, 5, "医療機関コード", claimant.Header.Institution, "この医療機関コードの請求を送信する届出が、送信した組織にありません。"));
        }
        else if (YearMonth.TryParse(claimant.Header.BillingMonth, out var month) && !agencies.Exists(a => a.Months.Cover(month)))
        {
            findings.Add(At(ReceptionRules.OutsideAgency, 8, "請求年月", claimant.Header.BillingMonth, $"事務代行者の届出の期間に {month} は入っていません。"));
        }
    }

    private static void JudgeNotification(Claimant claimant, RegisteredInstitution institution, string payer, List<Finding> findings)
    {
        var notifications = institution.Notifications.Where(n => n.Payer == payer).ToList();
        if (notifications.Count == 0)
        {
            findings.Add(At(ReceptionRules.PayerNotNotified, 2, "審査支払機関", claimant.Header.Payer, $"審査支払機関「{payer}」への請求の届出がありません。"));
        }
        else if (YearMonth.TryParse(claimant.Header.BillingMonth, out var month) && !notifications.Exists(n => n.Months.Cover(month)))
        {
            findings.Add(At(ReceptionRules.OutsideNotification, 8, "請求年月", claimant.Header.BillingMonth, $"審査支払機関「{payer}」への届出の期間に {month} は入っていません。"));
        }
    }

    private static Finding At(Rule rule, int item, string name, string value, string message) => new(rule, new Place(1, 0, "IR", item, name), value, message);
}
