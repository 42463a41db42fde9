"""A trial: five-fold cross-validation of one of three scikit-learn models on the breast cancer data."""

import pathlib
import sys

import numpy as np
from sklearn.ensemble import GradientBoostingClassifier, RandomForestClassifier
from sklearn.metrics import balanced_accuracy_score, log_loss
from sklearn.model_selection import StratifiedKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

# In a folder of your own, copy functiontune.py beside the program instead.
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "src" / "TrialClient" / "python"))
import functiontune

FAMILIES = {"svm": SVC, "forest": RandomForestClassifier, "boosting": GradientBoostingClassifier}


def model(family, **settings):
    if family == "svm":
        settings["probability"] = True
    return make_pipeline(StandardScaler(), FAMILIES[family](random_state=0, **settings))


trial = functiontune.open_trial()


def objective(params):
    table = np.loadtxt(trial.data_path("train"), delimiter=",", skiprows=1)
    features, benign = table[:, :-1], table[:, -1]
    losses, accuracies = [], []
    for train, test in StratifiedKFold(5, shuffle=True, random_state=0).split(features, benign):
        fitted = model(**params["model"]).fit(features[train], benign[train])
        probability = fitted.predict_proba(features[test])[:, 1]
        losses.append(log_loss(benign[test], probability))
        accuracies.append(balanced_accuracy_score(benign[test], probability > 0.5))
        trial.report(len(losses), np.mean(losses))
    return {
        "status": functiontune.STATUS_OK,
        "loss": np.mean(losses),
        "loss_variance": np.var(losses, ddof=1),
        "metrics": {"balanced_accuracy": np.mean(accuracies)},
    }


functiontune.run(objective, trial)
