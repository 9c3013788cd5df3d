namespace Sekisho.Platform.Events;

/// <summary>Wakes a worker; one class of its own for each worker, so that each is a service of its own.</summary>
public abstract class WorkSignal
{
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Set() => Interlocked.Exchange(ref _next, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();

    /// <summary>Completes at the next <see cref="Set"/>; take it before looking for work, so that nothing set meanwhile is missed.</summary>
    public Task Next => Volatile.Read(ref _next).Task;
}
