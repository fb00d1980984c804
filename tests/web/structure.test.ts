// The house: which folder of the page may know which, and that no files know one another in a circle.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import test from 'node:test';

/** From the ground up: what stands on a floor knows those below it. */
const FLOORS = [
  ['i18n', 'draw', 'vite-modules.d.ts'],
  ['state', 'words', 'start', 'course.ts'],
  ['keep'],
  ['session'],
  ['stage', 'components'],
  ['figures'],
  ['inspector', 'tracks'],
  ['dock'],
  ['exhibits'],
  ['app'],
  ['home'],
  ['App.tsx'],
  ['main.tsx'],
];
const TOP = 'web/src';
const CODE = /\.tsx?$/;

const filesOf = (top: string): string[] =>
  readdirSync(top, { recursive: true, encoding: 'utf8' })
    .filter((path) => CODE.test(path))
    .map((path) => join(top, path));

/** What a file imports of the same tree, types and what is fetched later included. */
function importsOf(file: string, files: Set<string>): string[] {
  const text = readFileSync(file, 'utf8');
  const named = [...text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'(\.[^']+)'/g)].map(([, path]) =>
    join(dirname(file), path ?? ''),
  );
  return named.flatMap((path) => {
    const found = [path, `${path}.ts`, `${path}.tsx`, join(path, 'index.ts')].find((one) => files.has(one));
    return found ? [found] : [];
  });
}
function arrowsOf(top: string): [string, string][] {
  const files = new Set(filesOf(top));
  return [...files].flatMap((from) => importsOf(from, files).map((to): [string, string] => [from, to]));
}
/** A way from a file back to itself; none where there is no circle. */
function circle(arrows: readonly [string, string][]): string[] {
  const next = new Map<string, string[]>();
  for (const [from, to] of arrows) next.set(from, [...(next.get(from) ?? []), to]);
  const done = new Set<string>();
  const walk = (file: string, way: string[]): string[] => {
    if (way.includes(file)) return [...way.slice(way.indexOf(file)), file];
    if (done.has(file)) return [];
    for (const to of next.get(file) ?? []) {
      const found = walk(to, [...way, file]);
      if (found.length > 0) return found;
    }
    done.add(file);
    return [];
  };
  for (const file of next.keys()) {
    const found = walk(file, []);
    if (found.length > 0) return found;
  }
  return [];
}

test('no folder of the page knows one above it or beside it', () => {
  const room = (file: string) => file.slice(TOP.length + 1).split('/')[0] ?? '';
  const floor = (file: string) => FLOORS.findIndex((rooms) => rooms.includes(room(file)));
  const homeless = filesOf(TOP).filter((file) => floor(file) < 0);
  assert.deepEqual(homeless, [], 'a new folder has its floor in FLOORS');
  const up = arrowsOf(TOP).filter(([from, to]) => room(from) !== room(to) && floor(to) >= floor(from));
  assert.deepEqual(up, []);
});

test('nothing takes preact/compat, with which onChange of every field comes at each input, and before onInput', () => {
  const taking = filesOf(TOP).filter((file) => readFileSync(file, 'utf8').includes("'preact/compat'"));
  assert.deepEqual(taking, []);
});

test('no files know one another in a circle, be it by types alone', () => {
  assert.deepEqual(
    circle([
      ['a', 'b'],
      ['b', 'c'],
      ['c', 'b'],
    ]),
    ['b', 'c', 'b'],
  );
  for (const top of [TOP, 'web/build', 'wasm/bridge']) {
    const arrows = arrowsOf(top);
    assert.ok(arrows.length > 0, top);
    assert.deepEqual(circle(arrows), []);
  }
});

/** Selectors of a style sheet, one by one. */
const selectorsOf = (css: string): string[] =>
  [...css.replace(/\/\*[\s\S]*?\*\//g, '').matchAll(/([^{}]+)\{/g)]
    .map(([, words = '']) => words.trim())
    .filter((words) => !/^(@|from$|to$|\d+%)/.test(words))
    .flatMap((words) => words.split(/,(?![^(]*\))/).map((one) => one.trim()));

test('a style of an exhibit reaches nothing outside its folder, in which other exhibits have been before', () => {
  const top = join(TOP, 'exhibits');
  const markup = filesOf(TOP).map((file) => ({ file, text: readFileSync(file, 'utf8') }));
  const wrong: string[] = [];
  for (const slug of readdirSync(top, { withFileTypes: true }).flatMap((one) =>
    one.isDirectory() ? [one.name] : [],
  )) {
    const folder = join(top, slug);
    const outside = markup.filter(({ file }) => !file.startsWith(`${folder}/`)).map(({ text }) => text);
    for (const sheet of readdirSync(folder).filter((name) => name.endsWith('.css')))
      for (const selector of selectorsOf(readFileSync(join(folder, sheet), 'utf8'))) {
        const classes = [...selector.matchAll(/\.([a-z][\w-]*)/g)].map(([, name = '']) => name);
        if (classes.some((name) => name.startsWith(`${slug}-`))) continue;
        const isOwn = (name: string) =>
          !outside.some((text) => new RegExp(`class=[^>]*['" \`]${name}['" \`]`).test(text));
        if (!classes.some(isOwn)) wrong.push(`${slug}/${sheet}: ${selector}`);
      }
  }
  assert.deepEqual(wrong, []);
});
