/* The page fetches the texts of tasks when they are wanted (wasm/bridge/opening.ts). Empty ones in their
 * place keep them out of the module: the linker then takes none from the core's archive. */
#include "texts.h"

#define LEFT_OUT(symbol, name) const ur_bytes ur__##symbol##_corpus = {NULL, 0};
UR__TEXT_LIST(LEFT_OUT)
