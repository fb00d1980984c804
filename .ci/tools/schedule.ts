// Jobs that need one another, on a few cores: whatever is ready and has room runs, in the order of the list.

export interface Job {
  name: string;
  needs?: string[];
  /** Of the cores that there are, how many it keeps busy. */
  cores?: number;
}

/** Runs every job once, after all that it needs; a need that is not in the list counts as done. */
export async function schedule<J extends Job>(
  jobs: J[],
  cores: number,
  work: (job: J) => Promise<void>,
): Promise<void> {
  const waiting = [...jobs];
  const open = new Set(jobs.map(({ name }) => name));
  const running = new Set<Promise<void>>();
  let free = cores;
  const takes = ({ cores: wanted = 1 }: J) => Math.min(wanted, cores);
  while (waiting.length > 0 || running.size > 0) {
    const next = waiting.findIndex((job) => takes(job) <= free && !job.needs?.some((name) => open.has(name)));
    if (next < 0) {
      if (running.size === 0) throw new Error(`these wait for one another: ${waiting.map(({ name }) => name)}`);
      await Promise.race(running);
      continue;
    }
    const job = waiting.splice(next, 1)[0] as J;
    free -= takes(job);
    const done = work(job).finally(() => {
      free += takes(job);
      open.delete(job.name);
      running.delete(done);
    });
    running.add(done);
  }
}
