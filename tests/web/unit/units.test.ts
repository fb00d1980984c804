// Units and wires read from the tape of any drawn net, the moments of its walk, where they stand, and the settings that a
// drawing makes; without a browser.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as topology from '../../../web/src/exhibits/backprop/topology.ts';
import { type Net, readNet, type Unit, wiresFrom } from '../../../web/src/figures/units/anatomy.ts';
import { knownAt, momentsOf } from '../../../web/src/figures/units/moments.ts';
import { lineOf, placesOf } from '../../../web/src/figures/units/places.ts';
import { core } from '../../wasm/modules.ts';

const NETS: Record<string, Record<string, string>> = {
  '2-3-2': { hidden_1: '3', hidden_2: '0', wires_1: '63', wires_2: '63' },
  'some wires': { hidden_1: '3', hidden_2: '0', wires_1: '57', wires_2: '53' },
  skips: { hidden_1: '2', hidden_2: '1', skips: 'all', wires_1: '15', wires_2: '13', wires_3: '1005' },
  perceptron: { hidden_1: '0', hidden_2: '0', wires_1: '13' },
  layers: { hidden_1: '3', hidden_2: '2' },
};
const TASKS = { passes: 'bernoulli', marks: 'squares', pass: 'bernoulli', grade: 'softmax' };

async function walkOf(task: keyof typeof TASKS, settings: Record<string, string>) {
  const run = (await core()).create({ model: 'mlp', task, error: TASKS[task], seed: '3', ...settings }, null);
  const { x, t } = run.each();
  const walk = run.walk([...x[4]!, ...t[4]!].map((one) => Number(one.toPrecision(7))).join(' '));
  walk.to(2 * walk.schema.forward);
  const net = readNet(walk.schema);
  assert.ok(net);
  const read = (node: number, what: 'value' | 'grad') => [...walk.read([{ node, what }])[0]!];
  return { run, walk, net, read };
}

for (const [name, settings] of Object.entries(NETS))
  test(`${name}: every unit and wire is read, and the course's formulae hold of its numbers`, async () => {
    for (const task of name === '2-3-2' || name === 'layers'
      ? (Object.keys(TASKS) as (keyof typeof TASKS)[])
      : ['passes' as const]) {
      const own =
        name === '2-3-2'
          ? { ...settings, wires_2: String(2 ** (3 * { passes: 2, marks: 2, pass: 1, grade: 3 }[task]) - 1) }
          : settings;
      const { run, walk, net, read } = await walkOf(task, own);
      const wires = net.units.flatMap((unit) => unit.wires);
      assert.equal(net.weights, run.parameters);
      assert.deepEqual(
        wires.map(({ at }) => at).sort((a, b) => a - b),
        Array.from({ length: net.weights }, (_, i) => i),
      );
      const { backward } = walk.derivatives();
      const number = ({ node, cell }: { node: number; cell: number }, what: 'value' | 'grad' = 'value') =>
        read(node, what)[cell]!;
      const near = (a: number, b: number, of: string) => assert.ok(Math.abs(a - b) < 2e-6, `${of}: ${a}, ${b}`);
      const unitOf = (n: number) => net.units[n - 1] as Unit;
      const delta = (unit: Unit) => number(unit.a, 'grad');
      for (const unit of net.units) {
        const brings = unit.wires.map(({ from }) =>
          'bias' in from ? 1 : number('input' in from ? net.inputs[from.input]! : unitOf(from.unit).z),
        );
        near(
          number(unit.a),
          unit.wires.reduce((sum, wire, i) => sum + number(wire.weight) * brings[i]!, 0),
          `a_${unit.number}`,
        );
        unit.wires.forEach((wire, i) => {
          near(number(wire.weight, 'grad'), delta(unit) * brings[i]!, `derivative of wire ${wire.at}`);
          near(backward[wire.at]!, number(wire.weight, 'grad'), `place of wire ${wire.at}`);
        });
        if (unit.answer !== null)
          near(delta(unit), number(unit.z) - number(net.targets[unit.answer]!), `δ_${unit.number}`);
        else {
          const z = number(unit.z);
          const home = wiresFrom(net, unit.number).reduce(
            (sum, wire) => sum + number(wire.weight) * delta(unitOf(wire.to)),
            0,
          );
          near(delta(unit), (1 - z * z) * home, `δ_${unit.number}`);
        }
      }
    }
  });

