// What an exhibit's folder declares. Its words stand beside it, in <language>.md.
import type { ExhibitText } from '../../build/markdown';
import type { View } from '../session/types';

/** Where the walk stands: after a node's operation, forwards or back; after a parameter's update; or an end. */
export type Place = { after: string } | { back: string } | { update: string } | 'start' | 'turn' | 'clip' | 'end';

/** What a tour step or a question shows. Paths are those of the exhibit's own text. */
export interface Show {
  at: Place;
  select?: { node: string; cell: number };
  /** Cells of the present operation that are done; the rest is to come. */
  part?: number;
  view?: View;
  folded?: boolean;
}
export interface Question {
  id: string;
  at: Place;
  node: string;
  cell: number;
  what: 'value' | 'grad';
  tolerance: number;
}
export interface Exhibit {
  slug: string;
  model: string;
  task: string;
  weights: string; // shipped, shown first
  settings: Record<string, string>; // of an untrained run
  resume: Record<string, string>; // live settings with which the shipped weights are trained further
  text: string; // read first
  dock: string[]; // settings in the dock
  panel: { model: string[]; training: string[] }; // in the sheet of settings
  tour: { id: string; show: Show }[];
  questions: Question[];
  claim: string;
}
export interface Mounted {
  exhibit: Exhibit;
  text: ExhibitText;
}
