using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Registration;

/// <summary>加入者情報ファイル (docs/protocol/coverage-file.md): our own layout. Scoped.</summary>
internal sealed class CoverageFile(Registrar registrar) : IFileRows<CoverageEntry>
{
    private static readonly string[] _required = ["登録ID", "保険者番号", "記号", "番号", "枝番", "氏名", "氏名カナ", "性別1", "生年月日", "資格取得年月日"];

    private static readonly string[] _optional =
    [
        "加入者番号", "区分", "取得届出日", "不開示該当", "自己情報提供不可", "被保険者証区分", "本人・家族", "世帯主", "氏名（その他）", "氏名カナ（その他）", "性別2", "郵便番号", "住所",
        "資格喪失年月日", "資格喪失事由", "交付年月日", "有効開始年月日", "有効終了年月日", "一部負担金割合", "未就学", "保険者名", "高齢受給者証", "限度額適用認定証", "特定疾病",
    ];

    public string Kept => "";

    public string Table => "coverage";

    public string Document => "coverage-file.md";

    public Permission Permission => Permission.RegisterCoverage;

    public Refusal NotAllowed => Refusals.MayNotRegister;

    public AuditKind Taken => AuditKind.CoverageFileTaken;

    public IReadOnlyList<string> Required => _required;

    public IReadOnlyList<string> Optional => _optional;

    public string Id(CoverageEntry entry) => entry.Id;

    public CoverageEntry Read(CsvRow row)
    {
        var act = row.Act();
        return new CoverageEntry
        {
            Id = row.Text("登録ID"),
            Member = row.Text("加入者番号"),
            Act = act,
            Notified = row.Day("取得届出日"),
            NonDisclosure = row.Flag("不開示該当"),
            NoSelfDisclosure = row.Flag("自己情報提供不可"),
            Coverage = act == EntryAct.Withdraw ? null : Coverage(row),
        };
    }

    public ValueTask<IReadOnlyList<EntryReport>> Register(OrganisationId by, IReadOnlySet<string> own, IReadOnlyList<Numbered<CoverageEntry>> rows, CancellationToken ct) =>
        registrar.Run(by, own, rows, ct);

    private static Coverage Coverage(CsvRow row) => new()
    {
        CardKind = row.Text("被保険者証区分") is { Length: > 0 } kind ? kind : "01",
        Insurer = row.Text("保険者番号"),
        Symbol = row.Text("記号"),
        Number = row.Text("番号"),
        Branch = row.Text("枝番"),
        Relation = row.Text("本人・家族") is { Length: > 0 } relation ? relation : "1",
        Holder = row.Text("世帯主"),
        Name = row.Text("氏名"),
        OtherName = row.Text("氏名（その他）"),
        Kana = row.Text("氏名カナ"),
        OtherKana = row.Text("氏名カナ（その他）"),
        Sex = row.Text("性別1"),
        CardSex = row.Text("性別2"),
        Birth = row.Day("生年月日") ?? default,
        PostalCode = row.Text("郵便番号"),
        Address = row.Text("住所"),
        Acquired = row.Day("資格取得年月日") ?? default,
        Lost = row.Day("資格喪失年月日"),
        LossReason = row.Text("資格喪失事由"),
        Issued = row.Day("交付年月日"),
        CardFrom = row.Day("有効開始年月日"),
        CardUntil = row.Day("有効終了年月日"),
        Ratio = row.Text("一部負担金割合"),
        Preschool = row.Text("未就学"),
        InsurerName = row.Text("保険者名"),
        Elderly = row.Many("高齢受給者証", 4, (p, d) => new ElderlyCertificate(d(p[1]), d(p[2]), d(p[3]), p[0])),
        Limits = row.Many("限度額適用認定証", 6, (p, d) => new LimitCertificate(p[0], p[1], d(p[2]), d(p[3]), d(p[4]), d(p[5]))),
        Diseases = row.Many("特定疾病", 5, (p, d) => new DiseaseCertificate(p[0], d(p[1]), d(p[2]), d(p[3]), row.Yen("特定疾病", p[4]))),
    };
}
