// A net of one's own: an empty place is pressed for a unit, a wire is pulled from unit to unit, and pressed to cut it; the
// same by two lists and buttons.
import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { control } from '../../components/control';
import { type Box, useBox } from '../../draw/box';
import { M, MathLabel } from '../../draw/Math';
import { mathText } from '../../draw/math';
import type { Net } from '../../figures/units/anatomy';
import { lineOf, placesOf, type Spot } from '../../figures/units/places';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { Clocks } from './Clocks';
import type { Lesson } from './lesson';
import {
  add,
  cut,
  type Drawn,
  drawnOf,
  type Edited,
  isAnswer,
  remove,
  TEMPLATES,
  type Template,
  wire,
} from './topology';
import { Check, Points } from './Walk';

const NEAR = 12; // of a wire, in units of rem/16

export function Draw({ store, lesson }: { store: Store; lesson: Lesson }) {
  const said = useSignal('');
  const net = lesson.seen.value?.net;
  const drawn = net && drawnOf(net);
  const edit = (next: Edited) => {
    said.value = typeof next === 'string' ? t(`backprop.refused.${next}`) : '';
    if (typeof next !== 'string') void lesson.draw(next);
  };
  return (
    <>
      <section class="bp-net" aria-label={t('backprop.draw.label')} {...control(store.session, 'lab.draw')}>
        {net && drawn && <Board net={net} drawn={drawn} onEdit={edit} />}
        <p class="bp-said small" role="status">
          {said.value || t('backprop.draw.how')}
        </p>
      </section>
      <section class="bp-side" aria-label={t('backprop.draw.side')}>
        <Check store={store} lesson={lesson} />
        {drawn && <Lists store={store} drawn={drawn} onEdit={edit} />}
      </section>
      <Clocks store={store} lesson={lesson} />
      <Points store={store} lesson={lesson} />
    </>
  );
}

interface BoardProps {
  net: Net;
  drawn: Drawn;
  onEdit: (next: Edited) => void;
}

function Board(props: BoardProps) {
  const area = useRef<HTMLDivElement>(null);
  const box = useBox(area);
  return (
    <div class="bp-figure" ref={area}>
      {box && <Sheet {...props} box={box} />}
    </div>
  );
}

/** Drawn in the order of `drawn`: its units are those of the net, layer by layer. */
function Sheet({ net, drawn, onEdit, box }: BoardProps & { box: Box }) {
  const pulled = useSignal<{ from: number; x: number; y: number } | null>(null);
  const svg = useRef<SVGSVGElement>(null);
  const plain = plainNet(drawn, net);
  const places = placesOf(plain, box);
  const spots: Spot[] = [...places.inputs, ...places.units];
  const point = (event: PointerEvent) => {
    const edge = svg.current?.getBoundingClientRect();
    return edge
      ? { x: (event.clientX - edge.left) / box.unit, y: (event.clientY - edge.top) / box.unit }
      : { x: 0, y: 0 };
  };
  const hit = ({ x, y }: { x: number; y: number }) => spots.findIndex((s) => Math.hypot(s.x - x, s.y - y) < s.r + 6);
  const lines = plain.units.flatMap(({ wires }) =>
    wires.flatMap((one) => {
      const line = 'bias' in one.from ? null : lineOf(places, plain, one);
      const from = 'input' in one.from ? one.from.input : 'unit' in one.from ? drawn.inputs + one.from.unit - 1 : -1;
      return line ? [{ line, from, to: drawn.inputs + one.to - 1 }] : [];
    }),
  );
  const nearWire = ({ x, y }: { x: number; y: number }) =>
    lines.find(({ line }) =>
      Array.from({ length: 41 }, (_, i) => line.at(i / 40)).some((at) => Math.hypot(at.x - x, at.y - y) < NEAR / 2 + 3),
    );
  const onUp = (event: PointerEvent) => {
    const at = point(event);
    const pull = pulled.peek();
    pulled.value = null;
    const to = hit(at);
    if (pull) {
      if (to >= 0 && to !== pull.from) onEdit(wire(drawn, pull.from, to));
      return;
    }
    if (to >= 0) return;
    const near = nearWire(at);
    if (near) {
      onEdit(cut(drawn, near.from, near.to));
      return;
    }
    // a column's place: a unit in it; between two columns: a layer of its own
    const step = (places.columns[1] ?? 0) - (places.columns[0] ?? 0);
    const place = (at.x - (places.columns[0] ?? 0)) / step;
    const nearest = Math.round(place);
    const inColumn = Math.abs(place - nearest) < 0.28;
    const layer = inColumn ? nearest : Math.ceil(place);
    if (layer >= 1) onEdit(add(drawn, Math.min(layer, plain.layers), !inColumn));
  };
  return (
    <svg
      ref={svg}
      class="bp-board"
      viewBox={`0 0 ${box.width} ${box.height}`}
      role="img"
      aria-label={t('backprop.board')}
      onPointerDown={(event) => {
        const at = point(event);
        const from = hit(at);
        if (from < 0) return;
        event.preventDefault(); // no text is marked
        event.currentTarget.setPointerCapture(event.pointerId);
        pulled.value = { from, ...at };
      }}
      onPointerMove={(event) => {
        if (pulled.peek()) pulled.value = { from: pulled.peek()?.from ?? 0, ...point(event) };
      }}
      onPointerUp={onUp}
      onPointerCancel={() => {
        pulled.value = null;
      }}
    >
      {lines.map(({ line, from, to }) => (
        <path key={`${from} ${to}`} class="bp-wire drawn" d={line.d} />
      ))}
      {pulled.value && (
        <path
          class="bp-wire pulled"
          d={`M${spots[pulled.value.from]?.x} ${spots[pulled.value.from]?.y}L${pulled.value.x} ${pulled.value.y}`}
        />
      )}
      {spots.map(({ x, y, r }, id) => (
        <g key={id}>
          <circle class={isAnswer(drawn, id) ? 'bp-ring answer' : 'bp-ring'} cx={x} cy={y} r={r} />
          <MathLabel x={x} y={y + 6} tex={nameOf(drawn, id)} />
        </g>
      ))}
    </svg>
  );
}

