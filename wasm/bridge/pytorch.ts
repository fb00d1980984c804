// Files of PyTorch over the module's exports: what one has, one as a file of ours, and one of ours for PyTorch.

import type { CoreModule } from './module.ts';
import type { PyTorchFile, PyTorchForm, PyTorchSaid, TensorsRead } from './protocol.ts';

type Places = [number, number, number, number];

/** Null for a file that is not of PyTorch. model: what the shapes are wanted to be, '' for what they are. */
export function describePyTorch(module: CoreModule, file: Uint8Array, model: string): PyTorchForm | null {
  module.check('pytorch_describe', ...(module.input(file, model) as Places));
  return module.result().length === 0 ? null : module.json<PyTorchForm>();
}

export function readPyTorch(module: CoreModule, file: Uint8Array, said: PyTorchSaid): PyTorchFile {
  const fields = Object.entries(said).map(([key, value]) => `${key}\0${value}\0`);
  module.check('pytorch_read', ...(module.input(file, fields.join('')) as Places));
  const size = module.number(0);
  const both = module.bytes();
  const tensors = JSON.parse(new TextDecoder().decode(both.subarray(0, size))) as TensorsRead;
  return { file: both.slice(size).buffer, tensors };
}

/** The weights under PyTorch's names, and the Python that computes with them. */
export function writePyTorch(module: CoreModule, handle: number): { file: ArrayBuffer; program: string } {
  module.check('pytorch_write', handle);
  const file = module.bytes().buffer;
  module.check('pytorch_program');
  return { file, program: module.text() };
}
