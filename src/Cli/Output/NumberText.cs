using System.Globalization;

namespace FunctionTune.Cli.Output;

/// <summary>Numbers and times as people like to read them.</summary>
internal static class NumberText
{
    /// <summary>Four significant digits; integers, and what lies below a million, without an exponent.</summary>
    public static string Short(double value) =>
        Math.Abs(value) switch
        {
            >= 1000 and < 1_000_000 => value.ToString("0.#", CultureInfo.InvariantCulture),
            < 1_000_000_000_000_000 when double.IsInteger(value) => value.ToString("0", CultureInfo.InvariantCulture),
            _ => value.ToString("g4", CultureInfo.InvariantCulture),
        };

    /// <summary>All digits that matter.</summary>
    public static string Full(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A duration: <c>0.4 s</c>, <c>12 s</c>, <c>3:05</c>, <c>1:02:03</c>, <c>2 d 4 h</c>.</summary>
    public static string Duration(TimeSpan time) =>
        time switch
        {
            { TotalSeconds: < 10 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s"),
            { TotalMinutes: < 1 } => string.Create(
                CultureInfo.InvariantCulture,
                $"{Math.Floor(time.TotalSeconds):0} s"
            ),
            { TotalHours: < 1 } => time.ToString("m\\:ss", CultureInfo.InvariantCulture),
            { TotalDays: < 1 } => time.ToString("h\\:mm\\:ss", CultureInfo.InvariantCulture),
            _ => string.Create(CultureInfo.InvariantCulture, $"{time.Days} d {time.Hours} h"),
        };

    /// <summary>A number and what it counts: <c>1 trial</c>, <c>12 trials</c>.</summary>
    public static string Count(int number, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{number} {noun}{(number == 1 ? "" : "s")}");

    /// <summary>A place in an order: <c>1st</c>, <c>2nd</c>, <c>13th</c>.</summary>
    public static string Ordinal(int place) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{place}{(place % 100 is >= 11 and <= 13 ? "th" : (place % 10) switch { 1 => "st", 2 => "nd", 3 => "rd", _ => "th" })}"
        );

    /// <summary>A size with its unit, such as <c>4.2 GiB</c>.</summary>
    public static string Bytes(long bytes)
    {
        string[] units = ["B", "KiB", "MiB", "GiB", "TiB"];
        int unit = bytes < 1024 ? 0 : Math.Min(units.Length - 1, (int)Math.Log(bytes, 1024));
        return string.Create(CultureInfo.InvariantCulture, $"{bytes / Math.Pow(1024, unit):0.#} {units[unit]}");
    }
}
