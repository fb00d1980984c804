// The schema of a walk, from the real core.
import type { WalkSchema } from '../../../wasm/bridge/protocol.ts';
import type { Exhibit } from '../../../web/src/exhibits/types.ts';
import { core } from '../../wasm/modules.ts';

/** Of an exhibit that reads a task of its own. */
export async function walkedBy(exhibit: Exhibit, model: string): Promise<WalkSchema> {
  const { settings, task, text } = exhibit;
  return (await core()).create({ ...settings, model, task, seed: '1' }, null).walk(text).schema;
}

export async function walked(
  model: string,
  text: string,
  hidden: number,
  more: Record<string, string> = {},
): Promise<WalkSchema> {
  const c = await core();
  // a Transformer has no embeddings of another width
  const embedding: Record<string, string> = 'num_heads' in more ? {} : { embedding_size: '4' };
  const settings = { model, task: 'names', seed: '1', hidden_size: String(hidden), ...embedding, ...more };
  const run = c.create(settings, null);
  return run.walk(text).schema;
}
