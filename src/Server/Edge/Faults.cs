using System.Diagnostics;
using Sekisho.Platform.Web;
using Sekisho.Wire;

namespace Sekisho.Server.Edge;

/// <summary>The last answer: a fault is logged by the host and told without any detail.</summary>
internal static class Faults
{
    private static readonly Refusal _fault = new(
        "SV-0001", RefusalKind.Unavailable, "処理中に障害が発生しました。", "時間をおいて再度実行してください。続く場合は番号を添えてセンターに連絡してください。");

    public static void Answer(IApplicationBuilder app) => app.Run(context => Problems.Write(
        context, _fault with { Text = $"処理中に障害が発生しました（番号 {Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier}）。" }));
}
