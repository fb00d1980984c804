// Whatever the core can compute, the inspector can write down, forwards and back.
import assert from 'node:assert/strict';
import test from 'node:test';
import * as block from '../../../web/src/figures/formulas.block.ts';
import { formulaOf } from '../../../web/src/figures/formulas.ts';
import * as inspector from '../../../web/src/inspector/formulas.ts';
import { core } from '../../wasm/modules.ts';
import { pictured } from './pictured.ts';
import { walked } from './walked.ts';

test('every op of the core has a formula, and one for the way back into each input', async () => {
  const { info } = await core();
  // those of a block come with the kind that draws it
  const valueFormulas = { ...inspector.valueFormulas, ...block.valueFormulas };
  const backFormulas = { ...inspector.backFormulas, ...block.backFormulas };
  for (const { name, inputs } of info.ops) {
    assert.ok(formulaOf(valueFormulas, [name]), name);
    for (let input = 0; input < Math.max(1, inputs); input++)
      assert.ok(formulaOf(backFormulas, [name], input), `${name} ${input}`);
  }
});

test('inside a cell with gates every formula has the letters of its figure', async () => {
  for (const model of ['lstm_lm', 'gru_lm']) {
    const { kind, anatomy } = await pictured(await walked(model, 'ab', 5), model);
    for (const node of anatomy.stops[1]?.nodes ?? []) {
      if (['softmax', 'nll'].includes(node.op)) continue; // those of every figure
      assert.ok(kind.formula(anatomy, node), node.path);
      if (['embedding', 'slice'].includes(node.op)) continue; // what goes on unchanged
      for (const input of node.inputs.keys())
        assert.ok(kind.backFormula(anatomy, node, input), `${node.path} ${input}`);
    }
  }
});
