// Every strain of models/corpora/tunes.txt as Debian's abc2midi reads it: no bar that it warns of (it does so with exit
// status 0), and the notes of the core, one by one: pitch, start and length.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './process.ts';

const AT_ONCE = 64; // strains that the core reads at once
const CLOSE = 0.01; // of an eighth: abc2midi begins each note a tick late
type Note = { pitch: number; start: number; end: number }; // in eighths

/** The notes of a file of type 0 or 1 with one voice, in the order in which they begin. */
function notesOf(midi: Buffer): Note[] {
  const eighth = midi.readUInt16BE(12) / 2;
  const notes: Note[] = [];
  for (let track = 14; track < midi.length; track += 8 + midi.readUInt32BE(track + 4)) {
    const sounding = new Map<number, number>();
    let [at, now, status] = [track + 8, 0, 0];
    const number = () => {
      let n = 0;
      for (let byte = 0x80; byte & 0x80; n = (n << 7) | (byte & 0x7f)) byte = midi[at++]!;
      return n;
    };
    for (const end = at + midi.readUInt32BE(track + 4); at < end; ) {
      now += number();
      if (midi[at]! & 0x80) status = midi[at++]!;
      if (status === 0xff) at++;
      if (status >= 0xf0) {
        at = number() + at;
        continue;
      }
      const [pitch, loud] = [midi[at]!, midi[at + 1]!];
      at += (status & 0xe0) === 0xc0 ? 1 : 2;
      const begins = sounding.get(pitch);
      if ((status & 0xe0) === 0x80 && begins !== undefined) {
        notes.push({ pitch, start: begins / eighth, end: now / eighth });
        sounding.delete(pitch);
      }
      if ((status & 0xf0) === 0x90 && loud > 0) sounding.set(pitch, now);
    }
  }
  return notes.sort((a, b) => a.start - b.start);
}

/** What the core reads, strain by strain, without its rests. */
function readByCore(strains: string[]): Note[][] {
  const program = join(root, 'build/release/unroll');
  const text = execFileSync(program, ['study', 'bars', '--set', `tunes=${strains.join('\n')}`, '--json'], {
    encoding: 'utf8',
  });
  const lines = text.trim().split('\n');
  const study = lines.map((line) => JSON.parse(line) as { array?: string; values?: (number | null)[] });
  const array = (name: string) => study.find((one) => one.array === name)?.values ?? [];
  const [of, pitch, start, length] = ['note_tune', 'pitch', 'start', 'length'].map(array);
  return strains.map((_, strain) =>
    pitch!.flatMap((one, i) =>
      one === null || of![i] !== strain ? [] : [{ pitch: one, start: start![i]!, end: start![i]! + length![i]! }],
    ),
  );
}

const alike = (a: Note[], b: Note[]): boolean =>
  a.length === b.length &&
  a.every(({ pitch, start, end }, i) => {
    const other = b[i]!;
    return pitch === other.pitch && Math.abs(start - other.start) < CLOSE && Math.abs(end - other.end) < CLOSE;
  });

const folder = mkdtempSync(join(tmpdir(), 'unroll-tunes-'));
let failed = 0;
const fail = (strain: string, what: string) => {
  failed++;
  console.log(`FAILED  ${strain}\n        ${what}`);
};
const text = readFileSync(join(root, 'models/corpora/tunes.txt'), 'utf8');
const strains = text.split('\n').filter((line) => line.startsWith('M:'));
for (let first = 0; first < strains.length; first += AT_ONCE) {
  const some = strains.slice(first, first + AT_ONCE);
  const core = readByCore(some);
  for (const [i, strain] of some.entries()) {
    const [metre, key, body] = strain.split(' ');
    const [abc, midi] = [join(folder, 'tune.abc'), join(folder, 'tune.mid')];
    writeFileSync(abc, `X:1\nT:a strain\n${metre}\nL:1/8\n${key}\n${body}\n`);
    const said = execFileSync('abc2midi', [abc, '-o', midi], { encoding: 'utf8' });
    if (/warning|error/i.test(said)) fail(strain, said.trim());
    const heard = notesOf(readFileSync(midi));
    const wanted = core[i]!;
    if (!alike(heard, wanted))
      fail(strain, `abc2midi: ${JSON.stringify(heard)}\n        core: ${JSON.stringify(wanted)}`);
  }
}
rmSync(folder, { recursive: true });
console.log(`${strains.length} strains: ${failed} that abc2midi reads otherwise`);
process.exit(failed ? 1 : 0);
