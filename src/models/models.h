/* models/models.h: the table of models. A model is a name, its settings, the parameters it declares and the
 * graph it builds; training, stepping and sampling know nothing else of it.
 *
 * Inputs are found by name: "x" (index [T,B], or [T,B,W] where the model looks at a window), "y" (index
 * [T,B]) and "count" ([1], how many targets there are). The state that goes from one step to the next, where
 * there is one, comes in at "h0" and is found again at "h". */
#ifndef UNROLL_MODELS_MODELS_H
#define UNROLL_MODELS_MODELS_H

#include "unroll/graph.h"
#include "unroll/settings.h"

typedef enum ur__lowering {
  UR__FUSED,    /* a whole batch of sequences; per-token losses at "J_t", their mean at "J" */
  UR__UNROLLED, /* one node an operation a student should see; the mean at "J" */
  UR__NEXT      /* one step of one sequence, fused, without targets; probabilities at "y_hat" */
} ur__lowering;

typedef struct ur__model {
  const char *name, *help;
  const ur_setting *settings;
  int setting_count;
  int counting; /* 1: ngram.h, no parameters and no graph */
  /* values: of `settings`, in their order. A failure poisons params or tape, and is told when they are
   * finished. */
  void (*declare)(const double *values, int vocabulary_size, ur_params *params);
  void (*build)(const double *values, ur__lowering lowering, const ur_tape_options *capacity, ur_tape *tape);
} ur__model;

extern const ur__model *const ur__models[];
extern const int ur__model_count;
const ur__model *ur__model_find(const char *name); /* NULL where there is none */

extern const ur__model ur__rnn_lm, ur__window_lm, ur__ngram_lm;

#define UR__STEPS_MAX 128 /* steps of the longest unrolled graph */

/* The rows of ngram_lm. */
enum { UR__NGRAM_ORDER, UR__NGRAM_SMOOTHING, UR__NGRAM_SETTINGS };

#endif
