using System.Globalization;

namespace FunctionTune.TrialClient;

/// <summary>
/// The trial that this program is to carry out: its parameters and data, and where its result goes. Members may be called from
/// several threads at once.
/// </summary>
public sealed class Trial
{
    private readonly TrialFile _file;
    private readonly ResultFile _result;
    private readonly ProgressFile _progress;

    internal Trial(TrialFile file)
    {
        _file = file;
        Study = file.Study;
        Number = file.Integer("trial", 0);
        Attempt = file.Integer("attempt", 1);
        Params = file.Params;
        Data = file.Data;
        _result = new(file.Result, file.Token);
        _progress = new(file.Progress);
    }

    /// <summary>The study's id; empty when the program is tried by hand.</summary>
    public string Study { get; }

    /// <summary>The trial's number. Range: at least 0.</summary>
    public long Number { get; }

    /// <summary>Which attempt at the trial this is. Range: at least 1.</summary>
    public long Attempt { get; }

    /// <summary>The parameter values.</summary>
    public TrialParams Params { get; }

    /// <summary>The study's data by name.</summary>
    public IReadOnlyDictionary<string, TrialData> Data { get; }

    /// <summary>Whether the program gave its result.</summary>
    internal bool IsAnswered => _result.IsGiven;

    /// <summary>Whether a result lies there, of this or another run of the same attempt.</summary>
    internal bool HasResult => _result.IsThere;

    /// <summary>Whether the trial was told to stop.</summary>
    internal bool IsStopped => _file.Stop.Exists();

    /// <summary>
    /// Opens the trial that the argument <c>--functiontune-trial</c> or the environment variable FUNCTIONTUNE_TRIAL names.
    /// </summary>
    /// <exception cref="TrialException">Neither names a trial file, or it is that of a batch.</exception>
    public static Trial Open() => TrialProgram.Open(TrialPlace.OfThisProgram(), new());

    /// <summary>Opens the trial of a file, such as one written by hand.</summary>
    /// <param name="path">The place of the trial file. Relative places in it start from its folder.</param>
    /// <exception cref="TrialException">There is no such file, or it is no trial file.</exception>
    public static Trial Open(string path) => TrialProgram.Open(path, new());

    /// <summary>
    /// Carries out the trial that this program was started for, or each trial of a batch, and writes the loss that
    /// <paramref name="objective"/> returns. An exception becomes a failed result with its type, message and trace.
    /// </summary>
    /// <param name="objective">Gives the loss.</param>
    /// <returns>
    /// The exit code: 0, or 1 after an exception; of a batch 0 when each of its trials has a result, else 1.
    /// </returns>
    public static int Run(Func<Trial, double> objective) => Run(trial => trial.Succeed(objective(trial)));

    /// <summary>
    /// Carries out the trial that this program was started for, or each trial of a batch. An exception becomes a failed result
    /// with its type, message and trace, and so does an end without a result. A trial that has its result already is not carried
    /// out again.
    /// </summary>
    /// <param name="program">Calls <see cref="Succeed"/>, <see cref="SucceedWithFolds"/> or <see cref="Fail(string)"/> once.</param>
    /// <returns>
    /// The exit code: 0, or 1 after an exception; of a batch 0 when each of its trials has a result, else 1.
    /// </returns>
    public static int Run(Action<Trial> program) => TrialProgram.Run(program, new());

    /// <summary>A program's own arguments: without those that name the trial.</summary>
    /// <param name="args">The arguments of <c>Main</c>.</param>
    public static string[] OwnArguments(string[] args) => TrialPlace.Without(args);

    /// <summary>
    /// The path on this machine of the data called <paramref name="name"/>: a file, or a folder. Data that lies elsewhere is
    /// fetched first, once for all trials on this machine; sizes and hashes, where they are known, are compared.
    /// </summary>
    /// <param name="name">The name in the study's <c>data</c>.</param>
    /// <exception cref="TrialException">There is no such data, it cannot be read here, or it holds something else.</exception>
    public string DataPath(string name) => DataOf(name).LocalPath();

