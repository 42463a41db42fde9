"""What a FunctionTune trial in Python needs: parameters in, data opened, loss out. No dependencies, Python 3.8 or later.

Copy this file beside your program. A trial is three lines:

    import functiontune
    trial = functiontune.open_trial()
    trial.succeed(loss_of(trial.params["alpha"]))

An objective written for Hyperopt stays as it is:

    functiontune.run(objective)
"""

import hashlib
import json
import math
import os
import statistics
import sys
import threading
import traceback
import urllib.parse
import urllib.request

STATUS_OK = "ok"
STATUS_FAIL = "fail"
VARIABLE = "FUNCTIONTUNE_TRIAL"


class TrialError(Exception):
    """A trial cannot be opened, read or answered; the message holds the rule, the value, and what to do."""


def open_trial(path=None):
    """The trial of a trial file: the one that the environment variable FUNCTIONTUNE_TRIAL names, unless a path is given."""
    path = path or os.environ.get(VARIABLE)
    if not path:
        raise TrialError(
            f"The environment variable {VARIABLE} must name the trial file, but it is not set: FunctionTune sets it when it "
            'starts a trial. To try the program by hand, write trial.json with {"params": {...}} and start it with '
            f"{VARIABLE}=trial.json; the result then appears on standard output."
        )
    return Trial(path)


def run(objective, trial=None):
    """Carries out a trial by objective(params), which returns a loss or a Hyperopt result such as
    {"status": "ok", "loss": 0.3}. An exception becomes a failed result with its type, message and trace, and ends the
    program with exit code 1."""
    try:
        trial = trial or open_trial()
        trial.answer(objective(trial.params))
    except Exception as error:
        traceback.print_exc()
        if trial is not None and not trial.answered:
            trial.fail_with(error)
        sys.exit(1)


class Params(dict):
    """Parameters by name, in the structure of the space; a name that is not there is answered by the names that are."""

    def __missing__(self, name):
        raise KeyError(
            f"params has no {name!r}. It has: {', '.join(map(str, self)) or 'nothing'}. Parameters of a choice that was not "
            "taken are absent; ask with `in` or .get() first."
        )


