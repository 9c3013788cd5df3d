using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Diagnostics.Tracing;
using System.Globalization;

namespace Sekisho.Modules.Tests.Isolation;

/// <summary>Hears everything this process says to whoever operates it: every log line at every level, every trace with its tags, every metric with its tags.</summary>
internal sealed class Eavesdropper : EventListener
{
    private const string Logging = "Microsoft-Extensions-Logging";
    private const EventKeywords FormattedMessages = (EventKeywords)4;
    private readonly ConcurrentQueue<string> _heard = new();
    private readonly ActivityListener _traces;
    private readonly MeterListener _metrics = new() { InstrumentPublished = (instrument, listener) => listener.EnableMeasurementEvents(instrument) };

    public Eavesdropper()
    {
        _traces = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = Hear,
        };
        ActivitySource.AddActivityListener(_traces);
        _metrics.SetMeasurementEventCallback<long>((i, v, tags, _) => Hear(i, tags));
        _metrics.SetMeasurementEventCallback<int>((i, v, tags, _) => Hear(i, tags));
        _metrics.SetMeasurementEventCallback<double>((i, v, tags, _) => Hear(i, tags));
        _metrics.Start();
    }

    /// <summary>Lines heard so far: <c>log: …</c>, <c>trace: …</c>, <c>metric: …</c>.</summary>
    public IReadOnlyCollection<string> Heard => _heard;

    public override void Dispose()
    {
        _traces.Dispose();
        _metrics.Dispose();
        base.Dispose();
    }

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == Logging)
        {
            EnableEvents(eventSource, EventLevel.Verbose, FormattedMessages);
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData) => _heard?.Enqueue("log: " + Joined(eventData.Payload ?? []));

    private void Hear(Activity activity) => _heard.Enqueue(
        $"trace: {activity.DisplayName} {Joined(activity.TagObjects.Select(t => (object?)$"{t.Key}={t.Value}"))} {Joined(activity.Events.SelectMany(e => e.Tags).Select(t => t.Value))}");

    private void Hear(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var said = "metric: " + instrument.Name;
        foreach (var (key, value) in tags)
        {
            said += string.Create(CultureInfo.InvariantCulture, $" {key}={value}");
        }

        _heard.Enqueue(said);
    }

    private static string Joined(IEnumerable<object?> values) => string.Join(' ', values.Select(v => Convert.ToString(v, CultureInfo.InvariantCulture)));
}
