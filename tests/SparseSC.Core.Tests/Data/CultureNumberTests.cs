using SparseSC.Core.Data;
using SparseSC.Core.Errors;

namespace SparseSC.Core.Tests.Data;

public sealed class CultureNumberTests
{
    [Theory]
    [InlineData("de-DE", "52,82", 52.82)]
    [InlineData("de-DE", "52.820", 52820)]
    [InlineData("de-DE", "1.234.567,5", 1234567.5)]
    [InlineData("de-DE", " -0,5 ", -0.5)]
    [InlineData("de-DE", ",5", 0.5)]
    [InlineData("de-DE", "1,5e3", 1500)]
    [InlineData("de-CH", "1’234.5", 1234.5)]
    [InlineData("de-CH", "1'234.5", 1234.5)]
    [InlineData("en-US", "1,234.56", 1234.56)]
    [InlineData("en", "+1234.56", 1234.56)]
    [InlineData("fr-FR", "1 234,5", 1234.5)]
    [InlineData("fr-FR", "1\u202F234,5", 1234.5)]
    [InlineData("fr-FR", "1\u00A0234,5", 1234.5)]
    [InlineData("sv", "−1 234", -1234)]
    [InlineData("es-MX", "1,234.5", 1234.5)]
    [InlineData("es-ES", "1.234,5", 1234.5)]
    public void NumbersAreReadAsTheirCultureWritesThem(string culture, string text, double value)
    {
        Assert.True(CultureNumber.TryParse(text, CultureText.Find(culture), out double read));
        Assert.Equal(value, read);
    }

    [Theory]
    [InlineData("de-DE", "52.82")]
    [InlineData("de-DE", "1,234.56")]
    [InlineData("de-DE", "1.2345")]
    [InlineData("de-DE", "1234.567")]
    [InlineData("de-DE", "1.234 567")]
    [InlineData("de-DE", "1,2,3")]
    [InlineData("de-DE", ".5")]
    [InlineData("en-US", "52,82")]
    [InlineData("en-US", "1.234,56")]
    [InlineData("en-US", ",234")]
    [InlineData("en-US", "")]
    [InlineData("en-US", "-")]
    [InlineData("en-US", "1e999")]
    [InlineData("en-US", "∞")]
    [InlineData("en-US", "12%")]
    public void NumbersOfAnotherCultureAreRefused(string culture, string text) =>
        Assert.False(CultureNumber.TryParse(text, CultureText.Find(culture), out _));

    [Theory]
    [InlineData("xx")]
    [InlineData("german")]
    public void AnUnknownLanguageIsAnError(string name) =>
        Assert.Equal("CultureUnknown", Assert.Throws<InvalidInputException>(() => CultureText.Find(name)).ErrorId);
}
