using FunctionTune.Infra.Tests.Syntax;

namespace FunctionTune.Infra.Tests;

/// <summary>The templates, and copies of single files of them, each damaged in one place; all are read once, by one process.</summary>
public sealed class DamagedCopies : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("infra").FullName;
    private readonly Dictionary<(string File, string Text, string Damage), BicepFile> _damaged = [];
    private BicepFolder? _whole;

    public async ValueTask InitializeAsync()
    {
        if (!Programs.HaveNode)
        {
            return;
        }

        CancellationToken cancel = TestContext.Current.CancellationToken;
        _whole = await BicepFolder.ReadAsync(Repository.PathOf("infra"), cancel);
        (string File, string Text, string Damage)[] damages =
        [
            .. DamagedCopyTests
                .Damages.Select(each => (each.Data.Item1, each.Data.Item2, each.Data.Item3))
                .Where(each => each.Item1 != BicepFolder.RoleTable),
        ];
        string[] copies = [.. damages.Select((each, i) => Copy(i, each))];
        foreach (
            ((string File, string Text, string Damage) damage, BicepFile copy) in damages.Zip(
                await BicepReader.ReadAsync(copies, cancel)
            )
        )
        {
            _damaged[damage] = copy with { Path = damage.File };
        }
    }

    /// <summary>The templates with one damage.</summary>
    internal BicepFolder Folder(string file, string text, string damage) =>
        file == BicepFolder.RoleTable
            ? _whole! with
            {
                Roles = BicepFolder.RolesIn(Damaged(file, text, damage)),
            }
            : _whole! with
            {
                Files = [.. _whole.Files.Select(each => each.Path == file ? _damaged[(file, text, damage)] : each)],
            };

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private string Copy(int number, (string File, string Text, string Damage) damage)
    {
        string path = Path.Join(_folder, $"{number}{Path.GetExtension(damage.File)}");
        File.WriteAllText(path, Damaged(damage.File, damage.Text, damage.Damage));
        return path;
    }

    private static string Damaged(string file, string text, string damage)
    {
        string whole = File.ReadAllText(Repository.PathOf("infra", file));
        int place = whole.IndexOf(text, StringComparison.Ordinal);
        Assert.True(place >= 0, $"{file} has no '{text}' any more.");
        return whole.Remove(place, text.Length).Insert(place, damage);
    }
}
