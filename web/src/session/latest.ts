/** One call at a time; of those asked for meanwhile only the last is made. Of what fails and is not asked for again,
 *  `lost` is told: what is on screen of the call before must not stay as if it were of this one. */
export function latest<A>(run: (argument: A) => Promise<unknown>, lost?: () => void): (argument: A) => void {
  let busy = false;
  let waiting: { argument: A } | null = null;
  const go = async (argument: A): Promise<void> => {
    busy = true;
    try {
      await run(argument);
    } catch {
      // The run may have been changed meanwhile; then it is asked for again, and the next call is right.
      if (!waiting) lost?.();
    } finally {
      busy = false;
      const next = waiting as { argument: A } | null;
      waiting = null;
      if (next) void go(next.argument);
    }
  };
  return (argument) => {
    if (busy) waiting = { argument };
    else void go(argument);
  };
}
