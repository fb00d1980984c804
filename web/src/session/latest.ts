/** One call at a time; of those asked for meanwhile only the last is made. */
export function latest<A>(run: (argument: A) => Promise<unknown>): (argument: A) => void {
  let busy = false;
  let waiting: { argument: A } | null = null;
  const go = async (argument: A): Promise<void> => {
    busy = true;
    try {
      await run(argument);
    } catch {
      // What is asked for again and again may fail when the run was changed meanwhile; the next call is right.
    } finally {
      busy = false;
      const next = waiting;
      waiting = null;
      if (next) void go(next.argument);
    }
  };
  return (argument) => {
    if (busy) waiting = { argument };
    else void go(argument);
  };
}
