namespace Sekisho.Generators;

/// <summary>Who bears a service: bit 0 = 保険, bits 1–4 = 第一〜第四公費; and the letter 別表21 has for it.</summary>
internal static class Bearers
{
    public const int Insurer = 1;

    private static readonly (char Code, string Who)[] Matrix =
    [
        ('1', "保"), ('5', "①"), ('6', "②"), ('B', "③"), ('C', "④"),
        ('2', "保①"), ('3', "保②"), ('E', "保③"), ('G', "保④"),
        ('7', "①②"), ('H', "①③"), ('I', "①④"), ('J', "②③"), ('K', "②④"), ('L', "③④"),
        ('4', "保①②"), ('M', "保①③"), ('N', "保①④"), ('O', "保②③"), ('P', "保②④"), ('Q', "保③④"),
        ('R', "①②③"), ('S', "①②④"), ('T', "①③④"), ('U', "②③④"),
        ('V', "保①②③"), ('W', "保①②④"), ('X', "保①③④"), ('Y', "保②③④"),
        ('Z', "①②③④"), ('9', "保①②③④"),
    ];

    private static readonly Dictionary<int, char> Codes = Matrix.ToDictionary(m => m.Who.Sum(w => 1 << "保①②③④".IndexOf(w, StringComparison.Ordinal)), m => m.Code);
    private static readonly Dictionary<char, int> Masks = Codes.ToDictionary(c => c.Value, c => c.Key);

    public static string Code(int mask) => Codes[mask].ToString();

    public static int Mask(string code) => code.Length == 1 && Masks.TryGetValue(code[0], out var mask) ? mask : 0;

    /// <summary>Everybody on the claim.</summary>
    public static int All(bool insured, int publics) => (insured ? Insurer : 0) | (((1 << publics) - 1) << 1);

    /// <summary>The one who bears everything: 保険, or else 第一公費.</summary>
    public static int First(int all) => (all & Insurer) != 0 ? Insurer : 2;
}
