"""What a FunctionTune trial in Python needs: parameters in, data opened, loss out. No dependencies, Python 3.8 or later.

Copy this file beside your program; it works in plain Python, on Spark drivers and executors, and in Databricks notebooks.
A trial is three lines:

    import functiontune
    trial = functiontune.open_trial()
    trial.succeed(loss_of(trial.params["alpha"]))

An objective written for Hyperopt stays as it is:

    functiontune.run(objective)

The file is a launcher too, for clusters that get one file to start. It runs a program, or an objective in it:

    python functiontune.py --program PLACE [--objective NAME] [arguments of the program] --functiontune-trial PLACE
"""

import contextlib
import errno
import functools
import hashlib
import http.client
import importlib.util
import json
import math
import os
import pickle
import posixpath
import random
import re
import runpy
import shutil
import socket
import ssl
import statistics
import sys
import tempfile
import threading
import time
import traceback
import types
import urllib.error
import urllib.parse
import urllib.request
import uuid

STATUS_OK = "ok"
STATUS_FAIL = "fail"
VARIABLE = "FUNCTIONTUNE_TRIAL"
ARGUMENT = "--functiontune-trial"
WIDGET = "functiontune_trial"
BROADCAST_LIMIT = 2**31 - 1  # bytes


class TrialError(Exception):
    """A trial cannot be opened, read or answered; the message holds the rule, the value, and what to do."""


# ---------------------------------------------------------------------------------------------------------------------
# The door


def open_trial(path=None):
    """The trial to carry out: of the trial file at `path`, or else of the one that the argument --functiontune-trial, the
    notebook widget functiontune_trial or the environment variable FUNCTIONTUNE_TRIAL names, in this order."""
    place, content = _read_trial_file(path)
    if "trials" in content:
        raise TrialError(
            f"A batch holds several trials, and {_shown(place)} is one of {len(content['trials'])}: a program that opens one "
            "trial by hand cannot carry it out. Put the work into a function and call functiontune.run(objective), which "
            "takes the trials in turn; or set trialsPerRun to 1 in the study file."
        )
    return Trial(place, content)


def run(objective, trial=None):
    """Carries out the trial, or each trial of the batch, by objective(params), which returns a loss or a Hyperopt result such
    as {"status": "ok", "loss": 0.3}. An exception becomes a failed result with its type, message and trace; it then ends the
    program, unless there are more trials in the batch. A trial that has its result already is not carried out again."""
    global _ran
    _ran = True
    if trial is None:
        place, content = _read_trial_file()
        if "trials" in content:
            _run_batch(objective, place, content["trials"])
            return
        trial = Trial(place, content)
    error = _carry_out(objective, trial)
    if error is not None:
        raise error


def current_trial():
    """The trial that run() is carrying out: for reports and data inside an objective, also where trials come in batches."""
    if _current is None:
        raise TrialError(
            "current_trial() must be called by the objective while functiontune.run(objective) carries out a trial. "
            "Outside of it, open the trial by functiontune.open_trial()."
        )
    return _current


def broadcast(value, spark=None):
    """Shares a value with the tasks of this program, which read it as `.value`. On Spark a value of at most 2 GB is
    broadcast. A function is taken as a loader: it is called once in each process that asks for the value, and what it gives
    is never sent, so it may be of any size; without Spark a value is just held. Call it once, outside the objective."""
    session = spark or _active_session()
    if session is not None:
        _send_this_file(session)
    if isinstance(value, (types.FunctionType, types.MethodType, functools.partial)):
        return Shared(value)
    if session is None:
        return Shared(functools.partial(_same, value))
    if _pickled_size(value, BROADCAST_LIMIT) > BROADCAST_LIMIT:
        raise TrialError(
            f"A value must pickle to at most {BROADCAST_LIMIT:,} bytes to be broadcast, Spark's limit, but this "
            f"{type(value).__name__} is larger. Stage it as data instead: name the file under 'data' in the study file, and "
            'broadcast a loader, such as broadcast(lambda: load(trial.data_path("train"))): each node fetches the file once '
            "into its cache, and each process loads it once."
        )
    context = _context_of(session)
    if context is None:
        raise TrialError(
            "A value can be broadcast by a Spark session with a SparkContext only, and Spark Connect has none. "
            "Broadcast a function that loads the value instead."
        )
    return context.broadcast(value)


class Shared:
    """A value that each process loads once, at its first use."""

    def __init__(self, loader):
        self._loader = loader
        self._key = uuid.uuid4().hex

    @property
    def value(self):
        """The value in this process."""
        with _loading:
            if self._key not in _loaded:
                _loaded[self._key] = self._loader()
            return _loaded[self._key]

    def unpersist(self):
        """Lets go of the value in this process; the next use loads it again."""
        _loaded.pop(self._key, None)


# ---------------------------------------------------------------------------------------------------------------------
# The trial


class Params(dict):
    """Parameters by name, in the structure of the space; a name that is not there is answered by the names that are."""

    def __missing__(self, name):
        raise KeyError(
            f"params has no {name!r}. It has: {', '.join(map(str, self)) or 'nothing'}. Parameters of a choice that was not "
            "taken are absent; ask with `in` or .get() first."
        )

    def __reduce__(self):
        return dict, (dict(self),)  # Processes that get the parameters need not have this file.


