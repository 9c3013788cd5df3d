using System.Text;
using Sekisho.Platform.Data;
using static Sekisho.Modules.Tests.Eligibility.EligibilityWorld;

namespace Sekisho.Modules.Tests.Eligibility;

/// <summary>The published and reconstructed request files, through the door as they are but for the 医療機関コード.</summary>
public sealed class MessagesSampleTests
{
    private static readonly string[] _folders = ["qualification", "bulk"];

    [Fact]
    public async Task EverySampleRequest_IsAnsweredByAValidResult()
    {
        var folder = Path.Combine(OqsDesk.Repository(), "..", "shared", "data", "eligibility");
        Assert.SkipUnless(Directory.Exists(folder), "../shared がありません。");
        await using var world = await Start(DatabaseProvider.Sqlite);
        using var desk = await Desk.Of(world.Site, world.ClinicOrganisation);
        var answered = new List<string>();
        foreach (var path in _folders.SelectMany(f => Directory.GetFiles(Path.Combine(folder, f), "*req*.xml")).Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(path);
            var (result, bytes) = await desk.Exchange(name, Own(await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken)));
            var root = OqsDesk.Read(result, bytes);
            Assert.Equal(name.Replace("req_", "res_", StringComparison.Ordinal), result);
            answered.Add($"{name[..name.IndexOf('_', StringComparison.Ordinal)]} {root.Header("SegmentOfResult")} {root.Header("ErrorCode")}".TrimEnd());
        }

        Assert.NotEmpty(answered);
        Assert.DoesNotContain(answered, a => a.Contains("EM-", StringComparison.Ordinal) || a.Contains("EL-0304", StringComparison.Ordinal));
    }

    // Latin 1 keeps every byte as it is, whatever the file is written in.
    private static byte[] Own(byte[] sample)
    {
        var text = Encoding.Latin1.GetString(sample);
        var at = text.IndexOf("<MedicalInstitutionCode>", StringComparison.Ordinal) + "<MedicalInstitutionCode>".Length;
        return Encoding.Latin1.GetBytes(text[..at] + OqsDesk.Institution + text[text.IndexOf('<', at)..]);
    }
}
