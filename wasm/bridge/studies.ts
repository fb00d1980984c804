// Studies, in slices, one after another: each is told how far it is, of one that is watched with what is there, and can be
// stopped.

import { CoreFailure, type CoreLike, type StudyLike } from './corelike.ts';
import { Job, type Pace } from './pace.ts';
import type { Events, StudyRequest } from './protocol.ts';

const PROGRESS_MS = 100;
type Name = 'studying' | 'studied' | 'studyBroke';
type Tell = <K extends Name>(name: K, event: Events[K]) => void;

export class Studies {
  #core: CoreLike;
  #pace: Pace;
  #tell: Tell;
  #waiting: { id: number; study: StudyLike; watched: boolean }[] = [];
  #job: Job | null = null;

  constructor(core: CoreLike, pace: Pace, tell: Tell) {
    this.#core = core;
    this.#pace = pace;
    this.#tell = tell;
  }

  /** Throws where name, settings or inputs are refused. */
  start(id: number, request: StudyRequest, watched = false): void {
    this.#waiting.push({ id, study: this.#core.study(request), watched });
    if (this.#waiting.length === 1) this.#next();
  }
  stop(id: number): void {
    const at = this.#waiting.findIndex((one) => one.id === id);
    if (at >= 0) this.#drop(at);
  }

  #drop(at: number): void {
    this.#waiting.splice(at, 1)[0]?.study.free();
    if (at > 0) return;
    this.#job?.cancel();
    this.#job = null;
    this.#next();
  }
  #next(): void {
    const [now] = this.#waiting;
    if (!now) return;
    const { id, study, watched } = now;
    let fraction = 0;
    let toldAt = this.#pace.now();
    const unit = () => {
      try {
        const report = study.step();
        fraction = report.fraction;
        if (!report.done) return false;
        this.#tell('studied', { id, study: study.read() });
      } catch (error) {
        if (!(error instanceof CoreFailure)) throw error;
        this.#tell('studyBroke', { id, error: error.error });
      }
      this.#drop(0);
      return true;
    };
    this.#job = new Job(this.#pace, unit, () => {
      if (this.#pace.now() - toldAt < PROGRESS_MS) return;
      toldAt = this.#pace.now();
      this.#tell('studying', watched ? { id, fraction, study: study.read() } : { id, fraction });
    });
  }
}
