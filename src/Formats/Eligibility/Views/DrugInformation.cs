using Sekisho.Formats.Identifiers;

namespace Sekisho.Formats.Eligibility.Views;

/// <summary>Body of YZKsiquc01res.</summary>
public sealed record DrugInformation
{
    /// <summary>レセプト由来, one per 医療機関×診療年月.</summary>
    public IReadOnlyList<MeTrMonthInf> MeTrMonthInf { get; init; } = [];

    /// <summary>電子処方箋 処方情報.</summary>
    public IReadOnlyList<ShPrMonthInf> ShPrInf { get; init; } = [];

    /// <summary>電子処方箋 調剤情報.</summary>
    public IReadOnlyList<CzDiMonthInf> CzDiInf { get; init; } = [];
}

/// <summary>レセプト由来（医療機関×診療年月）.</summary>
public sealed record MeTrMonthInf
{
    /// <summary>調剤等機関区分 (値の意味は公開されていない).</summary>
    public string DiOrg { get; init; } = "";

    /// <summary>診療・調剤機関コード.</summary>
    public string MeTrDiHCd { get; init; } = "";

    /// <summary>処方元コード.</summary>
    public string PrlsHCd { get; init; } = "";

    /// <summary>診療・調剤機関名.</summary>
    public string MeTrDiHNm { get; init; } = "";

    /// <summary>診療年月.</summary>
    public YearMonth? MeTrMonth { get; init; }

    /// <summary>処方元名.</summary>
    public string PrlsHNm { get; init; } = "";

    /// <summary>処方元区分 (値の意味は公開されていない).</summary>
    public string PrIsOrg { get; init; } = "";

    /// <summary>入外区分 (値の意味は公開されていない).</summary>
    public string InOut { get; init; } = "";

    /// <summary>日の一覧.</summary>
    public IReadOnlyList<DiDateInf> DiDateInfs { get; init; } = [];
}

/// <summary>調剤・投与日.</summary>
public sealed record DiDateInf
{
    /// <summary>調剤・投与日.</summary>
    public DateOnly? DiDate { get; init; }

    /// <summary>処方日.</summary>
    public DateOnly? PrDate { get; init; }

    /// <summary>薬剤の一覧.</summary>
    public IReadOnlyList<DrugInf> DrugInfs { get; init; } = [];

    /// <summary>診療行為の一覧.</summary>
    public IReadOnlyList<MeTrInf> MeTrInfs { get; init; } = [];
}

/// <summary>薬剤.</summary>
public sealed record DrugInf
{
    /// <summary>医薬品コード.</summary>
    public string DrugC { get; init; } = "";

    /// <summary>医薬品名.</summary>
    public string DrugN { get; init; } = "";

    /// <summary>数量 (1回・1日の量).</summary>
    public decimal? Qua1 { get; init; }

    /// <summary>用法.</summary>
    public string UsageN { get; init; } = "";

    /// <summary>特別指示.</summary>
    public string SpInst { get; init; } = "";

    /// <summary>回数 (日数・回数).</summary>
    public decimal? Times { get; init; }

    /// <summary>成分名.</summary>
    public string IngreN { get; init; } = "";

    /// <summary>診療識別.</summary>
    public string MeTrIdCl { get; init; } = "";

    /// <summary>単位.</summary>
    public string Unit { get; init; } = "";
}

/// <summary>診療行為.</summary>
public sealed record MeTrInf
{
    /// <summary>診療行為名.</summary>
    public string SinInfN { get; init; } = "";

    /// <summary>診療行為コード.</summary>
    public string SinInfCd { get; init; } = "";

    /// <summary>診療識別.</summary>
    public string MeTrIdCl { get; init; } = "";

    /// <summary>数量.</summary>
    public decimal? Qua1 { get; init; }

    /// <summary>回数.</summary>
    public decimal? Times { get; init; }

    /// <summary>単位.</summary>
    public string Unit { get; init; } = "";
}

/// <summary>処方元×処方月.</summary>
public sealed record ShPrMonthInf
{
    /// <summary>処方等機関区分.</summary>
    public string ShPrOrg { get; init; } = "";

    /// <summary>診療・調剤機関コード.</summary>
    public string ShMeTrDiHCd { get; init; } = "";

    /// <summary>処方元コード.</summary>
    public string ShPrHCd { get; init; } = "";

