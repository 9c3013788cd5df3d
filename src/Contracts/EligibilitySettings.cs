using Sekisho.Wire;

namespace Sekisho.Contracts.Eligibility;

/// <summary>医療機関環境設定情報: which kinds a facility views. What it does not use is neither asked for nor shown there.</summary>
/// <param name="Medicines">薬剤情報.</param>
/// <param name="Diagnoses">診療情報.</param>
/// <param name="Operations">手術情報; a part of 診療情報, so it counts only where that is used, too.</param>
/// <param name="Checkups">特定健診情報.</param>
public sealed record FacilityUse(bool Medicines, bool Diagnoses, bool Operations, bool Checkups);

/// <summary>A version of a facility's settings.</summary>
/// <param name="Version">0: the published initial values, changed by nobody.</param>
/// <param name="At">From when; null for the initial values.</param>
/// <param name="By">Who changed it, for display; empty for the initial values.</param>
/// <param name="Use">What it says.</param>
public sealed record FacilityUseVersion(long Version, DateTimeOffset? At, string By, FacilityUse Use);

/// <summary>医療機関環境設定情報 as a program of the facility changes it: what is left out stays.</summary>
public sealed record FacilitySettingsStated
{
    /// <summary>薬剤情報.</summary>
    public bool? Medicines { get; init; }

    /// <summary>診療情報.</summary>
    public bool? Diagnoses { get; init; }

    /// <summary>手術情報.</summary>
    public bool? Operations { get; init; }

    /// <summary>特定健診情報.</summary>
    public bool? Checkups { get; init; }

    /// <summary>電子処方箋の利用 (OQSCD038).</summary>
    public string Prescription { get; init; } = "";

    /// <summary>処方箋形態の選択タイミング (OQSCD039).</summary>
    public string Timing { get; init; } = "";
}

/// <summary>What holds at the facility.</summary>
/// <param name="Version">0: never changed.</param>
/// <param name="Use">What it views.</param>
/// <param name="Prescription">電子処方箋の利用 (OQSCD038); empty when never stated.</param>
/// <param name="Timing">処方箋形態の選択タイミング (OQSCD039); empty when never stated.</param>
public sealed record FacilitySettingsHeld(long Version, FacilityUse Use, string Prescription, string Timing);

/// <summary>The settings of one's own facility.</summary>
public interface IFacilitySettings
{
    /// <summary>Every version, the one that holds first, the initial values last; EL-0101.</summary>
    ValueTask<Outcome<IReadOnlyList<FacilityUseVersion>>> Read(Actor by, CancellationToken ct);

    /// <summary>Makes a version after the one that was seen; none where nothing changes. What holds then. Commits; EL-0311, EL-0316.</summary>
    ValueTask<Outcome<FacilityUse>> Change(Actor by, long seen, FacilityUse use, CancellationToken ct);
}
