using System.Globalization;
using System.Net;
using System.Text;
using Sekisho.Formats;

namespace Sekisho.Cli.Agent;

/// <summary>The agent's page as HTML: large, plain, without script.</summary>
internal static class DeskHtml
{
    private const string Style =
        "body{font:1.25rem/1.7 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1a1a1c;background:#fff}"
        + "h1{font-size:2rem}input,button{font:inherit;padding:.6rem 1rem;margin:.3rem .3rem .3rem 0}input[name=pin]{width:9rem;letter-spacing:.5rem}"
        + "button{background:#0017c1;color:#fff;border:0;border-radius:.5rem}button.quiet{background:#fff;color:#0017c1;border:1px solid}"
        + ".bad{border-left:.5rem solid #ec0000;padding-left:1rem}.old{background:#ffc700;padding:.6rem 1rem;font-weight:bold}"
        + "table{border-collapse:collapse;width:100%}th,td{border-bottom:1px solid #767676;text-align:left;padding:.4rem}";

    public static string Desk(DeskScreen screen, AgentState line, bool hasLast)
    {
        var body = new StringBuilder($"<h1>{Text(screen.Title)}</h1>");
        if (screen.Text.Length > 0)
        {
            body.Append(CultureInfo.InvariantCulture, $"<p{(screen.IsBad ? " class=bad role=alert" : "")}>{Text(screen.Text)}</p>");
        }

        if (screen.PinTries is { } tries)
        {
            body.Append(CultureInfo.InvariantCulture, $"<form method=post action=/pin autocomplete=off><p><label for=pin>利用者証明用電子証明書の暗証番号（数字4桁・あと {tries} 回）</label><br>");
            body.Append("<input id=pin name=pin type=password inputmode=numeric pattern=\"[0-9]{4}\" maxlength=4 required autofocus autocomplete=off> <button>決定</button></p>");
            if (tries == 1)
            {
                body.Append("<p class=bad><label><input type=checkbox name=last required> 最後の 1 回です。間違えるとロックされ、解除は市区町村の窓口だけです。それでも入力します。</label></p>");
            }

            body.Append("</form><form method=post action=/cancel><button class=quiet>やめる</button></form>");
        }

        if (screen.PinTries is null)
        {
            body.Append("<hr>").Append(Line(line));
        }

        if (hasLast && screen.PinTries is null)
        {
            body.Append("<p><a href=/last>つながらないとき: 最後の回答を探す</a></p>");
        }

        if (screen.PinTries is null)
        {
            body.Append(DeskPaper.Links);
        }

        // While somebody types, nothing moves: so what is typed into without a card has a page of its own.
        return Page(screen.Title, body.ToString(), refresh: screen.PinTries is null ? 2 : 0);
    }

    /// <summary>Where the last answers are looked for.</summary>
    public static string LookUp() => Page("最後の回答", "<h1>最後の回答</h1><p>つながらないときに、この端末が最後に得た回答を探します。</p>" + Search("") + "<p><a href=/>戻る</a></p>", refresh: 0);

    public static string Last(string asked, IReadOnlyList<LastAnswer> found, DateTimeOffset now)
    {
        var body = new StringBuilder("<h1>最後の回答</h1><p class=old>いまの資格ではありません。この端末が最後に得た回答です。つながったら、もう一度確認してください。</p>").Append(Search(asked));
        if (found.Count == 0)
        {
            body.Append("<p role=status>この端末に残っている回答はありません。次の手順で受け付けてください。</p>").Append(DeskPaper.Links);
        }
        else
        {
            body.Append("<table><tr><th>得た時刻<th>氏名<th>生年月日<th>保険者番号<th>記号・番号・枝番<th>そのときの回答<th>負担割合</tr>");
            foreach (var one in found)
            {
                body.Append(CultureInfo.InvariantCulture, $"<tr><td>{Moment(one.At)}<br><strong>{Age(now - one.At)}</strong><td>{Text(one.Name)}<br>{Text(one.Kana)}<td>{one.Birth:yyyy-MM-dd}<td>{Text(one.Insurer)}<br>{Text(one.InsurerName)}");
                body.Append(CultureInfo.InvariantCulture, $"<td>{Text(one.Symbol)}・{Text(one.Number)} {Text(one.Branch)}<td>{Text(one.Validity)}（{one.On:yyyy-MM-dd} について）{(one.Lost is { } lost ? $"<br>喪失 {lost:yyyy-MM-dd}" : "")}<td>{(one.Ratio is { } ratio ? $"{ratio}%" : "")}</tr>");
            }

            body.Append("</table>");
        }

        return Page("最後の回答", body.Append("<p><a href=/>戻る</a></p>").ToString(), refresh: 0);
    }

    public static string Procedure() => Page("資格を確認できないとき", DeskPaper.Procedure, refresh: 0);

    public static string Statement() => Page("被保険者資格申立書", DeskPaper.Statement, refresh: 0);

    public static string NotEntered() =>
        Page("入れません", "<h1>入れません</h1><p>エージェントの作業フォルダーの page.url を開いてください（一度だけ使えます。使うたびに新しくなります）。</p>", refresh: 0);

    /// <summary>How old, in words that a tired person reads.</summary>
    public static string Age(TimeSpan age) => age switch
    {
        { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, (int)age.TotalMinutes)}分前"),
        { TotalDays: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{(int)age.TotalHours}時間前"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)age.TotalDays}日前"),
    };

    private static string Line(AgentState line) => line.State switch
    {
        "up" => $"<p>センターにつながっています（{Moment(line.Since)} から）。{Waiting(line)}</p>",
        "down" => $"<p class=bad role=alert>センターにつながりません（{Moment(line.Since)} から、{Text(line.Code)}）。{Text(line.Text)}{Waiting(line)}つながり次第、順に答えます。</p>",
        "folder" => $"<p class=bad role=alert>{Text(line.Text)}共有への接続、権限、空き容量を確認してください（{Moment(line.Since)} から）。</p>",
        _ => "<p>センターに接続しています。</p>",
    };

    private static string Waiting(AgentState line) => line.Waiting == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"要求 {line.Waiting} 件が待っています。");

    private static string Search(string asked) =>
        $"<form method=post action=/last><label for=text>番号、氏名、または氏名カナ</label><br><input id=text name=text maxlength=40 required autocomplete=off value=\"{Text(asked)}\"> <button>探す</button></form>";

    private static string Page(string title, string body, int refresh) =>
        $"<!doctype html><html lang=ja><meta charset=utf-8><meta name=viewport content=\"width=device-width\">{(refresh > 0 ? $"<meta http-equiv=refresh content={refresh}>" : "")}<title>{Text(title)} - 関所エージェント</title><style>{Style}{DeskPaper.Style}</style><body>{body}</body></html>";

    private static string Moment(DateTimeOffset time) => time.InJapan().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
