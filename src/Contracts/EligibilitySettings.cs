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

/// <summary>The settings of one's own facility.</summary>
public interface IFacilitySettings
{
    /// <summary>Every version, the one that holds first, the initial values last; EL-0101.</summary>
    ValueTask<Outcome<IReadOnlyList<FacilityUseVersion>>> Read(Actor by, CancellationToken ct);

    /// <summary>Makes a version after the one that was seen; none where nothing changes. What holds then. Commits; EL-0311, EL-0316.</summary>
    ValueTask<Outcome<FacilityUse>> Change(Actor by, long seen, FacilityUse use, CancellationToken ct);
}
