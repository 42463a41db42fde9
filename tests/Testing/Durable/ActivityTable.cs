using System.Text.Json;

namespace FunctionTune.Testing.Durable;

/// <summary>Activities by name, behind JSON as a worker has them.</summary>
/// <param name="json">How orders and answers are written.</param>
public sealed class ActivityTable(JsonSerializerOptions json)
{
    private readonly Dictionary<string, Func<string, CancellationToken, Task<string>>> _byName = new(
        StringComparer.Ordinal
    );

    /// <summary>Adds an activity.</summary>
    public ActivityTable Add<TOrder, TAnswer>(string name, Func<TOrder, CancellationToken, Task<TAnswer>> activity)
    {
        _byName.Add(
            name,
            async (order, cancellationToken) =>
                JsonSerializer.Serialize(
                    await activity(JsonSerializer.Deserialize<TOrder>(order, json)!, cancellationToken)
                        .ConfigureAwait(false),
                    json
                )
        );
        return this;
    }

    internal Task<string> RunAsync(string name, string order, CancellationToken cancellationToken) =>
        _byName.TryGetValue(name, out Func<string, CancellationToken, Task<string>>? activity)
            ? activity(order, cancellationToken)
            : throw new InvalidOperationException($"There is no activity '{name}'.");
}
