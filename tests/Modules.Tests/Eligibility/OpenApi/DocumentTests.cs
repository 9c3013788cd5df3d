using System.Text.Json;
using Microsoft.OpenApi;
using Sekisho.Contracts;
using Sekisho.Modules.Tests.Isolation;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Tests.Eligibility.OpenApi;

/// <summary>openapi.json: of every door, valid by itself, and the same in docs/protocol (SEKISHO_APPROVE=1 writes it).</summary>
public sealed class DocumentTests(DocumentTests.DescribedSite described) : IClassFixture<DocumentTests.DescribedSite>
{
    private readonly Description _description = described.Description;

    [Fact]
    public async Task Document_Committed_EqualsTheRunningSites()
    {
        var text = _description.Text + "\n";
        var file = Path.Combine(OqsDesk.Repository(), "docs", "protocol", "openapi.json");
        if (Environment.GetEnvironmentVariable("SEKISHO_APPROVE") == "1")
        {
            await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);
        }

        Assert.Equal(text, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task EveryDoor_IsDescribed_WithWhatItIsForAndWhatItAnswers()
    {
        var doors = (await Door.Of(described.Services)).Where(d => !d.IsPage && d.Pattern.StartsWith("/eligibility/", StringComparison.Ordinal)).ToList();
        var operations = _description.Document.GetProperty("paths").EnumerateObject()
            .SelectMany(p => p.Value.EnumerateObject().Select(o => (Name: $"{o.Name.ToUpperInvariant()} {p.Name}", Operation: o.Value))).ToDictionary(d => d.Name, d => d.Operation);

        Assert.Equal(doors.Select(d => $"{d.Method} {Template(d.Pattern)}").Order(StringComparer.Ordinal), operations.Keys.Order(StringComparer.Ordinal));
        Assert.All(doors, door =>
        {
            var said = operations[$"{door.Method} {Template(door.Pattern)}"];
            Assert.Contains(said.GetProperty("summary").GetString()!, c => c > '\u3000');
            Assert.Equal(door.AnyOf.Select(p => p.ToString()), said.GetProperty("x-sekisho-permission").EnumerateArray().Select(p => p.GetString()));
            Assert.Contains("監査: ", said.GetProperty("description").GetString(), StringComparison.Ordinal);
            var answers = said.GetProperty("responses").EnumerateObject().Where(r => r.Name[0] == '2').ToList();
            Assert.NotEmpty(answers);
            Assert.All(answers, a => Assert.True(a.Value.TryGetProperty("content", out _), $"{door}: {a.Name} answers nothing"));
        });
        var names = operations.Values.Select(o => o.GetProperty("operationId").GetString()!).ToList();
        Assert.Equal(operations.Count, names.Distinct().Count());
        Assert.All(names, n => Assert.All(n, c => Assert.True(char.IsAsciiLetterOrDigit(c), n)));
    }

    [Fact]
    public void EveryBodyOfJson_HasASchema_AndOthersSayWhatTheyAre()
    {
        foreach (var content in Find(_description.Document, "content"))
        {
            foreach (var body in content.EnumerateObject())
            {
                var hasSchema = body.Value.TryGetProperty("schema", out _);
                Assert.True(hasSchema == body.Name is "application/json" or "application/problem+json" or "application/x-ndjson" or "text/csv", body.Name);
                Assert.Contains(body.Name, (string[])["application/json", "application/problem+json", "application/x-ndjson", "text/csv", "application/xml", "application/pdf", "application/zip"]);
            }
        }
    }

    [Fact]
    public void Document_ReadBack_IsValid_AndEveryReferenceLeadsSomewhere()
    {
        var read = OpenApiDocument.Parse(_description.Text, "json");

        Assert.Equal(OpenApiSpecVersion.OpenApi3_1, read.Diagnostic!.SpecificationVersion);
        Assert.Empty(read.Diagnostic.Errors.Select(e => e.Message));
        Assert.Empty(read.Diagnostic.Warnings.Select(e => e.Message));
        Assert.Empty(read.Document!.Validate(ValidationRuleSet.GetDefaultRuleSet()).Select(e => e.Message));
        Assert.All(Find(_description.Document, "$ref"), r => _description.Check.Resolve(r.GetString()!));
        Assert.Equal("mutualTLS", _description.Document.GetProperty("components").GetProperty("securitySchemes").GetProperty("clientCertificate").GetProperty("type").GetString());
        Assert.DoesNotContain("localhost", _description.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("127.0.0.1", _description.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Schemas_SayWhatEachNameOfAnEnumMeans()
    {
        var schemas = _description.Document.GetProperty("components").GetProperty("schemas").EnumerateObject().Where(s => s.Value.TryGetProperty("enum", out _)).ToList();

        Assert.True(schemas.Count > 10);
        Assert.All(schemas, s =>
        {
            Assert.Equal("string", s.Value.GetProperty("type").GetString());
            var meanings = s.Value.GetProperty("x-enum-descriptions").EnumerateArray().Select(m => m.GetString()!).ToList();
            Assert.Equal(s.Value.GetProperty("enum").GetArrayLength(), meanings.Count);
            Assert.DoesNotContain("", meanings);
        });
        Assert.Equal(
            Enum.GetNames<AuditKind>(), _description.Document.GetProperty("components").GetProperty("schemas").GetProperty(nameof(AuditKind)).GetProperty("enum").EnumerateArray().Select(e => e.GetString()));
    }

    /// <summary>One site for all of them: they only read.</summary>
    public sealed class DescribedSite : IAsyncLifetime
    {
        private TestSite _site = null!;

        internal Description Description { get; private set; } = null!;

        internal IServiceProvider Services => _site.Services;

        public async ValueTask InitializeAsync()
        {
            _site = await TestSite.Start(DatabaseProvider.Sqlite);
            Description = await Description.Of(_site);
        }

        public ValueTask DisposeAsync() => _site.DisposeAsync();
    }

    private static string Template(string pattern) => System.Text.RegularExpressions.Regex.Replace(pattern, @"\{(\w+)[^}]*\}", "{$1}");

    private static IEnumerable<JsonElement> Find(JsonElement within, string name) => within.ValueKind switch
    {
        JsonValueKind.Object => within.EnumerateObject().SelectMany(p => p.Name == name ? [p.Value] : Find(p.Value, name)),
        JsonValueKind.Array => within.EnumerateArray().SelectMany(v => Find(v, name)),
        _ => [],
    };
}
