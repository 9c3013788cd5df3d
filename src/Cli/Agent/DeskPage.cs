using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Sekisho.Wire;

namespace Sekisho.Cli.Agent;

/// <summary>A PIN that a patient typed.</summary>
internal sealed record TypedPin(string Pin, bool EvenTheLast);

/// <summary>
/// The agent's own page, for a browser on this machine and nobody else: the PIN for a card, and the last known answers. It listens on the loopback address, is entered
/// by a link that works once (the file <c>page.url</c>, readable by the agent's user; each use writes a new one), and then by a cookie.
/// </summary>
internal sealed class DeskPage : IDisposable
{
    private const int LongestForm = 2048;
    private const int MostSessions = 8;
    private const string Cookie = "sekisho-desk";
    private readonly HttpListener _listener = new();
    private readonly string _root;
    private readonly string _link;
    private readonly LastAnswers? _last;
    private readonly AgentStatus _status;
    private readonly TimeProvider _time;
    private readonly ConcurrentQueue<string> _sessions = [];
    private string _token = NewToken();
    private readonly DeskScreen _idle;
    private volatile DeskScreen _screen;
    private volatile TaskCompletionSource<TypedPin?>? _asking;

    private DeskPage(int port, string state, AgentStatus status, LastAnswers? last, bool hasReader, TimeProvider time)
    {
        _screen = _idle = hasReader ? DeskScreen.Card : DeskScreen.NoReader;
        // Windows lets everybody listen on localhost, and only administrators on an address.
        _root = string.Create(CultureInfo.InvariantCulture, $"http://{(OperatingSystem.IsWindows() ? "localhost" : "127.0.0.1")}:{port}/");
        (_link, _status, _last, _time) = (Path.Combine(state, "page.url"), status, last, time);
        _listener.Prefixes.Add(_root);
    }

    /// <summary>CI-0123 when the port is taken.</summary>
    public static async Task<Outcome<DeskPage>> Open(int port, string state, AgentStatus status, LastAnswers? last, bool hasReader, TimeProvider time, CancellationToken ct)
    {
        var page = new DeskPage(port, state, status, last, hasReader, time);
        try
        {
            page._listener.Start();
        }
        catch (Exception fault) when (fault is HttpListenerException or System.Net.Sockets.SocketException)
        {
            page.Dispose();
            return Refusals.PageTaken;
        }

        await page.WriteLink(ct);
        return page;
    }

    /// <summary>What the page says.</summary>
    public void Show(string title, string text, bool isBad = false) => _screen = new DeskScreen(title, text, isBad, null);

    public void Idle() => _screen = _idle;

    /// <summary>Asks for the PIN; null when nobody typed one in time, or the patient gave up.</summary>
    public async Task<TypedPin?> AskPin(int triesLeft, string said, CancellationToken ct)
    {
        var asking = new TaskCompletionSource<TypedPin?>(TaskCreationOptions.RunContinuationsAsynchronously);
        (_asking, _screen) = (asking, new DeskScreen("暗証番号", said, said.Length > 0, triesLeft));
        try
        {
            return await asking.Task.WaitAsync(TimeSpan.FromSeconds(60), _time, ct);
        }
        catch (TimeoutException)
        {
            return null;
        }
        finally
        {
            _asking = null;

            // What comes of it is shown next.
            Show("確認しています", "カードを動かさないでください。");
        }
    }

    /// <summary>Serves until cancelled.</summary>
    public async Task Run(CancellationToken ct)
    {
        using var stop = ct.Register(_listener.Stop);
        while (!ct.IsCancellationRequested)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or InvalidOperationException && ct.IsCancellationRequested)
            {
                return;
            }