class Trial:
    """A trial to be carried out. `params` has the values, `study`, `number` and `attempt` say which trial it is, `data` has
    the references to data by name. It can be handed to tasks on executors, to open data there."""

    def __init__(self, place, content=None):
        self._place = _absolute(place)
        content = content if content is not None else _read_json(self._place)
        if "params" not in content:
            raise TrialError(
                f'The trial file {_shown(self._place)} must have "params", such as {{"params": {{"alpha": 0.1}}}}.'
            )
        self._content = content
        self.params = content["params"]
        self.study = content.get("study", "")
        self.number = content.get("trial", 0)
        self.attempt = content.get("attempt", 1)
        self.token = content.get("token")
        self.data = content.get("data") or {}
        self.answered = False
        self._written = False
        self._result = self._file("result")
        self._reports = _Reports(self._file("progress"))

    def __reduce__(self):
        session = _active_session()
        if session is not None:
            _send_this_file(session)
        return Trial, (self._place, self._content)

    def data_path(self, name):
        """The path on this machine of the data called `name`: a file, or a folder. Data that lies elsewhere is fetched first,
        once for all trials on this machine; sizes and hashes, where they are known, are compared."""
        return self._fetched(name).path

    def data_paths(self, name):
        """The paths on this machine of the files of the data called `name`, sorted; one when the data is a file."""
        return self._fetched(name).files

    def data_uris(self, name):
        """Where the files of the data called `name` lie, for Spark to read: spark.read.csv(trial.data_uris("x"))."""
        place, reference = self._reference(name)
        manifest = _manifest_of(place, reference, self._place) if _is_folder(reference) else None
        places = [_file_of(place, reference, file["name"]) for file in manifest["files"]] if manifest else [place]
        return [_spark_uri(each, name) for each in places]

    def open_data(self, name, mode="rb", **options):
        """Opens the data called `name`, as open() does."""
        files = self.data_paths(name)
        if len(files) != 1:
            raise TrialError(
                f"Data {name!r} must be one file to be opened, but has {len(files)} files. Open each of data_paths({name!r})."
            )
        return open(files[0], mode, **options)

    def report(self, step, loss=None, **values):
        """Tells how numbers stand at a step (0, 1, ...) meanwhile: report(3, 0.4) or report(3, loss=0.4, auc=0.8)."""
        if loss is not None:
            values = {"loss": loss, **values}
        self._reports.add(_json({"step": step, "values": values}))

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
        trace = "".join(traceback.format_exception(type(error), error, _users_part(error.__traceback__)))
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

    def has_result(self):
        """Whether a result lies there, of this or another run of the same attempt."""
        return self._written or self._result is not None and self._result.exists()

    def is_stopped(self):
        """Whether the trial was told to stop, by a file named `stop` beside the trial file."""
        stop = _at(_join(self._place, self._content.get("stop", "stop")), "The mark to stop")
        return stop.exists()

    def _file(self, key):
        name = self._content.get(key)
        return name and _at(_join(self._place, name), f"'{key}' of the trial file")

    def _reference(self, name):
        if name not in self.data:
            raise TrialError(
                f"The study has no data {name!r}. It has: {', '.join(self.data) or 'none'}. "
                f'Name it in the study file: "data": {{ "{name}": "path" }}.'
            )
        return _join(self._place, self.data[name]["uri"]), self.data[name]

    def _fetched(self, name):
        place, reference = self._reference(name)
        return _fetch_data(f"Data {name!r}", place, reference, self._place)

    def _write(self, result):
        if self.token is not None:
            result = {**result, "token": self.token}
        text = _json(result)
        if self.answered:
            raise TrialError("A trial must have one result, but a second was given. Call succeed or fail once, at the end.")
        self.answered = True
        self._reports.send()
        if self._result is None:
            print(text, flush=True)
        elif not self._result.create(text.encode("utf-8") + b"\n"):
            _note(f"the trial has a result already at {self._result.shown}; it stays as it is")
        self._written = True


class _Reports:
    """Intermediate values on their way: at once into a file on this machine, and at most once a second anywhere else, where
    what cannot be written never fails a trial."""

    def __init__(self, file):
        self._file = file
        self._lock = threading.Lock()
        self._waiting = b""
        self._sent_at = -math.inf

    def add(self, line):
        if self._file is None:
            print(line, file=sys.stderr, flush=True)
            return
        with self._lock:
            self._waiting += line.encode("utf-8") + b"\n"
        if self._file.is_near or time.monotonic() - self._sent_at >= 1:
            self.send()

    def send(self):
        with self._lock:
            if not self._waiting:
                return
            try:
                self._file.append(self._waiting)
                self._waiting = b""
            except Exception as error:
                if self._file.is_near:
                    raise
                _note(f"intermediate values cannot be written: {error}")
            self._sent_at = time.monotonic()


# ---------------------------------------------------------------------------------------------------------------------
# Data, and the cache of this machine


