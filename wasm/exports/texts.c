/* The page fetches the prose when it is wanted (wasm/bridge/opening.ts). An empty one in its place keeps the
 * text out of the module: the linker then takes none from the core's archive. */
#include "unroll/status.h"

extern const ur_bytes ur__prose_corpus;
const ur_bytes ur__prose_corpus = {NULL, 0};
