// What is used of it; its own types would bring three packages.
declare module 'd3-contour' {
  interface Contours {
    size(size: [number, number]): this;
    /** Where the values are at least this: rings of places, a value in the middle of its cell of 1 × 1. */
    contour(values: ArrayLike<number>, value: number): { coordinates: [number, number][][][] };
  }
  export function contours(): Contours;
}
