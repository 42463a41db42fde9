namespace FunctionTune.Testing.Durable;

/// <summary>What an orchestration asked for in a step.</summary>
/// <param name="Call">Its number within the execution.</param>
internal abstract record HubAction(int Call)
{
    /// <summary>An activity is to be carried out.</summary>
    public sealed record Activity(int Call, string Name, string Order) : HubAction(Call);

    /// <summary>A timer is to ring.</summary>
    public sealed record Timer(int Call, DateTimeOffset Due) : HubAction(Call);
}
