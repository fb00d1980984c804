/* tasks/texts.h: the texts that come with tasks, by name: models/corpora/NAME.txt. They are compiled in, but
 * where a host leaves them out (wasm/exports/texts.c) and brings those that are wanted. */
#ifndef UNROLL_TASKS_TEXTS_H
#define UNROLL_TASKS_TEXTS_H

#include "unroll/status.h"

/* A row: the symbol of the bytes that are compiled in (ur__<row>_corpus), and the name. */
#define UR__TEXT_LIST(X)                                                                                     \
  X(names, "names")                                                                                          \
  X(prose, "moby-dick")                                                                                      \
  X(dates, "dates")                                                                                          \
  X(numbers_en, "numbers-en")                                                                                \
  X(numbers_fr, "numbers-fr")                                                                                \
  X(numbers_sw, "numbers-sw")                                                                                \
  X(phrases_sw, "phrases-en-sw")                                                                             \
  X(phrases_fr, "phrases-en-fr")                                                                             \
  X(phrases_de, "phrases-en-de")                                                                             \
  X(phrases_es, "phrases-en-es")                                                                             \
  X(tunes, "tunes")

#define UR__TEXT_DECLARED(symbol, name) extern const ur_bytes ur__##symbol##_corpus;
UR__TEXT_LIST(UR__TEXT_DECLARED)
#undef UR__TEXT_DECLARED

/* Its bytes; none where there is no such text, or where it has yet to be brought. */
ur_bytes ur__text_find(const char *name);

#endif
