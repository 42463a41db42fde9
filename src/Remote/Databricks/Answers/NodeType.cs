namespace FunctionTune.Remote.Databricks.Answers;

/// <summary>A kind of machine.</summary>
/// <param name="Cores">Its cores; may be a fraction.</param>
/// <param name="Gpus">Its GPUs.</param>
internal readonly record struct NodeType(double Cores, double Gpus);
