using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Sekisho.Cli.Agent;
using Sekisho.Cli.Cards;
using Sekisho.Cli.Site;
using Sekisho.Formats.Eligibility;
using Sekisho.Formats.Eligibility.Views;
using Sekisho.Formats.Identifiers;
using Sekisho.Wire;
using static Sekisho.Cli.Story.StoryOutcomes;

namespace Sekisho.Cli.Story;

/// <summary>
/// The other side of the same month, for one patient of the clinic's file: an insurer registers, the desk asks by 券面 and by card and sees what the claim said, the
/// coverage ends in the middle of the month, and the payer is told who was responsible on each day. Whatever is asked is signed, and so is every answer.
/// </summary>
internal sealed class DeskSide(Func<string, Connection> speak, string cardFile, YearMonth treated, Narrator tell, TimeProvider time, CancellationToken ct) : IDisposable
{
    private const string Insurer = "06139018";
    private const string Institution = "1319000012";
    private const string Medicine = "620002023";
    private const string Name = "仮名　秋男";

    private static readonly object _card = new { insurer = Insurer, symbol = "デモ", number = "105", branch = "01", birth = "2001-09-15" };
    private static readonly Dictionary<string, string> _kinds = new()
    {
        ["Limits"] = "限度額（包括同意）",
        ["Diseases"] = "特定疾病",
        ["Medicines"] = "薬剤情報",
        ["Diagnoses"] = "診療情報",
        ["Operations"] = "手術情報",
        ["Checkups"] = "特定健診情報",
    };

    private readonly Questions _desk = new(speak("clinic"));
    private readonly Questions _payer = new(speak("payer"));
    private readonly X509Certificate2 _holder = X509CertificateLoader.LoadPkcs12FromFile(cardFile, null);
    private DateTimeOffset _answered;

    public async Task Walk()
    {
        await tell.Step("窓口が券面で照会する: まだ登録されていない", () => Ask(4));
        await tell.Step("保険者が加入者を登録する", () => Register(null));
        await tell.Step("窓口がもう一度照会する", () => Ask(1));
        await tell.Step("患者が自分のカードを利用登録する", RegisterCard);
        await tell.Step("同意がなければ、薬剤情報は見えない", SeeNothing);
        await tell.Step("医療機関が、診療情報の閲覧も利用する設定にする（はじめは利用しない）", UseDiagnoses);
        await tell.Step("窓口がカードで照会し、患者が薬剤・診療の閲覧に同意する", AskByCard);
        await tell.Step("レセプトが伝えた薬を見る", SeeMedicine);
        await tell.Step("月の途中での資格喪失を保険者が登録する", () => Register(Day(16)));
        await tell.Step("窓口が照会する: 無効", () => Ask(2));
        await tell.Step("審査支払機関が受診日ごとに責任のある保険者を照会する", () => Responsible(null, ["Covered", "Covered", "NotCovered"]));
        await tell.Step("窓口に答えた時点で知られていたことは、消えていない", () => Responsible(_answered, ["Covered", "Covered", "Covered"]));
    }

    public void Dispose()
    {
        _desk.Dispose();
        _payer.Dispose();
        _holder.Dispose();
    }

    private async Task<string> Ask(int expected)
    {
        var answer = await Signed(_desk, "/eligibility/inquiries", new { card = _card });
        Holds(answer.GetProperty("code").GetInt32() == expected, $"資格有効性が {answer.GetProperty("code")} です。");
        _answered = expected == 1 ? answer.GetProperty("at").GetDateTimeOffset() : _answered;
        return $"{answer.GetProperty("on").GetString()} · {expected} {answer.GetProperty("text").GetString()}\n{answer.GetProperty("advice").GetString()}";
    }

    private async Task<string> Register(string? lost)
    {
        var coverage = new
        {
            insurer = Insurer,
            symbol = "デモ",
            number = "105",
            branch = "01",
            name = Name,
            kana = "カメイ アキオ",
            sex = "1",
            birth = "2001-09-15",
            relation = "1",
            ratio = "030",
            acquired = "2020-04-01",
            lost,
            lossReason = lost is null ? "" : "03",
        };
        var report = await speak("insurer").Post<JsonElement>("/eligibility/coverages", new { id = "story-105", coverage }, ct).OrFail();
        var result = report.GetProperty("result").GetString();
        Holds(result == (lost is null ? "Created" : "Changed"), $"登録の結果が {result} です。");
        return lost is null ? $"{Name} · {Insurer} · 2020-04-01 から" : $"{Name} · 資格喪失年月日 {lost}（この日から資格がない）· 前の版は残る";
    }

    private async Task<string> RegisterCard()
    {
        var proof = await Prove("Registration");
        var answer = await Signed(_desk, "/eligibility/cards/registrations", new
        {
            challenge = proof.Challenge,
            certificate = _holder.RawData,
            signature = proof.Signature,
            method = "Pin",
            statement = "",
            institution = Institution,
            card = _card,
            name = Name,
        });
        Holds(answer.GetProperty("registered").GetBoolean(), "登録されませんでした。");
        return $"利用者証明用電子証明書（デモの認証局）· 有効期限 {answer.GetProperty("until").GetString()}";
    }

