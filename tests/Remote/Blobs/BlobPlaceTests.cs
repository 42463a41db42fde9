using FunctionTune.Remote.Blobs;

namespace FunctionTune.Remote.Tests.Blobs;

public sealed class BlobPlaceTests
{
    private const string Account = "https://lab.blob.core.windows.net";
    private const string Emulator = "http://127.0.0.1:10000/devstoreaccount1";

    [Theory]
    [InlineData("abfss://data@lab.dfs.core.windows.net/a/b", Account, "lab", "data", "a/b/")]
    [InlineData("abfss://data@lab.dfs.core.windows.net", Account, "lab", "data", "")]
    [InlineData("abfss://data@lab.blob.core.windows.net/a/", Account, "lab", "data", "a/")]
    [InlineData("https://lab.blob.core.windows.net/data/a b/c", Account, "lab", "data", "a b/c/")]
    [InlineData("https://lab.dfs.core.windows.net/data", Account, "lab", "data", "")]
    [InlineData(
        "https://lab.blob.core.chinacloudapi.cn/data/",
        "https://lab.blob.core.chinacloudapi.cn",
        "lab",
        "data",
        ""
    )]
    [InlineData("http://127.0.0.1:10000/devstoreaccount1/data/a", Emulator, "devstoreaccount1", "data", "a/")]
    public void A_place_is_read_in_each_form(
        string text,
        string service,
        string account,
        string container,
        string prefix
    )
    {
        Assert.True(BlobPlace.IsOne(text));
        Assert.Equal(new BlobPlace(new Uri(service), account, container, prefix), BlobPlace.Parse(text, "$.staging"));
    }

    [Theory]
    [InlineData("abfss://lab.dfs.core.windows.net/a")]
    [InlineData("abfs://data@lab.dfs.core.windows.net/a")]
    [InlineData("wasbs://data@lab.blob.core.windows.net/a")]
    [InlineData("https://lab.blob.core.windows.net")]
    [InlineData("https://lab.blob.core.windows.net/UPPER/a")]
    [InlineData("https://lab.blob.core.windows.net/data/a//b")]
    [InlineData("https://lab.blob.core.windows.net/data/a%5Cb")]
    [InlineData("https://lab.queue.core.windows.net/data")]
    [InlineData("https://example.org/data/a")]
    [InlineData("https://lab.blob.core.windows.net.example.org/data")]
    [InlineData("http://lab.blob.core.windows.net/data")]
    [InlineData("http://127.0.0.1:10000")]
    [InlineData("http:")]
    public void What_is_no_place_is_refused_where_it_stands(string text)
    {
        InvalidInputException fault = Assert.Throws<InvalidInputException>(() => BlobPlace.Parse(text, "$.staging"));

        Problem problem = Assert.Single(fault.Problems);
        Assert.Equal("$.staging", problem.Path);
        Assert.NotEmpty(problem.Hint);
    }

    [Theory]
    [InlineData("https://lab.blob.core.windows.net/data?sv=2024&sig=hush")]
    [InlineData("https://lab.blob.core.windows.net/data#hush")]
    [InlineData("https://user:hush@lab.blob.core.windows.net/data")]
    public void A_secret_is_refused_and_not_repeated(string text)
    {
        InvalidInputException fault = Assert.Throws<InvalidInputException>(() => BlobPlace.Parse(text, "$.staging"));

        Assert.DoesNotContain("hush", fault.Message, StringComparison.Ordinal);
        Assert.Contains("AZURE_STORAGE_SAS_TOKEN", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Spark_reads_names_as_they_are_and_the_web_reads_them_escaped()
    {
        var place = BlobPlace.Parse("https://lab.blob.core.windows.net/data/p", "$.staging");

        Assert.Equal("abfss://data@lab.dfs.core.windows.net/p/a b#1.csv", place.AddressOf("a b#1.csv"));
        Assert.Equal("https://lab.blob.core.windows.net/data/p/a%20b%231.csv", place.UrlOf("a b#1.csv").AbsoluteUri);
        Assert.Equal("abfss://data@lab.dfs.core.windows.net/p", place.AddressOf(""));
        Assert.Equal(place, BlobPlace.Parse(place.AddressOf(""), "$.staging"));
    }
}
