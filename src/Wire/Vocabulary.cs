namespace Sekisho.Wire;

/// <summary>環境 — separate by construction: it is in the CA, every certificate and every envelope (G-6-3).</summary>
public enum SiteEnvironment
{
    /// <summary>開発</summary>
    Development,

    /// <summary>試験</summary>
    Test,

    /// <summary>本番</summary>
    Production,
}

/// <summary>情報資産の重要度分類 — everything stored, sent or shown has one.</summary>
public enum Classification
{
    /// <summary>公開</summary>
    Public,

    /// <summary>秘密</summary>
    Confidential,

    /// <summary>厳秘</summary>
    StrictlyConfidential,
}
