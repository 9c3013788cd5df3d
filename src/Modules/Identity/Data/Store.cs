using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts;
using Sekisho.Platform.Data;
using Sekisho.Platform.Events;

namespace Sekisho.Modules.Identity.Data;

/// <summary>
/// Opens the module's own short transactions. Identity answers while other modules hold theirs, so it never joins the caller's: asking who somebody is
/// must not decide whether the caller's transaction reads or writes.
/// </summary>
internal sealed class Store(IServiceScopeFactory scopes)
{
    public async ValueTask<Unit> Read(CancellationToken ct)
    {
        var unit = new Unit(scopes.CreateAsyncScope());
        await unit.Session.Read(ct);
        await unit.Context.Enlist(ct);
        return unit;
    }

    public async ValueTask<Unit> Write(CancellationToken ct)
    {
        var unit = new Unit(scopes.CreateAsyncScope());
        await unit.Session.Write(ct);
        await unit.Context.Enlist(ct);
        return unit;
    }

    internal sealed class Unit : IAsyncDisposable
    {
        private readonly AsyncServiceScope _scope;

        public Unit(AsyncServiceScope scope)
        {
            _scope = scope;
            Session = scope.ServiceProvider.GetRequiredService<DbSession>();
            Context = new IdentityContext(Session);
        }

        public DbSession Session { get; }

        public IdentityContext Context { get; }

        public ValueTask Record(AuditKind kind, string subject, string result, CancellationToken ct) => Audit.Record(kind, subject, result, ct);

        public ValueTask Record(Actor? by, AuditKind kind, string subject, string result, CancellationToken ct) => Audit.Record(by, kind, subject, result, ct);

        /// <summary>The next version; serialises writers, so that versions are committed in their order.</summary>
        public async ValueTask<long> NextVersion(CancellationToken ct) => Convert.ToInt64(
            await Session.Scalar($"UPDATE {Session.Prefix("identity")}version SET value = value + 1 WHERE id = 1 RETURNING value", ct), CultureInfo.InvariantCulture);

        public async ValueTask<long> Version(CancellationToken ct) => Convert.ToInt64(
            await Session.Scalar($"SELECT value FROM {Session.Prefix("identity")}version WHERE id = 1", ct), CultureInfo.InvariantCulture);

        public async ValueTask Commit(CancellationToken ct)
        {
            await Context.SaveChangesAsync(ct);
            await Session.Commit(ct);
        }

        public async ValueTask DisposeAsync()
        {
            await Context.DisposeAsync();
            await _scope.DisposeAsync();
        }

        private Audit Audit => _scope.ServiceProvider.GetRequiredService<Audit>();
    }
}
