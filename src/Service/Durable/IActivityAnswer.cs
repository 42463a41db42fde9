namespace FunctionTune.Service.Durable;

/// <summary>What every activity answers, besides what it found out.</summary>
public interface IActivityAnswer
{
    /// <summary>What kept the activity from its work, in a line: it is to be tried again later; null when nothing did.</summary>
    string? Trouble { get; }
}
