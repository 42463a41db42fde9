using FunctionTune.Json;

namespace FunctionTune.Remote.Trials;

/// <summary>Where the program of a study's trials was staged.</summary>
/// <param name="Launcher">The Python client, which starts it, by its path in the staging area.</param>
/// <param name="Program">The Python file, by its path in the staging area; null when it lies elsewhere.</param>
internal sealed record StagedProgram(string Launcher, string? Program)
{
    /// <summary>The field of a platform's options that holds it.</summary>
    public const string Field = "staged";

    /// <summary>Reads what the preparation of the study wrote; null when there was nothing to stage.</summary>
    /// <param name="options">The platform's options.</param>
    public static StagedProgram? Read(JsonFields options)
    {
        if (options.Inside(Field) is not { } staged)
        {
            return null;
        }

        string launcher = staged.RequiredText("launcher", "where the Python client lies", "programs/...");
        string? program = staged.FilledText("program", "where the program lies");
        staged.RefuseOthers();
        return new StagedProgram(launcher, program);
    }
}
