using Sekisho.Contracts;
using Sekisho.Formats.Claims;

namespace Sekisho.Modules.Claims.Viewing;

/// <summary>Whose claim it is, as its records say: HO (保険), SN (枝番), the first KO (公費), RE (氏名・生年月日).</summary>
internal static class ClaimSubject
{
    public static DataSubject Of(ClaimDocument document) => new()
    {
        Insurer = Value(document, "HO", "保険者番号"),
        Symbol = Value(document, "HO", "被保険者証（手帳）等の記号"),
        Number = Value(document, "HO", "被保険者証（手帳）等の番号"),
        Branch = document.Records.FirstOrDefault(r => r.Id == "SN" && r["負担者種別"] == "1")?["枝番"] ?? "",
        PublicPayer = Value(document, "KO", "負担者番号"),
        Recipient = Value(document, "KO", "受給者番号"),
        Name = Value(document, "RE", "氏名"),
        Birth = Value(document, "RE", "生年月日"),
    };

    private static string Value(ClaimDocument document, string record, string name) => document.Records.FirstOrDefault(r => r.Id == record)?[name] ?? "";
}
