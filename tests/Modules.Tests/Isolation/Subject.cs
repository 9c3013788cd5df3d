namespace Sekisho.Modules.Tests.Isolation;

/// <summary>Whose things a door shows or changes.</summary>
internal enum Subject
{
    /// <summary>Nobody's: the same for all who may come in (a form, a list of checks, the CA).</summary>
    Nobody,

    /// <summary>A list of the asker's own things; another's must not be in it.</summary>
    OwnList,

    /// <summary>A reception (受付): of the clinic and of the payer.</summary>
    Reception,

    /// <summary>A transmission of the clinic.</summary>
    Transmission,

    /// <summary>The same transmission, as the payer that received it sees it too.</summary>
    Received,

    /// <summary>An upload of the clinic that is under way.</summary>
    Upload,

    /// <summary>A delivery to the insurer.</summary>
    Delivery,

    /// <summary>The same delivery, as the payer that sent it sees it.</summary>
    Sent,

    /// <summary>A device of the clinic.</summary>
    Device,

    /// <summary>An application of the clinic for a certificate.</summary>
    Application,

    /// <summary>Somebody who works at the clinic.</summary>
    Person,

    /// <summary>An appointment at the clinic.</summary>
    Appointment,

    /// <summary>An audit event of the clinic.</summary>
    AuditEvent,

    /// <summary>A line of the clinic's list of the day.</summary>
    Visit,

    /// <summary>An 一括照会 of the clinic.</summary>
    NightRun,
}

/// <summary>What a door is expected to lead to.</summary>
/// <param name="Subject">Whose things.</param>
/// <param name="Body">A body that is in order, so that only what it asks for can be refused.</param>
/// <param name="ContentType">Of the body; a page's is a form.</param>
internal sealed record Expected(Subject Subject, string Body = "", string ContentType = "application/json");
