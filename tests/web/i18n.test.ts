// Every word goes through one mechanism: no bare text in a component, no key without words, no words without a use.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { parseAst } from 'vite';
import { bytes, format, named, number } from '../../web/src/i18n/index.ts';
import { PROGRAM } from './page/trace.ts';
import { en, own } from './page/words.ts';

const SOURCE = 'web/src';
const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file))
  .map((file) => join(SOURCE, file));
const WORDS = /\p{L}{2,}/u;
const SAID = new Set(['title', 'alt', 'placeholder', 'aria-label', 'aria-description', 'aria-valuetext', 'label']);

type Node = { type: string; start: number; [key: string]: unknown };
function walk(node: unknown, visit: (node: Node) => void): void {
  if (Array.isArray(node)) for (const each of node) walk(each, visit);
  else if (node !== null && typeof node === 'object' && 'type' in node) {
    visit(node as Node);
    for (const value of Object.values(node)) walk(value, visit);
  }
}
/** Strings that an expression can be, not those inside its calls. */
function strings(expression: Node | null): string[] {
  if (!expression) return [];
  if (expression.type === 'Literal' && typeof expression.value === 'string') return [expression.value];
  if (expression.type === 'TemplateLiteral') {
    return (expression.quasis as { value: { raw: string } }[]).map(({ value }) => value.raw);
  }
  if (expression.type === 'ConditionalExpression') {
    return [...strings(expression.consequent as Node), ...strings(expression.alternate as Node)];
  }
  if (expression.type === 'LogicalExpression') return strings(expression.right as Node);
  return [];
}

export function bareText(code: string): string[] {
  const found: string[] = [];
  walk(parseAst(code, { lang: 'tsx' }), (node) => {
    if (node.type === 'JSXText') found.push(String(node.value));
    if (node.type === 'JSXElement' || node.type === 'JSXFragment') {
      for (const child of node.children as Node[]) {
        if (child.type === 'JSXExpressionContainer') found.push(...strings(child.expression as Node));
      }
    }
    if (node.type === 'JSXAttribute') {
      const { name, value } = node as unknown as { name: { name: string }; value: Node | null };
      if (!SAID.has(name.name)) return;
      found.push(...strings(value?.type === 'JSXExpressionContainer' ? (value.expression as Node) : value));
    }
  });
  return found.map((text) => text.trim()).filter((text) => WORDS.test(text));
}

test('the scan sees bare text where it can stand', () => {
  const bad = [
    '<p>Hello</p>',
    '<p title="Hello" />',
    "<p>{'Hello'}</p>",
    "<p>{x ? 'Hello' : null}</p>",
    '<p>{`Hello`}</p>',
  ];
  for (const code of bad) assert.deepEqual(bareText(`const a = ${code};`), ['Hello'], code);
  assert.deepEqual(bareText("const a = <p class='hello'>{t('some.key')} · 1</p>;"), []);
});

test('no component holds words of its own', () => {
  const bare = files
    .filter((file) => file.endsWith('.tsx'))
    .flatMap((file) => bareText(readFileSync(file, 'utf8')).map((text) => `${file}: ${text}`));
  assert.deepEqual(bare, []);
});

test('every key is used, and every key that is written out exists', () => {
  const code = [...files, 'web/build/start.ts']
    .filter((file) => !file.includes('i18n/en'))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
  const head = readFileSync('web/index.html', 'utf8');
  // Keys made from a part: t(`clock.${clock}.back`), `part.${n}`.
  const made = [...code.matchAll(/`([\w.-]*)\$\{[^}]*\}([\w.-]*)`/g)]
    .filter(([, head = '', tail = '']) => head.includes('.') || tail.startsWith('.'))
    .map(
      ([, head = '', tail = '']) =>
        new RegExp(`^${head.replaceAll('.', '\\.')}[\\w.-]+${tail.replaceAll('.', '\\.')}$`),
    );
  const fromCore = /^(setting|choice|help|row|weights|model)\./;
  const unused = Object.keys(en).filter(
    (key) =>
      !code.includes(`'${key}'`) &&
      !head.includes(`{{${key}}}`) &&
      !fromCore.test(key) &&
      !made.some((pattern) => pattern.test(key)),
  );
  assert.deepEqual(unused, []);
  const missing = [...code.matchAll(/\bt\('([\w.-]+)'/g)].map(([, key = '']) => key).filter((key) => !(key in en));
  assert.deepEqual(missing, []);
});

test('words of an exhibit, of what several have, or of a kind of picture, come with it and are said there', () => {
  const code = files
    .filter((file) => !file.includes('i18n/en'))
    .map((file) => [file, readFileSync(file, 'utf8')] as const);
  for (const file of own) {
    const name = file.slice('en.'.length, -'.ts'.length);
    const [place, ...more] = code.filter(
      ([, text]) => text.includes(`i18n/en.${name}'`) || text.includes(`i18n/${file}'`),
    );
    assert.ok(place && more.length === 0, `${file}: ${[place, ...more].map((one) => one?.[0])}`);
    const shared = `exhibits/${name.charAt(0).toUpperCase()}${name.slice(1)}`; // a piece that several exhibits have
    assert.match(
      place[0],
      new RegExp(`^web/src/(exhibits/${name}/panels\\.tsx|${shared}\\.tsx|figures/${name}/(index\\.ts|\\w+\\.tsx))$`),
    );
    assert.match(place[1], /^speak\(/m, place[0]);
  }
});

test('slots are filled, numbers grouped, names of the core looked up', () => {
  assert.equal(format('{a} of {b}', { a: 2400, b: 'x' }), '2\u2009400 of x');
  assert.equal(format('{a}', {}), '{a}');
  assert.equal(number(-1234567.5), '−1\u2009234\u2009567.5');
  assert.equal(number(999), '999');
  assert.deepEqual([256, 2400, 4.2e6].map(bytes), ['256\u2009B', '2\u2009kB', '4.2\u2009MB']);
  assert.equal(named('setting', 'hidden_size'), en['setting.hidden_size']);
  assert.equal(named('setting', 'no_such_setting', 'otherwise'), 'otherwise');
});

type Row = { key: string; choices: string[] };

test('every setting and choice of the core has a name here', () => {
  const { models, tasks, training } = JSON.parse(execFileSync(PROGRAM, ['list', '--json'], { encoding: 'utf8' })) as {
    models: { settings: Row[] }[];
    tasks: { settings: Row[] }[];
    training: Row[];
  };
  const rows = [...models, ...tasks].flatMap(({ settings }) => settings).concat(training);
  assert.ok(rows.length > 10);
  // A number of a matrix, such as query_1_2, is told by its place.
  const told = rows.filter(({ key }) => !/^(query|key|value|word)_\d+_\d+$/.test(key));
  const keys = told.flatMap(({ key, choices }) => [`setting.${key}`, ...choices.map((one) => `choice.${one}`)]);
  assert.deepEqual(
    [...new Set(keys)].filter((key) => !(key in en)),
    [],
  );
});
