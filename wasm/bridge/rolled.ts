// What a net that predicts numbers makes of a ball, over the exports of core.wasm.

import type { CoreModule } from './module.ts';
import type { RollErrors, Rolled, RollSpeed } from './protocol.ts';

export function readRolled(module: CoreModule, run: number, text: string, given: number): Omit<Rolled, 'step'> {
  module.check('trainer_rolled', run, ...module.input(text), given);
  const [frames, hidden] = [module.number(0), module.number(1)];
  const { buffer } = module.bytes();
  const places = (i: number) => new Float32Array(buffer.slice(8 * frames * i, 8 * frames * (i + 1)));
  const states = new Float32Array(buffer.slice(32 * frames));
  return { frames, given, hidden, seen: places(0), guess: places(1), own: places(2), speed: places(3), states };
}

export function readRollErrors(
  module: CoreModule,
  run: number,
  throws: number,
  given: number,
  steps: number,
): Omit<RollErrors, 'step'> {
  module.check('trainer_roll_errors', run, throws, given, steps);
  const frames = module.number(0);
  const all = new Float64Array(module.bytes().buffer);
  const way = (i: number) => {
    const from = i * (1 + steps + frames);
    return {
      next: all[from] as number,
      ahead: [...all.subarray(from + 1, from + 1 + steps)],
      seen: [...all.subarray(from + 1 + steps, from + 1 + steps + frames)],
    };
  };
  return { net: way(0), velocity: way(1), place: way(2) };
}

export function readRollSpeed(module: CoreModule, run: number, throws: number): Omit<RollSpeed, 'step'> {
  module.check('trainer_roll_speed', run, throws);
  const [hidden, tested, error, byPlaces, spread, fitted, ridge] = Array.from({ length: 7 }, (_, i) =>
    module.number(i),
  ) as [number, number, number, number, number, number, number];
  const weights = new Float64Array(module.bytes().buffer);
  return { hidden, tested, error, byPlaces, spread, fitted, ridge, weights };
}

export function readRollFan(
  module: CoreModule,
  run: number,
  x: number,
  y: number,
  count: number,
): Float32Array<ArrayBuffer> {
  module.check('trainer_roll_fan', run, x, y, count);
  return new Float32Array(module.bytes().buffer);
}
