using System.Globalization;
using System.Text.Json;
using Sekisho.Wire;

namespace Sekisho.Cli.Agent;

/// <summary>What an agent says of itself. Counts and codes, never names or contents.</summary>
/// <param name="At">When this was written: while the agent lives, at least once a minute.</param>
/// <param name="State">starting, up, down, folder (unreadable), stopped.</param>
/// <param name="Since">Since when.</param>
/// <param name="Code">Why not up.</param>
/// <param name="Text">The same in words.</param>
/// <param name="Waiting">Requests without an answer.</param>
/// <param name="Answered">Requests answered since the start.</param>
/// <param name="Strangers">Files in req that are no requests.</param>
/// <param name="Reader">Of the card reader: empty (not served), ready, card, or a code that says what is wrong.</param>
/// <param name="Outbox">Claim files that are not sent yet.</param>
/// <param name="OutboxCode">Why the last one was not.</param>
internal sealed record AgentState(
    DateTimeOffset At, string State, DateTimeOffset Since, string Code, string Text, int Waiting, int Answered, int Strangers, string Reader, int Outbox, string OutboxCode);

/// <summary>Keeps <c>status.json</c> in the agent's folder, and says what changed on standard error.</summary>
internal sealed class AgentStatus(string folder, TimeProvider time)
{
    private static readonly TimeSpan _heartbeat = TimeSpan.FromMinutes(1);
    private readonly string _file = Path.Combine(folder, "status.json");
    private AgentState _now = new(time.GetUtcNow(), "starting", time.GetUtcNow(), "", "", 0, 0, 0, "", 0, "");
    private AgentState? _written;

    public int Answered { get; set; }

    /// <summary>Set by the part that serves the reader.</summary>
    public string Reader { get; set; } = "";

    /// <summary>Set by the part that serves the outbox.</summary>
    public (int Waiting, string Code) Outbox { get; set; } = (0, "");

    /// <summary>As it stands; what waits is counted at every look into the folders.</summary>
    public AgentState Now => _now;

    public bool IsDown => _now.State == "down";

    public void Say(string text) => Terminal.Note(string.Create(CultureInfo.InvariantCulture, $"{time.GetLocalNow():yyyy-MM-dd HH:mm:ss} {text}"));

    /// <summary>The site answers.</summary>
    public void Up()
    {
        if (_now.State != "up")
        {
            Say(_now.State == "starting" ? "接続しました。" : "再び接続しました。待っていた要求に順に答えます。");
            Change("up", "", "");
        }
    }

    /// <summary>It does not, or what it answers cannot be used.</summary>
    public void Down(Refusal why, int waiting)
    {
        if (_now.State != "down" || _now.Code != why.Code)
        {
            Say($"✗ {why.Text} [{why.Code}] 要求 {waiting} 件が待っています。つながり次第答えます。");
            Change("down", why.Code, why.Text);
        }
    }

    /// <summary>The folder cannot be read: a share that went away.</summary>
    public void FolderGone()
    {
        if (_now.State != "folder")
        {
            Say("✗ req または res を読み書きできません。共有への接続、権限、空き容量を確認してください。");
            Change("folder", "", "req または res を読み書きできません。");
        }
    }

    public void FolderBack()
    {
        if (_now.State == "folder")
        {
            Say("req と res を再び読み書きできます。");
            Change("starting", "", "");
        }
    }

    public void Stopped() => Change("stopped", "", "");

    /// <summary>Writes the file when something changed, or a minute after the last time.</summary>
    public async Task Write(int waiting, int strangers)
    {
        if (strangers > _now.Strangers)
        {
            Say($"req に要求ファイルの名前でないファイルが {strangers} 個あります。そのままにします。");
        }

        _now = _now with { Waiting = waiting, Answered = Answered, Strangers = strangers, Reader = Reader, Outbox = Outbox.Waiting, OutboxCode = Outbox.Code };
        if (_written is not null && _now with { At = _written.At } == _written && time.GetUtcNow() - _written.At < _heartbeat)
        {
            return;
        }

        _written = _now with { At = time.GetUtcNow() };
        try
        {
            await Files.WriteWhole(_file, JsonSerializer.SerializeToUtf8Bytes(_written, Terminal.Options), CancellationToken.None);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Answers matter more than what is said of them.
            _written = null;
        }
    }

    private void Change(string state, string code, string text) => _now = _now with { State = state, Since = time.GetUtcNow(), Code = code, Text = text };
}
