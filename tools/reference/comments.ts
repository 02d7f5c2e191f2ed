import { readFileSync } from 'node:fs';
import ts from 'typescript';

/**
 * Doc comments of a source file by where they stand: `DeviceStatus`, `DeviceStatus.code`,
 * `deviceHost.commands.readIdCard`. Object literals are looked through, whatever function they are given to.
 */
export function commentsOf(file: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);

  const visit = (node: ts.Node, path: readonly string[]): void => {
    let inside = path;
    if (ts.isVariableDeclaration(node) || ts.isPropertyAssignment(node)) {
      inside = [...path, node.name.getText(source)];
      const text = commentOf(ts.isVariableDeclaration(node) ? node.parent.parent : node);
      if (text) found.set(inside.join('.'), text);
    }
    ts.forEachChild(node, (child) => visit(child, inside));
  };
  visit(source, []);
  return found;
}

function commentOf(node: ts.Node): string | undefined {
  const blocks = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  const text = ts.getTextOfJSDocComment(blocks.at(-1)?.comment);
  return text?.replace(/\s+/g, ' ').trim();
}
