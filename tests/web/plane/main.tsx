// Points that can be moved, by themselves: #N says how many at first, and what they ask for is written down.
import { render } from 'preact';
import { useState } from 'preact/hooks';
import { Handles, type Place } from '../../../web/src/figures/plane/Handles';
import '../../../web/src/figures/plane/plane.css';
import { planeOf } from '../../../web/src/figures/plane/plane';

const MARGINS = { left: 50, right: 50, top: 50, bottom: 50 };
const plane = planeOf({ width: 500, height: 300 }, { from: 0, to: 1 }, { from: -1, to: 1 }, MARGINS);
const count = Number(location.hash.slice(1));
const first = Array.from({ length: count }, (_, i) => ({ x: (i + 1) / (count + 1), y: 0 }));

function Points() {
  const [places, setPlaces] = useState<Place[]>(first);
  const [picked, setPicked] = useState<number | null>(null);
  const [locked, setLocked] = useState(false);
  const [asked, setAsked] = useState<unknown[][]>([]);
  const say = (...what: unknown[]) => setAsked((old) => [...old, what]);
  return (
    <>
      <div class="plane" style={{ width: '500px', height: '300px' }}>
        <Handles
          {...{ plane, unit: 1, places, picked, locked }}
          label="Points"
          name={(i) => `Point ${i + 1}`}
          pick={setPicked}
          move={(i, to, done) => {
            setPlaces((old) => old.map((one, k) => (k === i ? to : one)));
            if (done) say('move', i, Number(to.x.toFixed(6)), Number(to.y.toFixed(6)));
          }}
          add={(at) => {
            setPlaces((old) => [...old, at]);
            say('add', at.x, at.y);
          }}
          remove={(i) => {
            setPlaces((old) => (old.length > 1 ? old.filter((_, k) => k !== i) : old));
            say('remove', i);
          }}
        />
      </div>
      <button type="button" onClick={() => setLocked(!locked)}>
        Lock
      </button>
      <output>{JSON.stringify(asked)}</output>
    </>
  );
}
document.body.style.margin = '0';
render(<Points />, document.body);
