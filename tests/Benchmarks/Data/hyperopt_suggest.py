"""Times hyperopt's tpe.suggest on the histories of the `suggest` benchmark and prints a CSV like peers-suggest.csv.

Needs hyperopt 0.3.0 with numpy, scipy, networkx, bson, cloudpickle and tqdm: python3 hyperopt_suggest.py > here.csv
"""

import statistics
import sys
import time

import numpy as np
from hyperopt import Trials, hp, tpe
from hyperopt.base import Domain

SIZES = [20, 100, 300, 1000, 3000, 10000]
DIMENSIONS = [2, 8, 20, 50]


def space(d):
    kinds = [
        lambda label: hp.uniform(label, 0, 1),
        lambda label: hp.loguniform(label, np.log(1e-4), 0),
        lambda label: hp.choice(label, [0, 1, 2, 3]),
    ]
    return {f"x{i}": kinds[i % 3](f"x{i}") for i in range(d)}


def value(i, random):
    return [random.random(), float(np.exp(np.log(1e-4) * random.random())), int(random.integers(4))][i % 3]


def history(d, n):
    random = np.random.default_rng(1)
    docs = []
    for tid in range(n):
        vals = {f"x{i}": [value(i, random)] for i in range(d)}
        docs.append(
            {
                "state": 2, "tid": tid, "spec": None, "result": {"status": "ok", "loss": random.random()},
                "misc": {"tid": tid, "cmd": None, "workdir": None, "idxs": {k: [tid] for k in vals}, "vals": vals},
                "exp_key": None, "owner": None, "version": 0, "book_time": None, "refresh_time": None,
            }
        )
    trials = Trials()
    trials.insert_trial_docs(docs)
    trials.refresh()
    return trials


print("lib,d,n,median_ms,min_ms")
for d in DIMENSIONS:
    domain = Domain(lambda _: 0, space(d))
    for n in SIZES:
        trials = history(d, n)
        times = []
        start = time.perf_counter()
        while len(times) < 7 or (len(times) < 50 and time.perf_counter() - start < 2):
            before = time.perf_counter()
            tpe.suggest([n + len(times)], domain, trials, seed=len(times), verbose=False)
            times.append(1000 * (time.perf_counter() - before))
        print(f"hyperopt,{d},{n},{statistics.median(times):.3f},{min(times):.3f}")
        sys.stdout.flush()