const nameOf = ({ inputs }: Drawn, id: number) => (id < inputs ? `x_{${id + 1}}` : `${id - inputs + 1}`);
const inWords = (drawn: Drawn, id: number) =>
  id < drawn.inputs ? mathText(nameOf(drawn, id)) : t('backprop.unit.of', { unit: id - drawn.inputs + 1 });

/** The same net numbered as it is drawn. */
function plainNet(drawn: Drawn, net: Net): Pick<Net, 'inputs' | 'units' | 'layers'> {
  return {
    inputs: net.inputs,
    layers: net.layers,
    units: drawn.units.map(({ layer, sees }, i) => ({
      ...{ number: i + 1, layer, answer: isAnswer(drawn, drawn.inputs + i) ? 0 : null },
      ...{ a: { node: 0, cell: 0 }, z: { node: 0, cell: 0 } },
      wires: sees.map((id) => ({
        from: id < drawn.inputs ? { input: id } : { unit: id - drawn.inputs + 1 },
        ...{ to: i + 1, weight: { node: 0, cell: 0 }, at: 0, back: null },
      })),
    })),
  };
}

/** The same without a hand on the board: templates, and two lists. */
function Lists({ store, drawn, onEdit }: { store: Store; drawn: Drawn; onEdit: (next: Edited) => void }) {
  const from = useSignal(0);
  const to = useSignal(drawn.inputs);
  const ids = Array.from({ length: drawn.inputs + drawn.units.length }, (_, id) => id);
  const end = Math.max(drawn.inputs, Math.min(to.value, ids.length - 1));
  const start = Math.min(from.value, ids.length - 1);
  const isThere = drawn.units[end - drawn.inputs]?.sees.includes(start) ?? false;
  const layers = Math.max(...drawn.units.map(({ layer }) => layer));
  const choose = (label: string, value: number, some: number[], set: (id: number) => void) => (
    <label class="bp-choose">
      <span>{label}</span>
      <select class="field low" value={String(value)} onChange={(event) => set(Number(event.currentTarget.value))}>
        {some.map((id) => (
          <option key={id} value={String(id)}>
            {inWords(drawn, id)}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <div class="bp-lists">
      <fieldset class="seg" aria-label={t('backprop.templates')} {...control(store.session, 'lab.templates')}>
        {(Object.keys(TEMPLATES) as Template[]).map((one) => (
          <button type="button" key={one} onClick={() => onEdit(TEMPLATES[one](drawn.inputs, drawn.answers))}>
            {t(`backprop.template.${one}`)}
          </button>
        ))}
      </fieldset>
      <div class="bp-wiring" {...control(store.session, 'lab.wiring')}>
        {choose(t('backprop.wire.from'), start, ids, (id) => {
          from.value = id;
        })}
        {choose(t('backprop.wire.to'), end, ids.slice(drawn.inputs), (id) => {
          to.value = id;
        })}
        <button
          type="button"
          class="btn low"
          onClick={() => onEdit(isThere ? cut(drawn, start, end) : wire(drawn, start, end))}
        >
          {t(isThere ? 'backprop.wire.cut' : 'backprop.wire.add')}
        </button>
      </div>
      <div class="bp-wiring">
        <button type="button" class="btn low" onClick={() => onEdit(add(drawn, Math.max(1, layers - 1), layers === 1))}>
          {t('backprop.unit.add')}
        </button>
        <button type="button" class="btn low" onClick={() => onEdit(add(drawn, layers, true))}>
          {t('backprop.layer.add')}
        </button>
        <button type="button" class="btn low" onClick={() => onEdit(remove(drawn, end))}>
          {t('backprop.unit.remove', { unit: end - drawn.inputs + 1 })}
        </button>
      </div>
      <table>
        <caption>{t('backprop.wires')}</caption>
        <tbody>
          {drawn.units.map(({ sees }, i) => (
            <tr key={i}>
              <th scope="row">{t('backprop.unit.of', { unit: i + 1 })}</th>
              <td>
                {sees.map((id, k) => (
                  <span key={id}>
                    {k > 0 && ', '}
                    <M tex={nameOf(drawn, id)} />
                  </span>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