class _Fetched:
    def __init__(self, path, files):
        self.path = path
        self.files = files


def _fetch_data(what, place, reference, base):
    """The data of a reference as files on this machine. Files on this machine are used where they lie. Others come through
    the cache, a folder for each SHA-256 with manifest.json and files/; it may be deleted whenever no trial runs."""
    file = _at(place, what)
    sha256 = reference.get("sha256")
    if file.is_near or file.path is not None and sha256 is None:
        return _used_in_place(what, file, place, reference, base)
    if sha256 is None:
        return _fetched_for_this_process(what, file, place)
    entry = os.path.join(_cache_folder(), sha256)
    found = _cached(entry)
    if found is None:
        if _is_folder(reference):
            manifest = _manifest_of(place, reference, base)
        else:
            manifest = {"files": [{"name": _name_of(place), "sha256": sha256, "bytes": reference.get("bytes")}]}
        with _locked(entry) as waited:
            found = waited or _fill(what, entry, place, reference, manifest)
    if found is None:
        raise TrialError(f"{what} must stay in the cache at {entry}, but did not. Let FUNCTIONTUNE_CACHE name another.")
    return found


def _used_in_place(what, file, place, reference, base):
    if _is_folder(reference):
        if not os.path.isdir(file.path):
            raise TrialError(f"{what} must be a folder, but there is none at {file.path}. Look at 'data' in the study.")
        manifest = _manifest_of(place, reference, base)
        files = manifest["files"] if manifest else [{"name": name} for name in _names_below(file.path)]
        paths = [os.path.join(file.path, *entry["name"].split("/")) for entry in files]
        for entry, path in zip(files, paths):
            _verify(what, path, entry)
        return _Fetched(file.path, paths)
    if os.path.isdir(file.path) and reference.get("sha256") is None:
        return _Fetched(file.path, [os.path.join(file.path, *n.split("/")) for n in _names_below(file.path)])
    _verify(what, file.path, reference)
    return _Fetched(file.path, [file.path])


def _fetched_for_this_process(what, file, place):
    if place not in _fetched_here:
        path = os.path.join(_process_folder(), uuid.uuid4().hex, _name_of(place))
        os.makedirs(os.path.dirname(path))
        file.fetch(path, None)
        _fetched_here[place] = path
    return _Fetched(_fetched_here[place], [_fetched_here[place]])


def _fill(what, entry, place, reference, manifest):
    """Fetches and verifies files beside the cache's entry, and renames them into their place: whole, or not at all."""
    is_folder = _is_folder(reference)
    folder, key = os.path.split(entry)
    for name in os.listdir(folder):
        if name.startswith(key) and name.endswith(".partial"):  # Left by a process that was killed.
            shutil.rmtree(os.path.join(folder, name), ignore_errors=True)
    unfinished = f"{entry}.{uuid.uuid4().hex}.partial"
    try:
        for file in manifest["files"]:
            path = os.path.join(unfinished, "files", *file["name"].split("/"))
            os.makedirs(os.path.dirname(path), exist_ok=True)
            source = _at(_file_of(place, reference, file["name"]) if is_folder else place, what)
            source.fetch(path, file.get("bytes"))
            _verify(what, path, file, source.shown)
            file["bytes"] = os.path.getsize(path)
            os.chmod(path, 0o444)
        with open(os.path.join(unfinished, "manifest.json"), "w", encoding="utf-8") as listing:
            json.dump({"kind": "folder" if is_folder else "file", "files": manifest["files"]}, listing)
        if os.path.isdir(entry):
            os.rename(entry, f"{entry}.{uuid.uuid4().hex}.partial")  # _cached found that it is broken.
        with contextlib.suppress(OSError):
            os.rename(unfinished, entry)  # Fails where another process was faster: its files are the same.
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        raise TrialError(
            f"{what} must fit on the disk of {folder}, but it is full. Set FUNCTIONTUNE_CACHE to a folder on a larger disk, or "
            "delete what is in the cache while no trial runs."
        ) from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return _cached(entry)


def _cached(entry):
    """The files of a cache entry; None when it is not there, or a file is not as long as it was."""
    try:
        with open(os.path.join(entry, "manifest.json"), encoding="utf-8") as listing:
            manifest = json.load(listing)
        folder = os.path.join(entry, "files")
        files = [os.path.join(folder, *file["name"].split("/")) for file in manifest["files"]]
        if any(os.path.getsize(path) != file["bytes"] for path, file in zip(files, manifest["files"])):
            return None
    except (OSError, ValueError):
        return None
    return _Fetched(folder if manifest["kind"] == "folder" else files[0], files)


