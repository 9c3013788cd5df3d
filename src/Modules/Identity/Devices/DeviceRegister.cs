using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Identity.Authority;
using Sekisho.Modules.Identity.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Identity.Devices;

/// <inheritdoc cref="IDeviceRegister"/>
internal sealed class DeviceRegister(Store store, Standing standing, Revocation revocation, Upkeep upkeep, ReadDevices reading, TimeProvider time) : IDeviceRegister
{
    private const int Longest = 200;

    public ValueTask<IReadOnlyList<RegisteredDevice>> List(Actor by, CancellationToken ct) => reading.List(by, ct);

    public ValueTask<Outcome<RegisteredDevice>> Find(Actor by, DeviceId id, CancellationToken ct) => reading.Find(by, id, ct);

    public ValueTask<Outcome<IReadOnlyList<DeviceEvent>>> History(Actor by, DeviceId id, CancellationToken ct) => reading.History(by, id, ct);

    public async ValueTask<Outcome<DeviceId>> Register(Actor by, DeviceFacts facts, CancellationToken ct)
    {
        if (Missing(facts) is { } missing)
        {
            return missing;
        }

        var now = time.GetUtcNow();
        var row = new DeviceRow { Id = Guid.CreateVersion7(), Organisation = by.Organisation.Value, Name = facts.Name, Since = now, Confirmed = now };
        row.Take(facts);
        await using (var unit = await store.Write(ct))
        {
            row.Changed = await unit.NextVersion(ct);
            unit.Context.Devices.Add(row);
            unit.Note(by, row.Id, DeviceAct.Registered, Purpose(facts), now);
            await unit.Record(AuditKind.DeviceChanged, row.Id.ToString("D"), nameof(DeviceAct.Registered), ct);
            await unit.Commit(ct);
        }

        await standing.Refresh(ct);
        return new DeviceId(row.Id);
    }

    public async ValueTask<Outcome<DeviceId>> Change(Actor by, DeviceId id, DeviceFacts facts, CancellationToken ct) => Missing(facts) is { } missing
        ? missing
        : await Act(by, id, (_, row) =>
        {
            if (row.Condition == DeviceCondition.Retired)
            {
                return ValueTask.FromResult<Outcome<Done>>(Refusals.DeviceRetired);
            }

            var before = row.Facts();
            row.Take(facts);
            row.Confirmed = time.GetUtcNow();
            return ValueTask.FromResult<Outcome<Done>>(
                before == row.Facts() ? new Done(DeviceAct.Confirmed, "") : new Done(DeviceAct.Changed, Differences(before, row.Facts())));
        }, ct);

    public ValueTask<Outcome<DeviceId>> Report(Actor by, DeviceId id, AntivirusReport report, CancellationToken ct) => Act(by, id, (_, row) =>
    {
        if (string.IsNullOrWhiteSpace(report.Product) || report.Product.Length > Longest || report.Pattern > upkeep.Today.AddDays(1) || report.Scan > upkeep.Today.AddDays(1))
        {
            return ValueTask.FromResult<Outcome<Done>>(Refusals.ReportInvalid);
        }

        row.Antivirus = report.Product.Trim();
        row.AntivirusPattern = report.Pattern;
        row.AntivirusScan = report.Scan;
        return ValueTask.FromResult<Outcome<Done>>(new Done(DeviceAct.AntivirusReported, string.Create(CultureInfo.InvariantCulture, $"{report.Pattern:yyyy-MM-dd} {report.Scan:yyyy-MM-dd}")));
    }, ct);

    public ValueTask<Outcome<DeviceId>> CarryOut(Actor by, DeviceId id, CarryOut how, CancellationToken ct) => Act(by, id, async (unit, row) =>
    {
        if (row.Condition != DeviceCondition.InUse)
        {
            return Refusals.NotInUse;
        }

        if (new[] { how.Carrier, how.Destination, how.Reason }.Any(t => string.IsNullOrWhiteSpace(t) || t.Length > Longest) || how.DueBack < upkeep.Today)
        {
            return Refusals.CarryOutInvalid;
        }

        (row.Condition, row.Since, row.DueBack) = (DeviceCondition.CarriedOut, time.GetUtcNow(), how.DueBack);
        await revocation.Publish(unit, ct);
        return new Done(
            DeviceAct.CarriedOut,
            string.Create(CultureInfo.InvariantCulture, $"持出者 {how.Carrier.Trim()}　行先 {how.Destination.Trim()}　目的 {how.Reason.Trim()}　返却予定 {how.DueBack:yyyy-MM-dd}"));
    }, ct);

    public ValueTask<Outcome<DeviceId>> Return(Actor by, DeviceId id, string note, CancellationToken ct) => Act(by, id, async (unit, row) =>
    {
        if (row.Condition != DeviceCondition.CarriedOut)
        {
            return Refusals.NotCarriedOut;
        }

        (row.Condition, row.Since, row.DueBack) = (DeviceCondition.InUse, time.GetUtcNow(), null);
        await revocation.Publish(unit, ct);
        return new Done(DeviceAct.Returned, note.Trim());
    }, ct);

