using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Sekisho.Formats.Eligibility;
using Sekisho.Formats.Eligibility.Matching;
using Sekisho.Formats.Eligibility.Views;

namespace Sekisho.Cli.Agent;

/// <summary>What was last answered about a card, for hours when nothing can be asked. No medicines, no checkups, no address.</summary>
internal sealed record LastAnswer(
    DateTimeOffset At,
    DateOnly? On,
    string Insurer,
    string Symbol,
    string Number,
    string Branch,
    DateOnly? Birth,
    string Name,
    string Kana,
    string Validity,
    int? Ratio,
    string InsurerName,
    DateOnly? Lost);

/// <summary>
/// Keeps the last answers on this machine: each a file sealed with AES-256-GCM under a key of its owner, named by a keyed hash of the card's numbers. A newer answer
/// takes the place of the older one, also when it says that there is nothing: what was withdrawn must not be shown as the last known.
/// </summary>
internal sealed class LastAnswers
{
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private readonly string _folder;
    private readonly byte[] _key;
    private readonly TimeSpan _kept;
    private readonly TimeProvider _time;

    private LastAnswers(string folder, byte[] key, TimeSpan kept, TimeProvider time) => (_folder, _key, _kept, _time) = (folder, key, kept, time);

    /// <summary>Opens them; the key is made at the first time.</summary>
    public static async Task<LastAnswers> Open(string state, TimeSpan kept, TimeProvider time, CancellationToken ct)
    {
        var file = Path.Combine(state, "last.key");
        if (!File.Exists(file))
        {
            await Files.WriteWhole(file, RandomNumberGenerator.GetBytes(32), ct);
        }

        return new LastAnswers(Files.Folder(Path.Combine(state, "last")), await File.ReadAllBytesAsync(file, ct), kept, time);
    }

    /// <summary>None are to be kept: those of before go, and their key.</summary>
    public static LastAnswers? Forget(string state)
    {
        if (Directory.Exists(Path.Combine(state, "last")))
        {
            Directory.Delete(Path.Combine(state, "last"), recursive: true);
        }

        File.Delete(Path.Combine(state, "last.key"));
        return null;
    }

