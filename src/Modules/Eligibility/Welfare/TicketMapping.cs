using Sekisho.Contracts.Eligibility;
using Sekisho.Formats.Eligibility;
using Sekisho.Formats.Eligibility.Views;

namespace Sekisho.Modules.Eligibility.Welfare;

/// <summary>A ticket as the interface writes it. Decides nothing.</summary>
internal static class TicketMapping
{
    public static MedicalTicketInfo Written(ShownTicket shown)
    {
        var ticket = shown.Ticket;
        return new MedicalTicketInfo
        {
            TicketType = OqsCodes.Find<TicketType>(ticket.Kind),
            MedicalTicketValidDate = ticket.From,
            MedicalTicketExpirationDate = ticket.Until,
            IssueNumber = ticket.Issue,
            MedicalTreatmentMonth = ticket.Month,
            DesignatedMedicalInstitutionCode = ticket.Institution,
            DesignatedMedicalInstitutionFlag = shown.IsDesignated ? "0" : "1",
            DesignatedMedicalInstitutionName = ticket.InstitutionName,
            PrescriptionIssuerMedicalInstitutionCode = ticket.Prescriber,
            PrescriptionIssuerMedicalInstitutionName = ticket.PrescriberName,
            InjuryName1 = At(ticket.Injuries, 0),
            InjuryName2 = At(ticket.Injuries, 1),
            InjuryName3 = At(ticket.Injuries, 2),
            MedicalTreatmentType = OqsCodes.Find<TicketTreatment>(ticket.Treatment),
            SelfPayAmount = ticket.SelfPay,
            DistrictContactName = ticket.DistrictContact,
            HandlingContactName = ticket.HandlingContact,
            SingleOrCombinedUse = ticket.Use,
            StatusOfSocialInsurance = ticket.SocialInsurance,
            ConsistencyFlag = ticket.Inconsistent,
            StatusOfInfecton = ticket.Infection,
            StatusOfElderlyMedicalCare = ticket.ElderlyCare,
            StatusOfPrefecturalExpenses = ticket.PrefecturalExpenses,
            Remarks1 = At(ticket.Remarks, 0),
            Remarks2 = At(ticket.Remarks, 1),
            Remarks3 = At(ticket.Remarks, 2),
        };
    }

    private static string At(IReadOnlyList<string> texts, int index) => index < texts.Count ? texts[index] : "";
}
