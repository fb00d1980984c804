// Words and letters: in every tour each is explained where it first stands, a letter has one meaning in an exhibit, and
// the page tells it where one asks.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test, { after, before } from 'node:test';
import { parseTerms, type Term } from '../../web/build/glossary.ts';
import { ENTRIES } from '../../web/src/course.ts';
import type { Exhibit } from '../../web/src/exhibits/types.ts';
import type { Anatomy as Steps } from '../../web/src/figures/recurrent/anatomy.ts';
import { recurrent } from '../../web/src/figures/recurrent/index.ts';
import { operationSymbol } from '../../web/src/figures/recurrent/symbols.ts';
import { training } from '../../web/src/i18n/en.training.ts';
import { backFormula, valueFormula } from '../../web/src/inspector/subject.ts';
import { timeless } from '../../web/src/stage/letters.ts';
import { EXPLAINED } from '../../web/src/words/settings.ts';
import { violations } from './page/axe.ts';
import { go, type Site, shown, site } from './page/browser.ts';
import { exhibits } from './page/folders.ts';
import { lettersOf } from './page/letters.ts';
import { pictured } from './unit/pictured.ts';
import { walked, walkedBy } from './unit/walked.ts';

const NOTATIONS = ['a', 'b'] as const;
type Notation = (typeof NOTATIONS)[number];
const terms: Term[] = parseTerms(readFileSync('web/src/words/en.md', 'utf8')).groups.flatMap(({ words }) => words);
const inCourse = exhibits.toSorted(
  (x, y) => ENTRIES.findIndex(({ slug }) => slug === x.slug) - ENTRIES.findIndex(({ slug }) => slug === y.slug),
);

/** What a letter means in an exhibit. */
const meanings = (letter: string, slug: string, n: Notation): Term[] =>
  terms.filter(({ letters, only }) => letters[n].includes(letter) && (only.length === 0 || only.includes(slug)));

// Indices that run over cells, and signs: no reader asks for them.
const FREE = new Set(['j', '\\alpha']);

/** Items of a section as they are written, in their order. */
function items(slug: string, section: string): { id: string; source: string }[] {
  const text = readFileSync(`web/src/exhibits/${slug}/en.md`, 'utf8');
  const part = text.split(/^## +/m).find((one) => one.startsWith(`${section}\n`)) ?? '';
  return part
    .split(/^### +/m)
    .slice(1)
    .map((source) => ({ id: source.split(':')[0] ?? '', source: source.slice(source.indexOf(':') + 1) }));
}
const formulas = (source: string): string[] => [...source.matchAll(/\$([^$]+)\$/g)].map(([, tex = '']) => tex);
const inNotation = (tex: string, n: Notation): string => {
  const [a = '', b = a] = tex.split('@@');
  return n === 'a' ? a : b;
};
const linked = (source: string): string[] =>
  [...source.matchAll(/\]\(word:([^)]*)\)/g)].flatMap(([, ids = '']) => ids.split(','));

/** Terms that a text says in words. The longest first: a forget gate is not yet a gate. */
function saidIn(source: string): Set<string> {
  let words = ` ${source.replace(/\$[^$]+\$|\{\{\w+\}\}/g, ' ').replace(/\]\([^)]*\)/g, ']')} `;
  const phrases = terms.flatMap(({ id, said }) => said.map((phrase) => ({ id, phrase })));
  const found = new Set<string>();
  for (const { id, phrase } of phrases.toSorted((x, y) => y.phrase.length - x.phrase.length)) {
    words = words.replace(new RegExp(`(?<![\\w-])${phrase}(?![\\w-])`, 'gi'), () => {
      found.add(id);
      return '·';
    });
  }
  return found;
}

/** What an item says or writes whose meaning has not been linked, up to and with it. */
function unexplained(slug: string, source: string, known: Set<string>): string[] {
  const missing = [...saidIn(source)].filter((id) => !known.has(id)).map((id) => `says "${id}"`);
  for (const n of NOTATIONS) {
    for (const letter of formulas(source).flatMap((tex) => lettersOf(inNotation(tex, n)))) {
      if (FREE.has(letter)) continue;
      const [term] = meanings(letter, slug, n);
      if (!term) missing.push(`writes ${letter} (${n}), which the glossary does not have`);
      else if (!known.has(term.id)) missing.push(`writes ${letter} (${n}) before "${term.id}"`);
    }
  }
  return [...new Set(missing)];
}

