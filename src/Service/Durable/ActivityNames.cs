namespace FunctionTune.Service.Durable;

/// <summary>The activities of a study's orchestration, by name: kept for ever, for instances under way have them in their history.</summary>
public static class ActivityNames
{
    /// <summary>Checks a request again, stages its data and creates the study.</summary>
    public const string Prepare = "PrepareStudy";

    /// <summary>Reads where the study stands.</summary>
    public const string Load = "LoadStudy";

    /// <summary>Writes down what no other activity learned.</summary>
    public const string Append = "AppendEvents";

    /// <summary>Suggests points for all open slots.</summary>
    public const string Suggest = "SuggestTrials";

    /// <summary>Starts some trials side by side.</summary>
    public const string Start = "StartTrials";

    /// <summary>Looks at all trials under way.</summary>
    public const string Poll = "PollTrials";

    /// <summary>Stops some trials.</summary>
    public const string Stop = "StopTrials";

    /// <summary>Ends the study, and whatever it may have left running.</summary>
    public const string Finish = "FinishStudy";
}