class Trial:
    """A trial to be carried out. `params` has the values, `study`, `number` and `attempt` say which trial it is."""

    def __init__(self, path):
        path = os.path.abspath(_local_path(os.fspath(path), os.getcwd(), "The trial file"))
        try:
            with open(path, encoding="utf-8") as file:
                content = json.load(file, object_hook=Params)
        except FileNotFoundError:
            raise TrialError(f"The trial file must exist, but there is none at {path}. Look at {VARIABLE}.") from None
        except ValueError as error:
            raise TrialError(f"The trial file {path} must be a JSON object: {error}.") from error
        if not isinstance(content, dict) or "params" not in content:
            raise TrialError(f'The trial file {path} must have "params", such as {{"params": {{"alpha": 0.1}}}}.')
        self.params = content["params"]
        self.study = content.get("study", "")
        self.number = content.get("trial", 0)
        self.attempt = content.get("attempt", 1)
        self.data = content.get("data") or {}
        self.answered = False
        self._folder = os.path.dirname(path)
        self._result = self._place(content, "result")
        self._progress = self._place(content, "progress")
        self._verified = set()
        self._reporting = threading.Lock()

    def data_path(self, name):
        """The path of the data called `name`; its size and hash, where they are known, are compared once."""
        if name not in self.data:
            raise TrialError(
                f"The study has no data {name!r}. It has: {', '.join(self.data) or 'none'}. "
                f'Name it in the study file: "data": {{ "{name}": "path" }}.'
            )
        reference = self.data[name]
        path = _local_path(reference["uri"], self._folder, f"Data {name!r}")
        if name not in self._verified:
            if not os.path.isfile(path):
                raise TrialError(f"Data {name!r} must be a file, but there is none at {path}. Look at 'data' in the study.")
            for key, measure in (("bytes", os.path.getsize), ("sha256", _sha256)):
                expected = reference.get(key)
                if expected is not None and measure(path) != expected:
                    raise TrialError(
                        f"Data {name!r} at {path} must have {key} {expected}, but has {measure(path)}. The file changed "
                        "after the study began: put the old one back, or start a new study."
                    )
            self._verified.add(name)
        return path

    def open_data(self, name, mode="rb", **options):
        """Opens the data called `name`, as open() does."""
        return open(self.data_path(name), mode, **options)

    def report(self, step, loss=None, **values):
        """Tells how numbers stand at a step (0, 1, ...) while the trial runs: report(3, 0.4) or report(3, loss=0.4, auc=0.8)."""
        if loss is not None:
            values = {"loss": loss, **values}
        line = _json({"step": step, "values": values})
        if self._progress is None:
            print(line, file=sys.stderr, flush=True)
            return
        with self._reporting, open(self._progress, "ab", buffering=0) as file:
            file.write(line.encode("utf-8") + b"\n")

    def succeed(self, loss, loss_variance=None, metrics=None, **extra):
        """Writes the result of a trial that succeeded: the loss, and anything else to keep."""
        result = {"status": STATUS_OK, "loss": loss}
        if loss_variance is not None:
            result["loss_variance"] = loss_variance
        if metrics is not None:
            result["metrics"] = metrics
        self._write({**result, **extra})

    def succeed_with_folds(self, losses, metrics=None, **extra):
        """Writes the result of a cross-validation: the mean of the folds' losses, and their sample variance (ddof=1)."""
        losses = [float(loss) for loss in losses]
        if not losses:
            raise TrialError("A cross-validation must have at least one fold, but got none.")
        mean = math.fsum(losses) / len(losses) if all(map(math.isfinite, losses)) else math.nan
        variance = statistics.variance(losses) if len(losses) > 1 and math.isfinite(mean) else None
        self.succeed(mean, variance, metrics, losses=losses, **extra)

    def fail(self, message):
        """Writes the result of a trial that failed; the study goes on with other parameters."""
        self._write({"status": STATUS_FAIL, "message": str(message)})

    def fail_with(self, error):
        """Writes the result of a trial that failed by an exception, with its type, message and trace."""
        kind = type(error).__qualname__
        trace = "".join(traceback.format_exception(type(error), error, error.__traceback__))
        self._write({"status": STATUS_FAIL, "message": f"{kind}: {error}", "type": kind, "traceback": trace})

    def answer(self, result):
        """Writes what an objective returned: a loss, or a Hyperopt result with "status", "loss" and anything else."""
        if isinstance(result, dict):
            self._write({"status": STATUS_OK, **result} if "loss" in result else result)
        else:
            try:
                loss = float(result)
            except (TypeError, ValueError):
                raise TrialError(
                    f"An objective must return its loss, or a dictionary with 'status' and 'loss', but it returned {result!r}."
                ) from None
            self.succeed(loss)

    def _place(self, content, name):
        place = content.get(name)
        return place and _local_path(place, self._folder, f"'{name}' of the trial file")

    def _write(self, result):
        text = _json(result)
        if self.answered:
            raise TrialError("A trial must have one result, but a second was given. Call succeed or fail once, at the end.")
        self.answered = True
        if self._result is None:
            print(text, flush=True)
            return
        unfinished = f"{self._result}.{os.getpid()}.tmp"
        with open(unfinished, "w", encoding="utf-8") as file:
            file.write(text + "\n")
            file.flush()
            os.fsync(file.fileno())
        os.replace(unfinished, self._result)


def _local_path(place, folder, what):
    if "://" not in place:
        return os.path.join(folder, place)
    uri = urllib.parse.urlparse(place)
    if uri.scheme != "file":
        raise TrialError(
            f"{what} must be a path or a file URI to be opened here, but got {place}. "
            "Read it with the client of its store, or mount the store as a folder."
        )
    return urllib.request.url2pathname(uri.path)


def _sha256(path):
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        for block in iter(lambda: file.read(1 << 20), b""):
            digest.update(block)
    return digest.hexdigest()


def _json(value):
    return json.dumps(_plain(value), allow_nan=False)


def _plain(value):
    """The value in the types that JSON knows: NumPy's numbers and arrays become plain, NaN and infinity strings, and what
    has no form in JSON becomes its repr, cut to 1,000 characters."""
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(item) for item in value]
    if hasattr(value, "tolist"):
        return _plain(value.tolist())
    return repr(value)[:1000]
