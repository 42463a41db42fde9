using FunctionTune.Staging;

namespace FunctionTune.Testing.Staging;

/// <summary>What holds of every staging area that tells its names (<see cref="IStagingNames"/>) as well.</summary>
public abstract class ListedAreaContract : StagingAreaContract
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private IStagingNames Listed => (IStagingNames)Open();

    [Fact]
    public async Task What_lies_directly_in_a_folder_is_listed_by_name()
    {
        foreach (string path in (string[])["f/b.json", "f/a.json", "f/B.json", "f/deep/c.json", "f/deep/d.json", "g"])
        {
            await Open().CreateAsync(path, "{}"u8.ToArray(), Cancel);
        }

        Assert.Equal(["B.json", "a.json", "b.json", "deep"], await Listed.ListAsync("f", "", Cancel));
        Assert.Equal(["c.json", "d.json"], await Listed.ListAsync("f/deep", "", Cancel));
    }

    [Fact]
    public async Task Names_are_listed_by_their_start_as_they_are()
    {
        foreach (string name in (string[])["a*b", "a?b", "ab c", "b%20"])
        {
            await Open().CreateAsync($"f/{name}/file", "{}"u8.ToArray(), Cancel);
        }

        Assert.Equal(["a*b"], await Listed.ListAsync("f", "a*", Cancel));
        Assert.Equal(["a*b", "a?b", "ab c"], await Listed.ListAsync("f", "a", Cancel));
        Assert.Equal(["b%20"], await Listed.ListAsync("f", "b%", Cancel));
    }

    [Fact]
    public async Task What_is_not_there_has_no_names()
    {
        await Open().CreateAsync("f/file", "{}"u8.ToArray(), Cancel);

        Assert.Empty(await Listed.ListAsync("nothing", "", Cancel));
        Assert.Empty(await Listed.ListAsync("f", "g", Cancel));
        Assert.Empty(await Listed.ListAsync("f/file", "", Cancel));
    }
}
