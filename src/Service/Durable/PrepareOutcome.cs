namespace FunctionTune.Service.Durable;

/// <summary>What became of a request for a study.</summary>
public enum PrepareOutcome
{
    /// <summary>Nothing yet: something kept the activity from its work.</summary>
    Open,

    /// <summary>The study exists.</summary>
    Created,

    /// <summary>The request is refused; why is written down beside it.</summary>
    Refused,

    /// <summary>Nobody asked for such a study.</summary>
    NotAsked,
}
