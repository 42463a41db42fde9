namespace FunctionTune.Service.Durable;

/// <summary>Names of the orchestration that runs a study; an instance of it bears the id of its study.</summary>
public static class StudyOrchestration
{
    /// <summary>The orchestration's name: kept for ever.</summary>
    public const string Name = "StudyOrchestrator";

    /// <summary>The event that says: there is something new in the log. Only a hint, its content means nothing.</summary>
    public const string News = "news";
}
