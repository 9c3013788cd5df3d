using Sekisho.Contracts.Eligibility;

namespace Sekisho.Modules.Eligibility.Medicines;

/// <summary>What whoever reads the answer has to know about it.</summary>
internal static class Remarks
{
    public static IReadOnlyList<string> Of(IReadOnlyList<GivenDrug> drugs, bool withheld)
    {
        var remarks = new List<string>
        {
            "レセプトは診療の翌月に請求され、締切の後に載ります。直近の約1か月半の薬は、ここにありません。",
            "医科（DPC を除く）のレセプトから作っています。薬局の調剤・歯科・DPC のレセプトと、電子処方箋の処方・調剤の情報は、まだ含みません。",
        };
        if (drugs.Any(d => d.Name.Length == 0))
        {
            remarks.Add("名前のない薬は、サイトの医薬品マスターに載っていないため、コードだけを示しています。");
        }

        if (withheld)
        {
            remarks.Add("医療機関の名前は示していません。");
        }

        return remarks;
    }
}
