// Weights as a file: its name, and what its head says of itself before the core is asked to open it.
import type { RunInfo } from '../../../wasm/bridge/protocol';

export const MOST_BYTES = 256 * 2 ** 20; // the core takes no more parameters than that

/** "rnn_lm-names-120.safetensors" */
export const fileName = ({ settings }: RunInfo, step: number) =>
  `${settings.model}-${settings.task}-${step}.safetensors`;

export interface Head {
  model: string;
  task: string;
  layers: number;
  directions: number;
}

/** What a safetensors file of ours is for; null where it does not say. Whether it is whole is for the core to say. */
export function headOf(file: ArrayBuffer): Head | null {
  try {
    const size = Number(new DataView(file).getBigUint64(0, true));
    const { __metadata__: said } = JSON.parse(new TextDecoder().decode(new Uint8Array(file, 8, size)));
    if (typeof said.model !== 'string' || typeof said.task !== 'string') return null;
    const { num_layers = 1, directions = 1 } = JSON.parse(said.settings);
    return { model: said.model, task: said.task, layers: Number(num_layers), directions: Number(directions) };
  } catch {
    return null;
  }
}
