// The promise that a seed gives the same bits everywhere, kept: every build trains the same few runs, and the
// hashes of the parameters must be the same.
import { cmakeBuild, type Ran, root, run } from './process.ts';

interface Build {
  preset: string;
  wasm?: boolean;
}
/** One of each instruction set. */
const FIRST: Build[] = [{ preset: 'release' }, { preset: 'wasm', wasm: true }, { preset: 'wasm-scalar', wasm: true }];
/** The other compiler, none of the optimisations, and the scalar lanes as native code. */
const BEYOND: Build[] = [
  { preset: 'scalar' },
  { preset: 'gcc-O0' },
  { preset: 'gcc-O0-scalar' },
  { preset: 'clang' },
  { preset: 'clang-scalar' },
  { preset: 'clang-O0' },
  { preset: 'clang-O0-scalar' },
];

// Sizes that are no multiple of a lane or a tile, every activation, every optimiser.
const runs: { name: string; options: string[] }[] = [
  { name: 'defaults', options: ['--model', 'rnn_lm', '--steps', '20'] },
  {
    name: 'narrow',
    options: ['--model', 'rnn_lm', '--steps', '20', '--set', 'hidden_size=5', '--set', 'embedding_size=3'],
  },
  {
    name: 'sigmoid, momentum',
    options: ['--model', 'rnn_lm', '--steps', '20', '--set', 'hidden_size=11', '--set', 'activation=sigmoid'].concat([
      '--set',
      'optimizer=momentum',
      '--set',
      'batch_size=7',
    ]),
  },
  {
    name: 'relu, sgd',
    options: ['--model', 'rnn_lm', '--steps', '20', '--set', 'hidden_size=18', '--set', 'activation=relu'].concat([
      '--set',
      'optimizer=sgd',
      '--set',
      'learning_rate=0.1',
    ]),
  },
  { name: 'lstm', options: ['--model', 'lstm_lm', '--steps', '20', '--set', 'hidden_size=21'] },
  {
    name: 'gru, 2 layers',
    options: ['--model', 'gru_lm', '--steps', '20', '--set', 'hidden_size=13', '--set', 'num_layers=2'],
  },
  {
    name: 'remember, both',
    options: ['--model', 'classifier', '--task', 'remember', '--steps', '20'].concat([
      ...['--set', 'cell=lstm', '--set', 'directions=2', '--set', 'hidden_size=9', '--set', 'distance=12'],
    ]),
  },
  {
    name: 'adding, radius',
    options: ['--model', 'classifier', '--task', 'adding', '--steps', '20'].concat([
      ...['--set', 'cell=rnn', '--set', 'start=radius', '--set', 'hidden_size=30', '--set', 'length=14'],
    ]),
  },
  ...['protein', 'digits', 'days'].map((task) => ({
    name: `encoder, ${task}`,
    options: ['--model', 'encoder', '--task', task, '--steps', '20', '--set', 'hidden_size=12', '--set', 'num_heads=3'],
  })),
  {
    name: 'ball',
    options: ['--model', 'forecaster', '--task', 'ball', '--steps', '20', '--set', 'hidden_size=11'],
  },
  {
    name: 'ball, lstm, 2 layers',
    options: ['--model', 'forecaster', '--task', 'ball', '--steps', '10', '--set', 'cell=lstm'].concat([
      ...['--set', 'num_layers=2', '--set', 'hidden_size=9', '--set', 'length=13', '--set', 'bounce=0.8'],
    ]),
  },
  {
    name: 'sentiment',
    options: ['--model', 'classifier', '--task', 'sentiment', '--steps', '20', '--set', 'hidden_size=11'],
  },
  {
    name: 'caption',
    options: ['--model', 'transformer', '--task', 'caption', '--steps', '10', '--set', 'hidden_size=12'].concat([
      ...['--set', 'positions=sinusoidal', '--set', 'encoder=none', '--set', 'num_heads=1'],
    ]),
  },
  {
    name: 'relation, one layer a patch',
    options: ['--model', 'transformer', '--task', 'relation', '--steps', '10', '--set', 'hidden_size=12'].concat([
      ...['--set', 'source_layers=1', '--set', 'num_heads=3'],
    ]),
  },
  {
    name: 'encoder',
    options: ['--model', 'encoder', '--task', 'order', '--steps', '10', '--set', 'hidden_size=12'].concat([
      ...['--set', 'positions=sinusoidal', '--set', 'random_start=40', '--set', 'num_heads=3'],
    ]),
  },
  {
    name: 'transformer',
    options: ['--model', 'transformer', '--task', 'phrases', '--steps', '6', '--set', 'hidden_size=15'].concat([
      ...['--set', 'num_heads=3', '--set', 'feed_forward_size=21', '--set', 'num_blocks=2'],
      ...['--set', 'free_running=0.3'],
    ]),
  },
  {
    name: 'transformer, post-norm, gelu, waves, dropout',
    options: ['--model', 'transformer', '--task', 'dates', '--steps', '4', '--set', 'hidden_size=12'].concat([
      ...['--set', 'norm=post', '--set', 'feed_forward=gelu', '--set', 'positions=sinusoidal', '--set', 'dropout=0.2'],
      ...['--set', 'tokens=characters', '--seed', '0'],
    ]),
  },
  {
    name: 'attention_only',
    options: [
      '--model',
      'attention_only',
      '--task',
      'sentence',
      '--steps',
      '20',
      '--set',
      'keys=other',
      '--set',
      'query_2_3=5',
    ],
  },
  { name: 'prose', options: ['--model', 'lstm_lm', '--task', 'prose', '--steps', '5', '--set', 'hidden_size=12'] },
  {
    name: 'seq2seq',
    options: ['--model', 'seq2seq', '--task', 'reverse', '--steps', '10', '--set', 'hidden_size=22'].concat([
      ...['--set', 'attention=scaled', '--set', 'directions=2', '--set', 'free_running=0.3'],
    ]),
  },
  {
    name: 'seq2seq, additive',
    options: ['--model', 'seq2seq', '--task', 'sort', '--steps', '10', '--set', 'hidden_size=13'].concat([
      ...['--set', 'attention=additive', '--set', 'cell=lstm', '--set', 'num_layers=2'],
    ]),
  },
  {
    name: 'phrases, words',
    options: ['--model', 'seq2seq', '--task', 'phrases', '--steps', '8', '--set', 'hidden_size=14'].concat([
      ...['--set', 'attention=general', '--set', 'language=fr', '--set', 'translate=to_english'],
    ]),
  },
  {
    name: 'dates, characters',
    options: ['--model', 'seq2seq', '--task', 'dates', '--steps', '4', '--set', 'hidden_size=10'].concat([
      ...['--set', 'attention=dot', '--set', 'tokens=characters'],
    ]),
  },
  {
    name: 'mlp, momentum',
    options: [
      '--model',
      'mlp',
      '--task',
      'spiral',
      '--steps',
      '200',
      '--set',
      'hidden_1=7',
      '--set',
      'skips=all',
    ].concat([
      ...[
        '--set',
        'error=bernoulli',
        '--set',
        'optimizer=momentum',
        '--set',
        'learning_rate=0.05',
        '--set',
        'batch_size=10',
      ],
    ]),
  },
  {
    name: 'mlp, drawn, relu',
    options: [
      '--model',
      'mlp',
      '--task',
      'arms',
      '--steps',
      '200',
      '--set',
      'hidden_1=5',
      '--set',
      'hidden_2=3',
    ].concat([...['--set', 'wires_1=989', '--set', 'activation=relu', '--set', 'init=he', '--set', 'error=softmax']]),
  },
  {
    name: 'gpt',
    options: ['--model', 'gpt', '--steps', '10', '--set', 'hidden_size=15', '--set', 'num_heads=3'].concat([
      ...[
        '--set',
        'feed_forward_size=21',
        '--set',
        'optimizer=adamw',
        '--set',
        'warm_up=4',
        '--set',
        'schedule=cosine',
      ],
    ]),
  },
  {
    name: 'gpt, post-norm, gelu, waves, dropout',
    options: ['--model', 'gpt', '--steps', '10', '--set', 'hidden_size=20', '--set', 'norm=post', '--seed', '0'].concat(
      [
        ...[
          '--set',
          'feed_forward=gelu',
          '--set',
          'positions=sinusoidal',
          '--set',
          'dropout=0.2',
          '--set',
          'num_heads=5',
        ],
      ],
    ),
  },
  { name: 'window', options: ['--model', 'window_lm', '--steps', '10', '--set', 'hidden_size=37'] },
];

