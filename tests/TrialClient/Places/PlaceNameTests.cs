using FunctionTune.TrialClient.Places;

namespace FunctionTune.TrialClient.Tests.Places;

public sealed class PlaceNameTests
{
    [Theory]
    [InlineData("/a/b/trial.json", "result.json", "/a/b/result.json")]
    [InlineData("/a/b/trial.json", "../c/x", "/a/c/x")]
    [InlineData("/a/b/trial.json", "/c/x", "/c/x")]
    [InlineData("/a/b/trial.json", "https://s/x?sig=1", "https://s/x?sig=1")]
    [InlineData("https://s/c/b/trial.json?sp=r&sig=a/b", "../a b.csv", "https://s/c/a%20b.csv?sp=r&sig=a/b")]
    [InlineData("abfss://c@a.dfs.core.windows.net/p/1/trial.json", "stop", "abfss://c@a.dfs.core.windows.net/p/1/stop")]
    [InlineData("dbfs:/Volumes/m/trial.json", "stop", "dbfs:/Volumes/m/stop")]
    [InlineData("/Volumes/m/1/trial.json", "../2/stop", "/Volumes/m/2/stop")]
    [InlineData("file:///a/b/trial.json", "a b", "file:///a/b/a%20b")]
    public void A_place_beside_a_file_is_found(string file, string name, string place) =>
        Assert.Equal(place, PlaceName.Join(file, name));

    [Theory]
    [InlineData("https://s/c/a%20b.csv?sig=x", "a b.csv")]
    [InlineData("/data/x.csv", "x.csv")]
    [InlineData("abfss://c@a/d/x%20y.csv", "x%20y.csv")]
    public void A_file_keeps_its_name(string place, string name) => Assert.Equal(name, PlaceName.Last(place));
}
