using FunctionTune.TrialClient;
using KernelRidge;
using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;

Control.UseSingleThread();
return Trial.Run(trial =>
{
    (Dataset train, Dataset validation) = Dataset.Read(trial.DataPath("train")).Split().Standardised();
    var model = RidgeModel.Fit(train, Kernel.From(trial.Params.Object("kernel")), trial.Params.Double("alpha"));

    Vector<double> predicted = model.Predict(validation.Features);
    trial.Succeed(
        loss: Scores.Rmse(validation.Target, predicted),
        metrics: new Dictionary<string, double>(StringComparer.Ordinal)
        {
            ["r2"] = Scores.R2(validation.Target, predicted),
            ["train_rmse"] = Scores.Rmse(train.Target, model.Predict(train.Features)),
        }
    );
});
