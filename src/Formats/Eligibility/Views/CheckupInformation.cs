namespace Sekisho.Formats.Eligibility.Views;

/// <summary>Body of TKKsiquc01res.</summary>
public sealed record CheckupInformation
{
    /// <summary>One per 健診日.</summary>
    public IReadOnlyList<SpecificHealthCheckupInfo> SpecificHealthCheckupInfos { get; init; } = [];
}

/// <summary>健診.</summary>
public sealed record SpecificHealthCheckupInfo
{
    /// <summary>健診実施日.</summary>
    public DateOnly? EffectiveTime { get; init; }

    /// <summary>項目の一覧.</summary>
    public IReadOnlyList<HealthCheckupResultAndQuestionInfo> HealthCheckupResultAndQuestionInfos { get; init; } = [];
}

/// <summary>結果・問診の項目.</summary>
public sealed record HealthCheckupResultAndQuestionInfo
{
    /// <summary>項目コード (JLAC10 17桁).</summary>
    public string ItemCode { get; init; } = "";

    /// <summary>項目名.</summary>
    public string ItemName { get; init; } = "";

    /// <summary>データ型 (PQ・CD・CO・ST).</summary>
    public string DataType { get; init; } = "";

    /// <summary>値.</summary>
    public string DataValue { get; init; } = "";

    /// <summary>単位.</summary>
    public string Unit { get; init; } = "";

    /// <summary>結果コードOID.</summary>
    public string Oid { get; init; } = "";

    /// <summary>値の名.</summary>
    public string DataValueName { get; init; } = "";
}
