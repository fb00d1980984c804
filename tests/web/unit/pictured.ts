// A tape with the kind of picture that draws it, as an exhibit loads it.
import assert from 'node:assert/strict';
import type { WalkSchema } from '../../../wasm/bridge/protocol.ts';
import { loadAny, loadKinds } from '../../../web/src/figures/index.ts';
import { type Picture, pictureOf } from '../../../web/src/figures/picture.ts';

export async function pictured(schema: WalkSchema, model: string): Promise<Picture> {
  const picture = pictureOf([...(await loadKinds({ models: [model] })), await loadAny()], schema);
  assert.ok(picture, `no kind of picture reads a tape of ${model}`);
  return picture;
}
