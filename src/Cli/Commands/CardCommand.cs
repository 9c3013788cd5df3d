using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using Sekisho.Cli.Cards;
using Sekisho.Formats;
using Sekisho.Wire;

namespace Sekisho.Cli.Commands;

/// <summary><c>sekisho card</c> — what lies on the reader, as far as it can be read without a PIN: for support.</summary>
internal static class CardCommand
{
    public static Command Create()
    {
        var reader = Reader();
        var json = CommonOptions.Json();
        var command = new Command("card", "リーダーのマイナンバーカードの電子証明書を見る (暗証番号は使わない)") { reader, json };
        command.SetAction(parsed => Run(parsed.GetValue(reader), new Terminal(parsed.GetValue(json))));
        return command;
    }

    /// <summary>The option that chooses a reader.</summary>
    public static Option<string?> Reader() => new("--reader") { Description = "使うリーダーの名前、またはその一部 (既定はカードのあるもの)", HelpName = "NAME" };

    private static int Run(string? name, Terminal terminal)
    {
        if (CardReaders.Open().Refused(out var refusal, out var readers))
        {
            return Terminal.Refuse(refusal);
        }

        using (readers)
        {
            if (readers.Card(name).Refused(out refusal, out var card))
            {
                return Terminal.Refuse(refusal);
            }

            if (card is null)
            {
                return Terminal.Refuse(Refusals.NoCard);
            }

            using (card)
            {
                try
                {
                    return Show(card, terminal);
                }
                catch (CardException)
                {
                    return Terminal.Refuse(Refusals.NoCard);
                }
            }
        }
    }

    private static int Show(CardOnReader card, Terminal terminal)
    {
        if (JpkiCard.Open(card.Transmit).Refused(out var refusal, out var jpki)
            || jpki.ReadCertificate().Refused(out refusal, out var certificate)
            || jpki.TriesLeft().Refused(out refusal, out var tries))
        {
            return Terminal.Refuse(refusal, card.Reader);
        }

        using (certificate)
        {
            var issuer = certificate.IssuerName.Format(multiLine: false);
            terminal.Line($"リーダー {card.Reader}");
            terminal.Line($"利用者証明用電子証明書 シリアル番号 {certificate.SerialNumber}");
            terminal.Line($"  発行者 {issuer}");
            terminal.Line("  有効期限 " + Day(certificate.NotAfter) + (certificate.NotAfter.ToUniversalTime() < TimeProvider.System.GetUtcNow().UtcDateTime ? "（切れています）" : ""));
            terminal.Line(tries == 0 ? "  暗証番号 ロックされています" : string.Create(CultureInfo.InvariantCulture, $"  暗証番号 あと {tries} 回"));
            terminal.Json(new { card.Reader, serial = certificate.SerialNumber, issuer, expires = Expiry(certificate), pinTriesLeft = tries });
            return ExitCode.Ok;
        }
    }

    private static DateTimeOffset Expiry(X509Certificate2 certificate) => new(certificate.NotAfter.ToUniversalTime(), TimeSpan.Zero);

    private static string Day(DateTime moment) =>
        new DateTimeOffset(moment.ToUniversalTime(), TimeSpan.Zero).InJapan().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
