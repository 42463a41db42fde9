"""Which family of classifiers, and with which settings? A program written for Hyperopt, as it was."""

from sklearn.datasets import load_wine
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC


def logistic(C, penalty):
    if penalty == "l2":
        return LogisticRegression(C=C, max_iter=5000)
    return LogisticRegression(C=C, penalty="elasticnet", solver="saga", max_iter=5000, **penalty)


def svm(C, kernel):
    settings = dict(kernel)
    return SVC(C=C, kernel=settings.pop("kind"), random_state=0, **settings)


def forest(n_estimators, **settings):
    return RandomForestClassifier(n_estimators=int(n_estimators), random_state=0, **settings)


FAMILIES = {"logistic": logistic, "svm": svm, "forest": forest}


def objective(params):
    settings = dict(params)
    model = make_pipeline(StandardScaler(), FAMILIES[settings.pop("family")](**settings))
    features, cultivar = load_wine(return_X_y=True)
    scores = cross_val_score(model, features, cultivar, cv=5, scoring="balanced_accuracy")
    return {"status": "ok", "loss": 1 - scores.mean(), "loss_variance": scores.var(ddof=1)}


if __name__ == "__main__":
    from hyperopt import SparkTrials, fmin, hp, space_eval, tpe

    space = hp.choice(
        "family",
        [
            {
                "family": "logistic",
                "C": hp.loguniform("logistic_C", -6, 4),
                "penalty": hp.choice("penalty", ["l2", {"l1_ratio": hp.uniform("l1_ratio", 0, 1)}]),
            },
            {
                "family": "svm",
                "C": hp.loguniform("svm_C", -3, 6),
                "kernel": hp.choice(
                    "kernel",
                    [
                        {"kind": "linear"},
                        {"kind": "rbf", "gamma": hp.loguniform("rbf_gamma", -10, 0)},
                        {
                            "kind": "poly",
                            "gamma": hp.loguniform("poly_gamma", -10, 0),
                            "degree": hp.uniformint("degree", 2, 4),
                        },
                    ],
                ),
            },
            {
                "family": "forest",
                "n_estimators": hp.quniform("n_estimators", 50, 400, 50),
                "max_features": hp.uniform("max_features", 0.05, 1),
                "min_samples_leaf": hp.uniformint("min_samples_leaf", 1, 10),
            },
        ],
    )
    best = fmin(objective, space, algo=tpe.suggest, max_evals=96, trials=SparkTrials(parallelism=8))
    print(space_eval(space, best))
