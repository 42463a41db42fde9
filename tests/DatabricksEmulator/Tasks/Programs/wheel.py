"""Runs an entry point of a package: wheel.py <package> <entry point> <arguments>."""

import importlib
import importlib.metadata
import sys

package, name = sys.argv[1:3]
sys.argv = [package] + sys.argv[3:]
points = importlib.metadata.distribution(package).entry_points
point = next((point for point in points if point.name == name), None)
(point.load() if point else getattr(importlib.import_module(package), name))()