    private async Task<string> SeeNothing()
    {
        var asked = await _desk.Post("/eligibility/medicines", Bytes(new { card = _card }), "application/json", null, ct);
        Holds(asked.Refused(out var refusal, out _) && refusal.Code == "EL-0503", "同意がないのに断られませんでした。");
        return $"{refusal!.Text} [{refusal.Code}]";
    }

    /// <summary>By the file that a レセコン writes.</summary>
    private async Task<string> UseDiagnoses()
    {
        var change = OqsMessage.Of(
            OqsShapes.Get("OQSsiupd01req"),
            new OqsHeader { MedicalInstitutionCode = Institution },
            new EnvironmentSettings { EnvironmentSettingInfo = new EnvironmentSettingInfo { DiagnosisInfoUseFlg = "1" } });
        var answer = await _desk.Post("/eligibility/messages/OQSsiupd01req_story.xml", OqsWriter.Write(change, OqsEncoding.Utf8).Bytes!, "application/xml", null, ct).OrFail();
        var now = OqsReader.Read(answer.Bytes, OqsShapes.Get("OQSsiupd01res")).Message?.ReadBody<EnvironmentSettings>().EnvironmentSettingInfo;
        Holds(now is { DiagnosisInfoUseFlg: "1" }, "設定が変わりませんでした。");
        return $"OQSsiupd01 · 診療 {Use(now!.DiagnosisInfoUseFlg)} · 手術 {Use(now.OperationInfoUseFlg)} · 薬剤 {Use(now.PharmacistsInfoUseFlg)} · 特定健診 {Use(now.SpecificHealthCheckupsInfoUseFlg)}";
    }

    private async Task<string> AskByCard()
    {
        var proof = await Prove("Inquiry");
        var answer = await Signed(_desk, "/eligibility/cards/inquiries", new
        {
            challenge = proof.Challenge,
            certificate = _holder.RawData,
            signature = proof.Signature,
            method = "Pin",
            statement = "",
            institution = Institution,
            care = "Outpatient",
            consents = new Dictionary<string, bool> { ["Medicines"] = true, ["Diagnoses"] = true },
        });
        Holds(answer.GetProperty("code").GetInt32() == 1, "カードの照会が有効ではありません。");
        var given = answer.GetProperty("consents").EnumerateArray().Where(c => c.GetProperty("standing").GetString() == "Given").ToList();
        Holds(given.Count(c => c.GetProperty("kind").GetString() is "Medicines" or "Diagnoses") == 2, "薬剤と診療の同意が残っていません。");
        return string.Join('\n', given.Select(c => $"{_kinds[c.GetProperty("kind").GetString()!]} · {(c.GetProperty("until") is { ValueKind: JsonValueKind.String } until ? until.GetString() + " まで" : "継続")}"));
    }

    /// <summary>The claim became a fact at closing; deriving what it says takes a moment.</summary>
    private async Task<string> SeeMedicine()
    {
        for (var began = time.GetTimestamp(); ;)
        {
            var answer = await Signed(_desk, "/eligibility/medicines", new { card = _card, from = treated.ToString(), until = treated.ToString(), care = "Outpatient" });
            var said = answer.ToString();
            if (said.Contains(Medicine, StringComparison.Ordinal))
            {
                return $"診療年月 {treated} · 医薬品 {Medicine} · 署名した答え {said.Length:N0} 文字";
            }

            Holds(time.GetElapsedTime(began) < TimeSpan.FromSeconds(60), $"医薬品 {Medicine} が現れません。");
            await Task.Delay(TimeSpan.FromMilliseconds(200), time, ct);
        }
    }

    private async Task<string> Responsible(DateTimeOffset? asOf, string[] expected)
    {
        var days = new[] { Day(13), Day(15), Day(20) };
        var answer = await Signed(_payer, "/eligibility/responsibilities", new { card = _card, days, asOf });
        var standings = answer.EnumerateArray().Select(d => d.GetProperty("standing").GetString()!).ToList();
        Holds(standings.SequenceEqual(expected), $"答えが {string.Join('・', standings)} です。");
        return string.Join('\n', answer.EnumerateArray().Select(d => $"{d.GetProperty("day").GetString()} {d.GetProperty("standing").GetString()} {d.GetProperty("insurer").GetString()}".TrimEnd()));
    }

    private async Task<(Guid Challenge, byte[] Signature)> Prove(string purpose)
    {
        var challenge = (await Signed(_desk, "/eligibility/cards/challenges", new { purpose, institution = Institution })).Deserialize<Challenge>(Terminal.Options)!;
        using var key = _holder.GetRSAPrivateKey()!;
        return (challenge.Id, key.SignData(challenge.Text(), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    private async Task<JsonElement> Signed(Questions from, string path, object question) =>
        JsonSerializer.Deserialize<JsonElement>((await from.Post(path, Bytes(question), "application/json", null, ct).OrFail()).Bytes);

    private static byte[] Bytes(object question) => JsonSerializer.SerializeToUtf8Bytes(question, Terminal.Options);

    private static string Use(string flag) => flag == "1" ? "利用する" : "利用しない";

    private string Day(int day) => string.Create(CultureInfo.InvariantCulture, $"{treated.Year:D4}-{treated.Month:D2}-{day:D2}");
}
