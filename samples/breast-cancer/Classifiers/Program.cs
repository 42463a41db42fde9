using Classifiers;
using FunctionTune.TrialClient;

return Trial.Run(trial =>
{
    var family = ModelFamily.From(trial.Params.Object("model"));
    List<double> losses = [];
    List<double> accuracies = [];
    foreach (Fold fold in Examples.Read(trial.DataPath("train")).Folds(5))
    {
        Model model = family.Fit(fold.Train);
        double[] probabilities = Array.ConvertAll(fold.Test.Features, model.Probability);
        losses.Add(Scores.LogLoss(fold.Test.Benign, probabilities));
        accuracies.Add(Scores.BalancedAccuracy(fold.Test.Benign, probabilities));
        trial.Report(losses.Count, losses.Average());
    }

    trial.SucceedWithFolds(
        losses,
        metrics: new Dictionary<string, double>(StringComparer.Ordinal) { ["balanced_accuracy"] = accuracies.Average() }
    );
});
