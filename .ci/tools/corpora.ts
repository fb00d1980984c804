// The corpora of pairs, made from Node's own CLDR and from n2words, and kept: models/corpora/NAME.txt, with the
// versions they were made with in models/corpora/made.json.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import n2words from 'n2words/package.json' with { type: 'json' };
import { corpora } from './corpora/list.ts';
import { told, written } from './corpora/pairs.ts';
import { tunes } from './corpora/tunes.ts';
import { misused, root } from './process.ts';

function options() {
  try {
    return parseArgs({ allowPositionals: true, options: { check: { type: 'boolean', default: false } } });
  } catch (error) {
    return misused(`corpora: ${(error as Error).message}`);
  }
}

const { values, positionals } = options();
const folder = join(root, 'models/corpora');
const names = [...corpora.map(({ name }) => name), 'tunes'];
for (const name of positionals)
  if (!names.includes(name)) misused(`corpora: there is no ${name}; there are ${names.join(', ')}`);
if (positionals.length > 0 && !values.check) misused('corpora: all are made together; names go with --check');

const kept = join(folder, 'made.json');
const now = { cldr: process.versions.cldr!, n2words: n2words.version };
const then = values.check ? (JSON.parse(readFileSync(kept, 'utf8')) as typeof now) : now;

let failed = 0;
const say = (what: string, name: string, text: string) => console.log(`${what.padEnd(7)} ${name.padEnd(14)} ${text}`);
const made: [string, string][] = [];
for (const { name, from, make } of corpora) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  const { pairs, faults } = make();
  const text = written(pairs);
  const file = join(folder, `${name}.txt`);
  const same = values.check && existsSync(file) && readFileSync(file, 'utf8') === text;
  if (values.check && !same && now[from] !== then[from]) {
    say('SKIPPED', name, `it was made with ${from} ${then[from]}, and here is ${now[from]}, which writes otherwise`);
  } else if (faults.length > 0) {
    failed++;
    say('FAILED', name, `${faults.length} faults, of which\n${faults.slice(0, 5).join('\n')}`);
  } else if (values.check && !same) {
    failed++;
    say('DIFFERS', name, `from models/corpora/${name}.txt, made with the same ${from} ${now[from]}`);
  } else {
    made.push([file, text]);
    say('ok', name, told(pairs));
  }
}
if (positionals.length === 0 || positionals.includes('tunes')) {
  const [file, text] = [join(folder, 'tunes.txt'), tunes(readFileSync(join(folder, 'tunes.abc'), 'utf8'))];
  const same = existsSync(file) && readFileSync(file, 'utf8') === text;
  if (values.check && !same) failed++;
  else made.push([file, text]);
  say(values.check && !same ? 'DIFFERS' : 'ok', 'tunes', 'from models/corpora/tunes.abc, each strain in its keys');
}
if (!values.check && failed === 0) {
  for (const [file, text] of made) writeFileSync(file, text);
  writeFileSync(kept, `${JSON.stringify(now, null, 2)}\n`);
}
process.exit(failed ? 1 : 0);
