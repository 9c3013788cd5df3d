using Sekisho.Contracts.Eligibility;
using Sekisho.Formats.Eligibility;
using Sekisho.Formats.Eligibility.Matching;
using Sekisho.Formats.Identifiers;
using Sekisho.Modules.Eligibility.Welfare;
using Sekisho.Wire;
using static Sekisho.Modules.Eligibility.Registration.RowChecks;

namespace Sekisho.Modules.Eligibility.Registration;

/// <summary>What one row says by itself: every fault with its field. Pure.</summary>
internal static class EntryRules
{
    private static readonly string[] _cards = ["01", "02", "03", "04", "05", "06", "07"];
    private static readonly string[] _reasons = ["01", "02", "03", "99"];
    private static readonly string[] _sexes = ["1", "2", "3"];
    private static readonly string[] _limits = ["01", "02", "03"];
    private static readonly string[] _categories = [.. Enum.GetValues<LimitClassification>().Select(c => OqsCodes.Code(c))];

    /// <summary>The faults of an entry; none when it may be registered.</summary>
    /// <param name="entry">The row.</param>
    /// <param name="own">保険者番号 of the organisation that registers, without padding.</param>
    /// <param name="today">JST.</param>
    public static IReadOnlyList<(string Field, Refusal Fault)> Faults(CoverageEntry entry, IReadOnlySet<string> own, DateOnly today)
    {
        var faults = new List<(string, Refusal)>();
        Text(faults, "登録ID", entry.Id, 64, required: true);
        Text(faults, "加入者番号", entry.Member, 64, required: false);
        if (entry.Act == EntryAct.Withdraw)
        {
            return faults;
        }

        if (entry.Coverage is not { } coverage)
        {
            faults.Add(("", RowFaults.Missing));
            return faults;
        }

        Card(faults, coverage, own);
        Person(faults, coverage, today);
        Period(faults, coverage);
        Certificates(faults, coverage);
        return faults;
    }

    private static void Card(List<(string, Refusal)> faults, Coverage c, IReadOnlySet<string> own)
    {
        var isInsurer = InsurerNumber.TryParse(c.Insurer, out var number);
        if (!isInsurer)
        {
            faults.Add(("保険者番号", c.Insurer.Length == 0 ? RowFaults.Missing : RowFaults.BadInsurer));
        }
        else if (!own.Contains(number.Value))
        {
            faults.Add(("保険者番号", RowFaults.OtherInsurer));
        }

        var bare = isInsurer && !SearchKey.HasSymbol(number.Value);
        Text(faults, "記号", c.Symbol, 20, required: isInsurer && !bare);
        Text(faults, "番号", c.Number, 20, required: true);
        if (bare && (c.Symbol.Length > 0 || c.Branch.Length > 0))
        {
            faults.Add(("記号", RowFaults.NoSymbolHere));
        }

        if (c.Branch.Length > 0 && !(c.Branch.Length == 2 && c.Branch.All(char.IsAsciiDigit)))
        {
            faults.Add(("枝番", RowFaults.BadForm));
        }

        var isAid = isInsurer && SearchKey.IsAid(number.Value);
        if (isAid && c.Number.Length > 0 && !RecipientNumber.TryParse(c.Number, out _))
        {
            faults.Add(("番号", RowFaults.BadForm with { Remedy = "受給者番号を7桁の数字で記録してください。" }));
        }

        Code(faults, "被保険者証区分", c.CardKind, isAid ? [Aid.CardKind] : _cards);
        Code(faults, "本人・家族", c.Relation, ["1", "2"]);
        Ratio(faults, "一部負担金割合", c.Ratio);
        Code(faults, "未就学", c.Preschool, ["", "1"]);
        Text(faults, "保険者名", c.InsurerName, 100, required: false);
    }

    private static void Person(List<(string, Refusal)> faults, Coverage c, DateOnly today)
    {
        Text(faults, "氏名", c.Name, 100, required: true);
        Text(faults, "氏名カナ", c.Kana, 100, required: true);
        Text(faults, "氏名（その他）", c.OtherName, 100, required: false);
        Text(faults, "氏名カナ（その他）", c.OtherKana, 100, required: false);
        Text(faults, "世帯主", c.Holder, 100, required: false);
        Text(faults, "住所", c.Address, 200, required: false);
        Code(faults, "性別1", c.Sex, _sexes);
        Code(faults, "性別2", c.CardSex, ["", .. _sexes]);
        if (c.Birth == default)
        {
            faults.Add(("生年月日", RowFaults.Missing));
        }
        else if (c.Birth > today || (c.Acquired != default && c.Birth > c.Acquired))
        {
            faults.Add(("生年月日", RowFaults.BirthAhead));
        }

        var post = c.PostalCode.Replace("-", "", StringComparison.Ordinal);
        if (c.PostalCode.Length > 0 && !(post.Length == 7 && post.All(char.IsAsciiDigit)))
        {
            faults.Add(("郵便番号", RowFaults.BadForm));
        }
    }

    private static void Period(List<(string, Refusal)> faults, Coverage c)
    {
        if (c.Acquired == default)
        {
            faults.Add(("資格取得年月日", RowFaults.Missing));
        }

        // 同日得喪: lost on the day it was acquired covers no day, and is registered.
        Order(faults, "資格喪失年月日", c.Acquired, c.Lost);
        Order(faults, "有効終了年月日", c.CardFrom, c.CardUntil);
        if (c.Lost is null != (c.LossReason.Length == 0))
        {
            faults.Add(("資格喪失事由", RowFaults.LossHalf));
        }
        else
        {
            Code(faults, "資格喪失事由", c.LossReason, ["", .. _reasons]);
        }
    }

    private static void Certificates(List<(string, Refusal)> faults, Coverage c)
    {
        foreach (var elderly in c.Elderly)
        {
            Ratio(faults, "高齢受給者証", elderly.Ratio);
            Order(faults, "高齢受給者証", elderly.From, elderly.Until);
        }

        foreach (var limit in c.Limits)
        {
            Code(faults, "限度額適用認定証", limit.Kind, _limits);
            Code(faults, "限度額適用認定証", limit.Category, _categories);
            Order(faults, "限度額適用認定証", limit.From, limit.Until);
        }

        foreach (var disease in c.Diseases)
        {
            Code(faults, "特定疾病", disease.Category, _sexes);
            Order(faults, "特定疾病", disease.From, disease.Until);
        }
    }
}
