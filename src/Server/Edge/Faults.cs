using System.Diagnostics;
using Microsoft.AspNetCore.Diagnostics;
using Sekisho.Platform;
using Sekisho.Platform.Web;
using Sekisho.Wire;

namespace Sekisho.Server.Edge;

/// <summary>The last answer: a fault is logged by the host and told without any detail, but for what the asker can do about it.</summary>
internal static class Faults
{
    private static readonly Refusal _fault = new(
        "SV-0001", RefusalKind.Unavailable, "処理中に障害が発生しました。", "時間をおいて再度実行してください。続く場合は番号を添えてセンターに連絡してください。");

    private static readonly Refusal _malformed = new(
        "SV-0002", RefusalKind.Invalid, "要求の形式が正しくありません。", "送信するソフトウェアが、伝送仕様のとおりの HTTP と JSON を送っているか確認してください。");

    private static readonly Refusal _tooSlow = new(
        "SV-0003", RefusalKind.Invalid, "送信が止まっているか遅すぎるため、接続を打ち切りました。", "回線を確認し、もう一度実行してください。内容の送信は途中から続きます。");

    private static readonly Refusal _tooLarge = new(
        "SV-0004", RefusalKind.TooLarge, "要求が大きすぎます。", "送信する内容を確認してください。");

    private static readonly Refusal _diskFull = new(
        "SV-0005", RefusalKind.NoRoom, "センターの空き容量が足りないため、この要求は受け付けていません。既に受領したものは失われません。", "時間をおいて、もう一度実行してください。内容の送信は途中から続きます。");

    private static readonly Refusal _databaseDown = new(
        "SV-0006", RefusalKind.Unavailable, "センターのデータベースに一時的に接続できません。既に受領したものは失われません。", "時間をおいて、もう一度実行してください。");

    /// <summary>What an asker did wrong is told to the asker and is no fault of ours to log: a stranger cannot fill the log.</summary>
    public static ExceptionHandlerOptions Handling => new()
    {
        ExceptionHandler = Answer,
        SuppressDiagnosticsCallback = handled => Judge(handled.Exception).Refusal is var refusal && (refusal == _malformed || refusal == _tooSlow || refusal == _tooLarge),
    };

    private static Task Answer(HttpContext context)
    {
        var fault = context.Features.Get<IExceptionHandlerFeature>()?.Error;
        var (refusal, status) = Judge(fault);
        return Problems.Write(
            context,
            refusal == _fault ? _fault with { Text = $"処理中に障害が発生しました（番号 {Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier}）。" } : refusal,
            status ?? Problems.Status(refusal.Kind));
    }

    private static (Refusal Refusal, int? Status) Judge(Exception? fault) => fault switch
    {
        BadHttpRequestException { StatusCode: StatusCodes.Status408RequestTimeout } => (_tooSlow, StatusCodes.Status408RequestTimeout),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => (_tooLarge, null),
        BadHttpRequestException bad => (_malformed, bad.StatusCode),
        // How Kestrel reports a chunk size that no number holds.
        IOException { InnerException: OverflowException } => (_malformed, StatusCodes.Status400BadRequest),
        System.Text.Json.JsonException => (_malformed, StatusCodes.Status400BadRequest),
        not null when Outages.IsDiskFull(fault) => (_diskFull, null),
        not null when Outages.IsDatabaseDown(fault) => (_databaseDown, null),
        _ => (_fault, null),
    };
}
