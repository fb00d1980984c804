// How long one waits between two looks at a run that trains, so that looking leaves most of the time to training.

const REST = 5; // times as long as a look took, with what it waited for the update under way
const STEP = 100; // ms, after which it is seen that training has stopped, or that something else is asked for

/** Until a look that took so long may be followed by another, or as soon as that is wanted at once. */
export async function rest(took: number, wanted: () => boolean, least = 0): Promise<void> {
  const began = performance.now();
  for (;;) {
    const past = performance.now() - began;
    const left = (wanted() ? 0 : REST * took) - past;
    const wait = Math.max(left, least - past);
    if (wait <= 0) return;
    await new Promise((resolve) => setTimeout(resolve, Math.min(wait, STEP)));
  }
}
