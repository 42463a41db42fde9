using FunctionTune.Local.Stores;
using FunctionTune.Staging;
using FunctionTune.Testing.Staging;

namespace FunctionTune.Local.Tests.Stores;

public sealed class FolderStagingAreaTests : ListedAreaContract
{
    protected override IStagingArea Open() => new FolderStagingArea(Folder["area"]);

    [Fact]
    public void Trials_find_a_mounted_folder_where_it_is_mounted()
    {
        var area = new FolderStagingArea(Folder["area"], "/mnt/shared");

        Assert.Equal("/mnt/shared/a b/c", area.UriOf("a b/c", StagingUse.Read));
    }

    [Fact]
    public async Task An_upload_that_failed_leaves_nothing_behind()
    {
        SourceFile file = Sources.Write(Folder, "file", [1, 2, 3]);
        await File.WriteAllBytesAsync(file.Path, [1, 2, 4], TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<FunctionTuneException>(() =>
            Open().UploadAsync("file", file, null, TestContext.Current.CancellationToken)
        );

        Assert.Empty(Directory.EnumerateFiles(Folder["area"]));
    }
}
