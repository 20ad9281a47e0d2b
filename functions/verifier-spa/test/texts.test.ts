import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseAst } from 'vite';
import { describe, expect, it } from 'vitest';

const SOURCES = join(import.meta.dirname, '../src');

/** Not words of a language: what other programs compare, or names that stand in every language. */
const NOT_ENGLISH = [
  /^RTMR ← SHA-384\(RTMR ‖ digest\)$/,
  /^(?:RTMR|TOML|JSON|ISV PRODID)$/,
  /^\{\} \{\} \{\}$/,
  /^mero-\{\} \{\}, \{\}$/, // name of a release
  /^Intel SGX (?:PCK Platform CA|PCK Processor CA|PCK Certificate|TCB Signing)$/, // names in Intel's certificates
  /^Release mero-(?:tee|kms)$/, // names of workflows
  /^Spec ID Event03\0$/,
  /^-----(?:BEGIN|END) CERTIFICATE-----/,
  /^connect-src 'self' \{\}$/,
  /^curl -s |^-H 'Content-Type: application\/json'$/,
  /^outside of the page$/, // a mistake of programmers: no visitor sees it
];
/** Attributes that nobody reads. */
const SILENT = new Set(['className', 'rel']);
const ERRORS = /(?:Error|Refusal)$/;

interface Node {
  type: string;
  start: number;
  [name: string]: unknown;
}

/** What a source says in words: texts of several words, the text in JSX, and any word that an error is made with. */
function sentences(source: string, lang: 'ts' | 'tsx'): string[] {
  const found: string[] = [];
  visit(parseAst(source, { lang }) as unknown as Node, false);
  return found;

  function visit(node: Node, message: boolean): void {
    if (node.type.startsWith('TS') && node.type.endsWith('Type')) return;
    if (node.type.startsWith('Import') && node.type !== 'ImportExpression') return;
    if (node.type === 'JSXAttribute' && SILENT.has(String((node.name as Node).name))) return;
    const text = textOf(node);
    if (text !== undefined && /[A-Za-z]{2}/.test(text)) {
      if (message || node.type === 'JSXText' || /\s/.test(text)) found.push(text);
    }
    if (node.type === 'NewExpression' && ERRORS.test(String((node.callee as Node).name))) {
      // The message is the last; codes go before it.
      const args = node.arguments as Node[];
      for (const [at, one] of args.entries()) visit(one, at === args.length - 1);
      return;
    }
    for (const child of Object.values(node).flat()) {
      if (child !== null && typeof child === 'object' && 'type' in child) visit(child as Node, false);
    }
  }
}

/** What is between the values of a template counts, each value as `{}`. */
function textOf(node: Node): string | undefined {
  if (node.type === 'Literal') return typeof node.value === 'string' ? node.value : undefined;
  if (node.type === 'JSXText') return (node.value as string).trim();
  if (node.type !== 'TemplateLiteral') return undefined;
  return (node.quasis as { value: { cooked: string } }[]).map((one) => one.value.cooked).join('{}');
}

describe('Texts', () => {
  const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name));

  it('are all in src/text', () => {
    const elsewhere = files
      .filter((name) => !name.startsWith('text/'))
      .flatMap((name) =>
        sentences(readFileSync(join(SOURCES, name), 'utf8'), name.endsWith('x') ? 'tsx' : 'ts')
          .filter((text) => !NOT_ENGLISH.some((form) => form.test(text)))
          .map((text) => `${name}: ${text}`),
      );
    expect(elsewhere).toEqual([]);
  });

  it('are put into index.html at build', () => {
    const html = readFileSync(join(SOURCES, '../index.html'), 'utf8');
    const said = html.replace(/<!--.*?-->|<[^>]*>/gs, ' ').trim().split(/\s+/);
    expect(said).toEqual(['%BRAND%', '%NO_SCRIPT%']);
  });

  it.each([
    ["reader.take(2, 'the size');", 'the size'],
    ["throw new MalformedError('truncated');", 'truncated'],
    ['throw new MalformedError(`version ${n}`);', 'version {}'],
    ["throw new Refusal(1, 'root_revoked', 'revoked');", 'revoked'],
    ['const a = <p className="two tight">Sorry</p>;', 'Sorry'],
    ['const a = <p aria-label="Good and bad" />;', 'Good and bad'],
  ])('are found: %s', (source, text) => {
    expect(sentences(source, 'tsx')).toEqual([text]);
  });
});