@contextlib.contextmanager
def _locked(entry):
    """Lets one process of this machine fetch an entry while others wait for it; gives the entry if somebody else fetched it.
    The lock is a file whose holder touches it every few seconds; one left behind is taken over by renaming it."""
    lock = entry + ".lock"
    while True:
        try:
            os.close(os.open(lock, os.O_CREAT | os.O_EXCL))
            break
        except FileExistsError:
            found = _cached(entry)
            if found is not None:
                yield found
                return
            with contextlib.suppress(OSError):
                if time.time() - os.stat(lock).st_mtime > _STALE:
                    left = f"{lock}.{uuid.uuid4().hex}"
                    os.rename(lock, left)
                    os.remove(left)
                    continue
            time.sleep(0.1)
    done = threading.Event()

    def touch():
        while not done.wait(_STALE / 6):
            with contextlib.suppress(OSError):
                os.utime(lock)

    threading.Thread(target=touch, daemon=True).start()
    try:
        yield _cached(entry)
    finally:
        done.set()
        with contextlib.suppress(OSError):
            os.remove(lock)


def _cache_folder():
    chosen = os.environ.get("FUNCTIONTUNE_CACHE")
    user = os.getuid() if hasattr(os, "getuid") else ""
    folder = os.path.abspath(chosen or os.path.join(tempfile.gettempdir(), f"functiontune-cache-{user}"))
    os.makedirs(folder, mode=0o777 if chosen else 0o700, exist_ok=True)
    if not chosen and user != "" and os.stat(folder).st_uid != user:
        raise TrialError(f"The cache {folder} must be this user's own, but is not. Set FUNCTIONTUNE_CACHE to another folder.")
    return folder


def _process_folder():
    global _temporary
    if _temporary is None:
        _temporary = tempfile.TemporaryDirectory(prefix="functiontune-")
    return _temporary.name


def _is_folder(reference):
    return reference.get("kind") == "folder" or "manifest" in reference


def _file_of(place, reference, name):
    """Where a file of a folder lies: below it, unless each file has a place of its own, as where each needs a signature."""
    return (reference.get("files") or {}).get(name) or _child(place, name)


def _manifest_of(place, reference, base):
    """The list of a folder's files, checked against the folder's hash; None where there is none."""
    named = reference.get("manifest")
    listing = _at(_join(base, named) if named else _child(place, "manifest.json"), "The manifest")
    content = listing.read()
    if content is None:
        if named or not listing.is_near:
            raise TrialError(f"A folder of data must have a manifest, but there is none at {listing.shown}. Stage it again.")
        return None
    manifest = json.loads(content)
    for file in manifest["files"]:
        parts = file["name"].split("/")
        if "\\" in file["name"] or ":" in file["name"] or any(part in ("", ".", "..") for part in parts):
            raise TrialError(f"Names in a manifest must be relative and plain, but got {file['name']!r} in {listing.shown}.")
    if reference.get("sha256") is not None:
        _compare("The manifest", listing.shown, "sha256", reference["sha256"], _listing_hash(manifest["files"]))
    return manifest


def _listing_hash(files):
    in_order = sorted(files, key=lambda file: file["name"].encode("utf-16-be"))
    return hashlib.sha256("".join(f"{file['sha256']}  {file['name']}\n" for file in in_order).encode("utf-8")).hexdigest()


def _names_below(folder):
    below = (os.path.join(path, name) for path, _, names in os.walk(folder) for name in names)
    names = sorted(os.path.relpath(path, folder).replace(os.sep, "/") for path in below)
    return [name for name in names if name != "manifest.json"]


def _verify(what, path, expected, shown=None):
    """Compares size and hash of a file, once in this process for each state of the file."""
    if not os.path.isfile(path):
        raise TrialError(f"{what} must be a file, but there is none at {shown or path}. Look at 'data' in the study.")
    state = os.stat(path)
    seen = (path, state.st_size, state.st_mtime_ns, expected.get("sha256"))
    if seen in _verified:
        return
    for key, measure in (("bytes", os.path.getsize), ("sha256", _sha256)):
        if expected.get(key) is not None:
            _compare(what, shown or path, key, expected[key], measure(path))
    _verified.add(seen)


def _compare(what, shown, key, expected, found):
    if found != expected:
        raise TrialError(
            f"{what} at {shown} must have {key} {expected}, but has {found}. The file changed "
            "after the study began: put the old one back, or start a new study."
        )


def _sha256(path):
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        for block in iter(lambda: file.read(1 << 20), b""):
            digest.update(block)
    return digest.hexdigest()


# ---------------------------------------------------------------------------------------------------------------------
# Places: a path, file:, /Volumes/.., dbfs:/.., https://.., and any other URI through Hadoop


def _at(place, what):
    """The file at a place. Each kind can: exists, read (None: there is none), create (False: there is one), append, fetch."""
    scheme = _scheme(place)
    if scheme == "dbfs":
        inside = re.sub("^/*", "/", place[len("dbfs:") :])
        return _Folder(_volume(inside) if inside.startswith("/Volumes/") else "/dbfs" + inside, False)
    if scheme is None:
        return _Folder(_volume(place), False) if place.startswith("/Volumes/") else _Folder(place, True)
    if scheme == "file":
        return _Folder(urllib.request.url2pathname(urllib.parse.urlparse(place).path), True)
    return _Web(place, what) if scheme in ("https", "http") else _Hadoop(place, what)


