"""Stands in for Spark where it cannot be had: a session with a SparkContext, whose gateway reaches a Hadoop file system that
keeps abfss://container@account/path in the folder that FAKE_STORE names."""

import os
import shutil

from . import sql  # noqa: F401


class TaskContext:
    @staticmethod
    def get():
        return object() if "FAKE_EXECUTOR" in os.environ else None


class SparkContext:
    def __init__(self):
        self.files = []
        self._jvm = _Gateway()
        self._jsc = self

    def hadoopConfiguration(self):
        return None

    def addPyFile(self, path):
        self.files.append(path)

    def broadcast(self, value):
        return _Broadcast(value)


class _Broadcast:
    def __init__(self, value):
        self.value = value


class _Path:
    def __init__(self, uri):
        self.uri = uri

    @property
    def local(self):
        scheme, _, rest = self.uri.partition("://")
        return rest if scheme == "file" else os.path.join(os.environ["FAKE_STORE"], rest)

    def getFileSystem(self, configuration):
        return _FileSystem()


class _FileSystem:
    def exists(self, path):
        return os.path.exists(path.local)

    def create(self, path, overwrite):
        return _Stream(path.local, "wb" if overwrite else "xb")

    def append(self, path):
        return _Stream(path.local, "ab")

    def rename(self, source, target):
        if os.path.exists(target.local):
            return False
        os.rename(source.local, target.local)
        return True

    def delete(self, path, recursive):
        os.remove(path.local)

    def copyToLocalFile(self, delete_source, source, target, raw):
        shutil.copyfile(source.local, target.local)


class _Stream:
    def __init__(self, path, mode):
        self._file = open(path, mode)

    def write(self, content):
        assert isinstance(content, bytearray)
        self._file.write(content)

    def hflush(self):
        self._file.flush()

    def close(self):
        self._file.close()


class _Gateway:
    """jvm.org.apache.hadoop.fs.Path and nothing else."""

    def __init__(self):
        self.org = self.apache = self.hadoop = self.fs = self
        self.Path = _Path
