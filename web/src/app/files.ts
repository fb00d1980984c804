// Files that come to the page as a whole: a session, or the text or weights that a link lacks. Nothing of what is on
// screen is touched before all of it was looked at and a core in a worker of its own has opened it.
import { headOf } from '../../../wasm/bridge/head';
import type { Bridge, CoreError, CoreInfo } from '../../../wasm/bridge/protocol';
import { EXHIBITS } from '../exhibits';
import { t } from '../i18n';
import type { Keep } from '../keep/keep';
import { MOST_SESSION, type SessionFile, unpackSession } from '../keep/session';
import { clean, decoded } from '../session/corpus';
import { runEntry, textEntry, weightsEntry } from '../session/keeping';
import { offered } from '../session/offered';
import { fileId, misfit, needsOf, type Own, originOf, requestOf, textKey, weightsKey } from '../session/own';
import { MOST_BYTES } from '../session/weights';
import { parseAddress } from '../state/address';
import { digestOf } from '../state/digest';

export interface Around {
  keep: Keep;
  core: CoreInfo;
  spawn: () => Bridge;
}
/** The address to go to, or why not, in a sentence. */
export type Came = { address: string } | { refused: string };

/** lacking: what the link on the way to the screen needs and nobody has. */
export async function openAny(file: File, lacking: readonly string[], around: Around): Promise<Came | 'kept'> {
  const { name } = file;
  if (file.size > MOST_SESSION) return { refused: t('session.large', { most: MOST_SESSION / 2 ** 20 }) };
  const buffer = await file.arrayBuffer().catch(() => null);
  if (!buffer) return { refused: t('file.unread', { name }) };
  const session = unpackSession(new Uint8Array(buffer));
  if (typeof session !== 'string') return openSession(session, name, around);
  if (session !== 'other') return { refused: t(`session.${session}`, { name }) };
  const { keep } = around;
  if (lacking.includes(weightsKey(fileId(buffer)))) {
    await keep.put(weightsEntry(name, buffer), buffer);
    return 'kept';
  }
  if (lacking.length === 0) return { refused: t('session.other', { name }) };
  const text = decoded(new Uint8Array(buffer)) ?? '';
  for (const one of [text, clean(text), clean(text).trim()]) {
    if (!lacking.includes(textKey(digestOf(one)))) continue;
    await keep.put(textEntry(one), one);
    return 'kept';
  }
  return { refused: t('absent.other', { name }) };
}

async function openSession(session: SessionFile, name: string, { keep, core, spawn }: Around): Promise<Came> {
  const own: Own = {
    texts: new Map(session.texts.map((text) => [digestOf(text), text])),
    files: new Map(session.weights.map((one) => [fileId(one.bytes), one])),
  };
  const { exhibit: slug, state, bad, damaged } = parseAddress(session.address);
  const known = EXHIBITS.get(slug);
  const keys = new Set([...own.texts.keys()].map(textKey).concat([...own.files.keys()].map(weightsKey)));
  const whole = !damaged && bad.length === 0 && needsOf(state).every((key) => keys.has(key));
  if (!known || !whole) return { refused: t('session.changed', { name }) };
  const mounted = await known.load();
  const { exhibit } = mounted;
  for (const { bytes } of session.weights) {
    if (bytes.byteLength > MOST_BYTES) return { refused: t('file.large', { most: MOST_BYTES / 2 ** 20 }) };
    if (misfit(exhibit, headOf(new Uint8Array(bytes))) !== null) return { refused: t('session.elsewhere', { name }) };
  }
  const told = offered(state, mounted, { ...core, weights: [...core.weights, ...own.files.keys()] });
  if (told.bad.length > 0) return { refused: t('session.fields', { name, fields: told.bad.join(', ') }) };
  const origin = originOf(exhibit, state, own);
  const probe = spawn();
  try {
    const request = requestOf(exhibit, origin, own.files);
    await probe.call('open', session.run ? { ...request, kept: session.run } : request);
  } catch (error) {
    return { refused: t('session.refused', { name, message: (error as CoreError).message }) };
  } finally {
    probe.close();
  }
  for (const text of session.texts) await keep.put(textEntry(text), text);
  for (const one of session.weights) await keep.put(weightsEntry(one.name, one.bytes), one.bytes);
  if (session.run) await keep.put(runEntry(exhibit, origin, state, session.run), session.run);
  return { address: session.address };
}
