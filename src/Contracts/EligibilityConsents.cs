namespace Sekisho.Contracts.Eligibility;

/// <summary>What a person agrees to be shown at a facility.</summary>
public enum ConsentKind
{
    /// <summary>限度額適用認定証.</summary>
    Limits,

    /// <summary>特定疾病療養受療証.</summary>
    Diseases,

    /// <summary>薬剤情報.</summary>
    Medicines,

    /// <summary>診療情報.</summary>
    Diagnoses,

    /// <summary>手術情報.</summary>
    Operations,

    /// <summary>特定健診情報.</summary>
    Checkups,
}

/// <summary>診療区分, numbered as published (OQSCD028). A consent holds for one of them.</summary>
public enum CareForm
{
    /// <summary>外来.</summary>
    Outpatient = 1,

    /// <summary>訪問診療等.</summary>
    HomeVisit = 2,

    /// <summary>オンライン診療等.</summary>
    Online = 3,

    /// <summary>救急時: nobody consented; a person of the facility opened it and answers for it.</summary>
    Emergency = 4,
}

/// <summary>本人確認の方法: how it was found out that the person is there, and so what a consent rests on.</summary>
public enum PersonProof
{
    /// <summary>顔認証: the card signed, and the reader stated that the face fits the picture on it. The centre takes the reader's word.</summary>
    Face,

    /// <summary>暗証番号: the card signed, which it does for its PIN. 顔認証マイナンバーカード have none.</summary>
    Pin,

    /// <summary>目視: a person of the facility looked and vouches. Proves that somebody was there with the card's certificate, and no more: the card did not sign.</summary>
    Sight,

    /// <summary>None, in an emergency.</summary>
    None,
}

/// <summary>Why a consent ended before its time, numbered as published (OQSCD031).</summary>
public enum ConsentEnd
{
    /// <summary>医療機関取消: by the facility, e.g. because the relation ended.</summary>
    Facility = 1,

    /// <summary>患者取消: by the person.</summary>
    Person = 2,

    /// <summary>用途変更.</summary>
    UseChanged = 3,
}

/// <summary>同意区分, numbered as published (OQSCD016).</summary>
public enum ConsentStanding
{
    /// <summary>なし.</summary>
    None = 0,

    /// <summary>あり.</summary>
    Given = 1,

    /// <summary>有効期限切れ.</summary>
    Expired = 2,

    /// <summary>同意取得困難: nobody could be asked (救急時).</summary>
    Unobtainable = 3,
}
