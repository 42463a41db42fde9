using Microsoft.AspNetCore.Http;

namespace FunctionTune.Service.Http;

/// <summary>The description of the API, kept as a file and held against <see cref="StudyEndpoints"/> by a test.</summary>
internal static class OpenApiDocument
{
    private const string Name = "openapi.json";

    public static IResult Result { get; } = Results.Text(Read(), "application/json");

    public static string Read()
    {
        using Stream file = typeof(OpenApiDocument).Assembly.GetManifestResourceStream(Name)!;
        using var reader = new StreamReader(file);
        return reader.ReadToEnd();
    }
}
