using System.Collections.Frozen;
using Sekisho.Formats.Claims.Shape;
using Sekisho.Formats.Eligibility.Shape;

namespace Sekisho.Formats.Eligibility;

/// <summary>The shape of one message (電文) of the online eligibility interface; all of them come from the tables.</summary>
public sealed class OqsShape
{
    internal OqsShape(string name, string interfaceId, string title, string certainty, ElementShape root)
    {
        Name = name;
        InterfaceId = interfaceId;
        Title = title;
        Certainty = certainty;
        Root = root;
    }

    /// <summary>What its file name begins with, e.g. OQSsiquc01req.</summary>
    public string Name { get; }

    /// <summary>Number of the interface, e.g. OQS-IF-001; empty when it is not published.</summary>
    public string InterfaceId { get; }

    /// <summary>名称.</summary>
    public string Title { get; }

    /// <summary>公開: read in public documents or files; 構成: from programs that read or write it; 推定: names partly ours.</summary>
    public string Certainty { get; }

    /// <summary>True when it asks.</summary>
    public bool IsRequest => Name.EndsWith("req", StringComparison.Ordinal);

    /// <summary>True for an 一括 message.</summary>
    public bool IsBulk => Name.AsSpan(3, 2).SequenceEqual("mu");

    internal ElementShape Root { get; }

    internal ElementShape Header => Root.Children[0];

    internal ElementShape Body => Root.Children[1];

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>Every message there is, and the 業務コード they use.</summary>
public static class OqsShapes
{
    private static readonly (IReadOnlyList<OqsShape> Messages, FrozenDictionary<string, CodeList> Codes) Loaded =
        ShapeLoader.Load(TableFiles.Embedded("Eligibility/Tables/"));

    private static readonly FrozenDictionary<string, OqsShape> ByName = Loaded.Messages.ToFrozenDictionary(m => m.Name, StringComparer.Ordinal);

    /// <summary>In the order of the interface numbers.</summary>
    public static IReadOnlyList<OqsShape> All => Loaded.Messages;

    /// <summary>All code lists by number.</summary>
    internal static FrozenDictionary<string, CodeList> Codes => Loaded.Codes;

    /// <summary>The message of that name; null when there is none.</summary>
    public static OqsShape? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>The message of that name; throws when there is none, because the caller is code.</summary>
    public static OqsShape Get(string name) => Find(name) ?? throw new ArgumentException($"電文「{name}」はありません。", nameof(name));
}
