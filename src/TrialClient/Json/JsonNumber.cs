using System.Globalization;

namespace FunctionTune.TrialClient.Json;

/// <summary>A number as it was written, so that neither a long integer nor the last digit of a fraction is lost.</summary>
internal sealed class JsonNumber(string text)
{
    public string Text { get; } = text;

    public double ToDouble() => double.Parse(Text, NumberStyles.Float, CultureInfo.InvariantCulture);

    /// <summary>The number as an integer; <c>3.0</c> and <c>1e3</c> are integers, <c>0.5</c> and <c>1e30</c> give null.</summary>
    public long? ToInteger() =>
        long.TryParse(Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long exact) ? exact
        : ToDouble() is var value && Math.Floor(value) == value && Math.Abs(value) < 1L << 53 ? (long)value
        : null;
}
