// From chapter 96 of Moby-Dick (Herman Melville, 1851, public domain). The shipped weights learned from chapters 1 to 16.
export const PAGE = `
It was about nine o'clock at night that the Pequod's try-works were first started on this present voyage. It
belonged to Stubb to oversee the business. "All ready there? Off hatch, then, and start her. You cook, fire the
works." This was an easy thing, for the carpenter had been thrusting his shavings into the furnace throughout
the passage. Here be it said that in a whaling voyage the first fire in the try-works has to be fed for a time
with wood. After that no wood is used, except as a means of quick ignition to the staple fuel. In a word, after
being tried out, the crisp, shrivelled blubber, now called scraps or fritters, still contains considerable of
its unctuous properties. These fritters feed the flames. Like a plethoric burning martyr, or a self-consuming
misanthrope, once ignited, the whale supplies his own fuel and burns by his own body. Would that he consumed his
own smoke! for his smoke is horrible to inhale, and inhale it you must, and not only that, but you must live in
it for the time.
`
  .trim()
  .replace(/\n/g, ' ');
