#!/usr/bin/env python3
"""A stand-in for spark-submit: it reads the arguments as strictly as Spark does, and runs a Python file as the driver.

With the deploy mode "cluster" the driver gets nothing of this process's environment, as on another machine. The arguments of the
last call are left beside this file, in arguments.json.
"""
import json
import os
import re
import subprocess
import sys

VALUES = {
    "--master", "--deploy-mode", "--class", "--name", "--jars", "--packages", "--exclude-packages", "--repositories", "--py-files",
    "--files", "--archives", "--conf", "--properties-file", "--driver-memory", "--driver-java-options", "--driver-library-path",
    "--driver-class-path", "--driver-cores", "--executor-memory", "--executor-cores", "--total-executor-cores", "--num-executors",
    "--proxy-user", "--principal", "--keytab", "--queue",
}
FLAGS = {"--supervise", "--verbose"}
LISTS = {"--jars", "--py-files", "--files", "--archives"}
MASTER = re.compile(r"local(\[([0-9]+|\*)(,[0-9]+)?\])?$|spark://.+|yarn$|k8s://.+")


def log(level, text):
    print(f"26/05/19 10:00:00 {level} SparkSubmit: {text}", file=sys.stderr)


def fail(text):
    print(f"Error: {text}\nRun with --help for usage help or --verbose for debug output", file=sys.stderr)
    sys.exit(1)


def options_of(arguments):
    options, conf = {}, {}
    while arguments and arguments[0].startswith("-"):
        option = arguments.pop(0)
        if option in FLAGS:
            continue
        if option not in VALUES:
            fail(f"Unrecognized option: {option}")
        if not arguments:
            fail(f"Missing argument for option '{option}'.")
        value = arguments.pop(0)
        if option == "--conf":
            key, equals, setting = value.partition("=")
            if not equals:
                fail(f"Spark config without '=': {value}")
            if not key.startswith("spark."):
                log("WARN", f"Ignoring non-Spark config property: {key}")
            if key in conf:
                fail(f"The configuration {key} stands twice.")
            conf[key] = setting
        elif option in options:
            fail(f"{option} stands twice.")
        else:
            options[option] = value
    return options, conf


def local(place):
    path = place.split("#")[0]
    return path[len("file://"):] if path.startswith("file://") else path


def check(options):
    if not MASTER.match(options.get("--master", "local[*]")):
        fail("Master must either be yarn or start with spark, k8s, or local")
    if options.get("--deploy-mode", "client") not in ("client", "cluster"):
        fail("Deploy mode must be either client or cluster")
    for option in LISTS & options.keys():
        for item in options[option].split(","):
            if not item or not (os.path.exists(local(item)) or "://" in item):
                fail(f"File {item} of {option} does not exist")


def main():
    arguments = sys.argv[1:]
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "arguments.json"), "w", encoding="utf-8") as file:
        json.dump(arguments, file)
    options, conf = options_of(arguments)
    if not arguments:
        fail("Missing application resource.")
    check(options)
    resource, rest = arguments[0], arguments[1:]
    log("INFO", "Running Spark version 3.5.3")
    if not resource.endswith(".py"):
        fail(f"Failed to load class {options.get('--class')}." if "--class" in options else "No main class set in JAR; please specify one with --class.")
    environment = dict(os.environ)
    if options.get("--deploy-mode") == "cluster":
        environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    folders = [os.path.dirname(local(item)) for item in options.get("--py-files", "").split(",") if item]
    environment["PYTHONPATH"] = os.pathsep.join(folders)
    environment["SPARK_CONF_FOR_TEST"] = json.dumps(conf)
    code = subprocess.call([sys.executable, local(resource), *rest], env=environment)
    log("INFO", "Shutdown hook called")
    sys.exit(code)


main()
