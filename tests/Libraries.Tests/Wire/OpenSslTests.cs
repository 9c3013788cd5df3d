using System.ComponentModel;
using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Sekisho.Wire;

namespace Sekisho.Libraries.Tests.Wire;

/// <summary>What docs/protocol/transmission.md promises about stock openssl, run as written there (plus a fixed moment, for the test CA's dates).</summary>
public sealed class OpenSslTests
{
    private static readonly byte[] Content = Encoding.UTF8.GetBytes("{\"封筒\":\"内容\"}\n\r\n");

    [Fact]
    public void OpenSsl_VerifiesWhatWeSign_WithoutWeakerPurpose()
    {
        using var place = new Place();
        File.WriteAllBytes(place["a.p7s"], Cms.Sign(Content, place.Device));

        Assert.Equal(0, place.OpenSsl($"cms -verify -inform DER -in a.p7s -CAfile ca.pem {Place.At} -out a.bin"));
        Assert.Equal(Content, File.ReadAllBytes(place["a.bin"]));
        Assert.Equal(0, place.OpenSsl($"cms -verify -cades -inform DER -in a.p7s -CAfile ca.pem {Place.At} -out a.bin"));
    }

    [Fact]
    public void OpenSsl_RefusesWhatWeRefuse()
    {
        using var place = new Place();
        using var impostor = new TestCa();
        using var stranger = impostor.Issue();
        var cms = Cms.Sign(Content, place.Device);
        cms[cms.AsSpan().IndexOf(Content)] ^= 1;
        File.WriteAllBytes(place["changed.p7s"], cms);
        File.WriteAllBytes(place["stranger.p7s"], Cms.Sign(Content, stranger));
        File.WriteAllBytes(place["revoked.p7s"], Cms.Sign(Content, place.Device));
        File.WriteAllBytes(place["crl.pem"], Encoding.ASCII.GetBytes(System.Security.Cryptography.PemEncoding.WriteString("X509 CRL",
            place.Ca.RevocationList(TestCa.Now.AddDays(1), (place.Device, TestCa.Now.AddDays(-1))))));

        Assert.NotEqual(0, place.OpenSsl($"cms -verify -inform DER -in changed.p7s -CAfile ca.pem {Place.At} -out a.bin"));
        Assert.NotEqual(0, place.OpenSsl($"cms -verify -inform DER -in stranger.p7s -CAfile ca.pem {Place.At} -out a.bin"));
        Assert.NotEqual(0, place.OpenSsl($"cms -verify -crl_check -CRLfile crl.pem -inform DER -in revoked.p7s -CAfile ca.pem {Place.At} -out a.bin"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-keyid")]
    [InlineData("-cades")]
    [InlineData("-nosmimecap")]
    public void Verify_WhatOpenSslSigned_IsAccepted(string option)
    {
        using var place = new Place();
        File.WriteAllBytes(place["envelope.json"], Content);

        Assert.Equal(0, place.OpenSsl($"cms -sign -nodetach -binary -md sha256 -outform DER -signer device.pem -inkey device.key {option} -in envelope.json -out envelope.p7s"));

        var signed = Cms.Verify(File.ReadAllBytes(place["envelope.p7s"]), place.Ca.Trust(), TestCa.Now).Value;
        Assert.Equal(Content, signed.Content);
        Assert.Equal(TestCa.Someone(), signed.Identity);
    }

    [Theory]
    [InlineData("-noattr", "WI-0302")]
    [InlineData("-nocerts", "WI-0302")]
    [InlineData("-certfile ca.pem", "WI-0302")]
    [InlineData("-md sha512", "WI-0303")]
    public void Verify_OpenSslOutsideTheProfile_IsRefused(string option, string code)
    {
        using var place = new Place();
        File.WriteAllBytes(place["envelope.json"], Content);

        Assert.Equal(0, place.OpenSsl($"cms -sign -nodetach -binary -outform DER -signer device.pem -inkey device.key {option} -in envelope.json -out envelope.p7s"));

        Assert.Equal(code, Cms.Verify(File.ReadAllBytes(place["envelope.p7s"]), place.Ca.Trust(), TestCa.Now).Refusal.Code);
    }

    /// <summary>A folder with a CA, a device and openssl; skips the test where openssl is not installed.</summary>
    private sealed class Place : IDisposable
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sekisho-openssl-");

        public Place()
        {
            Device = Ca.Issue();
            using var key = Device.GetECDsaPrivateKey()!;
            File.WriteAllText(this["ca.pem"], Ca.Root.ExportCertificatePem());
            File.WriteAllText(this["device.pem"], Device.ExportCertificatePem());
            File.WriteAllText(this["device.key"], key.ExportPkcs8PrivateKeyPem());
        }

        public TestCa Ca { get; } = new();

        public X509Certificate2 Device { get; }

        public static string At => $"-attime {TestCa.Now.ToUnixTimeSeconds()}";

        public string this[string name] => Path.Combine(_folder.FullName, name);

        public int OpenSsl(string arguments)
        {
            try
            {
                using var process = Process.Start(new ProcessStartInfo("openssl", arguments)
                {
                    WorkingDirectory = _folder.FullName,
                    RedirectStandardError = true,
                })!;
                TestContext.Current.SendDiagnosticMessage(process.StandardError.ReadToEnd());
                process.WaitForExit();
                return process.ExitCode;
            }
            catch (Win32Exception)
            {
                Assert.Skip("openssl is not installed");
                throw;
            }
        }

        public void Dispose()
        {
            Device.Dispose();
            Ca.Dispose();
            _folder.Delete(recursive: true);
        }
    }
}