interface Done {
  done?: boolean;
  hash?: string;
}

/** The hash in the last line that `unroll train --json` printed. */
export function hashOf(stdout: string): string | undefined {
  const line = stdout.trimEnd().split('\n').at(-1) ?? '';
  try {
    const last = JSON.parse(line) as Done;
    return last.done && /^[0-9a-f]{16}$/.test(last.hash ?? '') ? last.hash : undefined;
  } catch {
    return undefined;
  }
}

function train({ preset, wasm }: Build, options: string[]): Promise<Ran> {
  const args = ['train', '--task', 'names', '--seed', '1', '--json', ...options];
  return wasm
    ? run('node', ['--import', 'tsx', 'wasm/bridge/cli.ts', `build/${preset}/cli.wasm`, ...args])
    : run(`${root}/build/${preset}/unroll`, args);
}

export async function hashMatrix(full: boolean): Promise<{ passed: number; failed: number; output: string }> {
  const builds = full ? [...FIRST, ...BEYOND] : FIRST;
  let output = '';
  let passed = 0;
  let failed = 0;
  const broken = new Set<Build>();
  for (const build of builds) {
    const built = await cmakeBuild(build.preset, build.wasm ? 'cli_wasm' : 'unroll');
    if (built.code === 0) continue;
    broken.add(build);
    failed++;
    output += `${build.preset} does not build\n${built.output}`;
  }
  for (const { name, options } of runs) {
    let expected: string | undefined;
    for (const build of builds) {
      if (broken.has(build)) continue;
      const start = performance.now();
      const ran = await train(build, options);
      const hash = ran.code === 0 ? hashOf(ran.stdout) : undefined;
      const seconds = ((performance.now() - start) / 1000).toFixed(1);
      expected ??= hash;
      const equal = hash !== undefined && hash === expected;
      if (equal) passed++;
      else failed++;
      output += `${name.padEnd(18)} ${build.preset.padEnd(16)} ${hash ?? 'no hash'} ${seconds.padStart(6)} s`;
      output += equal ? '\n' : `  DIFFERS from ${expected ?? 'nothing'}\n${hash ? '' : ran.output}`;
    }
  }
  return { passed, failed, output };
}
