/* models/models.h: the table of models. A model is a name, its settings, the parameters it declares and the
 * graph it builds; training, stepping and sampling know nothing else of it.
 *
 * The inputs of a graph are fed from a batch, by name: "x", "y" and "e" as the task gives them, all steps at
 * once or, in a node with a time, that step's; "x" with an axis W is a window of the last tokens; "lengths"
 * (index [B]), "one" (index [B], all 1) "count" ([1], how many targets there are) and "place"
 * (index [T,B], from 0, or while training with `random_start` from further on; "place_source" [S,B]) are
 * derived. An input
 * with the name of a parameter holds its numbers, and no gradient goes through it. What is carried from step
 * to step the builder declares (ur_carry). A model of whole sequences has one "y" each. */
#ifndef UNROLL_MODELS_MODELS_H
#define UNROLL_MODELS_MODELS_H

#include "unroll/layers.h"
#include "unroll/settings.h"

#define UR__SENTENCE_WIDTH 4 /* numbers of a word of attention_only */
#define UR__FIRST_WORD     2 /* tokens before it are marks */

typedef enum ur__lowering {
  /* A model of whole sequences has losses "J_t" [B], or [B,C], and as UR__NEXT the whole sequence. */
  UR__FUSED,    /* a whole batch of sequences; per-token losses at "J_t", their mean at "J" */
  UR__UNROLLED, /* one node an operation a student should see; the mean at "J" */
  UR__MEASURED, /* the same with softmax and loss in one op, so that gradients outlive a probability of 0 */
  UR__NEXT,     /* one step of one sequence, fused, without targets; probabilities at "y_hat" */
  UR__COUNTED,  /* as UR__NEXT, one node an operation, for what it takes; of a model with a window */
  UR__ENCODE    /* a model with a source: reading it, fused. An input of UR__NEXT takes up what is here at its
                   path */
} ur__lowering;

/* What goes in and out, as the task says. */
typedef struct ur__io {
  int vocabulary;
  int features;        /* numbers that are a step of the input, or all of it; 0: it is a token */
  int source_features; /* the same of a step of the source */
  int numbers;         /* numbers that are the answer; 0: it is a token */
  int chances;         /* 1: those are from 0 to 1 */
} ur__io;

/* What a model takes of a batch: the task's array of this name, these axes and this kind. A row without a
 * name ends the table. */
typedef struct ur__take {
  const char *name, *axes;
  int real;   /* 1: floats; 0: tokens */
  int either; /* 1: this or the row before it */
} ur__take;

typedef struct ur__model {
  const char *name, *help;
  const ur_setting *settings;
  int setting_count;
  const ur__take *takes;
  int counting; /* 1: ngram.h, no parameters and no graph */
  /* values: of `settings`, in their order. A failure poisons params or tape, and is told when they are
   * finished. */
  void (*declare)(const double *values, const ur__io *io, ur_params *params);
  /* NULL, or in the place of the stream that parameters begin from: words are the tokens' texts, `count` of
   * them. */
  void (*start)(const double *values, uint64_t seed, const char *const *words, int count, ur_params *params);
  /* NULL, or how many tokens it sees at once. As UR__NEXT it is then given so many of the last as are new,
   * [T,B], its "place" each, their count as "lengths", and has on the axis S what it keeps of all it sees.
   * One with a source is given the last alone, [Q,B], and has on the axis T what it keeps. */
  int (*window)(const double *values);
  /* NULL, or with a window that grows by one: is what it keeps of a token still so when there are more? Else
   * all of them are always new. */
  int (*keeps)(const double *values);
  void (*build)(const double *values, const ur__io *io, ur__lowering lowering,
                const ur_tape_options *capacity, ur_tape *tape);
} ur__model;

extern const ur__model *const ur__models[];
extern const int ur__model_count;
const ur__model *ur__model_find(const char *name); /* NULL where there is none */
/* Of answers that are chances, io->chances: "y_hat" from the sums [B,C], a softmax over classes or the
 * sigmoid of one; and "J_t" [B], minus the logarithm of how likely "y" [B,C] is by it. */
int ur__chances(ur_tape *tape, const ur__io *io, int sums);
int ur__surprise(ur_tape *tape, const ur__io *io, int y_hat, int y);
/* Does it give one answer a sequence, and not the next token at each step? As its table says. */
int ur__answers_once(const ur__model *model);
/* Does it read a source before it begins? */
int ur__reads_source(const ur__model *model);

extern const ur__take ur__takes_next[];   /* a sequence, and at each step the token that comes next */
extern const ur__take ur__takes_source[]; /* the same after a source */

extern const ur__model ur__rnn_lm, ur__lstm_lm, ur__gru_lm, ur__classifier, ur__forecaster, ur__window_lm,
    ur__ngram_lm, ur__seq2seq, ur__mlp, ur__attention_only, ur__gpt, ur__encoder, ur__transformer;

/* Rows of the models that begin with e = E x. */
#define UR__ROW_EMBEDDING(size)                                                                              \
  { .key = "embedding_size", .def = (size), .min = 1, .max = 256, .help = "numbers a token becomes" }
#define UR__ROW_STD                                                                                          \
  {                                                                                                          \
    .key = "embedding_std", .type = UR_SETTING_REAL, .def = 1, .max = 10, .later = 1,                        \
    .help = "standard deviation of a token's numbers at the start"                                           \
  }

/* Rows of the models that say where a token stands: three that follow one another. */
#define UR__ROWS_POSITIONS                                                                                   \
  {.key = "positions",                                                                                       \
   .type = UR_SETTING_CHOICE,                                                                                \
   .choices = "learned|sinusoidal|none",                                                                     \
   .max = UR_POSITIONS_NONE,                                                                                 \
   .help = "what says where a token stands"},                                                                \
      {.key = "positions_join",                                                                              \
       .type = UR_SETTING_CHOICE,                                                                            \
       .choices = "added|concatenated",                                                                      \
       .max = 1,                                                                                             \
       .help = "to the token's vector; concatenated: half of the numbers each"},                             \
  {                                                                                                          \
    .key = "count_from", .def = 1, .min = 0, .max = 1, .help = "place and wave of sinusoidal positions"      \
  }
/* As values of these rows say. */
ur_positions ur__positions_of(const double *values, int width, int context);
/* Of a model with a source. */
#define UR__ROW_FREE_RUNNING                                                                                 \
  {                                                                                                          \
    .key = "free_running", .type = UR_SETTING_REAL, .max = 1, .live = 1,                                     \
    .help = "share of steps that are fed its own guess; 0: always the right token"                           \
  }
/* Of a model that says where numbers are dropped while it is trained (ur_dropped). */
#define UR__ROW_DROPOUT                                                                                      \
  {                                                                                                          \
    .key = "dropout", .type = UR_SETTING_REAL, .def = 0, .max = 0.9, .later = 1,                             \
    .help = "share of numbers and weights that each update of training leaves out"                           \
  }

/* The rows of ngram_lm. */
enum { UR__NGRAM_ORDER, UR__NGRAM_SMOOTHING, UR__NGRAM_SETTINGS };

#endif
