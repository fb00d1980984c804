// Whatever the core can compute, the inspector can write down, forwards and back.
import assert from 'node:assert/strict';
import test from 'node:test';
import { anatomy, stepOf } from '../../../web/src/figure/anatomy.ts';
import { backFormula, valueFormula } from '../../../web/src/inspector/subject.ts';
import type { NodeSchema } from '../../../web/src/session/types.ts';
import { core } from '../../wasm/modules.ts';
import { walked } from './walked.ts';

test('every op of the core has a formula, and one for the way back into each input', async () => {
  const { info } = await core();
  for (const { name, inputs } of info.ops) {
    const node = { name: `a node of ${name}`, op: name } as NodeSchema;
    assert.ok(valueFormula(node), name);
    for (let input = 0; input < Math.max(1, inputs); input++) assert.ok(backFormula(node, input), `${name} ${input}`);
  }
});

test('inside a cell with gates every formula has the letters of its figure', async () => {
  for (const model of ['lstm_lm', 'gru_lm']) {
    const a = anatomy(await walked(model, 'ab', 5));
    const generic = new Set(
      ['mul', 'gate', 'one_minus', 'slice', 'add'].map((op) => valueFormula({ name: '', op } as NodeSchema)),
    );
    for (const node of a.steps[1]?.operations ?? []) {
      const cell = stepOf(a, node)?.gated ?? null;
      assert.ok(cell, node.path);
      assert.ok(!generic.has(valueFormula(node, cell)), node.path);
      for (const input of node.inputs.keys()) assert.ok(backFormula(node, input, cell), `${node.path} ${input}`);
    }
  }
});