class _Folder:
    """A file on this machine, or in a mounted store, whose files can be written from beginning to end only."""

    def __init__(self, path, is_near):
        self.path = self.shown = path
        self.is_near = is_near
        self._written = None

    def exists(self):
        return os.path.exists(self.path)

    def read(self):
        try:
            with open(self.path, "rb") as file:
                return file.read()
        except FileNotFoundError:
            return None

    def create(self, content):
        unfinished = self._write_beside(content)
        try:
            os.link(unfinished, self.path)
            return True
        except FileExistsError:
            return False
        except OSError:  # A store without hard links.
            if os.path.exists(self.path):
                return False
            os.rename(unfinished, self.path)
            return True
        finally:
            with contextlib.suppress(FileNotFoundError):
                os.remove(unfinished)

    def append(self, content):
        if self.is_near:
            with open(self.path, "ab", buffering=0) as file:
                file.write(content)
            return
        self._written = (self.read() or b"" if self._written is None else self._written) + content
        os.replace(self._write_beside(self._written), self.path)

    def fetch(self, path, size):
        if not os.path.isfile(self.path):
            raise TrialError(f"Data must be a file, but there is none at {self.path}. Look at 'data' in the study.")
        shutil.copyfile(self.path, path)

    def _write_beside(self, content):
        unfinished = f"{self.path}.{uuid.uuid4().hex}.tmp"
        with open(unfinished, "xb") as file:
            file.write(content)
            file.flush()
            with contextlib.suppress(OSError):  # Not every mounted store can.
                os.fsync(file.fileno())
        return unfinished


class _Web:
    """A blob by its URL, as a rule with a signature that lets this program in; messages never show the signature."""

    is_near = False
    path = None

    def __init__(self, url, what):
        uri = urllib.parse.urlparse(url)
        if uri.scheme == "http" and not re.fullmatch(r"localhost|127(\.\d+){3}|::1", uri.hostname or ""):
            raise TrialError(f"{what} must be reached by https (http on this machine only), but got {_shown(url)}.")
        self._url = url
        self._what = what
        self._end = None
        self.shown = _shown(url)

    def exists(self):
        permissions = urllib.parse.parse_qs(urllib.parse.urlparse(self._url).query).get("sp", ["r"])[0]
        if "r" not in permissions:
            return False
        try:
            return self._ask("HEAD") is not None
        except TrialError:
            return False  # Not to be seen is not there: writing tells.

    def read(self):
        answer = self._ask("GET")
        return answer and answer[1]

    def create(self, content):
        return self._create("BlockBlob", content)

    def append(self, content):
        """Appends to an append blob. This program alone writes there, so a block that is not at the end that was seen last
        arrived already: its answer was lost."""
        if self._end is None:
            self._end = 0 if self._create("AppendBlob", b"") else int(self._ask("HEAD")[0]["Content-Length"])
        url = self._url + ("&" if "?" in self._url else "?") + "comp=appendblock"
        try:
            self._ask("PUT", content, {"x-ms-blob-condition-appendpos": str(self._end)}, url)
        except _HttpFault as fault:
            if fault.code != 412:
                raise
        self._end += len(content)

    def fetch(self, path, size):
        def attempt():
            have = os.path.getsize(path) if os.path.exists(path) else 0
            if have and have == size:
                return
            with self._open("GET", headers={"Range": f"bytes={have}-"} if have else {}) as answer:
                expected = answer.headers.get("Content-Length")
                with open(path, "ab" if answer.status == 206 else "wb") as file:
                    start = file.tell()
                    shutil.copyfileobj(answer, file, 1 << 20)
                    if expected is not None and file.tell() - start < int(expected):
                        raise ConnectionError("the connection ended before the file did")

        self._retry(attempt)

    def _create(self, kind, content):
        headers = {"x-ms-blob-type": kind, "If-None-Match": "*", "Content-Type": "application/octet-stream"}
        try:
            self._ask("PUT", content, headers)
            return True
        except _HttpFault as fault:
            if fault.error in ("BlobAlreadyExists", "ConditionNotMet", "UnauthorizedBlobOverwrite"):
                return False
            if fault.error is None and fault.code in (409, 412):
                return False
            raise

    def _ask(self, method, content=None, headers=None, url=None):
        def attempt():
            with self._open(method, content, headers, url) as answer:
                return answer.headers, answer.read()

        try:
            return self._retry(attempt)
        except _HttpFault as fault:
            if fault.code == 404 and method != "PUT":
                return None
            raise

    def _open(self, method, content=None, headers=None, url=None):
        request = urllib.request.Request(url or self._url, content, headers or {}, method=method)
        return urllib.request.urlopen(request, timeout=60)

    def _retry(self, attempt):
        for tries in range(_TRIES):
            wait = min(30, 0.5 * 2**tries) * _random.uniform(0.5, 1)
            try:
                return attempt()
            except urllib.error.HTTPError as error:
                fault = _HttpFault(self._what, self.shown, error)
                if error.code not in (408, 429, 500, 502, 503, 504) or tries == _TRIES - 1:
                    raise fault from None
                if (error.headers.get("Retry-After") or "").isdigit():
                    wait = min(60, int(error.headers["Retry-After"])) + wait
            except (urllib.error.URLError, http.client.HTTPException, ConnectionError, socket.timeout, ssl.SSLError) as error:
                untrusted = isinstance(getattr(error, "reason", error), ssl.SSLCertVerificationError)
                if untrusted or tries == _TRIES - 1:
                    raise TrialError(f"{self._what} cannot be reached at {self.shown}: {error}.") from None
            time.sleep(wait)


