// What the head of a safetensors file of ours says of itself. Whether it is true and whole is for the core to say.

export interface Head {
  model: string;
  task: string;
  layers: number;
  directions: number;
  /** All that it says, model and task among them. */
  settings: Record<string, string>;
}

/** Null where it does not say. */
export function headOf(file: Uint8Array): Head | null {
  try {
    const size = Number(new DataView(file.buffer, file.byteOffset, file.byteLength).getBigUint64(0, true));
    const { __metadata__: said } = JSON.parse(new TextDecoder().decode(file.subarray(8, 8 + size)));
    if (typeof said.model !== 'string' || typeof said.task !== 'string') return null;
    const settings = { model: said.model, task: said.task, ...JSON.parse(said.settings) };
    const { num_layers = 1, directions = 1 } = settings;
    return { model: said.model, task: said.task, layers: Number(num_layers), directions: Number(directions), settings };
  } catch {
    return null;
  }
}
