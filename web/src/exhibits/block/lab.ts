// What the views of this exhibit are set to; it stands in the address.

export interface Lab {
  block: number; // from 1
  head: number;
  row: number;
  updates: number; // trained before the gradient is measured
}
export const UPDATES = [0, 20, 100] as const;

const whole = (value: string | undefined, least: number, most: number, otherwise: number) => {
  const number = Number(value);
  return Number.isInteger(number) && number >= least && number <= most ? number : otherwise;
};

export function labOf(set: Record<string, string>): Lab {
  return {
    block: whole(set.block, 1, 12, 1),
    head: whole(set.head, 1, 16, 1),
    row: whole(set.row, 1, 41, 4),
    updates: UPDATES.find((one) => String(one) === set.updates) ?? 0,
  };
}
