using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Sekisho.Tests.VirtualCards;

namespace Sekisho.EndToEnd.Tests;

/// <summary>A card on a real pcscd's reader, the real agent, the real site: from the card to the file in <c>face</c>.</summary>
public sealed class AgentCardTests
{
    private const string Institution = "1319000012";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Card_WithPinOrFace_BringsItsFileIntoFace()
    {
        await using var terminal = await AgentTerminal.Open();
        using var authority = new CardAuthority();
        authority.Trust(Path.Combine(terminal.Server.Folder, "card-authorities"));
        using var card = authority.Issue("1234");

        // The card lies on it to the end: it is the reader that goes first.
        await using var reader = await VirtualReader.Start();
        using (var clinic = new Participant(terminal.Server.Machines, terminal.Server.Demo("clinic.pfx")))
        {
            await Register(clinic, card);
        }

        terminal.Sekisho.With("PCSCLITE_CSOCK_NAME", reader.Socket);
        var port = FreePort();
        using (var agent = terminal.Start(null, "--cards", "--page", port))
        {
            using var browser = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
            await AgentTerminal.Eventually(() => File.Exists(terminal.Sekisho.PathOf("state/page.url")));
            await browser.GetAsync((await File.ReadAllTextAsync(terminal.Sekisho.PathOf("state/page.url"), Stop)).Split("URL=")[1].Trim(), Stop);
            await reader.Insert(card);
            await Says(browser, "あと 3 回");
            await Type(browser, "0000");
            await Says(browser, "あと 2 回です");
            Assert.Empty(Faces(terminal));
            await Type(browser, "1234");
            await AgentTerminal.Eventually(() => Faces(terminal).Count == 1);
            await Says(browser, "確認しました");
            Assert.Equal(2, card.PinsShown);
            await reader.Remove();
            await AgentTerminal.Eventually(() => terminal.Status().GetProperty("reader").GetString() == "ready");
            var said = (await AgentTerminal.Terminate(agent)).Expect(0);
            Assert.DoesNotContain("1234", said.Error, StringComparison.Ordinal);
        }

        var face = Assert.Single(Faces(terminal));
        Assert.Matches($"^OQSsiquc01res_face_{Institution}[0-9a-f]{{32}}_[0-9]{{14}}\\.xml$", Path.GetFileName(face));
        var text = await File.ReadAllTextAsync(face, Stop);
        Assert.Contains("<ReferenceClassification>1<", text, StringComparison.Ordinal);
        Assert.Contains("<QualificationValidity>1<", text, StringComparison.Ordinal);
        Assert.Contains("<Name>髙橋　𠮷子<", text, StringComparison.Ordinal);
        File.Delete(face);

        card.AcceptsFace = true;
        var vendor = terminal.Sekisho.PathOf("vendor.sh");
        await File.WriteAllTextAsync(vendor, "#!/bin/sh\nread asked\necho '{\"result\":\"Match\",\"statement\":\"Test Reader 1.0 match\"}'\n", Stop);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(vendor, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        using (var agent = terminal.Start(null, "--cards", "--face-command", vendor))
        {
            await reader.Insert(card);
            for (var i = 0; i < 300 && Faces(terminal).Count == 0; i++)
            {
                await Task.Delay(100, Stop);
            }

            var said = (await AgentTerminal.Terminate(agent)).Expect(0);
            Assert.True(Faces(terminal).Count == 1, said.Error);
            Assert.Equal(2, card.PinsShown);
        }
    }

    /// <summary>利用登録, as a kiosk does it: the card's own proof, and the numbers of the insurance.</summary>
    internal static async Task Register(Participant clinic, VirtualJpkiCard card)
    {
        var challenge = await clinic.PostSigned("/eligibility/cards/challenges", new { purpose = "Registration", institution = Institution });
        var id = challenge.GetProperty("id").GetString()!;
        var text = string.Join('\n', "sekisho-card-v1", challenge.GetProperty("environment").GetString(), "Registration", id, challenge.GetProperty("nonce").GetString(), Institution);
        var registered = await clinic.PostSigned("/eligibility/cards/registrations", new
        {
            challenge = id,
            certificate = card.Certificate.RawData,
            signature = card.SignDirectly(Encoding.UTF8.GetBytes(text)),
            method = "Pin",
            statement = "",
            institution = Institution,
            card = new { insurer = "06139018", symbol = "１２－３", number = "1", branch = "01", birth = "1980-05-05" },
            name = "髙橋　𠮷子",
        });
        Assert.True(registered.GetProperty("registered").GetBoolean());
    }

    internal static List<string> Faces(AgentTerminal terminal) =>
        Directory.Exists(terminal.FaceFolder) ? [.. Directory.GetFiles(terminal.FaceFolder, "*.xml")] : [];

    private static async Task Says(HttpClient browser, string text)
    {
        var page = "";
        for (var i = 0; i < 300; i++)
        {
            page = WebUtility.HtmlDecode(await browser.GetStringAsync("/", Stop));
            if (page.Contains(text, StringComparison.Ordinal))
            {
                return;
            }

            await Task.Delay(100, Stop);
        }

        Assert.Fail($"The page does not say {text}: {page}");
    }

    private static async Task Type(HttpClient browser, string pin)
    {
        using var answer = await browser.PostAsync("/pin", new FormUrlEncodedContent([new("pin", pin)]), Stop);
        Assert.True(answer.IsSuccessStatusCode);
    }

    private static string FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }
}

/// <summary>An authority for cards, of a test.</summary>
internal sealed class CardAuthority : IDisposable
{
    private readonly RSA _key = RSA.Create(2048);
    private readonly X509Certificate2 _certificate;
    private readonly DateTimeOffset _now = TimeProvider.System.GetUtcNow();

    public CardAuthority()
    {
        var request = new CertificateRequest("CN=Test Card Authority", _key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        _certificate = request.CreateSelfSigned(_now.AddDays(-1), _now.AddYears(10));
    }

    /// <summary>Puts certificate and an empty revocation list into a site's folder.</summary>
    public void Trust(string folder)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "test.crt"), _certificate.ExportCertificatePem());
        File.WriteAllBytes(
            Path.Combine(folder, "test.crl"),
            new CertificateRevocationListBuilder().Build(_certificate, 1, _now.AddDays(7), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    public VirtualJpkiCard Issue(string pin)
    {
        var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=Test User Authentication", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.2")], false));
        return new VirtualJpkiCard(key, request.Create(_certificate, _now.AddHours(-1), _now.AddYears(5), RandomNumberGenerator.GetBytes(9)), _certificate.RawData, pin);
    }

    public void Dispose()
    {
        _certificate.Dispose();
        _key.Dispose();
    }
}