    public ValueTask<Outcome<DeviceId>> Retire(Actor by, DeviceId id, string reason, CancellationToken ct) => Act(by, id, async (unit, row) =>
    {
        if (row.Condition == DeviceCondition.Retired)
        {
            return Refusals.DeviceRetired;
        }

        if (string.IsNullOrWhiteSpace(reason) || reason.Length > Longest)
        {
            return Refusals.ReasonMissing;
        }

        (row.Condition, row.Since, row.DueBack) = (DeviceCondition.Retired, time.GetUtcNow(), null);
        await revocation.Revoke(unit, row.Id, new RevocationCause(RevocationReason.CessationOfOperation, reason), null, ct);
        await revocation.Publish(unit, ct);
        await Applications.Close(unit, row.Id, "端末の廃止", time.GetUtcNow(), ct);
        return new Done(DeviceAct.Retired, reason.Trim());
    }, ct);

    private sealed record Done(DeviceAct Act, string Detail);

    /// <summary>One act on one device in one transaction: it is theirs, it is noted, it is audited, and it counts from the commit on.</summary>
    private async ValueTask<Outcome<DeviceId>> Act(Actor by, DeviceId id, Func<Store.Unit, DeviceRow, ValueTask<Outcome<Done>>> act, CancellationToken ct)
    {
        await using (var unit = await store.Write(ct))
        {
            var version = await unit.NextVersion(ct);
            if (await unit.Own(by, id, ct) is not { } row)
            {
                return Refusals.DeviceUnknown;
            }

            row.Changed = version;
            if ((await act(unit, row)).Refused(out var refusal, out var done))
            {
                return refusal;
            }

            unit.Note(by, row.Id, done.Act, done.Detail, time.GetUtcNow());
            await unit.Record(AuditKind.DeviceChanged, id.ToString(), done.Act.ToString(), ct);
            await unit.Commit(ct);
        }

        await standing.Refresh(ct);
        return id;
    }

    private static Refusal? Missing(DeviceFacts facts)
    {
        var texts = new (string Name, string Value, bool Needed)[]
        {
            ("端末名", facts.Name, true),
            ("設置場所", facts.Place, true),
            ("OS", facts.OperatingSystem, true),
            ("OSの版", facts.SystemVersion, false),
            ("ウイルス対策ソフト", facts.Antivirus, false),
            ("外部記憶媒体", facts.Media, false),
            ("管理責任者", facts.Responsible, true),
        };
        var empty = texts.Where(t => t.Needed && string.IsNullOrWhiteSpace(t.Value)).Select(t => t.Name).ToList();
        if (empty.Count > 0)
        {
            return Refusals.EntryIncomplete with { Text = $"{string.Join('・', empty)}が空欄です。" };
        }

        return texts.FirstOrDefault(t => t.Value.Length > Longest || t.Value.Any(char.IsControl)).Name is { } name
            ? Refusals.EntryIncomplete with { Text = $"{name}が長すぎるか、使えない文字があります（{Longest}文字まで）。" }
            : null;
    }

    private static string Purpose(DeviceFacts facts) => facts.Dedicated ? $"{Text(facts.Purpose)}（専用）" : Text(facts.Purpose);

    /// <summary>What changed, in words of the register, old to new.</summary>
    private static string Differences(DeviceFacts before, DeviceFacts after)
    {
        var fields = new (string Name, object? Before, object? After)[]
        {
            ("端末名", before.Name, after.Name),
            ("用途", before.Purpose, after.Purpose),
            ("専用", before.Dedicated, after.Dedicated),
            ("設置場所", before.Place, after.Place),
            ("OS", before.OperatingSystem, after.OperatingSystem),
            ("OSの版", before.SystemVersion, after.SystemVersion),
            ("ウイルス対策", before.Antivirus, after.Antivirus),
            ("定義ファイル", before.AntivirusPattern, after.AntivirusPattern),
            ("検査", before.AntivirusScan, after.AntivirusScan),
            ("外部記憶媒体", before.Media, after.Media),
            ("管理責任者", before.Responsible, after.Responsible),
            ("重要度分類", before.Classification, after.Classification),
        };
        return string.Join("　", fields.Where(f => !Equals(f.Before, f.After)).Select(f => $"{f.Name} {Text(f.Before)}→{Text(f.After)}"));
    }

    private static string Text(object? value) => value switch
    {
        null or "" => "（なし）",
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DevicePurpose.Send => "送信",
        DevicePurpose.Receive => "受信",
        DevicePurpose.SendAndReceive => "送信と受信",
        DevicePurpose.Desk => "窓口",
        DevicePurpose.Administration => "管理",
        DevicePurpose.System => "システム",
        Classification.StrictlyConfidential => "厳秘",
        Classification.Confidential => "秘密",
        Classification.Public => "公開",
        true => "はい",
        false => "いいえ",
        _ => value.ToString() ?? "",
    };
}
