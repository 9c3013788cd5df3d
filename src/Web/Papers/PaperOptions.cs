namespace Sekisho.Web.Papers;

/// <summary>Configuration section <c>Papers</c>.</summary>
internal sealed class PaperOptions
{
    /// <summary>Path of chromium; the first one found in PATH when left out.</summary>
    public string Chromium { get; set; } = "";

    /// <summary>Where papers lie while they are printed, this site's alone: what is left there is deleted at the start. A folder of the data folder when left out.</summary>
    public string Folder { get; set; } = "";

    /// <summary>How long one paper may take, waiting included.</summary>
    public TimeSpan Limit { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many are printed at the same time.</summary>
    public int AtOnce { get; set; } = 2;
}
