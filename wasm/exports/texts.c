/* The page fetches the texts of tasks when they are wanted (wasm/bridge/opening.ts), all but the names. Empty
 * ones in their place keep them out of the module: the linker then takes none from the core's archive. */
#include "texts.h"

const ur_bytes ur__prose_corpus = {NULL, 0}, ur__dates_corpus = {NULL, 0}, ur__numbers_en_corpus = {NULL, 0},
               ur__numbers_fr_corpus = {NULL, 0}, ur__numbers_sw_corpus = {NULL, 0},
               ur__phrases_sw_corpus = {NULL, 0}, ur__phrases_fr_corpus = {NULL, 0},
               ur__phrases_de_corpus = {NULL, 0}, ur__phrases_es_corpus = {NULL, 0},
               ur__tunes_corpus = {NULL, 0};
