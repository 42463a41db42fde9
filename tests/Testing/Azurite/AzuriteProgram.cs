namespace FunctionTune.Testing.Azurite;

/// <summary>Finds Azurite, the emulator of blob storage.</summary>
public static class AzuriteProgram
{
    /// <summary>The environment variable that may hold the path of <c>azurite-blob</c>.</summary>
    public const string Variable = "FUNCTIONTUNE_AZURITE";

    private const string Name = "azurite-blob";

    /// <summary>
    /// The path of the script <c>azurite-blob</c>: what <see cref="Variable"/> says, else that of the path of programs, else
    /// what <c>npm ci</c> put into <c>tests/node_modules</c>; null when it is nowhere, or there is no Node.js.
    /// </summary>
    public static string? Find() =>
        OnPath("node") is null
            ? null
            : new[] { Environment.GetEnvironmentVariable(Variable), OnPath(Name), InRepository() }.FirstOrDefault(
                File.Exists
            );

    private static string? OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Where(folder => folder.Length > 0)
            .Select(folder => Path.Join(folder, program))
            .FirstOrDefault(File.Exists);

    private static string? InRepository()
    {
        for (string? folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Join(folder, "FunctionTune.sln")))
            {
                return Path.Join(folder, "tests", "node_modules", ".bin", Name);
            }
        }

        return null;
    }
}
