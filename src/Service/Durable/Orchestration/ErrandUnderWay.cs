namespace FunctionTune.Service.Durable.Orchestration;

/// <summary>An activity that was called.</summary>
/// <param name="Errand">What for.</param>
/// <param name="Answer">What it answers.</param>
internal sealed record ErrandUnderWay(Errand Errand, Task<LogSlice> Answer);
