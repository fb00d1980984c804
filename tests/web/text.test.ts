// Texts of exhibits: parsed by headings, formulae rendered at build time, and complete for what the exhibit declares.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { FACES, formula, trimStyles } from '../../web/build/katex.ts';
import { parseExhibit, render } from '../../web/build/markdown.ts';
import { replaceFormulae } from '../../web/build/plugins.ts';
import { fill } from '../../web/src/components/tex.ts';
import { COURSE, ENTRIES } from '../../web/src/course.ts';
import type { Exhibit, Told } from '../../web/src/exhibits/types.ts';
import { type PlainKey, t } from '../../web/src/i18n/index.ts';
import { exhibits } from './page/folders.ts';
import './page/words.ts';

const FOLDER = 'web/src/exhibits';
const slugs = exhibits.map(({ slug }) => slug);

test('the course has 22 exhibits in five parts, each once', () => {
  assert.equal(COURSE.length, 5);
  assert.deepEqual(
    ENTRIES.map(({ number }) => number),
    Array.from({ length: 22 }, (_, i) => i + 1),
  );
  assert.equal(new Set(ENTRIES.map(({ slug }) => slug)).size, 22);
});

for (const slug of slugs) {
  test(`${slug}: declared in its place, with words for each step and question`, async () => {
    const { exhibit } = (await import(`../../${join(FOLDER, slug, 'exhibit.ts')}`)) as { exhibit: Exhibit };
    assert.equal(exhibit.slug, slug);
    assert.ok(ENTRIES.some((entry) => entry.slug === slug));
    const text = parseExhibit(readFileSync(join(FOLDER, slug, 'en.md'), 'utf8'));
    const ids = (section: string) => text.sections[section]?.items.map(({ id }) => id);
    assert.ok(exhibit.tour.length >= 6 && exhibit.tour.length <= 15, 'a tour has 6 to 15 steps');
    assert.equal(exhibit.questions.length, 3);
    assert.deepEqual(
      ids('tour'),
      exhibit.tour.map(({ id }) => id),
    );
    assert.deepEqual(
      ids('questions'),
      exhibit.questions.map(({ id }) => id),
    );
    assert.deepEqual(
      ids('try'),
      exhibit.try.map(({ id }) => id),
    );
    assert.ok(exhibit.try.length > 0 && text.sections.claim?.first, 'things to try, and a claim');
    for (const item of text.sections.tour?.items ?? []) assert.ok(item.first && item.more, item.id);
    for (const item of text.sections.questions?.items ?? [])
      assert.ok(item.first && item.more, `${item.id}: needs a hint`);
    assert.ok(existsSync(`docs/teachers/${slug}.md`), 'a lesson plan');
    assert.ok(existsSync(`models/claims/${exhibit.claim}.json`), 'its claim, measured on many seeds');
  });
}

for (const slug of slugs) {
  test(`${slug}: what names a word of the exhibit's pair has it read`, async () => {
    const { exhibit } = (await import(`../../${join(FOLDER, slug, 'exhibit.ts')}`)) as { exhibit: Exhibit };
    if (exhibit.target === undefined) return; // one text is the reader's own all along
    const words = `${exhibit.text} ${exhibit.target}`.toLowerCase().split(' ');
    const text = parseExhibit(readFileSync(join(FOLDER, slug, 'en.md'), 'utf8'));
    const read = new Map<string, unknown>();
    for (const { id, show } of [...exhibit.tour, ...exhibit.try]) read.set(id, show.text);
    const asked = new Map(exhibit.questions.map((one) => [one.id, 'text' in one ? one.text : undefined]));
    const names = (html: string) =>
      [...html.matchAll(/<em>([^<]+)<\/em>/g)].some(([, word = '']) => words.includes(word.toLowerCase()));
    const items = (section: string) => text.sections[section]?.items ?? [];
    const lacking = [
      ...[...items('tour'), ...items('try')].map((item) => ({ item, has: read.get(item.id) })),
      ...items('questions').map((item) => ({ item, has: asked.get(item.id) })),
    ].filter(({ item, has }) => names(item.first + item.more) && has === undefined);
    assert.deepEqual(
      lacking.map(({ item }) => item.id),
      [],
    );
  });
}

// What the words tell a reader to do, at the beginning of a sentence or after "and", "then" and the like.
const TOLD =
  /(?:^|[.:;,]\s+|\b(?:and|then|Now)\s+)(press|choose|set|hold|start|play|step|draw|train|change|lower)\b/gim;
