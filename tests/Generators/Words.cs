namespace Sekisho.Generators;

/// <summary>Names of nobody and sentences about nothing.</summary>
internal static class Words
{
    private static readonly (string Name, string Kana)[] Families =
    [
        ("架空", "カクウ"), ("見本", "ミホン"), ("例示", "レイジ"), ("関所", "セキショ"), ("試験", "シケン"), ("仮名", "カリナ"), ("模擬", "モギ"), ("想定", "ソウテイ"), ("練習", "レンシュウ"), ("検証", "ケンショウ"),
    ];

    private static readonly (string Name, string Kana)[] Men = [("一郎", "イチロウ"), ("二郎", "ジロウ"), ("太郎", "タロウ"), ("甲", "コウ"), ("零", "レイ"), ("壱", "イチ")];
    private static readonly (string Name, string Kana)[] Women = [("花子", "ハナコ"), ("一子", "カズコ"), ("例子", "レイコ"), ("乙", "オツ"), ("良子", "ヨシコ"), ("花", "ハナ")];
    private static readonly string[] Sentences = ["経過良好、処置を継続する", "次回は一か月後に再診の予定", "疼痛時、１日３回まで", "１日３回毎食後", "検査の結果を説明し、資料を渡した", "前回と変わりなし", "症状は軽快している", "家族に説明し同意を得た", "表示（架空）", "右・左・両側"];
    private static readonly string[] Products = ["架空カテーテル　８Ｆｒ", "見本フィルム　大角", "模擬プレート　Ｓ", "架空ガーゼ　５ｃｍ×５ｃｍ"];

    /// <summary>Name, and カタカナ without the space.</summary>
    public static (string Name, string Kana) Person(Seed seed, bool man)
    {
        var family = seed.Of<(string Name, string Kana)>(Families);
        var given = seed.Of<(string Name, string Kana)>(man ? Men : Women);
        return seed.In100(8)
            ? (man ? "KAKUU TAROU" : "KAKUU HANAKO", man ? "カクウタロウ" : "カクウハナコ")
            : ($"{family.Name}　{given.Name}", family.Kana + given.Kana);
    }

    public static string Sentence(Seed seed) => seed.Of<string>(Sentences);

    public static string Product(Seed seed) => seed.Of<string>(Products);

    /// <summary>Several sentences, at most that many characters.</summary>
    public static string Paragraph(Seed seed, int most)
    {
        var text = Sentence(seed);
        while (text.Length < most && seed.In100(70))
        {
            text += "。" + Sentence(seed);
        }

        return text[..Math.Min(text.Length, most)];
    }
}
