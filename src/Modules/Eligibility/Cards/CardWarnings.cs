using Sekisho.Contracts.Eligibility;

namespace Sekisho.Modules.Eligibility.Cards;

/// <summary>What a card's answer may say beside itself. An answer says it of its own case, by the same number.</summary>
internal static class CardWarnings
{
    /// <summary>It can be renewed from three months before it ends; a desk that says so spares the person a refused card.</summary>
    public static readonly CardWarning EndsSoon = new(
        "EL-0440", "電子証明書の有効期限まで3か月以内です。", "有効期限を過ぎるとカードで受付できません。市区町村の窓口で更新するよう、本人に伝えてください。");

    /// <summary>A reader that asks what the facility does not use is told so: the person's yes was not kept.</summary>
    public static readonly CardWarning NotKept = new("EL-0441", "この医療機関・薬局では利用しない設定のため、同意を記録していません。", Refusals.NotUsedHere.Remedy);

    public static IReadOnlyList<CardWarning> All { get; } = [EndsSoon, NotKept];
}
