using System.Globalization;
using System.Text;
using QRCoder;

namespace Sekisho.Web.Display;

/// <summary>A QR code as an SVG path, drawn on the server: what it says never leaves the page it is shown on.</summary>
internal sealed record QrCode(int Size, string Path)
{
    /// <summary>Error correction M: read from a screen, nothing covers it. The encoder gives the quiet zone of four modules around.</summary>
    public static QrCode Of(string text)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var path = new StringBuilder();
        var size = data.ModuleMatrix.Count;
        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column < size; column++)
            {
                if (data.ModuleMatrix[row][column])
                {
                    path.Append(CultureInfo.InvariantCulture, $"M{column} {row}h1v1h-1z");
                }
            }
        }

        return new QrCode(size, path.ToString());
    }
}
