namespace FunctionTune.Infra.Tests;

/// <summary>Places in this repository.</summary>
internal static class Repository
{
    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    /// <summary>A file or folder of it.</summary>
    public static string PathOf(params string[] parts) => Path.Join([Root, .. parts]);

    private static string Find(string folder) =>
        File.Exists(Path.Join(folder, "FunctionTune.sln"))
            ? folder
            : Find(
                Path.GetDirectoryName(folder)
                    ?? throw new InvalidOperationException("FunctionTune.sln is in no folder above the tests.")
            );
}
