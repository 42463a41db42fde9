"""Writes scipy.json: numbers of NumPy and SciPy that the engine's kernels are compared with.

Run by hand, with hyperopt.json beside it: python3 make_scipy.py > scipy.json
"""

import json
import sys

import numpy as np
import scipy
from scipy.special import erf

MASK = (1 << 128) - 1
MULTIPLIER = 0x2360ED051FC65DA44385DF649FCCF645


def pcg64(state, sequence, count):
    """NumPy's PCG64 from the state that O'Neill's pcg64_srandom_r(state, sequence) leaves."""
    increment = (sequence << 1 | 1) & MASK
    started = ((increment + state) * MULTIPLIER + increment) & MASK
    generator = np.random.PCG64()
    generator.state = {
        "bit_generator": "PCG64",
        "state": {"state": started, "inc": increment},
        "has_uint32": 0,
        "uinteger": 0,
    }
    raw = [str(int(x)) for x in generator.random_raw(count)]
    generator.state = {**generator.state, "state": {"state": started, "inc": increment}}
    doubles = np.random.Generator(generator).random(count).tolist()
    return {"state": str(state), "sequence": str(sequence), "raw": raw, "doubles": doubles}


def argsort(values, good=None):
    """NumPy's order if it matters that it is not stable: in the whole, or in which elements come before `good`."""
    quick = np.argsort(np.asarray(values)).tolist()
    stable = np.argsort(np.asarray(values), kind="stable").tolist()
    same = quick == stable if good is None else set(quick[:good]) == set(stable[:good])
    return None if same else quick


def ties():
    """The orders that NumPy's argsort gave to equal losses and equal observations of hyperopt.json, where they show."""
    losses, observations = [], []
    for history in json.load(open("hyperopt.json", encoding="utf-8"))["histories"]:
        by_tid = {trial["tid"]: trial["loss"] for trial in history["trials"]}
        used = [float("inf") if by_tid[tid] is None else float(by_tid[tid]) for tid in history["used_tids"]]
        if order := argsort(used, history["n_below"]):
            losses.append({"history": history["name"], "order": order})
        for label, parameter in history["params"].items():
            above = parameter["above"]
            # With at most 25 observations all weights are equal, so that the order does not show.
            if "mus" in above and len(above["obs"]) > 25 and (order := argsort(above["obs"])):
                observations.append({"history": history["name"], "label": label, "order": order})
    return {"losses": losses, "observations_above": observations}


z = np.concatenate([np.linspace(-9, 9, 73), [1e-300, -1e-9, 3e-5, 0.46875, 5.9, 27.5, -38.0]])
json.dump(
    {
        "_about": f"numpy {np.__version__}, scipy {scipy.__version__}, python {sys.version.split()[0]}",
        "pcg64": [
            pcg64(42, 54, 8),
            pcg64(0, 0, 8),
            pcg64(0x0123456789ABCDEF0011223344556677, 0x7FFFFFFFFFFFFFFFFEDCBA9876543210, 8),
            pcg64(MASK, MASK >> 1, 8),
        ],
        "normal_cdf": [{"z": float(x), "p": float(0.5 * (1 + erf(x / np.sqrt(2))))} for x in z],
        "argsort": ties(),
    },
    sys.stdout,
)
