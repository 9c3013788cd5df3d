namespace Sekisho.Contracts;

/// <summary>
/// What the endpoint takes in its body, for the description of the doors (openapi.json). It only describes: unlike the framework's own, it makes no request of
/// another media type fail before the handler says what is wrong.
/// </summary>
/// <param name="type">What the JSON is read as; <see cref="Stream"/> for bytes.</param>
/// <param name="mediaTypes">JSON when none is said.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class TakesAttribute(Type type, params string[] mediaTypes) : Attribute
{
    /// <summary>What the JSON is read as; <see cref="Stream"/> for bytes.</summary>
    public Type Type { get; } = type;

    /// <summary>In which forms it may come.</summary>
    public IReadOnlyList<string> MediaTypes { get; } = mediaTypes is [] ? ["application/json"] : mediaTypes;
}

/// <summary>A device signs what it sends to the endpoint, and is answered signed (docs/protocol/signature.md).</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class SignedAttribute : Attribute;

/// <summary>A refusal or a fault as it goes out, RFC 9457 (<c>application/problem+json</c>).</summary>
/// <param name="Type">Always <c>about:blank</c>: <paramref name="Code"/> says which.</param>
/// <param name="Title">Japanese: what is wrong, and where.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Code">Permanent, e.g. EL-0101; never reused.</param>
/// <param name="Detail">Japanese: what to do.</param>
public sealed record Problem(string Type, string Title, int Status, string Code, string Detail);
