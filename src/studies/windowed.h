/* studies/windowed.h: a small net that sees a window of the last tokens, for studies that train or ask it. */
#ifndef UNROLL_STUDIES_WINDOWED_H
#define UNROLL_STUDIES_WINDOWED_H

#include "counted.h"

/* Rows of the settings, the first of each such study. */
enum { UR__WINDOWED_WINDOW, UR__WINDOWED_EMBEDDING, UR__WINDOWED_HIDDEN, UR__WINDOWED_SETTINGS };
#define UR__WINDOWED_ROWS                                                                                    \
  [UR__WINDOWED_WINDOW] = {.key = "window", .def = 3, .min = 1, .max = 6, .help = "tokens seen at once"},    \
  [UR__WINDOWED_EMBEDDING] = {.key = "embedding_size",                                                       \
                              .def = 8,                                                                      \
                              .min = 1,                                                                      \
                              .max = 32,                                                                     \
                              .help = "numbers that stand for a token"},                                     \
  [UR__WINDOWED_HIDDEN] = {                                                                                  \
      .key = "hidden_size", .def = 64, .min = 1, .max = 512, .help = "numbers in the hidden layer"}

/* Untrained, over the text or without one the names; `updates` is what its learning rate falls along. To be
 * freed with ur_trainer_free, whatever happens. */
ur_status ur__windowed_open(const ur_study *study, const char *text, int updates, ur_trainer **out);

#endif
