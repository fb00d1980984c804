// Weights as a file.
import type { RunInfo } from '../../../wasm/bridge/protocol';

export const MOST_BYTES = 256 * 2 ** 20; // the core takes no more parameters than that

/** "rnn_lm-names-120.safetensors" */
export const fileName = ({ settings }: RunInfo, step: number) =>
  `${settings.model}-${settings.task}-${step}.safetensors`;
