using System.Globalization;
using System.Text;
using Sekisho.Formats.Identifiers;

namespace Sekisho.Libraries.Tests.Formats.Identifiers;

public sealed class CheckDigitTests
{
    [Theory]
    [InlineData("06132013")]
    [InlineData("01130012")]
    [InlineData("34130021")]
    [InlineData("33120015")]
    [InlineData("39131156")]
    [InlineData("54136015")]
    [InlineData("21136015")]
    [InlineData("138057")]
    [InlineData("133066")]
    [InlineData("80137151")]
    [InlineData("0110113719")]
    public void IsValid_KnownNumber_IsTrue(string number)
    {
        Assert.True(CheckDigit.IsValid(number));
        Assert.True(CheckDigit.IsValid(Encoding.ASCII.GetBytes(number)));
    }

    [Theory]
    [InlineData("11111111")]
    [InlineData("22222222")]
    [InlineData("33333333")]
    [InlineData("12139999")]
    [InlineData("12345678")]
    [InlineData("54131234")]
    [InlineData("83136019")]
    [InlineData("02131234")]
    [InlineData("06131234")]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("0613201X")]
    [InlineData("０６１３２０１３")]
    public void IsValid_DummyOrNoNumber_IsFalse(string number) => Assert.False(CheckDigit.IsValid(number));

    [Fact]
    public void Of_AnyBody_ExactlyOneLastDigitIsValid()
    {
        for (var body = 0; body < 5000; body++)
        {
            var text = (body * 199).ToString("D7", CultureInfo.InvariantCulture);
            var valid = Enumerable.Range(0, 10).Where(d => CheckDigit.IsValid(text + d)).ToList();
            Assert.Equal([CheckDigit.Of(text)], valid);
        }
    }

    [Fact]
    public void IsValid_AnySingleDigitChanged_IsFalse()
    {
        const string number = "06132013";
        for (var place = 0; place < number.Length; place++)
        {
            foreach (var digit in "0123456789".Where(d => d != number[place]))
            {
                Assert.False(CheckDigit.IsValid(number[..place] + digit + number[(place + 1)..]));
            }
        }
    }

    [Fact]
    public void IsValid_StrangeBytes_IsFalse()
    {
        Assert.False(CheckDigit.IsValid([0xFF, 0xFE, 0x30]));
        Assert.False(CheckDigit.IsValid(new byte[100]));
    }
}
