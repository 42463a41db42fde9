// Reads Bicep files with the grammar tree-sitter-bicep, and prints their syntax trees and what does not parse, as JSON.
// Usage: node bicep-tree.mjs FILE...
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Parser, Language } from "web-tree-sitter";

await Parser.init();
const grammar = createRequire(import.meta.url).resolve("tree-sitter-bicep/tree-sitter-bicep.wasm");
const parser = new Parser();
parser.setLanguage(await Language.load(grammar));

// The grammar does not know assignments of parameters files: read as variables, they keep their lines and columns.
const asBicep = (file, text) => (file.endsWith(".bicepparam") ? text.replace(/^param(?=\s+\w+\s*=)/gm, "var  ") : text);

const tree = (node, field) => ({
  type: node.type,
  field,
  line: node.startPosition.row + 1,
  column: node.startPosition.column + 1,
  text: node.text,
  isExisting: node.type === "resource_declaration" && node.children.some((child) => child?.type === "existing"),
  children: node.children.flatMap((child, i) => (child?.isNamed ? [tree(child, node.fieldNameForChild(i))] : [])),
});

const errors = (node) =>
  node.isError || node.isMissing
    ? [
        {
          line: node.startPosition.row + 1,
          column: node.startPosition.column + 1,
          text: node.isMissing ? `'${node.type}' is missing` : `'${node.text.split("\n")[0].slice(0, 40)}' is not expected`,
        },
      ]
    : node.children.flatMap((child) => (child ? errors(child) : []));

const files = process.argv.slice(2).map((file) => {
  const root = parser.parse(asBicep(file, readFileSync(file, "utf8"))).rootNode;
  return { path: file, errors: errors(root), root: tree(root, null) };
});
process.stdout.write(JSON.stringify(files));