            await Answer(context, ct);
        }
    }

    public void Dispose()
    {
        _listener.Close();
        File.Delete(_link);
    }

    private static string NewToken() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    private Task WriteLink(CancellationToken ct) => Files.WriteWhole(_link, Encoding.ASCII.GetBytes($"[InternetShortcut]\r\nURL={_root}enter/{_token}\r\n"), ct);

    private async Task Answer(HttpListenerContext context, CancellationToken ct)
    {
        try
        {
            var (status, body) = await Judge(context, ct);
            var bytes = Encoding.UTF8.GetBytes(body);
            var response = context.Response;
            response.StatusCode = status;
            response.ContentType = "text/html; charset=utf-8";
            response.Headers["Cache-Control"] = "no-store";
            response.Headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
            // Not no-referrer: browsers then send forms of this very page with the origin "null".
            response.Headers["Referrer-Policy"] = "same-origin";
            response.Headers["X-Content-Type-Options"] = "nosniff";
            response.ContentLength64 = bytes.Length;
            await response.OutputStream.WriteAsync(bytes, ct);
            response.Close();
        }
        catch (Exception fault) when (fault is IOException or HttpListenerException or ObjectDisposedException or OperationCanceledException)
        {
            context.Response.Abort();
        }
    }

    private async Task<(int Status, string Body)> Judge(HttpListenerContext context, CancellationToken ct)
    {
        var (request, path) = (context.Request, context.Request.Url?.AbsolutePath ?? "");
        if (!request.IsLocal || !request.RemoteEndPoint.Address.Equals(request.LocalEndPoint.Address))
        {
            return (403, "");
        }

        if (request.HttpMethod == "GET" && path.StartsWith("/enter/", StringComparison.Ordinal))
        {
            return await Enter(context, path["/enter/".Length..], ct);
        }

        if (request.Cookies[Cookie]?.Value is not { } session || !_sessions.Contains(session))
        {
            return (403, DeskHtml.NotEntered());
        }

        if (request.HttpMethod == "GET" && Shown(path) is { } shown)
        {
            return (200, shown);
        }

        // Only a form of this very page may post.
        if (request.HttpMethod != "POST" || request.Headers["Origin"] is { } origin && origin + "/" != _root)
        {
            return (404, "");
        }

        var form = await Form(request, ct);
        switch (path)
        {
            case "/pin":
                _asking?.TrySetResult(form.TryGetValue("pin", out var pin) ? new TypedPin(pin, form.ContainsKey("last")) : null);
                return See(context);
            case "/cancel":
                _asking?.TrySetResult(null);
                return See(context);
            case "/last" when _last is not null:
                var text = form.GetValueOrDefault("text", "").Trim();
                return (200, DeskHtml.Last(text, _last.Find(text), _time.GetUtcNow()));
            default:
                return (404, "");
        }
    }

    private string? Shown(string path) => path switch
    {
        "/" => DeskHtml.Desk(_screen, _status.Now, _last is not null),
        "/last" when _last is not null => DeskHtml.LookUp(),
        "/procedure" => DeskHtml.Procedure(),
        "/statement" => DeskHtml.Statement(),
        _ => null,
    };

    private async Task<(int Status, string Body)> Enter(HttpListenerContext context, string token, CancellationToken ct)
    {
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(_token)))
        {
            return (403, DeskHtml.NotEntered());
        }

        _token = NewToken();
        await WriteLink(ct);
        var session = NewToken();
        _sessions.Enqueue(session);
        while (_sessions.Count > MostSessions)
        {
            _sessions.TryDequeue(out _);
        }

        context.Response.Headers["Set-Cookie"] = $"{Cookie}={session}; HttpOnly; SameSite=Strict; Path=/";
        return See(context);
    }

    private static (int Status, string Body) See(HttpListenerContext context)
    {
        context.Response.Headers["Location"] = "/";
        return (303, "");
    }

    private static async Task<Dictionary<string, string>> Form(HttpListenerRequest request, CancellationToken ct)
    {
        var buffer = new byte[LongestForm];
        var read = await request.InputStream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct);
        var form = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in Encoding.ASCII.GetString(buffer, 0, read).Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2);
            form[parts[0]] = parts.Length == 2 ? WebUtility.UrlDecode(parts[1]) : "";
        }

        CryptographicOperations.ZeroMemory(buffer);
        return form;
    }
}

/// <summary>What stands on the page now.</summary>
internal sealed record DeskScreen(string Title, string Text, bool IsBad, int? PinTries)
{
    public static DeskScreen Card { get; } = new("カードを置いてください", "マイナンバーカードをリーダーに置くと始まります。", false, null);

    /// <summary>No reader is watched: nobody is to wait for one.</summary>
    public static DeskScreen NoReader { get; } = new("関所エージェント", "この端末ではカードリーダーを使いません。", false, null);
}
