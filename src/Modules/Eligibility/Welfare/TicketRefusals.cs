using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility;

/// <summary>What is refused about 医療扶助.</summary>
internal static partial class Refusals
{
    public static readonly Refusal MayNotRegisterTickets = new(
        "EL-0701", RefusalKind.Forbidden, "医療券・調剤券を登録する権限がありません。", "福祉事務所の端末か、「保険者資格担当」の役割のある人が登録してください。");

    public static readonly Refusal NoMonth = new(
        "EL-0709", RefusalKind.Invalid, "診療年月が記録されていません。", "QualificationConfirmSearchInfo に MedicalTreatmentMonth（YYYYMM）を1つ記録してください。JSON では month に入れます。");
}