class _HttpFault(TrialError):
    def __init__(self, what, shown, error):
        self.code = error.code
        self.error = error.headers.get("x-ms-error-code")
        reason = f"HTTP {error.code} {self.error or error.reason}"
        refused = " Its signature may have run out, or allow something else." if error.code in (401, 403) else ""
        super().__init__(f"{what} at {shown} cannot be read or written: {reason}.{refused}")


class _Hadoop:
    """A file of any store that the running Spark driver can reach by its Hadoop configuration, such as abfss."""

    is_near = False
    path = None

    def __init__(self, uri, what):
        self.shown = uri
        self._what = what
        self._stream = None

    def exists(self):
        return self._files.exists(self._path)

    def read(self):
        if not self.exists():
            return None
        with tempfile.TemporaryDirectory() as folder:
            copy = os.path.join(folder, "copy")
            self.fetch(copy, None)
            with open(copy, "rb") as file:
                return file.read()

    def create(self, content):
        if self.exists():
            return False
        unfinished = self._hadoop_path(f"{self.shown}.{uuid.uuid4().hex}.tmp")
        stream = self._files.create(unfinished, False)
        stream.write(bytearray(content))
        stream.close()
        if self._files.rename(unfinished, self._path):
            return True
        self._files.delete(unfinished, False)
        if self.exists():
            return False
        raise TrialError(f"{self._what} cannot be written: the store refuses to rename a file to {self.shown}.")

    def append(self, content):
        if self._stream is None:
            self._stream = self._files.append(self._path) if self.exists() else self._files.create(self._path, False)
        self._stream.write(bytearray(content))
        self._stream.hflush()

    def fetch(self, path, size):
        if not self.exists():
            raise TrialError(f"{self._what} must be a file, but there is none at {self.shown}.")
        self._files.copyToLocalFile(False, self._path, self._hadoop_path("file://" + path), True)

    @property
    def _context(self):
        context = _driver_context()
        if context is None:
            raise TrialError(
                f"{self._what} must be a path, or a file or https URI, to be opened here, but got {self.shown}. Such a place "
                "is opened by a Spark driver with a JVM of its own, so neither without Spark, nor on executors, nor by Spark "
                "Connect: open it in the driver, let 'staging' name a mount or a volume, or set its \"access\" to \"sas\"."
            )
        return context

    @functools.cached_property
    def _path(self):
        return self._hadoop_path(self.shown)

    @functools.cached_property
    def _files(self):
        return self._path.getFileSystem(self._context._jsc.hadoopConfiguration())

    def _hadoop_path(self, uri):
        return self._context._jvm.org.apache.hadoop.fs.Path(uri)


def _scheme(place):
    found = re.match("([A-Za-z][A-Za-z0-9+.-]+):", place)
    return found and found.group(1).lower()


def _volume(path):
    return os.environ.get("FUNCTIONTUNE_VOLUMES", "/Volumes").rstrip("/") + path[len("/Volumes") :]


def _absolute(place):
    place = os.fspath(place)
    return place if _scheme(place) or place.startswith("/Volumes/") else os.path.abspath(place)


def _join(base, name):
    """A place as a trial file names it: absolute, or relative to the file."""
    if _scheme(name) or os.path.isabs(name) or name.startswith("/"):
        return name
    return _child(_child(base, ".."), name)


def _child(place, name):
    """The place of a file below a folder; what follows a question mark in a URL, such as a signature, stays there."""
    scheme = _scheme(place)
    if scheme is None:
        return (posixpath if place.startswith("/") else os.path).normpath(os.path.join(place, name))
    place, mark, query = place.partition("?") if scheme in ("http", "https") else (place, "", "")
    start = re.match("[^:]+:(//[^/]*)?", place).group(0)
    quoted = urllib.parse.quote(name) if scheme in ("http", "https", "file") else name
    return start + posixpath.normpath(posixpath.join(place[len(start) :] or "/", quoted)) + mark + query


def _name_of(place):
    name = posixpath.basename(_shown(place).replace("\\", "/").rstrip("/"))
    return (urllib.parse.unquote(name) if _scheme(place) in ("http", "https", "file") else name).replace("/", "_") or "data"


def _shown(place):
    return place.partition("?")[0] if _scheme(place) in ("http", "https") else place


def _spark_uri(place, name):
    """A place as Spark reads it: files of this machine need their scheme, for Spark's default is another store on a cluster."""
    file = _at(place, f"Data {name!r}")
    if isinstance(file, _Web):
        raise TrialError(f"Data {name!r} must lie where Spark reads, not at {file.shown}. Open data_path({name!r}) instead.")
    is_here = file.path is not None and (file.is_near or "FUNCTIONTUNE_VOLUMES" in os.environ)
    return "file://" + urllib.request.pathname2url(file.path) if is_here else place