for (const slug of slugs) {
  test(`${slug}: what the text tells one to do is a button there, and each button is declared`, async () => {
    const { exhibit } = (await import(`../../${join(FOLDER, slug, 'exhibit.ts')}`)) as { exhibit: Exhibit };
    const views = (await viewsOf(slug)) as Map<string, string>;
    const { sections } = parseExhibit(readFileSync(join(FOLDER, slug, 'en.md'), 'utf8'));
    for (const [section, told] of [
      ['tour', exhibit.tour],
      ['try', exhibit.try],
    ] as const) {
      for (const { id, do: deeds = {} } of told as Told[]) {
        const item = sections[section]?.items.find((one) => one.id === id);
        const html = `${item?.first}\n${item?.more}`;
        const where = `${slug}, ${section}, ${id}`;
        const of = (kind: string) =>
          [...html.matchAll(new RegExp(`data-${kind}="([\\w-]+)"`, 'g'))].map(([, to]) => to);
        assert.deepEqual(
          [...new Set(of('do'))].sort(),
          Object.keys(deeds).sort(),
          `${where}: buttons and what they do`,
        );
        for (const view of of('view'))
          assert.ok([...views.values(), 'network'].includes(view as string), `${where}: ${view}`);
        const words = html.replace(/<a class="deed".*?<\/a>/g, '▢').replace(/<[^>]+>/g, '');
        assert.deepEqual(
          [...words.matchAll(TOLD)].map(([told]) => told),
          [],
          `${where}: said, and no button`,
        );
        for (const name of views.keys())
          assert.ok(!html.includes(`<em>${name}</em>`), `${where}: the view "${name}" is named, and leads nowhere`);
      }
    }
  });
}
/** The exhibit's own views, by the names on their buttons. */
async function viewsOf(slug: string): Promise<Map<string, string>> {
  const file = join(FOLDER, slug, 'panels.tsx');
  if (!existsSync(file)) return new Map();
  const declared = readFileSync(file, 'utf8').matchAll(/\{\s*id: '([\w-]+)',\s*name: '([\w.-]+)'/g);
  return new Map([...declared].map(([, id = '', name = '']) => [t(name as PlainKey), id]));
}

test('formulae come out as HTML without TeX, with roles and both notations', () => {
  const html = formula('\\a{h}^{(t)} = \\n{\\p{W_h}} @@ h_t');
  assert.match(html, /^<span class="na"><span class="katex">.*<\/span><span class="nb">/);
  assert.match(html, /class="enclosing a"/);
  assert.match(html, /class="enclosing now"/);
  assert.doesNotMatch(html, /annotation|\\/);
  assert.equal(fill(formula('h^{(⟦t⟧)}'), { t: -3 }), formula('h^{(⟦t⟧)}').replaceAll('⟦t⟧', '−3'));
  assert.throws(() => formula('\\notacommand'), /notacommand/);
  assert.throws(() => formula('\\mathbb{R}'), /font that is not shipped/);
});

test('tex`...` in a module is replaced, and takes no expression', () => {
  const code = replaceFormulae('const a = tex`\\hat y`;');
  assert.doesNotMatch(code, /tex`|hat y/);
  assert.match(code, /katex/);
  assert.throws(() => replaceFormulae(['tex`$', '{a}`'].join('')), /takes no/);
});

test("only the faces that are used are left of KaTeX's stylesheet", () => {
  const css = trimStyles(readFileSync('node_modules/katex/dist/katex-swap.css', 'utf8'));
  const files = [...css.matchAll(/url\(([^)]*)\)/g)].map(([, url = '']) => url.replace(/.*\/|["']/g, ''));
  assert.deepEqual(files.sort(), FACES.map((face) => `${face}.woff2`).sort());
  assert.match(css, /\.katex \.msupsub/);
});

test('what follows the first two sentences of an item is marked: a projector leaves it out', () => {
  const brief = (words: string) => {
    const [item] = parseExhibit(`# T\n\n## tour\n\n### one: First\n\n${words}`).sections.tour?.items ?? [];
    const html = `${item?.first} ${item?.more}`;
    return html
      .replace(/<span class="later">.*?<\/span>/g, '')
      .replace(/<[^>]+>/g, '')
      .replace(/\s+/g, ' ')
      .trim();
  };
  assert.equal(brief('One. Two. Three.\n\nFour.'), 'One. Two.');
  assert.equal(brief('One: 0.5 of it.\n\nTwo? Three!'), 'One: 0.5 of it. Two?');
  assert.equal(brief('One (so).\n\n**Two** goes on. Three.\n\nFour.'), 'One (so). Two goes on.');
  assert.equal(brief('One. Two. Then [press it](do:x), or [so](do:y).\n\n[See](view:z).'), 'One. Two. press itso See');
});

test('what follows a formula stays on its line, be the formula the end of a link', () => {
  const words = render('Of $x$, $y$ and [the state $h @@ s$](word:state): all.');
  const signs = [...words.matchAll(/<mi>(.)<\/mi>.*?<span class="sign">(.)<\/span><\/span><\/span><\/span>/g)];
  assert.deepEqual(
    signs.map(([, letter, sign]) => `${letter}${sign}`),
    ['x,', 'y:', 's:'],
  );
  assert.match(words, /<\/a> all\.<\/p>$/);
});

test('a text is divided by its headings', () => {
  const text = parseExhibit('# T\n\n## tour\n\n### one: First\n\nA $x$.\n\nB {{read}}.\n\n## claim\n\nC.');
  assert.equal(text.title, 'T');
  const [item] = text.sections.tour?.items ?? [];
  assert.equal(item?.title, 'First');
  assert.match(item?.first ?? '', /^<p>A <span class="katex">.*>\.<\/span>(<\/span>){3}<\/p>$/);
  assert.equal(item?.more, '<p>B ⟦read⟧.</p>');
  assert.equal(text.sections.claim?.first, '<p>C.</p>');
  assert.throws(() => parseExhibit('# T\n\n## tour\n\n### no id here\n'), /id: words/);
  assert.throws(() => parseExhibit('## tour\n'), /title/);
});
