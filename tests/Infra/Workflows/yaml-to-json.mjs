// Prints YAML files as a JSON list of documents; fails with line and column where one does not parse.
// Usage: node yaml-to-json.mjs FILE...
import { readFileSync } from "node:fs";
import { parse } from "yaml";

process.stdout.write(JSON.stringify(process.argv.slice(2).map((file) => parse(readFileSync(file, "utf8")))));