    /// <summary>Opens the data called <paramref name="name"/>, which is a file, for reading.</summary>
    /// <param name="name">The name in the study's <c>data</c>.</param>
    /// <exception cref="TrialException">There is no such data, it cannot be read here, or it holds something else.</exception>
    public Stream OpenData(string name) => File.OpenRead(DataPath(name));

    /// <summary>Tells how the loss stands while the trial runs.</summary>
    /// <param name="step">The step, such as an epoch or a fold. Range: at least 0.</param>
    /// <param name="loss">The loss at this step.</param>
    public void Report(long step, double loss) =>
        Report(step, new Dictionary<string, double>(StringComparer.Ordinal) { ["loss"] = loss });

    /// <summary>Tells how several numbers stand while the trial runs.</summary>
    /// <param name="step">The step, such as an epoch or a fold. Range: at least 0.</param>
    /// <param name="values">Numbers by name.</param>
    public void Report(long step, IReadOnlyDictionary<string, double> values)
    {
        if (step < 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(step),
                $"A step must be at least 0, but got {step.ToString(CultureInfo.InvariantCulture)}."
            );
        }

        _progress.Append(step, values);
    }

    /// <summary>Writes the result of a trial that succeeded. A loss that is not finite is recorded, and is never the best.</summary>
    /// <param name="loss">The number to be minimised.</param>
    /// <param name="lossVariance">Variance of the loss. Range: at least 0.</param>
    /// <param name="metrics">Further numbers by name.</param>
    /// <param name="extra">Anything else to keep, by name: null, booleans, numbers, strings, lists and dictionaries of these.</param>
    /// <exception cref="TrialException">The trial has a result already.</exception>
    public void Succeed(
        double loss,
        double? lossVariance = null,
        IReadOnlyDictionary<string, double>? metrics = null,
        IReadOnlyDictionary<string, object?>? extra = null
    ) => Answer(TrialAnswer.Succeeded(loss, lossVariance, metrics, extra));

    /// <summary>
    /// Writes the result of a cross-validation: the loss is the mean over the folds, its variance the sample variance over
    /// them (divided by folds - 1).
    /// </summary>
    /// <param name="losses">The loss of each fold, shape (folds); kept in the result. Range: at least one fold.</param>
    /// <param name="metrics">Further numbers by name.</param>
    /// <param name="extra">Anything else to keep, by name, as <see cref="Succeed"/> takes it.</param>
    /// <exception cref="TrialException">The trial has a result already.</exception>
    public void SucceedWithFolds(
        IReadOnlyList<double> losses,
        IReadOnlyDictionary<string, double>? metrics = null,
        IReadOnlyDictionary<string, object?>? extra = null
    ) => Answer(TrialAnswer.Folds(losses, metrics, extra));

    /// <summary>Writes the result of a trial that failed. The study goes on with other parameters.</summary>
    /// <param name="message">Why, in one line.</param>
    /// <exception cref="TrialException">The trial has a result already.</exception>
    public void Fail(string message) => Answer(TrialAnswer.Failed(message));

    /// <summary>Writes the result of a trial that failed by an exception, with its type, message and trace.</summary>
    /// <param name="exception">Why.</param>
    /// <exception cref="TrialException">The trial has a result already.</exception>
    public void Fail(Exception exception) => Answer(TrialAnswer.Failed(exception));

    private TrialData DataOf(string name) =>
        Data.TryGetValue(name, out TrialData? data)
            ? data
            : throw new TrialException(
                $"The study has no data '{name}'. It has: {(Data.Count > 0 ? string.Join(", ", Data.Keys) : "none")}. "
                    + $"Name it in the study file: \"data\": {{ \"{name}\": \"path\" }}."
            );

    private void Answer(Dictionary<string, object?> result)
    {
        _progress.Send();
        _result.Write(result);
    }
}
