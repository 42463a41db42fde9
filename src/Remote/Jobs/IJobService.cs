using System.Text.Json;
using FunctionTune.Hosting;
using FunctionTune.Studies;

namespace FunctionTune.Remote.Jobs;

/// <summary>A service that carries out jobs, such as a Databricks workspace. Members may be called from several threads at once.</summary>
internal interface IJobService : IDisposable
{
    /// <summary>Submits a job, or finds the one that was submitted with this token.</summary>
    Task<JobStart> SubmitAsync(JobOrder order, CancellationToken cancellationToken);

    /// <summary>Looks at many jobs at once.</summary>
    /// <returns>Shape (jobs): how each ended; null while it goes on.</returns>
    Task<IReadOnlyList<JobEnd?>> LookAsync(IReadOnlyList<JsonElement> jobs, CancellationToken cancellationToken);

    /// <summary>Asks a job to end; it may have ended.</summary>
    Task CancelAsync(JsonElement job, CancellationToken cancellationToken);

    /// <summary>How many trials can be carried out at once; null when it cannot be told now.</summary>
    Task<RunnerCapacity?> MeasureAsync(CancellationToken cancellationToken);

    /// <summary>Cancels the jobs of a study that go on, and follows them to their ends.</summary>
    Task SweepAsync(StudyId study, CancellationToken cancellationToken);
}
