namespace Sekisho.Formats.Claims.Masters;

/// <summary>One version of one code. What a kind of master says besides is in the derived rows; values are kept as the small numbers they are.</summary>
internal class MasterRow(int code, string name)
{
    /// <summary>99999999: not abolished.</summary>
    public const int Never = 99_999_999;

    /// <summary>Numeric value of the code.</summary>
    public int Code { get; } = code;

    /// <summary>Name; may be empty (free comments).</summary>
    public string Name { get; } = name;

    /// <summary>First day in force, YYYYMMDD; 0 = always.</summary>
    public int From { get; set; }

    /// <summary>Last day in force, YYYYMMDD.</summary>
    public int Until { get; set; } = Never;

    /// <summary>Date of the full edition that no longer has the code, YYYYMMDD; 0 = the master itself says until when.</summary>
    public int Dropped { get; set; }

    /// <summary>What checks may ask about it.</summary>
    public Marks Marks { get; protected set; }

    /// <summary>The version before; versions are chained newest first.</summary>
    public MasterRow? Older { get; set; }
}

/// <summary>傷病名マスター.</summary>
internal sealed class DiseaseRow(int code, string name) : MasterRow(code, name)
{
    /// <summary>移行先コード; 0 when there is none.</summary>
    public int 移行先 { get; init; }

    /// <summary>単独使用禁止区分 01: only together with a 修飾語.</summary>
    public bool 単独使用禁止 { get; init; }

    /// <summary>保険請求外区分 1.</summary>
    public bool 保険請求外 { get; init; }
}

/// <summary>修飾語マスター.</summary>
internal sealed class ModifierRow(int code, string name) : MasterRow(code, name);

/// <summary>医科診療行為マスター.</summary>
internal sealed class ProcedureRow(int code, string name) : MasterRow(code, name)
{
    /// <summary>1 入院に限る, 2 入院外に限る.</summary>
    public byte 入外適用 { get; init; }

    /// <summary>1 医療保険に限る, 2 後期高齢者医療に限る.</summary>
    public byte 後期適用 { get; init; }

    /// <summary>1 病院に限る, 2 診療所に限る.</summary>
    public byte 病院診療所 { get; init; }

    /// <summary>1 回数≦診療実日数, 2 初診料・再診料等, 3 入院基本料等, 4 外泊.</summary>
    public byte 実日数 { get; init; }

    /// <summary>Divides 実日数.</summary>
    public byte 日数回数 { get; init; }

    /// <summary>1 金額, 3 点数, 4 購入価格, 5 ％加算, 6 ％減算, 7 減点, 8 点数（マイナス）.</summary>
    public byte 点数識別 { get; init; }

    /// <summary>新又は現点数, in hundredths.</summary>
    public int 点数 { get; init; }

    /// <summary>0 = no limit.</summary>
    public short 上限回数 { get; init; }

    /// <summary>下限年齢.</summary>
    public AgeLimit 下限年齢 { get; init; }

    /// <summary>上限年齢, one above the last.</summary>
    public AgeLimit 上限年齢 { get; init; }

    /// <summary>1–5 閉鎖循環式全身麻酔.</summary>
    public byte 麻酔識別 { get; init; }

    /// <summary>1 外来管理加算を算定できない, 2 外来管理加算自体.</summary>
    public byte 外来管理加算 { get; init; }

    /// <summary>告示等識別区分（1）: 1 基本項目, 3 合成項目, 5 準用項目, 7 加算項目, 9 通則加算項目.</summary>
    public byte 告示等識別 { get; init; }

    /// <summary>長時間麻酔管理加算 column; for an 加算項目 1 = the 加算 itself.</summary>
    public byte 長時間麻酔 { get; init; }

    /// <summary>データ規格コード: unit of 数量データ; 0 = none is recorded.</summary>
    public short データ規格 { get; init; }

    /// <summary>コード表用番号 章1＋部2＋区分番号3 as one number, e.g. 101000 = A000.</summary>
    public int 区分番号 { get; init; }

    /// <summary>基本・合成・準用項目: not an addition to another one.</summary>
    public bool 基本 => 告示等識別 is 1 or 3 or 5;

    /// <summary>Sets <see cref="MasterRow.Marks"/> once all columns are read.</summary>
    public ProcedureRow Marked()
    {
        Marks |= 下限年齢.Limits || 上限年齢.Limits ? Marks.Age : Marks.None;
        Marks |= 入外適用 switch { 1 => Marks.Inpatient, 2 => Marks.Outpatient, _ => Marks.None };
        Marks |= 後期適用 switch { 1 => Marks.NotElderly, 2 => Marks.Elderly, _ => Marks.None };
        Marks |= 病院診療所 switch { 1 => Marks.Hospital, 2 => Marks.Clinic, _ => Marks.None };
        Marks |= (実日数, 日数回数) switch { (1, _) => Marks.PerDay, (2, 1 or 2) => Marks.Visit, (3, 3) => Marks.Stay, _ => Marks.None };
        Marks |= 区分番号 == 101000 && (実日数, 日数回数) == (2, 1) ? Marks.First : Marks.None;
        Marks |= 上限回数 > 0 ? Marks.Limited : Marks.None;
        Marks |= 基本 && 外来管理加算 == 2 ? Marks.Management : Marks.None;
        Marks |= 告示等識別 is 7 or 9 && 長時間麻酔 == 1 ? Marks.LongAnaesthesia : Marks.None;
        Marks |= データ規格 > 0 ? Marks.Quantity : Marks.None;
        return this;
    }
}

/// <summary>医薬品マスター.</summary>
internal sealed class DrugRow(int code, string name) : MasterRow(code, name)
{
    /// <summary>経過措置年月日又は商品名医薬品コード使用期限, YYYYMMDD; 0 = none.</summary>
    public int 経過措置 { get; init; }

    /// <summary>単位の漢字名称.</summary>
    public string 単位 { get; init; } = "";

    /// <summary>薬価基準収載医薬品コード, 12 characters; empty where the master has none.</summary>
    public string 薬価基準コード { get; init; } = "";

    /// <summary>一般名処方の標準的な記載; empty where the master has none.</summary>
    public string 一般名 { get; init; } = "";

    /// <summary>Sets <see cref="MasterRow.Marks"/> once all columns are read.</summary>
    public DrugRow Marked()
    {
        Marks = 経過措置 is > 0 and < Never ? Marks.Transitional : Marks.None;
        return this;
    }
}

/// <summary>特定器材マスター.</summary>
internal sealed class MaterialRow(int code, string name) : MasterRow(code, name)
{
    /// <summary>経過措置年月日, YYYYMMDD; 0 = none.</summary>
    public int 経過措置 { get; init; }

    /// <summary>下限年齢.</summary>
    public AgeLimit 下限年齢 { get; init; }

    /// <summary>上限年齢, one above the last.</summary>
    public AgeLimit 上限年齢 { get; init; }

    /// <summary>Sets <see cref="MasterRow.Marks"/> once all columns are read.</summary>
    public MaterialRow Marked()
    {
        Marks = (経過措置 is > 0 and < Never ? Marks.Transitional : Marks.None) | (下限年齢.Limits || 上限年齢.Limits ? Marks.Age : Marks.None);
        return this;
    }
}

/// <summary>コメントマスター.</summary>
internal sealed class CommentRow(int code, string name) : MasterRow(code, name)
{
    /// <summary>パターン.</summary>
    public byte パターン { get; init; }

    /// <summary>Digits of レセプト編集情報①〜④ together (パターン40 only).</summary>
    public byte 桁数 { get; init; }
}
