using Sekisho.Platform.Events;

namespace Sekisho.Modules.Claims;

/// <summary>Wakes the worker after a commit; polling is the safety net.</summary>
internal sealed class ClaimsSignal : WorkSignal;
