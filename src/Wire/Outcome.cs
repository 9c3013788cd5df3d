using System.Diagnostics.CodeAnalysis;

namespace Sekisho.Wire;

/// <summary>What kind of "no" a <see cref="Refusal"/> is; decides the HTTP status at the edge.</summary>
public enum RefusalKind
{
    /// <summary>The request cannot be understood or breaks a rule (422).</summary>
    Invalid,

    /// <summary>Nobody, or nobody we know (401).</summary>
    Unauthenticated,

    /// <summary>Known, but not allowed (403).</summary>
    Forbidden,

    /// <summary>Not there, or not visible to the asker: the two are not told apart (404).</summary>
    NotFound,

    /// <summary>Contradicts what is already true (409).</summary>
    Conflict,

    /// <summary>Too many bytes or items (413).</summary>
    TooLarge,

    /// <summary>Not now: try again later (503).</summary>
    Unavailable,

    /// <summary>Too many at once by the asker: finish some, or try again later (429).</summary>
    TooMany,

    /// <summary>No room to keep it: try again later (507).</summary>
    NoRoom,
}

/// <summary>An expected "no" to a request; one per request. Bugs and broken infrastructure are exceptions instead.</summary>
/// <param name="Code">Permanent problem code, e.g. <c>EX-0101</c>; never reused.</param>
/// <param name="Kind">Decides the status at the edge.</param>
/// <param name="Text">Japanese, names the place; never contains personal data.</param>
/// <param name="Remedy">Japanese, what to do next.</param>
public sealed record Refusal(string Code, RefusalKind Kind, string Text, string Remedy);

/// <summary>A value, or the <see cref="Refusal"/> that stands in its place. Never both.</summary>
/// <typeparam name="T">The value when it went well.</typeparam>
public readonly struct Outcome<T>
{
    private readonly T? _value;
    private readonly Refusal? _refusal;
    private readonly bool _succeeded;

    private Outcome(T? value, Refusal? refusal, bool succeeded)
    {
        _value = value;
        _refusal = refusal;
        _succeeded = succeeded;
    }

    /// <summary>The value; throws when this is a refusal (that is a bug of the caller).</summary>
    public T Value => _succeeded ? _value! : throw new InvalidOperationException($"Refused: {_refusal?.Code}");

    /// <summary>The refusal; throws when this is a value (that is a bug of the caller).</summary>
    public Refusal Refusal => !_succeeded && _refusal is not null ? _refusal : throw new InvalidOperationException("Not refused");

    /// <summary>True when there is a value; otherwise <paramref name="refusal"/> says why not.</summary>
    public bool Succeeded([MaybeNullWhen(false)] out T value, [MaybeNullWhen(true)] out Refusal refusal)
    {
        value = _value;
        refusal = _refusal;
        return _succeeded;
    }

    /// <summary>True when this is a refusal; otherwise <paramref name="value"/> holds the value.</summary>
    public bool Refused([MaybeNullWhen(false)] out Refusal refusal, [MaybeNullWhen(true)] out T value)
    {
        value = _value;
        refusal = _refusal;
        return !_succeeded;
    }

    /// <summary>A value is an outcome.</summary>
    public static implicit operator Outcome<T>(T value) => new(value, null, true);

    /// <summary>A refusal is an outcome.</summary>
    public static implicit operator Outcome<T>(Refusal refusal) => new(default, refusal, false);
}
