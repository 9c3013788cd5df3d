using System.IO.Compression;
using System.Text;
using System.Xml.Linq;
using System.Xml.Schema;
using Sekisho.Contracts.Eligibility;
using Sekisho.Formats.Eligibility;
using Sekisho.Formats.Eligibility.Views;

namespace Sekisho.Modules.Tests.Eligibility;

/// <summary>
/// Requests of the interface as a medical record system writes them, and results as one reads them that knows nothing of our reader: plain XML, valid against the
/// published XSD.
/// </summary>
internal static class OqsDesk
{
    public const string Institution = "1319999991";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A request from views.</summary>
    public static byte[] Write(string message, object? body, OqsEncoding encoding = OqsEncoding.Utf8, OqsHeader? header = null) => OqsWriter.Write(
        OqsMessage.Of(OqsShapes.Get(message), header ?? new OqsHeader { MedicalInstitutionCode = Institution, ArbitraryFileIdentifier = "yoyaku" }, body), encoding).Bytes!;

    public static QualificationConfirmSearchInfo Search(CoverageEntry entry, string identifier = "") => new()
    {
        InsurerNumber = entry.Coverage!.Insurer,
        InsuredCardSymbol = entry.Coverage.Symbol,
        InsuredIdentificationNumber = entry.Coverage.Number,
        InsuredBranchNumber = entry.Coverage.Branch,
        Birthdate = entry.Coverage.Birth,
        ArbitraryIdentifier = identifier,
    };

    public static ReferenceNumberRegistrationInfo Refer(CoverageEntry entry, string reference) => new()
    {
        ReferenceNumber = reference,
        InsurerNumber = entry.Coverage!.Insurer,
        InsuredCardSymbol = entry.Coverage.Symbol,
        InsuredIdentificationNumber = entry.Coverage.Number,
        InsuredBranchNumber = entry.Coverage.Branch,
    };

    /// <summary>Sends a request and reads its result.</summary>
    public static async Task<XElement> Send(this Desk desk, string message, byte[] request)
    {
        var (name, bytes) = await desk.Exchange($"{message}_1.xml", request);
        return Read(name, bytes);
    }

    /// <summary>Uploads, then asks until it is finished, as a terminal does.</summary>
    public static async Task<XElement> Bulk(this Desk desk, string kind, byte[] upload, string institution = Institution) =>
        await desk.Fetch(kind, await desk.Number(kind, upload), institution);

    /// <summary>受付番号 of an upload.</summary>
    public static async Task<string> Number(this Desk desk, string kind, byte[] upload)
    {
        var taken = await desk.Send(kind + "01req", upload);
        Assert.NotEqual("9", taken.Header("SegmentOfResult"));
        return taken.Body("ReceptionNumber");
    }

    public static async Task<XElement> Fetch(this Desk desk, string kind, string number, string institution = Institution)
    {
        for (var tries = 0; tries < 3000; tries++)
        {
            var result = await desk.Send(kind + "02req", Download(kind, number, institution));
            if (result.Header("SegmentOfResult") != "2")
            {
                return result;
            }

            await Task.Delay(50, Ct);
        }

        throw new TimeoutException("The bulk inquiry does not end");
    }

    public static byte[] Download(string kind, string number, string institution = Institution) =>
        Write(kind + "02req", new BulkDownloadRequest { ReceptionNumber = number }, header: new OqsHeader { MedicalInstitutionCode = institution });

    public static string Header(this XElement root, string name) => root.Element("MessageHeader")?.Element(name)?.Value ?? "";

    public static string Body(this XElement root, string name) => root.Element("MessageBody")?.Element(name)?.Value ?? "";

    public static string Text(this XElement element, string name) => element.Element(name)?.Value ?? "";

    /// <summary>Result bytes as plain XML; unpacked where they are a zip.</summary>
    public static XElement Read(string name, byte[] bytes)
    {
        if (name.EndsWith(".zip", StringComparison.Ordinal))
        {
            using var zip = new ZipArchive(new MemoryStream(bytes));
            var entry = Assert.Single(zip.Entries);
            Assert.Equal(Path.ChangeExtension(name, "xml"), entry.Name);
            using var from = entry.Open();
            using var plain = new MemoryStream();
            from.CopyTo(plain);
            bytes = plain.ToArray();
        }

        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        using var stream = new MemoryStream(bytes);
        var document = XDocument.Load(stream);
        var faults = new List<string>();
        document.Validate(Schemas(name[..name.IndexOf('_', StringComparison.Ordinal)]), (_, e) => faults.Add(e.Message));
        Assert.Empty(faults);
        return document.Root!;
    }

    private static XmlSchemaSet Schemas(string message)
    {
        var folder = Path.Combine(Repository(), "docs", "formats", "eligibility");
        var schemas = new XmlSchemaSet { XmlResolver = new System.Xml.XmlUrlResolver() };
        schemas.Add(null, Path.Combine(folder, message + ".xsd"));
        return schemas;
    }

    /// <summary>The folder of the solution.</summary>
    public static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Sekisho.slnx")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("Sekisho.slnx");
        }

        return folder.FullName;
    }
}
