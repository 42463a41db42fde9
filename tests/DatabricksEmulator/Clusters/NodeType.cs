namespace FunctionTune.DatabricksEmulator.Clusters;

/// <summary>A kind of machine.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Cores">Its cores.</param>
/// <param name="MemoryMb">Its memory in MiB.</param>
/// <param name="Gpus">Its GPUs.</param>
public sealed record NodeType(string Id, int Cores, int MemoryMb, int Gpus = 0)
{
    /// <summary>The kinds that this workspace offers: some of Azure's.</summary>
    public static IReadOnlyList<NodeType> All { get; } =
    [
        new("Standard_DS1_v2", 1, 3584),
        new("Standard_D2ds_v5", 2, 8192),
        new("Standard_D4ds_v5", 4, 16384),
        new("Standard_D8ds_v5", 8, 32768),
        new("Standard_D16ds_v5", 16, 65536),
        new("Standard_DS3_v2", 4, 14336),
        new("Standard_DS4_v2", 8, 28672),
        new("Standard_E4ds_v5", 4, 32768),
        new("Standard_E8ds_v5", 8, 65536),
        new("Standard_F4", 4, 8192),
        new("Standard_F8", 8, 16384),
        new("Standard_F16", 16, 32768),
        new("Standard_NC4as_T4_v3", 4, 28672, 1),
        new("Standard_NC6s_v3", 6, 114688, 1),
        new("Standard_NC12s_v3", 12, 229376, 2),
        new("Standard_NC24ads_A100_v4", 24, 225280, 1),
    ];

    /// <summary>The kind of a name; null when there is none.</summary>
    /// <param name="id">The name.</param>
    public static NodeType? Find(string id) =>
        All.FirstOrDefault(type => string.Equals(type.Id, id, StringComparison.Ordinal));
}
