import type { Selection } from '../session/types.ts';
import { rowAt } from './rows.ts';
import type { Scene } from './scene.ts';

/** The cell under a point of the scene. */
export function hitScene(scene: Scene, x: number, y: number): Selection | null {
  for (const v of scene.vectors.toReversed()) {
    const [along, beside] = v.across ? [x, y] : [y, x];
    if (beside < v.x - 2 || beside > v.x + v.w + 2) continue;
    const cell = rowAt(v.rows, along);
    if (cell >= 0) return { node: v.node, cell: v.from + cell };
  }
  for (const m of scene.matrices) {
    if (x < m.x || x >= m.x + m.size || y < m.y || y >= m.y + m.size) continue;
    const row = Math.floor(((y - m.y) / m.size) * m.rows);
    const column = Math.floor(((x - m.x) / m.size) * m.columns);
    return { node: m.node, cell: m.what === 'grad' || m.what === 'value' ? row * m.columns + column : row };
  }
  return null;
}
