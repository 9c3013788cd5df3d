using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;
using Sekisho.Wire;

namespace Sekisho.Libraries.Tests.Wire;

/// <summary>
/// Holds docs/protocol to its word: the files in its example folder verify, the values it prints are theirs, and its openssl commands run as printed.
/// SEKISHO_APPROVE=1 makes the example anew (with new keys, which are thrown away); the values in the text are then changed by hand.
/// </summary>
public sealed partial class ExampleTests
{
    private const string Origin = "sekisho.example/development";
    private static readonly Guid Id = new("019d6a3f-7c00-7abc-8def-0123456789ab");
    private static readonly byte[] Content = "GO,1,1500,99\r\n\x1a"u8.ToArray();
    private static readonly string Folder = Path.Combine(Root(), "docs/protocol/example");

    private static Envelope Envelope => new(Id, SiteEnvironment.Development, TestCa.Someone().Organisation, TestCa.Centre, TransmissionKinds.Claim,
        "RECEIPTC.UKE", Classification.StrictlyConfidential, Convert.ToHexStringLower(SHA256.HashData(Content)), Content.Length, TestCa.Now);

    [Fact]
    public void ExampleFiles_Verify_AndTheTextPrintsTheirValues()
    {
        if (SourceTree.Approve)
        {
            Make();
        }

        var trust = new Trust([X509CertificateLoader.LoadCertificate(Bytes("ca.pem"))], SiteEnvironment.Development);
        var proof = LogProof.Parse(Bytes("RECEIPTC.UKE.ack.proof")).Value;
        var acknowledgement = Bytes("RECEIPTC.UKE.ack.p7s");

        var verified = Verifier.Acknowledgement(acknowledgement, trust, TestCa.Now, new MemoryStream(Bytes("RECEIPTC.UKE")), proof).Value;
        Assert.Equal(ProvenParts.Signature | ProvenParts.Content | ProvenParts.Ledger, verified.Proven);
        Assert.Equal([TestCa.Centre], trust.Operators);
        Assert.Equal(Envelope, Sekisho.Wire.Envelope.Parse(Cms.Verify(Bytes("envelope.p7s"), trust, TestCa.Now).Value.Content).Value);
        Assert.Equal(Envelope.ToBytes(), Bytes("envelope.json"));
        Assert.Equal(verified.Statement.EnvelopeSha256, Convert.ToHexStringLower(SHA256.HashData(Bytes("envelope.p7s"))));

        Prints("transmission.md", Envelope.Sha256, Text(Envelope.ToBytes()), Text(verified.Statement.ToBytes()));
        Prints("ledger.md", Convert.ToHexStringLower(MerkleTree.LeafHash(verified.Statement.ToBytes())), Convert.ToHexStringLower(verified.Checkpoint!.Root),
            Text(verified.Checkpoint.ToBytes()), proof.Path.Select(Convert.ToHexStringLower).Single());
    }

    [Fact]
    public void OpenSslCommands_RunAsPrinted()
    {
        using var ca = new TestCa();
        using var clinic = ca.Issue();
        var place = Directory.CreateTempSubdirectory("sekisho-protocol-");
        try
        {
            foreach (var file in Directory.EnumerateFiles(Folder))
            {
                File.Copy(file, Path.Combine(place.FullName, Path.GetFileName(file)));
            }

            File.WriteAllBytes(Path.Combine(place.FullName, "clinic.pfx"), clinic.Export(X509ContentType.Pfx, ""));
            var commands = Command().Matches(File.ReadAllText(Path.Combine(Folder, "../transmission.md"))).Select(m => m.Value).ToList();
            Assert.Equal(4, commands.Count);
            foreach (var command in commands)
            {
                Run(place.FullName, command);
            }

            Assert.Equal(Bytes("envelope.json"), Cms.Verify(File.ReadAllBytes(Path.Combine(place.FullName, "signed.p7s")), ca.Trust(), TestCa.Now).Value.Content);
        }
        finally
        {
            place.Delete(recursive: true);
        }
    }

    private static void Run(string folder, string command)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("needs sh");
        }

        using var process = Process.Start(new ProcessStartInfo("sh", ["-c", command]) { WorkingDirectory = folder, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.SkipWhen(process.ExitCode == 127, "openssl is not installed");
        Assert.True(process.ExitCode == 0, $"{command}\n{error}");
    }

    private static void Prints(string document, params string[] values)
    {
        var text = File.ReadAllText(Path.Combine(Folder, "..", document));
        Assert.All(values, v => Assert.Contains(v, text, StringComparison.Ordinal));
    }

    private static void Make()
    {
        using var ca = new TestCa("Sekisho Example CA", new CertificateIdentity(SiteEnvironment.Development, TestCa.Centre, Guid.Empty));
        using var clinic = ca.Issue();
        using var centre = ca.Issue(TestCa.TheCentre);
        var envelope = Cms.Sign(Envelope.ToBytes(), clinic);
        var statement = new AcknowledgementStatement(Id, "20260408-000123-8", SiteEnvironment.Development, Envelope.Sender, Envelope.Recipient,
            Convert.ToHexStringLower(SHA256.HashData(envelope)), Envelope.Sha256, Content.Length, TestCa.Now.AddSeconds(2).AddTicks(1_234_560), []).ToBytes();
        var (before, leaf) = (MerkleTree.LeafHash("an earlier entry"u8), MerkleTree.LeafHash(statement));
        var checkpoint = new Checkpoint(Origin, 2, MerkleTree.NodeHash(before, leaf));
        File.WriteAllText(Path.Combine(Folder, "ca.pem"), ca.Root.ExportCertificatePem() + "\n");
        Write("RECEIPTC.UKE", Content);
        Write("envelope.json", Envelope.ToBytes());
        Write("envelope.p7s", envelope);
        Write("RECEIPTC.UKE.ack.p7s", Cms.Sign(new Acknowledgement(statement, Origin, 1).ToBytes(), centre));
        Write("RECEIPTC.UKE.ack.proof", new LogProof(1, [before], Cms.Sign(checkpoint.ToBytes(), centre)).ToBytes());
    }

    private static void Write(string name, byte[] bytes) => File.WriteAllBytes(Path.Combine(Folder, name), bytes);

    private static byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(Folder, name));

    private static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Sekisho.slnx")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("Sekisho.slnx");
        }

        return folder.FullName;
    }

    [GeneratedRegex("^openssl [^\n]*$", RegexOptions.Multiline)]
    private static partial Regex Command();
}
