// A file of ONNX from a list of operations: the few fields of its protocol buffer that a graph needs
// (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto). Strings, floats and whole numbers; nothing nested.

const utf8 = new TextEncoder();

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  do {
    const more = rest > 127n ? 128 : 0;
    bytes.push(Number(rest & 127n) | more);
    rest >>= 7n;
  } while (rest > 0n);
  return bytes;
}
type Bytes = Uint8Array;
function joined(parts: (Bytes | number[])[]): Bytes {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
const number = (field: number, value: number) => joined([varint(field * 8), varint(value)]);
const real = (field: number, value: number) =>
  joined([varint(field * 8 + 5), new Uint8Array(Float32Array.of(value).buffer)]);
const nested = (field: number, value: Bytes) => joined([varint(field * 8 + 2), varint(value.length), value]);
const text = (field: number, value: string) => nested(field, utf8.encode(value));

const FLOAT = 1;
const INT64 = 7;
export interface Values {
  shape: number[];
  data: Float32Array | BigInt64Array;
}
const tensor = (name: string, { shape, data }: Values) =>
  joined([
    ...shape.map((size) => number(1, size)),
    number(2, data instanceof Float32Array ? FLOAT : INT64),
    text(8, name),
    nested(9, new Uint8Array(data.buffer, data.byteOffset, data.byteLength)),
  ]);

/** A size, or the name of one that varies. */
export interface Port {
  name: string;
  type?: 'float' | 'int64';
  shape: (number | string)[];
}
function port({ name, type = 'float', shape }: Port): Bytes {
  const sizes = shape.map((size) => nested(1, typeof size === 'number' ? number(1, size) : text(2, size)));
  const kind = joined([number(1, type === 'float' ? FLOAT : INT64), nested(2, joined(sizes))]);
  return joined([text(1, name), nested(2, nested(1, kind))]);
}

type Attribute = number | number[];
function attribute(name: string, value: Attribute, isReal: boolean): Bytes {
  if (Array.isArray(value)) return joined([text(1, name), ...value.map((v) => number(8, v)), number(20, 7)]);
  return joined([text(1, name), isReal ? real(2, value) : number(3, value), number(20, isReal ? 1 : 2)]);
}
/** Attributes that are numbers with a fraction; all others are whole. */
const REAL = new Set(['epsilon', 'alpha', 'beta']);

export class Graph {
  #parts: Bytes[] = [];
  #made = 0;

  /** An operation; the name of what it makes. */
  add(type: string, inputs: string[], attributes: Record<string, Attribute> = {}, output = `t${this.#made++}`): string {
    const fields = Object.entries(attributes).map(([name, value]) => nested(5, attribute(name, value, REAL.has(name))));
    const names = [...inputs.map((name) => text(1, name)), text(2, output), text(3, output), text(4, type)];
    this.#parts.push(nested(1, joined([...names, ...fields])));
    return output;
  }
  /** Numbers that are part of the file; their name. */
  hold(shape: number[], data: Values['data']): string {
    const name = `w${this.#made++}`;
    this.#parts.push(nested(5, tensor(name, { shape, data })));
    return name;
  }
  ints(...values: number[]): string {
    return this.hold([values.length], BigInt64Array.from(values, BigInt));
  }
  file(inputs: Port[], output: Port): Bytes {
    const graph = [text(2, 'unroll'), ...inputs.map((input) => nested(11, port(input))), nested(12, port(output))];
    return joined([
      number(1, 8), // the version of the format
      nested(7, joined([...this.#parts, ...graph])),
      nested(8, joined([text(1, ''), number(2, 17)])), // and of the operations
    ]);
  }
}
