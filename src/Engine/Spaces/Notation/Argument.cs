using System.Text.Json;

namespace FunctionTune.Spaces.Notation;

/// <summary>One argument of an expression as it stands in the JSON.</summary>
/// <param name="Name">Its name, also when it was given by position.</param>
/// <param name="Value">Its value.</param>
/// <param name="Path">Where it stands.</param>
internal readonly record struct Argument(string Name, JsonElement Value, string Path);
