using FunctionTune.Studies;

namespace FunctionTune.Service.Http;

/// <summary>The id of a study in a path.</summary>
internal static class PathId
{
    /// <summary>The id; whatever breaks the rule of ids is the id of no study.</summary>
    public static StudyId Read(string text) =>
        StudyId.IsValid(text) ? new StudyId(text) : throw ApiException.NoStudy(text);
}
