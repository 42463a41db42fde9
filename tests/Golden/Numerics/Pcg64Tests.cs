using System.Globalization;
using System.Text.Json;
using FunctionTune.Numerics;

namespace FunctionTune.Golden.Tests.Numerics;

public sealed class Pcg64Tests
{
    [Fact]
    public void Streams_are_those_of_the_reference_implementation()
    {
        foreach (JsonElement stream in GoldenData.Scipy.GetProperty("pcg64").EnumerateArray())
        {
            Pcg64 words = Start(stream);
            foreach (JsonElement word in stream.GetProperty("raw").EnumerateArray())
            {
                Assert.Equal(ulong.Parse(word.GetString()!, CultureInfo.InvariantCulture), words.NextUInt64());
            }

            Pcg64 doubles = Start(stream);
            Assert.All(stream.Numbers("doubles"), expected => Assert.Equal(expected, doubles.NextDouble()));
        }
    }

    [Fact]
    public void Mixing_gives_the_published_first_words_of_splitmix64() =>
        Assert.Equal(
            [0xE220A8397B1DCDAF, 6457827717110365317, 3203168211198807973],
            new[]
            {
                SplitMix64.Mix(0),
                SplitMix64.Mix(1234567),
                SplitMix64.Mix(unchecked(1234567 + 0x9E3779B97F4A7C15)),
            }
        );

    private static Pcg64 Start(JsonElement stream) => new(Word(stream, "state"), Word(stream, "sequence"));

    private static UInt128 Word(JsonElement stream, string key) =>
        UInt128.Parse(stream.GetProperty(key).GetString()!, CultureInfo.InvariantCulture);
}