test('the letters of a formula', () => {
  const sorted = (tex: string) => lettersOf(tex).toSorted().join(' ');
  assert.equal(sorted('\\a{a}_f^{(t)} = \\p{W_{hh}^\\top} \\a{h}_{t-1} + \\p{b_1}'), 'W a b f h t');
  assert.equal(sorted('-\\log \\hat{y}^{(t)}_{x^{(t+1)}}'), '\\hat{y} t x');
  assert.equal(sorted('\\g{\\partial J}/\\partial \\p{W_h}|_{(i)}'), 'J W \\partial i');
  assert.equal(sorted('\\sigma(\\a{a}) = 1/(1 + \\exp(-\\a{a}))'), '\\sigma a');
  assert.equal(sorted('\\a{f}∘\\a{c}^{(1)}'), '\\circ c f');
  assert.equal(sorted('\\mathrm{softmax}(\\p{U}\\a{h})'), 'U h');
});

test('words that say themselves: the order of a tour', () => {
  assert.deepEqual([...saidIn('A forget gate is a gate, and Gates.')].toSorted(), ['forget-gate', 'gate']);
  assert.deepEqual([...saidIn('In $\\a{h}$ a [one-hot](word:one-hot) understated thing.')], ['one-hot']);
});

for (const { slug } of inCourse) {
  test(`${slug}: each term and letter of the tour is explained at its first use or before`, () => {
    const known = new Set<string>();
    for (const { id, source } of items(slug, 'tour')) {
      for (const one of linked(source)) known.add(one);
      assert.deepEqual(unexplained(slug, source, known), [], `step ${id}`);
    }
    for (const section of ['try', 'questions']) {
      for (const { id, source } of items(slug, section)) {
        for (const one of linked(source)) known.add(one);
        assert.deepEqual(unexplained(slug, source, known), [], `${section}: ${id}`);
      }
    }
    // A question can be the first that one comes to: what it asks is explained in it.
    for (const { id, source } of items(slug, 'questions')) {
      const [asked = ''] = source
        .trim()
        .split(/\n\s*\n/)
        .slice(1);
      assert.deepEqual(unexplained(slug, asked, new Set(linked(asked))), [], `question ${id}`);
    }
    const ids = new Set(terms.map(({ id }) => id));
    assert.deepEqual(
      [...known].filter((one) => !ids.has(one)),
      [],
      'links to words that are not there',
    );
  });
}

test('no letter has two meanings in an exhibit, and elsewhere only where both say in which', () => {
  for (const n of NOTATIONS) {
    for (const letter of new Set(terms.flatMap(({ letters }) => letters[n]))) {
      for (const { slug } of inCourse) assert.ok(meanings(letter, slug, n).length <= 1, `${letter} (${n}) in ${slug}`);
      const all = terms.filter(({ letters }) => letters[n].includes(letter));
      assert.ok(all.length === 1 || all.every(({ only }) => only.length > 0), `${letter} (${n})`);
    }
  }
});

test('what a text calculates is right, to the digits that stand there', () => {
  let found = 0;
  for (const { slug } of inCourse) {
    const text = readFileSync(`web/src/exhibits/${slug}/en.md`, 'utf8');
    for (const [whole, base, power, result = ''] of text.matchAll(/([\d.]+)\^\{(\d+)\} \\approx ([\d.\\,]+)/g)) {
      const digits = result.replace('\\,', '');
      const actual = Number(base) ** Number(power);
      const figures = digits.replace(/^0\.0*|0+$/g, '').length;
      assert.equal(Number(actual.toPrecision(figures)), Number(digits), whole);
      found++;
    }
  }
  assert.ok(found > 0);
});

const modelsOf = ({ model, variants }: Exhibit) => variants?.map((one) => one.model) ?? [model];

for (const exhibit of inCourse.filter(({ walks }) => walks !== false)) {
  const { slug } = exhibit;
  test(`${slug}: a symbol names one kind of node; figure, inspector and update have only letters of the glossary`, async () => {
    for (const n of NOTATIONS) {
      const names = new Map<string, Set<string>>();
      const written: [string, string][] = [];
      for (const model of modelsOf(exhibit)) {
        // its letters do not depend on what it reads; a task that makes its pairs needs no text
        const pairs = { ...exhibit.settings, task: 'reverse', hidden_size: '6' };
        const schema =
          exhibit.own || exhibit.kind === 'blocks'
            ? await walkedBy(exhibit, model)
            : exhibit.target === undefined
              ? await walked(model, 'ab', 5)
              : await walked(model, 'abba', 6, pairs);
        const { kind, anatomy: a } = await pictured(schema, model);
        for (const node of schema.nodes) {
          // what is only for the core: targets, counts
          if (node.role === 'input' && !/\.(x|h|c)$/.test(node.path)) continue;
          const own = kind.symbol(a, node, n);
          const name = timeless(own);
          names.set(name, (names.get(name) ?? new Set()).add(node.name));
          written.push([node.path, own]);
          if (node.forward === 0) continue;
          if (kind === recurrent) written.push([node.path, operationSymbol(a as Steps, node, n)]);
          written.push([node.path, valueFormula(kind, a, node) ?? '']);
          for (const input of node.inputs.keys()) written.push([node.path, backFormula(kind, a, node, input) ?? '']);
        }
        for (const { lines } of schema.updates) for (const { formula } of lines) written.push(['update', formula]);
      }
      for (const [name, nodes] of names) assert.equal(nodes.size, 1, `${name} (${n}) is ${[...nodes]}`);
      const unknown = written.flatMap(([path, tex]) =>
        lettersOf(inNotation(tex, n))
          .filter((letter) => !FREE.has(letter) && meanings(letter, slug, n).length !== 1)
          .map((letter) => `${letter} (${n}), ${path}: ${inNotation(tex, n)}`),
      );
      assert.deepEqual(unknown, []);
    }
  });
}