    /// <summary>診療・調剤機関名.</summary>
    public string ShMeTrDiHNm { get; init; } = "";

    /// <summary>処方年月.</summary>
    public YearMonth? ShPrMonth { get; init; }

    /// <summary>処方元名.</summary>
    public string ShPrHNm { get; init; } = "";

    /// <summary>処方元区分.</summary>
    public string ShPrIsOrg { get; init; } = "";

    /// <summary>処方区分.</summary>
    public string ShPrCl { get; init; } = "";

    /// <summary>日の一覧.</summary>
    public IReadOnlyList<ShPrDateInf> ShPrDateInfs { get; init; } = [];
}

/// <summary>処方日.</summary>
public sealed record ShPrDateInf
{
    /// <summary>処方日.</summary>
    public DateOnly? ShPrDate { get; init; }

    /// <summary>薬剤の一覧.</summary>
    public IReadOnlyList<ShDrugInf> ShDrugInfs { get; init; } = [];
}

/// <summary>薬剤.</summary>
public sealed record ShDrugInf
{
    /// <summary>医薬品コード.</summary>
    public string ShDrugC { get; init; } = "";

    /// <summary>医薬品名.</summary>
    public string ShDrugN { get; init; } = "";

    /// <summary>数量 (1回・1日の量).</summary>
    public decimal? ShQua1 { get; init; }

    /// <summary>用法.</summary>
    public string ShUsageN { get; init; } = "";

    /// <summary>特別指示.</summary>
    public string ShSpInst { get; init; } = "";

    /// <summary>回数 (日数・回数).</summary>
    public decimal? ShTimes { get; init; }

    /// <summary>成分名.</summary>
    public string ShIngreN { get; init; } = "";

    /// <summary>用法区分.</summary>
    public string ShUsageCl { get; init; } = "";

    /// <summary>単位.</summary>
    public string ShUnit { get; init; } = "";
}

/// <summary>調剤機関×調剤月.</summary>
public sealed record CzDiMonthInf
{
    /// <summary>調剤等機関区分.</summary>
    public string CzDiOrg { get; init; } = "";

    /// <summary>診療・調剤機関コード.</summary>
    public string CzMeTrDiHCd { get; init; } = "";

    /// <summary>処方元コード.</summary>
    public string CzPrlsHCd { get; init; } = "";

    /// <summary>診療・調剤機関名.</summary>
    public string CzMeTrDiHNm { get; init; } = "";

    /// <summary>調剤年月.</summary>
    public YearMonth? CzDiMonth { get; init; }

    /// <summary>処方元名.</summary>
    public string CzPrlsHNm { get; init; } = "";

    /// <summary>処方元区分.</summary>
    public string CzPrIsOrg { get; init; } = "";

    /// <summary>処方区分.</summary>
    public string CzPrCl { get; init; } = "";

    /// <summary>日の一覧.</summary>
    public IReadOnlyList<CzDiDateInf> CzDiDateInfs { get; init; } = [];
}

/// <summary>調剤日.</summary>
public sealed record CzDiDateInf
{
    /// <summary>調剤日.</summary>
    public DateOnly? CzDiDate { get; init; }

    /// <summary>処方日.</summary>
    public DateOnly? CzPrDate { get; init; }

    /// <summary>薬剤の一覧.</summary>
    public IReadOnlyList<CzDrugInf> CzDrugInfs { get; init; } = [];
}

/// <summary>薬剤.</summary>
public sealed record CzDrugInf
{
    /// <summary>医薬品コード.</summary>
    public string CzDrugC { get; init; } = "";

    /// <summary>医薬品名.</summary>
    public string CzDrugN { get; init; } = "";

    /// <summary>数量 (1回・1日の量).</summary>
    public decimal? CzQua1 { get; init; }

    /// <summary>用法.</summary>
    public string CzUsageN { get; init; } = "";

    /// <summary>特別指示.</summary>
    public string CzSpInst { get; init; } = "";

    /// <summary>回数 (日数・回数).</summary>
    public decimal? CzTimes { get; init; }

    /// <summary>成分名.</summary>
    public string CzIngreN { get; init; } = "";

    /// <summary>用法区分.</summary>
    public string CzUsageCl { get; init; } = "";

    /// <summary>単位.</summary>
    public string CzUnit { get; init; } = "";
}
