namespace FunctionTune.Studies;

/// <summary>What a <see cref="StudyHint"/> is about.</summary>
public enum StudyHintKind
{
    /// <summary>The best values of a parameter sit at one of its bounds.</summary>
    AtBound,

    /// <summary>So many trials run at once that the search learns little before it ends.</summary>
    LittleFeedback,

    /// <summary>Many trials failed.</summary>
    ManyFailures,
}