# ---------------------------------------------------------------------------------------------------------------------
# Spark, notebooks


def _active_session():
    """The Spark session of this program, if it has one; Spark is never started."""
    sql = sys.modules.get("pyspark.sql")
    return sql.SparkSession.getActiveSession() if sql is not None and not _on_executor() else None


def _driver_context():
    """The SparkContext of this program; one is made where Spark's driver runs already and the program was not there yet."""
    if _on_executor():
        return None
    session = _active_session()
    if session is None and ("PYSPARK_GATEWAY_PORT" in os.environ or "DATABRICKS_RUNTIME_VERSION" in os.environ):
        from pyspark.sql import SparkSession

        session = SparkSession.builder.getOrCreate()
    return _context_of(session) if session is not None else None


def _context_of(session):
    try:
        return session.sparkContext
    except Exception:  # Spark Connect has none; each version says so in its own way.
        return None


def _on_executor():
    pyspark = sys.modules.get("pyspark")
    return pyspark is not None and hasattr(pyspark, "TaskContext") and pyspark.TaskContext.get() is not None


def _send_this_file(session):
    """Makes this module importable on executors."""
    if session in _reached:
        return
    _reached.append(session)
    context = _context_of(session)
    if context is not None:
        context.addPyFile(_own_file())
    elif hasattr(session, "addArtifacts"):
        session.addArtifacts(_own_file(), pyfile=True)


def _pickled_size(value, limit):
    """The pickled size, without the bytes in memory; counting ends soon after the limit."""
    counter = _Counter(limit)
    try:
        pickle.Pickler(counter, pickle.HIGHEST_PROTOCOL).dump(value)
    except _LimitReached:
        pass
    except Exception as error:
        raise TrialError(
            f"A value must be picklable to be broadcast, but this {type(value).__name__} is not: {error}. Convert it to NumPy "
            "arrays or other plain data first, or broadcast a function that loads it."
        ) from error
    return counter.size


class _LimitReached(Exception):
    pass


class _Counter:
    def __init__(self, limit):
        self.size = 0
        self._limit = limit

    def write(self, block):
        self.size += memoryview(block).nbytes
        if self.size > self._limit:
            raise _LimitReached


def _same(value):
    return value


def _widget():
    dbutils = _dbutils()
    try:
        return dbutils.widgets.get(WIDGET) or None if dbutils is not None else None
    except Exception:  # Without a widget of this name; each platform has an exception of its own.
        return None


def _dbutils():
    frame = sys._getframe()
    while frame is not None:
        if "dbutils" in frame.f_globals:
            return frame.f_globals["dbutils"]
        frame = frame.f_back
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    return shell.user_ns.get("dbutils") if shell is not None else None


# ---------------------------------------------------------------------------------------------------------------------
# Finding trials, carrying them out


def _take_argument(arguments):
    """Removes --functiontune-trial and its value, so that the program's own parser does not meet it. Programs that this one
    starts find the trial by the environment."""
    for i in range(len(arguments) - 1, 0, -1):
        if arguments[i] == ARGUMENT and i + 1 < len(arguments):
            place = arguments[i + 1]
            del arguments[i : i + 2]
        elif arguments[i].startswith(ARGUMENT + "="):
            place = arguments.pop(i)[len(ARGUMENT) + 1 :]
        else:
            continue
        os.environ[VARIABLE] = place = _absolute(place)
        return place
    return None


def _read_trial_file(path=None):
    place = path or _argument or _widget() or os.environ.get(VARIABLE)
    if not place:
        raise TrialError(
            f"The argument {ARGUMENT}, the notebook widget {WIDGET} or the environment variable {VARIABLE} must name the "
            "trial file, but none does: FunctionTune sets one when it starts a trial. To try the program by hand, write "
            f'trial.json with {{"params": {{...}}}} and start it with {VARIABLE}=trial.json; the result then appears on '
            "standard output."
        )
    place = _absolute(place)
    return place, _read_json(place)


def _read_json(place):
    content = _at(place, "The trial file").read()
    if content is None:
        raise TrialError(f"The trial file must exist, but there is none at {_shown(place)}. Look at {VARIABLE}.")
    try:
        content = json.loads(content.decode("utf-8"), object_hook=Params)
    except ValueError as error:
        raise TrialError(f"The trial file {_shown(place)} must be a JSON object: {error}.") from error
    if not isinstance(content, dict):
        raise TrialError(f"The trial file {_shown(place)} must be a JSON object.")
    return content


def _carry_out(objective, trial):
    """Carries out one trial; gives the exception that failed it."""
    global _current
    if trial.has_result():
        _note(f"trial {trial.number} has its result already and is not carried out again")
        return None
    _current = trial
    try:
        result = objective(trial.params)
        if result is not None or not trial.answered:
            trial.answer(result)
    except Exception as error:
        if not trial.answered and not trial.is_stopped():  # What breaks while a trial is being stopped is no result.
            trial.fail_with(error)
        return error
    finally:
        _current = None
    return None


