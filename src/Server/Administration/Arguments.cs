using Sekisho.Contracts.Identity;

namespace Sekisho.Server.Administration;

/// <summary>
/// What stands after <c>admin COMMAND</c>: our options (<c>--name VALUE</c> or <c>--name=VALUE</c>), plain words, and configuration of the site
/// (<c>--Key=VALUE</c>, the same keys as the server's).
/// </summary>
internal sealed class Arguments
{
    private readonly Dictionary<string, string> _options = [];
    private readonly List<string> _words = [];
    private readonly List<string> _configuration = [];

    public IReadOnlyList<string> Words => _words;

    /// <summary>For the site's configuration.</summary>
    public string[] Configuration => [.. _configuration];

    /// <exception cref="UsageException">An option is unknown or lacks its value.</exception>
    public static Arguments Parse(ReadOnlySpan<string> args, params ReadOnlySpan<string> known)
    {
        var parsed = new Arguments();
        for (var i = 0; i < args.Length; i++)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal))
            {
                parsed._words.Add(args[i]);
                continue;
            }

            var equals = args[i].IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? args[i][2..] : args[i][2..equals];
            if (known.Contains(name))
            {
                parsed._options[name] = equals >= 0 ? args[i][(equals + 1)..]
                    : i + 1 < args.Length ? args[++i]
                    : throw new UsageException($"--{name} の値がありません。");
            }
            else if (equals > 0 && char.IsAsciiLetterUpper(name[0]))
            {
                parsed._configuration.Add(args[i]);
            }
            else
            {
                throw new UsageException($"{args[i]} という指定はありません。");
            }
        }

        return parsed;
    }

    public string? Optional(string name) => _options.GetValueOrDefault(name);

    public string Required(string name) => Optional(name) is { Length: > 0 } value ? value : throw new UsageException($"--{name} を指定してください。");

    /// <summary>The one word the command needs.</summary>
    public string Word(string what) => _words is [var word] ? word : throw new UsageException($"{what} を1つ指定してください。");

    /// <summary>Names of an enum's members, in any case.</summary>
    public static T Named<T>(string option, string value)
        where T : struct, Enum =>
        Enum.TryParse<T>(value, ignoreCase: true, out var named) && Enum.IsDefined(named)
            ? named
            : throw new UsageException($"--{option} は {string.Join('・', Enum.GetNames<T>())} のいずれかにしてください（{value}）。");

    /// <summary>SYSTEM:VALUE.</summary>
    public static OrganisationCode Code(string text) => text.Split(':') is [var system, var value]
        ? new OrganisationCode(Named<CodeSystem>("code", system), value)
        : throw new UsageException($"--code は 体系:値 の形で指定してください（例 Institution:1312345678）（{text}）。");
}

/// <summary>The command line cannot be understood; the message is for the person who typed it.</summary>
internal sealed class UsageException(string message) : Exception(message);
