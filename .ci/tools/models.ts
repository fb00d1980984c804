// Shipped weights and their recipes: models/ID.json says how `unroll train` made models/ID.safetensors.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { misused, root, run } from './process.ts';

interface Recipe {
  model: string;
  task: string;
  steps: number;
  seed: number;
  set?: Record<string, string | number>;
}

function options() {
  try {
    return parseArgs({ allowPositionals: true, options: { check: { type: 'boolean', default: false } } });
  } catch (error) {
    return misused(`models: ${(error as Error).message}`);
  }
}

const { values, positionals } = options();
const folder = join(root, 'models');
const known = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => name.slice(0, -'.json'.length))
  .sort();
for (const id of positionals) if (!known.includes(id)) misused(`models: no recipe models/${id}.json`);

const made = join(root, 'build/models');
mkdirSync(made, { recursive: true });
let failed = 0;
for (const id of positionals.length ? positionals : known) {
  const recipe = JSON.parse(readFileSync(join(folder, `${id}.json`), 'utf8')) as Recipe;
  const fresh = join(made, `${id}.safetensors`);
  const settings = Object.entries(recipe.set ?? {}).flatMap(([key, value]) => ['--set', `${key}=${value}`]);
  const start = performance.now();
  const { code, output, stdout } = await run(join(root, 'build/release/unroll'), [
    ...['train', '--model', recipe.model, '--task', recipe.task],
    ...['--steps', String(recipe.steps), '--seed', String(recipe.seed)],
    ...[...settings, '--json', '--out', fresh],
  ]);
  const seconds = `${((performance.now() - start) / 1000).toFixed(1)} s`;
  if (code !== 0) {
    failed++;
    console.log(`FAILED ${id}: unroll train ended with ${code}\n${output.trimEnd()}`);
    continue;
  }
  const shipped = join(folder, `${id}.safetensors`);
  const bytes = readFileSync(fresh);
  if (!values.check) writeFileSync(shipped, bytes);
  const same = existsSync(shipped) && bytes.equals(readFileSync(shipped));
  if (!same) failed++;
  console.log(`${same ? 'ok    ' : 'DIFFERS'} ${id}  ${bytes.length} bytes, ${seconds}`);
  console.log(stdout.trimEnd().split('\n').at(-1));
}
if (known.length === 0) console.log('No recipes in models/.');
process.exit(failed ? 1 : 0);
