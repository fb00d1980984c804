// What a link may set of a run: only what the exhibit itself offers, within the core's limits. The rest is named.
import type { CoreInfo, SettingInfo } from '../../../wasm/bridge/protocol';
import type { ViewState } from '../state/fields';
import type { Exhibit } from './declared';

/** Written for a setting that has these limits. */
function fits({ type, min, max, choices }: SettingInfo, text: string): boolean {
  if (type === 'choice') return choices.includes(text);
  const value = Number(text);
  return value >= min && value <= max && (type === 'real' || Number.isInteger(value));
}

/** The exhibit and its own views, by their ids. */
interface What {
  exhibit: Exhibit;
  views: { panels?: { id: string }[] };
}

export function offered(
  state: ViewState,
  { exhibit, views }: What,
  core: CoreInfo,
): { state: ViewState; bad: string[] } {
  const bad: string[] = [];
  const { dock, panel, tasks = {}, offers = [], variants = [] } = exhibit;
  const model = [exhibit, ...variants].find((one) => one.model === (state.model ?? exhibit.model));
  const keys = new Set([...dock, ...panel.model, ...panel.training, ...offers]);
  const models = core.models.filter(({ name }) => name === (model ?? exhibit).model);
  const rows = [...models, ...core.tasks].flatMap((one) => one.settings).concat(core.training);
  const allowed = (key: string, value: string, live: boolean) =>
    keys.has(key) && rows.some((row) => row.key === key && (!live || row.live) && fits(row, value));
  const settings = Object.entries(state.settings).filter(([key, value]) => {
    if (key === 'task' ? Object.hasOwn(tasks, value) : allowed(key, value, false)) return true;
    bad.push(`${key}:${value}`);
    return false;
  });
  const log = state.log.filter(({ key, value }) => {
    if (allowed(key, value, true)) return true;
    bad.push(`${key}:${value}`);
    return false;
  });
  const next = { ...state, settings: Object.fromEntries(settings), log };
  const drop = (what: string, wrong: boolean, change: Partial<ViewState>) => {
    if (!wrong) return;
    bad.push(what);
    Object.assign(next, change);
  };
  const { weights } = state;
  drop(`weights:${weights}`, weights !== null && weights !== 'none' && !core.weights.includes(weights), {
    weights: null,
    step: 0, // of other weights
    log: [],
  });
  drop(`model:${state.model}`, model === undefined, { model: null });
  const known = state.panel === null || views.panels?.some(({ id }) => id === state.panel);
  drop(`panel:${state.panel}`, !known, { panel: null });
  drop('tour', state.tour > exhibit.tour.length, { tour: 1 });
  drop('question', state.question > exhibit.questions.length, { question: 0 });
  return { state: next, bad: bad.map((words) => words.slice(0, 40)) };
}
