using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Sekisho.Modules.Identity.Data;

/// <summary>Devices, certificates, connections and terms of use.</summary>
internal sealed partial class IdentityContext
{
    public DbSet<DeviceRow> Devices => Set<DeviceRow>();

    public DbSet<DeviceEventRow> DeviceEvents => Set<DeviceEventRow>();

    public DbSet<CertificateRow> Certificates => Set<CertificateRow>();

    public DbSet<ApplicationRow> Applications => Set<ApplicationRow>();

    public DbSet<ConnectionRow> Connections => Set<ConnectionRow>();

    public DbSet<TermsRow> Terms => Set<TermsRow>();

    public DbSet<ConsentRow> Consents => Set<ConsentRow>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<DateOnly>().HaveConversion<DayText>();
    }

    private static void MapDevices(ModelBuilder model)
    {
        var device = model.Entity<DeviceRow>().ToTable("device");
        device.HasKey(d => d.Id);
        device.Property(d => d.Dedicated).HasConversion<int>();

        // With their references, so that a device is written before what is said of it.
        var happened = model.Entity<DeviceEventRow>().ToTable("device_event");
        happened.HasKey(e => e.Id);
        happened.HasOne<DeviceRow>().WithMany().HasForeignKey(e => e.Device);
        var certificate = model.Entity<CertificateRow>().ToTable("certificate");
        certificate.HasKey(c => c.Serial);
        certificate.HasOne<DeviceRow>().WithMany().HasForeignKey(c => c.Device);
        var application = model.Entity<ApplicationRow>().ToTable("certificate_application");
        application.HasKey(a => a.Id);
        application.HasOne<DeviceRow>().WithMany().HasForeignKey(a => a.Device);
        model.Entity<ConnectionRow>().ToTable("connection").HasKey(c => c.Id);
        model.Entity<TermsRow>().ToTable("terms").HasKey(t => t.Id);
        model.Entity<ConsentRow>().ToTable("consent").HasKey(c => c.Id);
    }

    private sealed class DayText() : ValueConverter<DateOnly, string>(
        day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), text => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture));
}
