"""Writes numerics.json: values of the normal distribution and its relatives, computed by mpmath with 100 digits.

Run by hand: python3 make_numerics.py > numerics.json
"""

import json
import random
import sys

import mpmath as mp

mp.mp.dps = 100
mp.mp.pretty = False
SQRT2 = mp.sqrt(2)
draw = random.Random(20)


def tail(z):
    """1 - Phi(z), with all digits also where it is tiny."""
    return mp.erfc(mp.mpf(z) / SQRT2) / 2


def pdf(z):
    return mp.exp(-mp.mpf(z) ** 2 / 2) / mp.sqrt(2 * mp.pi)


def log_cdf(z):
    return mp.log(tail(-mp.mpf(z))) if z < 0 else mp.log1p(-tail(z))


def improvement(z):
    """phi(z) + z Phi(z); for z << 0 the two nearly cancel, which costs 4 log10 |z| of the 100 digits."""
    z = mp.mpf(z)
    return pdf(z) + z * tail(-z)


def quantile_of_log(log):
    """z with ln Phi(z) = log."""
    log = mp.mpf(log)
    if log > -mp.log(2):
        return -quantile_of_log(mp.log(-mp.expm1(log)))
    start = -mp.sqrt(-2 * log) if log < -5 else mp.mpf(-0.5)
    z = start
    for _ in range(60):
        step = (mp.log(tail(-z)) - log) * tail(-z) / pdf(z)
        z -= step
        if abs(step) <= mp.mpf(10) ** -60 * abs(z):
            break
    return z


def truncated(mean, sigma, low, high, p):
    """Log mass, a quantile and the log density there of a truncated normal. Both tails are taken as the lower one."""
    m, s, a, b = (mp.mpf(x) for x in (mean, sigma, low, high))
    a, b = (a - m) / s, (b - m) / s
    mirrored = a + b > 0
    p = 1 - mp.mpf(p) if mirrored else mp.mpf(p)
    if mirrored:
        a, b = -b, -a
    mass = tail(-b) - tail(-a)
    z = quantile_of_log(mp.log(tail(-a) + p * mass))
    x = m + s * (-z if mirrored else z)
    x = float(x)
    density = -((mp.mpf(x) - m) / s) ** 2 / 2 - mp.log(mp.sqrt(2 * mp.pi) * s * mass)
    return {
        "mean": mean,
        "sigma": sigma,
        "low": low,
        "high": high,
        "p": float(1 - p) if mirrored else float(p),
        "log_mass": float(mp.log(mass)),
        "quantile": x,
        "log_density": float(density),
    }


def spread(count, smallest, largest):
    """Numbers of both signs, their sizes spread over the decades."""
    return [draw.choice((-1, 1)) * 10 ** draw.uniform(smallest, largest) for _ in range(count)]


def rows(names, inputs, function):
    return [dict(zip(names, (x, *(float(y) for y in function(x))))) for x in inputs]


def intervals():
    """Bounds around the mean, in either tail, near and far, wide and narrow."""
    for _ in range(300):
        mean, sigma = draw.choice([(0.0, 1.0), (0.3, 0.01), (-2.0, 5.0), (1e3, 7.0)])
        centre = draw.choice((-1, 1)) * 10 ** draw.uniform(-3, 5) if draw.random() < 0.7 else draw.uniform(-5, 5)
        width = 10 ** draw.uniform(-6, 2) / draw.choice([1.0, max(1.0, abs(centre))])
        low = mean + sigma * (centre - width / 2)
        high = mean + sigma * (centre + width / 2)
        if low < high:
            yield mean, sigma, low, high, draw.choice([draw.random(), 2.0**-30, 1 - 2.0**-30, 0.5])
    for far in (1e6, 1e8):
        yield 0.0, 1.0, -far, 1 - far, 0.3
        yield 0.0, 1.0, far, far + 1, 0.3


z = [0.0, 0.5, 0.7, 0.71, 5.65, 5.66, 1.0, 37.5, -37.5, -40.0, -1e8, -1e4, *spread(200, -8, 1.55), *spread(60, 1.5, 8)]
above = sorted(abs(x) for x in z)
probability = [0.5 + 2.0**-53, 1e-300, 1 - 2.0**-53, *(draw.random() for _ in range(60)), *(10 ** draw.uniform(-307, 0) for _ in range(60))]
logs = [-0.6931, -0.6932, -699.9, -700.1, -5e15, -1e300, *(-(10 ** draw.uniform(-300, 18)) for _ in range(150))]
pairs = [(draw.uniform(-5, 5), 10 ** draw.uniform(-12, 3)) for _ in range(100)]
json.dump(
    {
        "_about": f"mpmath {mp.__version__}, {mp.mp.dps} digits, python {sys.version.split()[0]}",
        "tail": rows(
            ("z", "mills", "complement", "tail"),
            above,
            lambda x: (tail(x) / pdf(x), 1 - x * tail(x) / pdf(x), tail(x)),
        ),
        "log_cdf": rows(("z", "log_cdf"), z, lambda x: (log_cdf(x),)),
        "quantile": rows(("p", "z"), probability, lambda p: (quantile_of_log(mp.log(mp.mpf(p))),)),
        "quantile_of_log": rows(("log", "z"), logs, lambda x: (quantile_of_log(x),)),
        "log_ei": rows(
            ("z", "log", "slope"), z, lambda x: (mp.log(improvement(x)), tail(-mp.mpf(x)) / improvement(x))
        ),
        "log_space": [
            {
                "a": a + d,
                "b": a,
                "sum": float(mp.log(mp.exp(mp.mpf(a + d)) + mp.exp(mp.mpf(a)))),
                "difference": float(mp.log(mp.exp(mp.mpf(a + d)) - mp.exp(mp.mpf(a)))),
            }
            for a, d in pairs
        ],
        "truncated": [truncated(*case) for case in intervals()],
    },
    sys.stdout,
)
