// The programs that the core is compared with, by exact version: files of the registry's packages, fetched once into
// build/peers. They are tools of the benchmark, and no part of the project depends on them.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface Package {
  name: string;
  version: string;
  /** Of the archive, as the registry has it. */
  sha512: string;
  files: string[];
}
export const PACKAGES: Package[] = [
  {
    name: '@tensorflow/tfjs',
    version: '4.22.0',
    sha512: '0TrIrXs6/b7FLhLVNmfh8Sah6JgjBPH4mZ8JGb7NU6WW+cx00qK5BcAZxw7NCzxj6N8MRAIfHq+oNbPUNG5VAg==',
    files: ['dist/tf.min.js'],
  },
  {
    name: '@tensorflow/tfjs-backend-wasm',
    version: '4.22.0',
    sha512: '/IYhReRIp4jg/wYW0OwbbJZG8ON87mbz0PgkiP3CdcACRSvUN0h8rvC0O3YcDtkTQtFWF/tcXq/KlVDyV49wmA==',
    files: ['dist/tf-backend-wasm.min.js', 'dist/tfjs-backend-wasm-simd.wasm'],
  },
  {
    name: 'onnxruntime-web',
    version: '1.30.0',
    sha512: 'q0y+JrrtukXSzsBWEMccVfqX25LRmosXHF+CaRJmg8pZClzcV7svNc4rKY3jL02Vb7QmRMDs1SigqR4CXAfKYQ==',
    files: ['dist/ort.wasm.min.mjs', 'dist/ort-wasm-simd-threaded.mjs', 'dist/ort-wasm-simd-threaded.wasm'],
  },
  {
    name: '@jax-js/jax',
    version: '0.1.25',
    sha512: 'g6PxWa6ZLjeQdDAM0ImBSqpdYnC6InCUTCCbMLxhMHMsMNu+JbHRjIQZ/anjBcP69of6hiqfGmTl+3gBn1qu/A==',
    files: ['dist/index.js', 'dist/backend-CnjgxpXq.js', 'dist/rolldown-runtime-D7D4PA-g.js'],
  },
  {
    name: 'ml-matrix',
    version: '6.15.1',
    sha512: 'DUVxsB+hsXhha9FTp6kQiy6UopxW9F7IXsbWhYVTHRfKdb0UimLYUDYqLQ1WwGPERnp8T5Usbwb47xxkAzSfOg==',
    files: ['matrix.umd.js'],
  },
  {
    name: 'convnetjs',
    version: '0.3.0',
    sha512: 'qG6VEbJS8FOQFR6xS0NMfUseR3P6GJ/JfAq2Ff8MrpeF5Y2HVmZI6zcakOYz50f34qq2SMumlUhB7gfmypo8lg==',
    files: ['build/convnet-min.js'],
  },
];

/** Where its files are, fetched if they are not there. */
export function fetched(top: string, { name, version, sha512, files }: Package): string {
  const folder = join(top, `${name}@${version}`);
  if (files.every((file) => existsSync(join(folder, file)))) return folder;
  mkdirSync(folder, { recursive: true });
  const apart = mkdtempSync(join(top, 'archive-'));
  try {
    const packed = spawnSync('npm', ['pack', `${name}@${version}`, '--pack-destination', apart, '--loglevel=error'], {
      encoding: 'utf8',
    });
    if (packed.status !== 0) {
      const why = packed.stderr?.trim().split('\n')[0] ?? String(packed.error);
      throw new Error(`${name}@${version} could not be fetched from the npm registry: is there a network? (${why})`);
    }
    const archive = join(apart, readdirSync(apart)[0]!);
    const hash = createHash('sha512').update(readFileSync(archive)).digest('base64');
    if (hash !== sha512) throw new Error(`${name}@${version} is not what it was: its hash is ${hash}`);
    const paths = files.map((file) => `package/${file}`);
    const taken = spawnSync('tar', ['-xzf', archive, '-C', folder, '--strip-components=1', ...paths], {
      encoding: 'utf8',
    });
    if (taken.status !== 0) throw new Error(`${name}@${version} could not be unpacked: ${taken.stderr.trim()}`);
    return folder;
  } finally {
    rmSync(apart, { recursive: true });
  }
}

/** Where Debian's OpenBLAS is, unpacked and not installed: without it Debian's PyTorch multiplies with the reference BLAS,
 *  which is some twenty times slower. null: it cannot be had. */
export function openblas(top: string): string | null {
  const folder = join(top, 'openblas');
  const [library] = existsSync(folder) ? found(folder) : [];
  if (library !== undefined) return library;
  const apart = mkdtempSync(join(top, 'archive-'));
  try {
    spawnSync('apt-get', ['download', 'libopenblas0-pthread'], { cwd: apart });
    const [archive] = readdirSync(apart);
    if (archive === undefined || spawnSync('dpkg-deb', ['-x', join(apart, archive), folder]).status !== 0) return null;
    return found(folder)[0] ?? null;
  } finally {
    rmSync(apart, { recursive: true });
  }
}
const found = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('/libblas.so.3'))
    .map((path) => join(folder, dirname(path)));