test('the moments follow one another through the whole walk, and what is known grows by them', async () => {
  for (const settings of Object.values(NETS)) {
    const { net, walk } = await walkOf('passes', settings);
    const moments = momentsOf(net);
    assert.equal(new Set(moments.map(({ id }) => id)).size, moments.length);
    assert.equal(moments[0]?.from, 1);
    for (const [i, { to }] of moments.entries())
      assert.equal(moments[i + 1]?.from ?? 2 * walk.schema.forward + 1, to + 1);
    const end = knownAt(net, moments, moments.length);
    for (const some of [end.sums, end.values, end.deltas, end.derivatives]) assert.equal(some.size, net.units.length);
    const turn = moments.findIndex(({ kind }) => kind === 'deltas');
    assert.equal(knownAt(net, moments, turn).deltas.size, 0);
    assert.ok(moments.slice(turn + 1).every(({ kind }) => kind === 'delta' || kind === 'derivative'));
    // δ_j needs the δ of all that it feeds
    for (const [i, { kind, units }] of moments.entries())
      if (kind === 'delta')
        for (const wire of units.flatMap((number) => wiresFrom(net, number)))
          assert.ok(knownAt(net, moments, i).deltas.has(wire.to), `${wire.to} before ${units}`);
  }
});

const apart = (net: Pick<Net, 'inputs' | 'units' | 'layers'>, box: { width: number; height: number }) => {
  const { inputs, units, ones } = placesOf(net, box);
  const all = [...inputs, ...units, ...ones.flatMap((one) => (one ? [one] : []))];
  for (const [i, a] of all.entries()) {
    assert.ok(a.x - a.r >= 0 && a.x + a.r <= box.width && a.y - a.r >= 0 && a.y + a.r <= box.height);
    for (const b of all.slice(i + 1))
      assert.ok(Math.hypot(a.x - b.x, a.y - b.y) > a.r + b.r, 'two stand on one another');
  }
};
test('no unit stands on another, in any box', async () => {
  for (const settings of Object.values(NETS)) {
    const { net } = await walkOf('passes', settings);
    for (const box of [
      { width: 620, height: 320 },
      { width: 360, height: 320 },
      { width: 1200, height: 520 },
    ])
      apart(net, box);
    const places = placesOf(net, { width: 620, height: 320 });
    for (const wire of net.units.flatMap(({ wires }) => wires)) assert.ok(lineOf(places, net, wire)?.d.startsWith('M'));
  }
});

test('a drawing makes the settings that make it, as far as it may grow', async () => {
  const drawings = [
    ...Object.values(topology.TEMPLATES).map((make) => make(2, 2)),
    topology.layered(2, [4, 4, 4], 3),
    topology.answered(topology.layered(2, [3], 2), 3),
  ];
  let grown: topology.Edited = topology.layered(2, [4, 4, 4], 3);
  for (let to = 2; to < 17; to++)
    for (let from = 0; from < to; from++) {
      const next: topology.Edited = typeof grown === 'string' ? grown : topology.wire(grown, from, to);
      if (typeof next !== 'string') grown = next; // within a layer it is refused
    }
  assert.ok(typeof grown !== 'string');
  for (const drawn of [...drawings, grown]) {
    const settings = topology.settingsOf(drawn);
    for (const [key, bits] of Object.entries(settings))
      if (key.startsWith('wires')) assert.ok(Number(bits) < 2 ** 52, key);
    const { net } = await walkOf(drawn.answers === 3 ? 'grade' : 'passes', settings);
    assert.deepEqual(topology.drawnOf(net), drawn);
  }
});

test('what is no net is refused by name, and nothing changes', () => {
  const net = topology.layered(2, [3], 2);
  assert.equal(topology.wire(net, 5, 2), 'backwards');
  assert.equal(topology.wire(net, 2, 3), 'backwards');
  assert.equal(topology.wire(net, 0, 1), 'backwards');
  const once = topology.cut(net, 0, 2);
  assert.ok(typeof once !== 'string' && once.units[0]?.sees.length === 1);
  assert.equal(topology.cut(once, 1, 2), 'last');
  assert.equal(topology.add(topology.layered(2, [4], 2), 1, false), 'room');
  assert.equal(topology.add(topology.layered(2, [1, 1, 1], 2), 1, true), 'deep');
  assert.equal(topology.add(net, 2, false), 'answer');
  assert.equal(topology.remove(net, 5), 'answer');
  assert.equal(topology.remove(topology.layered(2, [1], 2), 2), 'needed');
  const more = topology.add(net, 1, true);
  assert.ok(typeof more !== 'string');
  assert.deepEqual(
    more.units.map(({ layer }) => layer),
    [1, 2, 2, 2, 3, 3],
  );
  assert.deepEqual(more.units.at(-1)?.sees, [2, 3, 4, 5]);
  assert.deepEqual(more.units[1]?.sees, [0, 1]);
  const less = topology.remove(more, 2);
  assert.deepEqual(less, net);
});
