using Sekisho.Formats.Eligibility;
using Sekisho.Formats.Eligibility.Views;
using Sekisho.Modules.Eligibility.Data;
using Sekisho.Modules.Eligibility.Settings;
using Sekisho.Platform.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Messages;

/// <summary>OQSsiinq01: what the facility uses. Nothing personal is in it, so nothing is recorded.</summary>
internal sealed class AnswerSettings(DbSession session, FacilitySettings settings, TimeProvider time) : IMessageAnswer
{
    public async ValueTask<Outcome<MessageResult>> Answer(MessageRequest request, CancellationToken ct)
    {
        var setting = await session.InReading(() => settings.Of(request.By.Organisation, ct), ct);
        var result = Write(request, setting, time.GetUtcNow());
        _ = request.Prove(result);
        return new MessageResult(result);
    }

    public static byte[] Write(MessageRequest request, FacilitySetting setting, DateTimeOffset at) =>
        request.Write(request.Header(at), new EnvironmentSettings { EnvironmentSettingInfo = setting.View, ProcessingResultStatus = ProcessingResultStatus.正常 });
}

/// <summary>OQSsiupd01: changes it; what is left out stays, and each change is a version. The answer says what holds then.</summary>
internal sealed class AnswerChange(ChangeSettings settings, TimeProvider time) : IMessageAnswer
{
    public async ValueTask<Outcome<MessageResult>> Answer(MessageRequest request, CancellationToken ct)
    {
        byte[] result = [];
        var changed = await settings.Run(
            request.By,
            before => before.With(request.Message.ReadBody<EnvironmentSettings>().EnvironmentSettingInfo ?? new EnvironmentSettingInfo()),
            after =>
            {
                result = AnswerSettings.Write(request, after, time.GetUtcNow());
                return request.Prove(result);
            },
            ct);
        return changed.Refused(out var refusal, out _) ? refusal : new MessageResult(result);
    }
}
