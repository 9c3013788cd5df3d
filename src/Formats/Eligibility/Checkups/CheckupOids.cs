namespace Sekisho.Formats.Eligibility.Checkups;

/// <summary>The namespaces and object identifiers of the 特定健診 exchange files (V08).</summary>
internal static class CheckupOids
{
    public const string Cda = "urn:hl7-org:v3";
    public const string Mhlw = "https://www.mhlw.go.jp/stf/seisakunitsuite/bunya/0000161103.html";
    public const string OldMhlw = "http://tokuteikenshin.jp/checkup/2007";
    public const string Instance = "http://www.w3.org/2001/XMLSchema-instance";

    public const string Arc = "1.2.392.200119.6.";
    public const string Insurer = Arc + "101";
    public const string Institution = Arc + "102";
    public const string Agency = Arc + "103";
    public const string Municipality = Arc + "105";
    public const string Symbol = Arc + "204";
    public const string Number = Arc + "205";
    public const string TicketKind = Arc + "208";
    public const string Ticket = Arc + "209";
    public const string Branch = Arc + "211";
    public const string ReportKind = Arc + "1001";
    public const string Program = Arc + "1002";
    public const string Item = Arc + "1005";
    public const string Section = Arc + "1010";
    public const string Gender = Arc + "1104";

    public const string Hl7Model = "2.16.840.1.113883.1.3";
    public const string Hl7Document = "POCD_HD000040";
}