    /// <summary>Keeps what a result of 資格確認 says; other results and failures are nothing to keep. Never in the way of an answer: what fails is only not kept.</summary>
    public void Keep(OqsFileName request, byte[] result)
    {
        try
        {
            foreach (var answer in Answers(request, result))
            {
                Write(answer);
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            // The desk has its answer.
        }
    }

    /// <summary>Those whose number, or the beginning of whose name or kana, is this; the newest first.</summary>
    public IReadOnlyList<LastAnswer> Find(string text)
    {
        var (number, kana, name) = (SearchKey.Number(text), TextFold.Kana(text), NameMatch.Key(text));
        return text.Length == 0 ? []
            : [.. All().Where(a => SearchKey.Number(a.Number) == number || StartsWith(TextFold.Kana(a.Kana), kana) || StartsWith(NameMatch.Key(a.Name), name)).OrderByDescending(a => a.At)];
    }

    /// <summary>Removes what is older than it may be.</summary>
    public void Tidy()
    {
        foreach (var path in Directory.EnumerateFiles(_folder).Where(p => _time.GetUtcNow() - File.GetLastWriteTimeUtc(p) > _kept))
        {
            File.Delete(path);
        }
    }

    private static bool StartsWith(string whole, string beginning) => beginning.Length > 0 && whole.StartsWith(beginning, StringComparison.Ordinal);

    private IEnumerable<LastAnswer> Answers(OqsFileName request, byte[] result) => (request.Kind, request.Step) switch
    {
        ("OQSsiquc", _) => One(result),
        ("OQSmuquc", "02") => Many(result),
        _ => [],
    };

    private IEnumerable<LastAnswer> One(byte[] result)
    {
        if (OqsReader.Read(result, OqsShapes.Get("OQSsiquc01res")).Message is not { } message)
        {
            return [];
        }

        var (header, body) = (message.ReadHeader<OqsHeader>(), message.ReadBody<QualificationResult>());
        return header.SegmentOfResult == SegmentOfResult.正常終了 ? Each(header, body.QualificationValidity, body.QualificationConfirmSearchInfo, body.ResultList) : [];
    }

    /// <summary>一括照会: the appointments of the day, mostly. Zipped when large.</summary>
    private IEnumerable<LastAnswer> Many(byte[] result)
    {
        if (OqsReader.Read(Unzipped(result), OqsShapes.Get("OQSmuquc02res")).Message is not { } message)
        {
            return [];
        }

        var header = message.ReadHeader<OqsHeader>();
        return header.SegmentOfResult != SegmentOfResult.正常終了
            ? []
            : message.ReadBody<BulkResult>().BulkConfirmUnit.SelectMany(u => Each(header, u.QualificationValidity, u.QualificationConfirmSearchInfo, [.. u.Results]));
    }

    private static byte[] Unzipped(byte[] result)
    {
        if (!result.AsSpan().StartsWith("PK"u8))
        {
            return result;
        }

        using var zip = new ZipArchive(new MemoryStream(result));
        if (zip.Entries is not [{ Length: var length } entry] || length > OqsLimits.Large.MaxBytes)
        {
            return [];
        }

        using var file = entry.Open();
        var whole = new byte[length];
        file.ReadExactly(whole);
        return whole;
    }

    private IEnumerable<LastAnswer> Each(
        OqsHeader header, QualificationValidity? validity, QualificationConfirmSearchInfo? asked, IReadOnlyList<ResultOfQualificationConfirmation> coverages)
    {
        if (validity is null)
        {
            yield break;
        }

        var common = new LastAnswer(_time.GetUtcNow(), header.QualificationConfirmationDate, "", "", "", "", null, "", "", validity.Value.ToString(), null, "", null);
        if (asked is not null && coverages.Count == 0)
        {
            yield return common with { Insurer = asked.InsurerNumber, Symbol = asked.InsuredCardSymbol, Number = asked.InsuredIdentificationNumber, Branch = asked.InsuredBranchNumber, Birth = asked.Birthdate };
        }

        foreach (var coverage in coverages)
        {
            yield return common with
            {
                Insurer = coverage.InsurerNumber,
                Symbol = coverage.InsuredCardSymbol,
                Number = coverage.InsuredIdentificationNumber,
                Branch = coverage.InsuredBranchNumber,
                Birth = coverage.Birthdate,
                Name = coverage.Name,
                Kana = coverage.NameKana,

                // 高齢受給者証 decides over the coverage.
                Ratio = coverage.ElderlyRecipientCertificateInfo?.ElderlyRecipientContributionRatio ?? coverage.InsuredPartialContributionRatio,
                InsurerName = coverage.InsurerName,
                Lost = coverage.DisqualificationDate,
            };
        }
    }

    /// <summary>
    /// Twins share all but the 枝番, so it is part of the name. An answer without one speaks of all who have these numbers, and takes their place; one with it takes the
    /// place of an answer without.
    /// </summary>
    private void Write(LastAnswer answer)
    {
        var card = $"{SearchKey.Insurer(answer.Insurer)}|{(SearchKey.HasSymbol(answer.Insurer) ? SearchKey.Symbol(answer.Symbol) : "")}|{SearchKey.Number(answer.Number)}|{answer.Birth:yyyyMMdd}";
        var (all, branch) = (Hash(card), SearchKey.Branch(answer.Branch));
        if (branch.Length > 0)
        {
            File.Delete(Path.Combine(_folder, all));
        }
        else if (answer.Validity != nameof(QualificationValidity.複数該当))
        {
            foreach (var one in Directory.EnumerateFiles(_folder, all + "-*"))
            {
                File.Delete(one);
            }
        }

        Write(answer, branch.Length > 0 ? $"{all}-{Hash($"{card}|{branch}")}" : all);
    }

    private string Hash(string text) => Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));

    private void Write(LastAnswer answer, string name)
    {
        var clear = JsonSerializer.SerializeToUtf8Bytes(answer, JsonSerializerOptions.Web);
        var whole = new byte[NonceLength + TagLength + clear.Length];
        var nonce = whole.AsSpan(0, NonceLength);
        var tag = whole.AsSpan(NonceLength, TagLength);
        var sealedText = whole.AsSpan(NonceLength + TagLength);
        RandomNumberGenerator.Fill(nonce);
        using (var aes = new AesGcm(_key, TagLength))
        {
            aes.Encrypt(nonce, clear, sealedText, tag, Encoding.ASCII.GetBytes(name));
        }

        var path = Path.Combine(_folder, name);
        using (var file = Files.Create(path + ".part", FileMode.Create))
        {
            file.Write(whole);
        }

        File.Move(path + ".part", path, overwrite: true);
    }

    private IEnumerable<LastAnswer> All() => Directory.EnumerateFiles(_folder).Select(Read).OfType<LastAnswer>().Where(a => _time.GetUtcNow() - a.At <= _kept);

    /// <summary>Null for what cannot be opened: another key, or damaged.</summary>
    private LastAnswer? Read(string path)
    {
        try
        {
            var whole = File.ReadAllBytes(path).AsSpan();
            var clear = new byte[Math.Max(0, whole.Length - NonceLength - TagLength)];
            using var aes = new AesGcm(_key, TagLength);
            aes.Decrypt(
                whole[..NonceLength], whole[(NonceLength + TagLength)..], whole[NonceLength..(NonceLength + TagLength)], clear, Encoding.ASCII.GetBytes(Path.GetFileName(path)));
            return JsonSerializer.Deserialize<LastAnswer>(clear, JsonSerializerOptions.Web);
        }
        catch (Exception fault) when (fault is IOException or CryptographicException or JsonException or ArgumentException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
