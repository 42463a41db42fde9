"""Runs a Python notebook with a little of dbutils: notebook.py <notebook> <widgets.json> <file for the exit value>."""

import json
import sys
import types


class NotebookExit(BaseException):
    pass


class Widgets:
    def __init__(self, values):
        self._values = values

    def get(self, name):
        if name not in self._values:
            raise ValueError(f"InputWidgetNotDefined: No input widget named {name} is defined.")
        return self._values[name]

    def getAll(self):
        return dict(self._values)

    def text(self, name, defaultValue, label=None):
        self._values.setdefault(name, defaultValue)

    def dropdown(self, name, defaultValue, choices, label=None):
        self._values.setdefault(name, defaultValue)

    combobox = dropdown


class Notebook:
    def __init__(self, exit_file):
        self._exit_file = exit_file

    def exit(self, value):
        with open(self._exit_file, "w", encoding="utf-8") as file:
            file.write(str(value))
        raise NotebookExit


notebook, widgets_file, exit_file = sys.argv[1:]
with open(widgets_file, encoding="utf-8") as file:
    widgets = Widgets(json.load(file))
with open(notebook, encoding="utf-8") as file:
    code = compile(file.read(), notebook, "exec")
main = types.ModuleType("__main__")
main.dbutils = types.SimpleNamespace(widgets=widgets, notebook=Notebook(exit_file))
sys.modules["__main__"] = main
sys.argv = [notebook]
try:
    exec(code, main.__dict__)
except NotebookExit:
    pass
