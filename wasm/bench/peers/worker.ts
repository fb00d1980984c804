// One program in a worker of its own: started, then a workload at a time opened, asked for turns and for what came out.

import { openCore } from './core.ts';
import { type Ort, openOrt } from './ort.ts';
import type { Open, Opened } from './rival.ts';
import { type ConvNet, type Jax, type MlMatrix, openMatrices, openProducts, openUpdates } from './small.ts';
import { openTfjs, type Tf } from './tfjs.ts';

declare function importScripts(...addresses: string[]): void;

/** What a script of this folder leaves behind under a name. */
function script<T>(name: string, ...files: string[]): T {
  importScripts(...files.map((file) => `/fetched/${file}`));
  return (globalThis as Record<string, unknown>)[name] as T;
}

async function module<T>(file: string): Promise<T> {
  const address = `/fetched/${file}`;
  return import(/* @vite-ignore */ address);
}

const programs: Record<string, () => Promise<Open>> = {
  unroll: () => openCore('/cli.wasm'),
  'unroll-relaxed': () => openCore('/cli-relaxed.wasm'),
  async 'tfjs-wasm'() {
    const tf = script<
      Tf & {
        enableProdMode(): void;
        setBackend(name: string): Promise<boolean>;
        env(): { set(flag: string, value: boolean): void; getAsync(flag: string): Promise<unknown> };
        wasm: { setWasmPaths(folder: string): void };
      }
    >('tf', '@tensorflow/tfjs/dist/tf.min.js', '@tensorflow/tfjs-backend-wasm/dist/tf-backend-wasm.min.js');
    tf.enableProdMode();
    tf.wasm.setWasmPaths('/fetched/@tensorflow/tfjs-backend-wasm/dist/');
    tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
    if (!(await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT'))) throw new Error('its SIMD build does not run here');
    if (!(await tf.setBackend('wasm'))) throw new Error('its WebAssembly backend does not start');
    return openTfjs(tf);
  },
  async 'onnxruntime-web'() {
    const ort = await module<Ort & { env: { logLevel: string; wasm: object } }>(
      'onnxruntime-web/dist/ort.wasm.min.mjs',
    );
    Object.assign(ort.env.wasm, { numThreads: 1, wasmPaths: '/fetched/onnxruntime-web/dist/' });
    ort.env.logLevel = 'error';
    return openOrt(ort);
  },
  async 'jax-js'() {
    const jax = await module<Jax & { init(device: string): Promise<unknown>; defaultDevice(device: string): unknown }>(
      '@jax-js/jax/dist/index.js',
    );
    await jax.init('wasm');
    jax.defaultDevice('wasm');
    return openProducts(jax);
  },
  'ml-matrix': async () => openMatrices(script<MlMatrix>('mlMatrix', 'ml-matrix/matrix.umd.js')),
  async convnetjs() {
    Object.assign(globalThis, { window: globalThis }); // it asks no other place what is there
    return openUpdates(script<ConvNet>('convnetjs', 'convnetjs/build/convnet-min.js'));
  },
};

export type Asked = { start: string } | { open: string } | { turn: number } | { result: true };
let open: Open;
let opened: Opened | null = null;

async function answer(asked: Asked): Promise<unknown> {
  if ('start' in asked) open = await programs[asked.start]!();
  else if ('open' in asked) {
    opened = await open(asked.open);
    return opened !== null;
  } else if ('turn' in asked) return opened!.turn(asked.turn);
  else return opened!.result();
  return null;
}
self.onmessage = async ({ data }: MessageEvent<Asked>) => {
  try {
    self.postMessage({ value: await answer(data) });
  } catch (error) {
    self.postMessage({ error: String((error as Error)?.message ?? error) });
  }
};