let web: Site;
before(async () => {
  web = await site();
});
after(() => web?.close());

test('a word in a text tells what it means, by click and by keyboard; the sheet has the same text', async () => {
  const { page, errors } = await web.open('#rnn?tour=1&node=rnn.4.e&cell=1');
  await shown(page);
  const word = page.getByRole('article').getByRole('button', { name: 'one-hot' });
  const card = page.getByRole('dialog', { name: 'One-hot' });
  await word.click();
  await card.getByText('in the place of its token').waitFor();
  const told = await card.locator('section div').first().innerHTML();
  assert.deepEqual(await violations(page), []);
  await page.keyboard.press('Escape');
  await card.waitFor({ state: 'detached' });
  assert.match(page.url(), /node=rnn\.4\.e/, 'Escape closes the card, and only that');
  await word.focus();
  await page.keyboard.press('Enter');
  await card.waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter'); // all words
  const sheet = page.getByRole('dialog', { name: 'Words', exact: true });
  await sheet.getByText('One-hot', { exact: true }).waitFor();
  const all = await sheet.innerHTML();
  assert.ok(all.includes(told), 'one text');
  assert.equal(await sheet.getByRole('term').count(), terms.length);
  assert.deepEqual(await violations(page), []);
  await page.keyboard.press('Escape');
  await sheet.waitFor({ state: 'detached' });
  await page.keyboard.press('w');
  await sheet.waitFor();
  await page.keyboard.press('w');
  await sheet.waitFor({ state: 'detached' });
  await go(page, '#rnn?tour=11');
  await page.getByText('η = 0.01, β₁ = 0.9, β₂ = 0.999, ε = 1·10⁻⁸, τ = 1').waitFor();
  // A formula leads to all that it is made of, and the card goes with its step.
  await go(page, '#lstm?tour=3&notation=b');
  await page.getByRole('article').locator('[data-word]').first().click();
  await page.getByRole('dialog', { name: 'Letter vector, Weight, Bias, Sum' }).waitFor();
  await page.keyboard.press('n');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  assert.deepEqual(errors, []);
});

test('labels of settings lead to what the glossary says of them', async () => {
  const ids = new Set(terms.map(({ id }) => id));
  for (const [setting, words] of Object.entries(EXPLAINED))
    for (const word of words.split(',')) assert.ok(ids.has(word), `${setting} is explained by ${word}`);
  // what is called as a word of the glossary is leads there
  for (const [key, name] of Object.entries(training)) {
    const [, setting] = /^setting\.(\w+)$/.exec(key) ?? [];
    const term = setting && terms.find(({ title }) => title.toLowerCase() === name.toLowerCase());
    if (term) assert.ok(EXPLAINED[setting]?.split(',').includes(term.id), `${name} leads to ${term.id}`);
  }
  const { page, errors } = await web.open('#rnn');
  await shown(page);
  const settings = page.getByRole('region', { name: 'Settings' });
  await settings.getByRole('button', { name: 'Clip at norm' }).click();
  const card = page.getByRole('dialog', { name: 'Clipping' });
  await card.waitFor();
  await page.keyboard.press('Escape');
  await card.waitFor({ state: 'detached' });
  // in the sheet too, which stays when the card goes
  await page.getByRole('button', { name: 'Change' }).click();
  const sheet = page.getByRole('dialog', { name: 'Settings' });
  await sheet.getByRole('button', { name: 'Learning rate' }).press('Enter');
  const inSheet = sheet.getByRole('dialog', { name: 'Learning rate' });
  await inSheet.waitFor();
  assert.deepEqual(await violations(page), []);
  await page.keyboard.press('Escape');
  await inSheet.waitFor({ state: 'detached' });
  assert.ok(await sheet.isVisible());
  assert.deepEqual(errors, []);
});
