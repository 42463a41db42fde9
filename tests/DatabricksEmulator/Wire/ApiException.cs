namespace FunctionTune.DatabricksEmulator.Wire;

/// <summary>An answer that is an error, in the words of Databricks.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="code">The <c>error_code</c>.</param>
/// <param name="message">The message.</param>
internal sealed class ApiException(int status, string code, string message) : Exception(message)
{
    public int Status => status;

    public string Code => code;

    public static ApiException Invalid(string message) => new(400, "INVALID_PARAMETER_VALUE", message);

    public static ApiException Malformed(string message) =>
        new(400, "MALFORMED_REQUEST", "Could not parse request object: " + message);

    public static ApiException NoRun(long id) =>
        Invalid(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"Run {id} does not exist."));

    public static ApiException NoCluster(string id) => Invalid($"Cluster {id} does not exist");
}
