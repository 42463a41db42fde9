namespace FunctionTune.Service.Schedules;

/// <summary>What became of the champion, the best of the study before.</summary>
public enum ScheduleVerdict
{
    /// <summary>There is no champion: the study began afresh.</summary>
    First,

    /// <summary>There is no champion: no trial of the study before had succeeded.</summary>
    NoChampion,

    /// <summary>The champion does not lie in the space of this study, so it is not measured again.</summary>
    Unfit,

    /// <summary>The champion is still to be measured again.</summary>
    Pending,

    /// <summary>The champion has no loss this time: its trial failed, was lost or stopped.</summary>
    Unmeasured,

    /// <summary>Nothing is better than the champion, so far or for good.</summary>
    Kept,

    /// <summary>Another point is better than the champion, so far or for good.</summary>
    Replaced,
}
