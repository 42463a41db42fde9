"""A trial on one machine of a cluster: cross-validated gradient boosting of scikit-learn on data that was staged once."""

import argparse
import functools

import functiontune
import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import log_loss
from sklearn.model_selection import StratifiedKFold


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--folds", type=int, default=5)
    return parser.parse_args()


@functools.lru_cache(maxsize=None)
def table(path):
    """The data: read once by this process, however many trials it carries out."""
    return np.loadtxt(path, delimiter=",", skiprows=1)


def objective(params, folds):
    trial = functiontune.current_trial()
    data = table(trial.data_path("train"))
    features, benign = data[:, :-1], data[:, -1]
    settings = {**params, "max_iter": int(params["max_iter"])}
    losses = []
    for train, test in StratifiedKFold(folds, shuffle=True, random_state=0).split(features, benign):
        model = HistGradientBoostingClassifier(random_state=0, **settings).fit(features[train], benign[train])
        losses.append(log_loss(benign[test], model.predict_proba(features[test])))
        trial.report(len(losses), np.mean(losses))
    return {"status": functiontune.STATUS_OK, "losses": losses}


if __name__ == "__main__":
    functiontune.run(functools.partial(objective, folds=arguments().folds))