def _run_batch(objective, place, trials):
    unanswered = []
    for name in trials:
        try:
            trial = Trial(_join(place, name))
            if trial.is_stopped():
                continue
            error = _carry_out(objective, trial)
            if error is not None and not trial.has_result() and not trial.is_stopped():
                raise error
        except Exception as fault:
            error = fault
            unanswered.append(f"{_shown(name)}: {fault}")
        if error is not None:
            _note(f"{_shown(name)} failed:")
            traceback.print_exception(type(error), error, _users_part(error.__traceback__))
    if unanswered:
        raise TrialError(
            f"Each trial of a batch must get its result, but {len(unanswered)} of {len(trials)} did not: {unanswered[0]}"
        )


def _users_part(trace):
    """A trace without the frames of this file, and of what it calls, that lead to the user's code."""
    part = trace
    ours = (_own_file.__code__.co_filename, runpy.run_path.__code__.co_filename)
    while part is not None and part.tb_frame.f_code.co_filename in ours:
        part = part.tb_next
    return part or trace


def launch(arguments):
    """Runs the program that the arguments name, as the launcher does."""
    options = {}
    rest = list(arguments)
    while len(rest) > 1 and rest[0] in ("--program", "--objective") and rest[0] not in options:
        options[rest[0]] = rest[1]
        del rest[:2]
    if "--program" not in options:
        sys.exit(f"usage: functiontune.py --program PLACE [--objective NAME] [arguments of the program] {ARGUMENT} PLACE")
    path = _program_file(_absolute(options["--program"]))
    sys.argv[:] = [path, *rest]
    sys.path.insert(0, os.path.dirname(path))
    try:
        if "--objective" in options:
            run(_objective(path, options["--objective"]))
        else:
            runpy.run_path(path, run_name="__main__")
    except Exception as error:
        if not _ran:
            try:
                _fail_all(error)
            except TrialError as fault:
                _note(str(fault))
        raise


def _program_file(place):
    file = _at(place, "The program")
    if file.path is not None and os.path.isfile(file.path):
        return os.path.abspath(file.path)
    if file.path is not None or file.read() is None:
        raise TrialError(f"The program must exist, but there is none at {file.shown}. Look at 'trial' in the study file.")
    return _fetched_for_this_process("The program", file, place).path


def _objective(path, name):
    module_name = os.path.splitext(os.path.basename(path))[0]
    spec = importlib.util.spec_from_file_location(module_name, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[module_name] = module
    spec.loader.exec_module(module)
    _send_by_value(module)
    objective = getattr(module, name, None)
    if not callable(objective):
        raise TrialError(f"The objective must be a function of {os.path.basename(path)}, but it has no function {name!r}.")
    return objective


def _send_by_value(module):
    """Lets Spark send the functions of a program to its executors, which cannot import it."""
    if "pyspark" in sys.modules or "PYSPARK_GATEWAY_PORT" in os.environ or "DATABRICKS_RUNTIME_VERSION" in os.environ:
        with contextlib.suppress(ImportError, AttributeError):  # Not before Spark 3.3.
            from pyspark.cloudpickle import register_pickle_by_value

            register_pickle_by_value(module)


def _fail_all(error):
    """Writes the failed results of a program that ended by an exception before it called run()."""
    place, content = _read_trial_file()
    trials = [Trial(_join(place, name)) for name in content["trials"]] if "trials" in content else [Trial(place, content)]
    for trial in trials:
        if trial._result is not None and not trial.has_result() and not trial.is_stopped():
            trial.fail_with(error)


def _own_file():
    return os.path.abspath(_own_file.__code__.co_filename)


# ---------------------------------------------------------------------------------------------------------------------
# JSON


def _json(value):
    return json.dumps(_plain(value), allow_nan=False)


def _plain(value):
    """The value in the types that JSON knows: NumPy's numbers and arrays become plain, NaN and infinity strings, and what
    has no form in JSON becomes its repr, cut to 1,000 characters. Halves of surrogate pairs, which no UTF-8 holds, are replaced."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    if isinstance(value, dict):
        return {_plain(str(key)): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(item) for item in value]
    if hasattr(value, "tolist"):
        return _plain(value.tolist())
    return _plain(repr(value)[:1000])


def _note(text):
    print(f"functiontune: {text}", file=sys.stderr, flush=True)


_STALE = 60  # seconds without a sign of life
_TRIES = 7
_random = random.SystemRandom()  # The program's own generator is left alone.
_ran = False
_current = None
_temporary = None
_loading = threading.RLock()
_loaded = {}
_verified = set()
_fetched_here = {}
_reached = []
_argument = None if __name__ == "__main__" else _take_argument(getattr(sys, "argv", []))

if __name__ == "__main__":
    # The launcher's program imports this file by its name: there must be one module, not a second one beside __main__.
    _spec = importlib.util.spec_from_file_location("functiontune", _own_file())
    _module = importlib.util.module_from_spec(_spec)
    sys.modules["functiontune"] = _module
    _spec.loader.exec_module(_module)
    _module.launch(sys.argv[1:])
