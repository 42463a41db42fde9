"""Writes gp.json: Gaussian processes with joint and additive Matern kernels, by scikit-learn's kernel and NumPy's solvers.

Run by hand: python3 make_gp.py > gp.json
"""

import json
import sys

import numpy as np
import scipy
import sklearn
from sklearn.gaussian_process.kernels import Matern

MIDDLE = 0.5
TO_THE_MIDDLE = np.sqrt(0.5)
draw = np.random.default_rng(7)


def embed(points, label, is_number, options):
    """Coordinates whose Euclidean distances are those of the parameter: an option is a corner of a simplex of edge 1."""
    column = [point[label] for point in points]
    if is_number:
        return np.array([[MIDDLE if v is None else v] for v in column])
    corners = np.eye(options) / np.sqrt(2)
    # Inactive: as far from every corner, on the axis of their centre; the last coordinate makes up what lacks.
    centre = np.append(corners.mean(axis=0), np.sqrt(TO_THE_MIDDLE**2 - np.sum((corners.mean(axis=0) - corners[0]) ** 2)))
    return np.array([centre if v is None else np.append(corners[v], 0) for v in column])


def kernel(case, a, b):
    """The kernel between two lists of points, without noise."""
    joint_a, joint_b, own = [], [], 0
    for p in case["parameters"]:
        x, y = (embed(points, p["label"], p["options"] == 0, p["options"]) for points in (a, b))
        joint_a.append(x / p["joint_length"])
        joint_b.append(y / p["joint_length"])
        both = np.outer([q[p["label"]] is not None for q in a], [q[p["label"]] is not None for q in b])
        own = own + p["own_variance"] * both * Matern(p["own_length"], nu=2.5)(x, y)
    return case["joint_variance"] * Matern(1.0, nu=2.5)(np.hstack(joint_a), np.hstack(joint_b)) + own


def solve(case):
    """Likelihood and predictions by dense linear algebra, nothing factorized."""
    points, at = case["points"], case["at"]
    losses = np.array(case["losses"])
    noise = np.diag(case["noise"] + np.array(case["known_variances"]))
    matrix = kernel(case, points, points) + noise
    inverse = np.linalg.inv(matrix)
    ones = np.ones(len(points))
    mean = ones @ inverse @ losses / (ones @ inverse @ ones)
    rest = losses - mean
    cross = kernel(case, at, points)
    value = 0.5 * (rest @ inverse @ rest + np.linalg.slogdet(matrix)[1] + len(points) * np.log(2 * np.pi))
    variance = np.diag(kernel(case, at, at)) - np.sum((cross @ inverse) * cross, axis=1)
    return {
        "minus_log_likelihood": float(value),
        "means": (mean + cross @ inverse @ rest).tolist(),
        "deviations": np.sqrt(variance).tolist(),
    }


def parameter(label, options=0):
    lengths = np.exp(draw.normal(-0.5, 0.7, size=2))
    return {
        "label": label,
        "options": options,
        "joint_length": float(lengths[0]),
        "own_length": float(lengths[1]),
        "own_variance": float(np.exp(draw.normal(-1, 1))),
    }


def flat_point():
    return {"x0": draw.random(), "x1": draw.random(), "x2": int(draw.integers(3))}


def conditional_point():
    kind = int(draw.integers(3))
    inner = int(draw.integers(4)) if kind == 2 else None
    return {
        "kind": kind,
        "a": draw.random() if kind == 0 else None,
        "b": draw.random() if kind == 1 else None,
        "inner": inner,
        "c": draw.random() if inner == 3 else None,
    }


def case(space, parameters, point, n, noisy):
    made = {
        "space": space,
        "parameters": parameters,
        "joint_variance": float(np.exp(draw.normal())),
        "noise": float(np.exp(draw.uniform(-6, -2))),
        "points": [point() for _ in range(n)],
        "at": [point() for _ in range(6)],
        "losses": draw.normal(size=n).tolist(),
        "known_variances": (draw.random(n) if noisy else np.zeros(n)).tolist(),
    }
    return made | solve(made)


cases = []
for n in (1, 2, 5, 20, 60):
    for noisy in (False, True):
        flat = [parameter("x0"), parameter("x1"), parameter("x2", 3)]
        conditional = [parameter("kind", 3), parameter("a"), parameter("b"), parameter("inner", 4), parameter("c")]
        cases.append(case("flat", flat, flat_point, n, noisy))
        cases.append(case("conditional", conditional, conditional_point, n, noisy))
about = f"scikit-learn {sklearn.__version__}, numpy {np.__version__}, scipy {scipy.__version__}, python {sys.version.split()[0]}"
json.dump({"_about": about, "cases": cases}, sys.stdout)
