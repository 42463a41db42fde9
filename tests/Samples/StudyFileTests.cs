using System.Text.Json;
using FunctionTune.Studies;

namespace FunctionTune.Samples.Tests;

public sealed class StudyFileTests
{
    public static TheoryData<string> Studies =>
        [
            .. Directory
                .GetFiles(Sample.Path("samples"), "study.json", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(AppContext.BaseDirectory, file)),
        ];

    [Theory]
    [MemberData(nameof(Studies))]
    public void A_study_file_has_no_problems(string file)
    {
        StudySpecReading reading = StudySpecJson.Read(JsonElement.Parse(File.ReadAllText(Sample.Path(file))));

        Assert.Empty(reading.Problems);
    }

    [Theory]
    [MemberData(nameof(Studies))]
    public void A_study_names_data_that_is_there(string file)
    {
        JsonElement study = JsonElement.Parse(File.ReadAllText(Sample.Path(file)));
        string folder = Path.GetDirectoryName(Sample.Path(file))!;

        IEnumerable<JsonProperty> named = study.TryGetProperty("data", out JsonElement data)
            ? data.EnumerateObject()
            : [];
        Assert.All(
            named,
            entry => Assert.True(File.Exists(Path.Combine(folder, entry.Value.GetString()!)), entry.Value.GetString())
        );
    }
}
