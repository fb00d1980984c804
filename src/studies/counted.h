/* studies/counted.h: the text that a study counts, and its counts. */
#ifndef UNROLL_STUDIES_COUNTED_H
#define UNROLL_STUDIES_COUNTED_H

#include "studies.h"
#include "trainer.h"

#define UR__ROW_SMOOTHING(weight)                                                                            \
  {                                                                                                          \
    .key = "smoothing", .type = UR_SETTING_REAL, .def = (weight), .min = 0.001, .max = 1000,                 \
    .help = "counts that the shorter context is worth"                                                       \
  }
#define UR__ROW_ORDER(tokens)                                                                                \
  { .key = "order", .def = (tokens), .min = 1, .max = UR__NGRAM_ORDER_MAX, .help = "tokens counted together" }
#define UR__COUNTED_TEXT                                                                                     \
  { "text", UR__TEXT, "", "what is counted, a text a line; none for the names" }

/* Counts up to `order` tokens together; the share that no training sees is left out (tasks/split.h). "" is
 * the task of names. To be freed with ur_trainer_free, whatever happens. UR_E_TEXT, UR_E_SETTING,
 * UR_E_MEMORY. */
ur_status ur__counted_open(const ur_study *study, const char *text, int order, double smoothing,
                           ur_trainer **out);

/* p of a whole text, <end> counted; next [vocabulary_size] is room to work in. */
double ur__counted_probability(const ur_trainer *trainer, const int32_t *tokens, int n, double *next);
/* Its characters, cut where `size` bytes are full. */
void ur__counted_write(const ur__corpus *corpus, const int32_t *tokens, int n, char *out, size_t size);

#endif
