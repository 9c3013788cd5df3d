using Sekisho.Contracts.Identity;
using Sekisho.Wire;

namespace Sekisho.Modules.Identity.Data;

/// <summary>An entry of the device register.</summary>
internal sealed class DeviceRow
{
    public Guid Id { get; init; }

    public Guid Organisation { get; init; }

    public required string Name { get; set; }

    public DevicePurpose Purpose { get; set; }

    public bool Dedicated { get; set; }

    public string Place { get; set; } = "";

    public string OperatingSystem { get; set; } = "";

    public string SystemVersion { get; set; } = "";

    public string Antivirus { get; set; } = "";

    public DateOnly? AntivirusPattern { get; set; }

    public DateOnly? AntivirusScan { get; set; }

    public string Media { get; set; } = "";

    public string Responsible { get; set; } = "";

    public Classification Classification { get; set; } = Classification.StrictlyConfidential;

    public DeviceCondition Condition { get; set; }

    /// <summary>In this condition since.</summary>
    public DateTimeOffset Since { get; set; }

    public DateOnly? DueBack { get; set; }

    /// <summary>When somebody last confirmed that this entry is right.</summary>
    public DateTimeOffset Confirmed { get; set; }

    /// <summary>The version at which this row last changed.</summary>
    public long Changed { get; set; }
}

internal sealed class DeviceEventRow
{
    public Guid Id { get; init; }

    public Guid Device { get; init; }

    public DateTimeOffset At { get; init; }

    public DeviceAct Act { get; init; }

    public Guid? Person { get; init; }

    public Guid? ByDevice { get; init; }

    public required string Detail { get; init; }
}

internal sealed class CertificateRow
{
    /// <summary>Hex.</summary>
    public required string Serial { get; init; }

    public Guid Device { get; init; }

    /// <summary>SHA-256 of the certificate, hex.</summary>
    public required string Thumbprint { get; init; }

    /// <summary>SHA-256 of the public key, hex; empty for old ones.</summary>
    public string KeyDigest { get; init; } = "";

    public required byte[] Certificate { get; init; }

    public DateTimeOffset NotAfter { get; init; }

    /// <summary>Accepted until then: its end, or the end of the overlap after a renewal.</summary>
    public DateTimeOffset Until { get; set; }

    public CertificateState State { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }

    public RevocationReason ReasonCode { get; set; }

    public string Reason { get; set; } = "";

    public DateTimeOffset Issued { get; init; }

    public long Changed { get; set; }
}

internal sealed class ApplicationRow
{
    public Guid Id { get; init; }

    public Guid Organisation { get; init; }

    public Guid Device { get; init; }

    public CertificateForm Form { get; init; }

    /// <summary>The public key asked for (SubjectPublicKeyInfo); null when the key is made at collection.</summary>
    public byte[]? Request { get; init; }

    public string KeyDigest { get; set; } = "";

    public ApplicationState State { get; set; }

    public DateTimeOffset Applied { get; init; }

    public Guid? AppliedPerson { get; init; }

    public Guid? AppliedDevice { get; init; }

    public DateTimeOffset? Decided { get; set; }

    public Guid? DecidedPerson { get; set; }

    public string Reason { get; set; } = "";

    public string? Serial { get; set; }

    /// <summary>PKCS#12 under its one-time password, until it is downloaded.</summary>
    public byte[]? Bundle { get; set; }

    public DateTimeOffset? BundleUntil { get; set; }
}

internal sealed class ConnectionRow
{
    public Guid Id { get; init; }

    public Guid Organisation { get; init; }

    public required string Provider { get; init; }

    public LineKind Line { get; init; }

    /// <summary>CIDR, separated by one space.</summary>
    public required string Ranges { get; init; }

    public DateOnly? OutsideAnswer { get; init; }

    public DateOnly? BetweenAnswer { get; init; }

    public DateOnly? AnswerUntil { get; init; }

    public string Note { get; init; } = "";

    public ConnectionState State { get; set; }

    public DateTimeOffset Applied { get; init; }

    public Guid? AppliedPerson { get; init; }

    public DateTimeOffset? Decided { get; set; }

    public Guid? DecidedPerson { get; set; }

    public string Reason { get; set; } = "";

    public long Changed { get; set; }
}

internal sealed class TermsRow
{
    public Guid Id { get; init; }

    public Guid Publisher { get; init; }

    public TermsScope Covers { get; init; }

    public required string Version { get; init; }

    public required string Text { get; init; }

    public DateOnly Effective { get; init; }

    public DateTimeOffset Published { get; init; }

    public Guid? Person { get; init; }

    public long Changed { get; init; }
}

internal sealed class ConsentRow
{
    public Guid Id { get; init; }

    public Guid Terms { get; init; }

    public Guid Organisation { get; init; }

    public DateTimeOffset At { get; init; }

    public Guid Person { get; init; }

    public required string PersonName { get; init; }

    public Guid? Device { get; init; }

    public long Changed { get; init; }
}
