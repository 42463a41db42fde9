using FunctionTune.Local.Stores;
using FunctionTune.Testing;

namespace FunctionTune.Local.Tests.Stores;

public sealed class NewFileTests
{
    [Fact]
    public async Task Of_a_crowd_one_creates_the_file()
    {
        using var folder = new TemporaryFolder();
        for (int round = 0; round < 200; round++)
        {
            string place = folder[$"{round}.json"];
            string[] drafts = [.. Enumerable.Range(0, 16).Select(i => folder.Write($"{round}.{i}.draft", $"{i}"))];
            using var start = new Barrier(drafts.Length);

            bool[] created = await Task.WhenAll(
                drafts.Select(draft =>
                    Task.Factory.StartNew(
                        () =>
                        {
                            start.SignalAndWait(TestContext.Current.CancellationToken);
                            return NewFile.Publish(draft, place);
                        },
                        TestContext.Current.CancellationToken,
                        TaskCreationOptions.LongRunning,
                        TaskScheduler.Default
                    )
                )
            );

            int winner = Assert.Single(Enumerable.Range(0, drafts.Length), i => created[i]);
            Assert.Equal($"{winner}", await File.ReadAllTextAsync(place, TestContext.Current.CancellationToken));
            Assert.DoesNotContain(drafts, File.Exists);
        }
    }
}
