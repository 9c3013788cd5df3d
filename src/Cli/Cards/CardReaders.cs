using System.Text;
using Sekisho.Wire;

namespace Sekisho.Cli.Cards;

/// <summary>The card readers of this machine.</summary>
internal sealed class CardReaders : IDisposable
{
    private const int ScopeSystem = 2;
    private readonly nint _context;

    private CardReaders(nint context) => _context = context;

    /// <summary>CI-0114 when the system has no PC/SC, or its service does not run.</summary>
    public static Outcome<CardReaders> Open()
    {
        try
        {
            return Pcsc.Code(Pcsc.SCardEstablishContext(ScopeSystem, 0, 0, out var context)) == Pcsc.Success ? new CardReaders(context) : Refusals.NoCardService;
        }
        catch (Exception missing) when (missing is DllNotFoundException or EntryPointNotFoundException)
        {
            return Refusals.NoCardService;
        }
    }

    /// <summary>Names of the readers; none is an answer too.</summary>
    public Outcome<List<string>> Names()
    {
        nuint length = 0;
        var code = Pcsc.Code(Pcsc.SCardListReaders(_context, 0, null, ref length));
        var names = code == Pcsc.Success ? new byte[length] : [];
        code = code == Pcsc.Success ? Pcsc.Code(Pcsc.SCardListReaders(_context, 0, names, ref length)) : code;
        return code switch
        {
            Pcsc.Success => Encoding.UTF8.GetString(names.AsSpan(0, (int)length)).Split('\0', StringSplitOptions.RemoveEmptyEntries).ToList(),
            Pcsc.NoReaders => new List<string>(),
            _ => Refusals.NoCardService,
        };
    }

    /// <summary>The card that lies on one of the readers (<paramref name="only"/> that one, or one whose name contains it); null when none does. CI-0115 without a reader.</summary>
    public Outcome<CardOnReader?> Card(string? only)
    {
        if (Names().Refused(out var refusal, out var names))
        {
            return refusal;
        }

        var wanted = names.Where(n => only is null || n.Contains(only, StringComparison.OrdinalIgnoreCase)).ToList();
        return wanted.Count == 0 ? Refusals.NoCardReader : wanted.Select(n => CardOnReader.Connect(_context, n)).FirstOrDefault(c => c is not null);
    }

    public void Dispose() => _ = Pcsc.SCardReleaseContext(_context);
}

/// <summary>A card on a reader, until it is taken away.</summary>
internal sealed class CardOnReader : IDisposable
{
    private const int Shared = 2;
    private const int AnyProtocol = 3;
    private const int Leave = 0;
    private const int Reset = 1;
    private readonly nint _card;
    private readonly nuint _protocol;

    private CardOnReader(string reader, nint card, nuint protocol) => (Reader, _card, _protocol) = (reader, card, protocol);

    public string Reader { get; }

    /// <summary>Null when no card lies there. Shared, because the vendor's program for faces may speak with the same card.</summary>
    public static CardOnReader? Connect(nint context, string reader)
    {
        nuint protocol = 0;
        var code = Pcsc.Code(Pcsc.SCardConnect(context, Encoding.UTF8.GetBytes(reader + "\0"), Shared, AnyProtocol, out var card, ref protocol));
        return code == Pcsc.Success ? new CardOnReader(reader, card, protocol) : null;
    }

    /// <summary>Whether it still lies there.</summary>
    public bool IsThere()
    {
        var (name, atr) = (new byte[256], new byte[64]);
        nuint readerLength = (nuint)name.Length, state = 0, protocol = 0, atrLength = (nuint)atr.Length;
        return Pcsc.Code(Pcsc.SCardStatus(_card, name, ref readerLength, ref state, ref protocol, atr, ref atrLength)) == Pcsc.Success;
    }

    /// <summary>One command and its answer.</summary>
    public byte[] Transmit(byte[] command)
    {
        var answer = new byte[258];
        var length = (nuint)answer.Length;
        var code = Pcsc.Code(Pcsc.SCardTransmit(_card, Pcsc.Header(_protocol), command, (nuint)command.Length, 0, answer, ref length));
        return code == Pcsc.Success ? answer[..(int)length] : throw new CardException($"PC/SC {code:X8}");
    }

    /// <summary>Resets the card, so that a PIN shown to it holds no longer. One that was taken away is left alone: a failed reset would make the service take the next card for mute.</summary>
    public void Dispose() => _ = Pcsc.SCardDisconnect(_card, IsThere() ? (nuint)Reset : Leave);
}
