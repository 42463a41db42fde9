using FunctionTune.Spark.Hadoop;
using FunctionTune.TrialClient;
using FunctionTune.TrialClient.Places;
using Microsoft.Spark;
using Microsoft.Spark.Sql;

namespace FunctionTune.Spark;

/// <summary>
/// A trial that is a program for Apache Spark. Its files and data may lie wherever the session's Hadoop configuration reaches,
/// such as <c>abfss://</c>, besides the places that <see cref="Trial"/> knows.
/// </summary>
public static class SparkTrial
{
    /// <summary>
    /// Carries out the trial that this program was started for, or each trial of a batch, and writes the loss that
    /// <paramref name="objective"/> returns. An exception becomes a failed result with its type, message and trace.
    /// </summary>
    /// <param name="objective">Gives the loss, by the session and the trial. It does not stop the session.</param>
    /// <returns>
    /// The exit code: 0, or 1 after an exception; of a batch 0 when each of its trials has a result, else 1.
    /// </returns>
    public static int Run(Func<SparkSession, Trial, double> objective) =>
        Run((spark, trial) => trial.Succeed(objective(spark, trial)));

    /// <summary>
    /// Carries out the trial that this program was started for, or each trial of a batch. An exception becomes a failed result
    /// with its type, message and trace, and so does an end without a result.
    /// </summary>
    /// <param name="program">
    /// Calls <see cref="Trial.Succeed"/>, <see cref="Trial.SucceedWithFolds"/> or <see cref="Trial.Fail(string)"/> once. It does
    /// not stop the session.
    /// </param>
    /// <returns>
    /// The exit code: 0, or 1 after an exception; of a batch 0 when each of its trials has a result, else 1.
    /// </returns>
    public static int Run(Action<SparkSession, Trial> program)
    {
        SparkSession spark = SparkSession.Builder().GetOrCreate();
        try
        {
            return TrialProgram.Run(trial => program(spark, trial), Places(spark));
        }
        finally
        {
            // On Databricks the session belongs to the cluster, and other programs go on using it.
            if (Environment.GetEnvironmentVariable("DATABRICKS_RUNTIME_VERSION") is null)
            {
                spark.Stop();
            }
        }
    }

    /// <summary>
    /// Sends numbers to the executors once, for all tasks to share. Larger data is staged, and loaded by each process that
    /// needs it from <see cref="Trial.DataPath"/>.
    /// </summary>
    /// <typeparam name="T">The type of the numbers.</typeparam>
    /// <param name="spark">The session.</param>
    /// <param name="values">The numbers. Range: at most 2 GB, counting a byte of type for each.</param>
    /// <exception cref="TrialException">The numbers are more than Spark can broadcast.</exception>
    public static Broadcast<T[]> Broadcast<T>(this SparkSession spark, T[] values)
        where T : unmanaged
    {
        BroadcastSize.Check<T>(values.LongLength);
        return spark.SparkContext.Broadcast(values);
    }

    private static PlaceOpener Places(SparkSession spark)
    {
        var files = new JvmHadoopFiles(spark);
        return new((uri, _) => new HadoopPlace(uri, files));
    }
}
