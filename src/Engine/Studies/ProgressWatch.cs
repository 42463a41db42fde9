namespace FunctionTune.Studies;

/// <summary>
/// The running state of <see cref="NoProgress"/>, as in hyperopt: the first loss counts as one trial without progress;
/// an improvement within the percentage does not move the best.
/// </summary>
/// <param name="Best">The loss to beat; null before the first.</param>
/// <param name="Count">Trials since.</param>
public sealed record ProgressWatch(double? Best = null, int Count = 0)
{
    /// <summary>The state after one more trial that succeeded.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="loss">The trial's loss.</param>
    public ProgressWatch After(NoProgress rule, double loss)
    {
        if (Best is not { } best)
        {
            return new ProgressWatch(loss, 1);
        }

        double threshold = best - Math.Abs(best * (rule.Percent / 100));
        return loss < threshold ? new ProgressWatch(loss, 0) : this with { Count = Count + 1 };
    }

    /// <summary>Whether the study should stop. One trial alone never stops it.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="trials">How many trials have succeeded.</param>
    public bool IsOver(NoProgress rule, int trials) => trials > 1 && Count >= rule.Iterations;
}
