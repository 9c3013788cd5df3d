namespace Sekisho.EndToEnd.Tests;

public sealed class StoryTests
{
    [Fact]
    public async Task Story_OnAPrivateServer_HoldsStepByStep()
    {
        using var sekisho = new SekishoCommand();

        var story = await sekisho.Json(0, "story");

        Assert.True(story.GetProperty("held").GetBoolean());
        Assert.All(story.GetProperty("steps").EnumerateArray(), step => Assert.True(step.GetProperty("held").GetBoolean()));
        Assert.Equal(35, story.GetProperty("steps").GetArrayLength());
    }

    [Fact]
    public async Task Story_WithoutServer_ExitsTwo()
    {
        using var sekisho = new SekishoCommand();

        var result = (await sekisho.Run("story", "--server-exe", "/nowhere/Sekisho.Server")).Expect(2);

        Assert.Contains("CI-0501", result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Out);
    }
}
