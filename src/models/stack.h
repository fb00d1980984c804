/* models/stack.h: blocks of a Transformer on one another, between a stream of tokens with their places and
 * what is said of each: what gpt, encoder and transformer have in common. */
#ifndef UNROLL_MODELS_STACK_H
#define UNROLL_MODELS_STACK_H

#include "models.h"

typedef struct ur__stack {
  ur_positions stream;
  int blocks;
  ur_block block;    /* the first; the others follow */
  const char *scope; /* its blocks are <scope>.1, <scope>.2, ... */
  int answers;       /* 1: after the last norm something is said of each row */
  int gamma;         /* of that norm; number of the parameter, beta follows */
  ur_dense output;
} ur__stack;

/* Numbers the parameters, in the order in which they are declared, from that of the stream's E on: `block`
 * says all but its first. Answers, with blocks.1, blocks.2, ..., unless the caller says otherwise. */
ur__stack ur__stack_of(const ur_positions *stream, int blocks, const ur_block *block);
/* The number of what comes after its parameters. */
int ur__stack_end(const ur__stack *stack);
/* The stream's; of each block its own; gamma [D] of 1 and beta [D] of 0; where it answers U [V,D] and b_2
 * [V], or of numbers [C,D] and [C]. */
void ur__stack_declare(const ur__stack *stack, const ur__io *io, double std, ur_params *params);
/* Block b, from 0, in a scope of its own until ur_scope_pop. */
ur_block ur__stack_enter(ur_tape *tape, const ur__stack *stack, int b);
/* The norm after the last block, in the names of its stream; where blocks have theirs elsewhere h itself. */
int ur__stack_norm(ur_tape *tape, const ur__stack *stack, int unrolled, int h);
/* What is said of each row: "logits"; where it is walked or comes next its softmax "y_hat"; else, and where
 * it is walked, the losses "J_t" against "y" (index, of these axes and this shape) and their mean "J". */
void ur__stack_answer(ur_tape *tape, const ur__stack *stack, ur__lowering lowering, int h, const char *axes,
                      const int *shape);
/* The same where numbers are said, once a sequence, h [B,D]: classes are "logits" and their chances "y_hat",
 * else "y_hat" is the sum itself; "J_t" is against "y" [B,C], minus the logarithm of how likely the class is,
 * or half the square of what is off. */
void ur__stack_numbers(ur_tape *tape, const ur__stack *stack, const ur__io *io, ur__lowering lowering, int h,
                       int batch);

/* Is it built of single operations? */
int ur__is_unrolled(ur__lowering lowering);

/* ---- settings: rows that follow one another, and single ones ---- */
enum { UR__BLOCKS_MAX = 12 };
/* thrown: 1 where heads may become more or fewer while it trains. */
#define UR__ROWS_BLOCKS(wide, heads, blocks, inner, thrown)                                                  \
  {.key = "hidden_size",                                                                                     \
   .def = (wide),                                                                                            \
   .min = 1,                                                                                                 \
   .max = 1024,                                                                                              \
   .help = "numbers of a token on its way through the blocks"},                                              \
      {.key = "num_heads",                                                                                   \
       .def = (heads),                                                                                       \
       .min = 1,                                                                                             \
       .max = UR_HEADS_MAX,                                                                                  \
       .live = (thrown),                                                                                     \
       .built = (thrown),                                                                                    \
       .help = "heads of a block's attention"},                                                              \
      {.key = "num_blocks",                                                                                  \
       .def = (blocks),                                                                                      \
       .min = 1,                                                                                             \
       .max = UR__BLOCKS_MAX,                                                                                \
       .help = "blocks, one on another"},                                                                    \
  {                                                                                                          \
    .key = "feed_forward_size", .def = (inner), .min = 1, .max = 4096,                                       \
    .help = "numbers inside a block's feed-forward layer"                                                    \
  }
/* Parameters stay whatever is off, so that each may be thrown while it trains. */
#define UR__ROW_FEED_FORWARD                                                                                 \
  {                                                                                                          \
    .key = "feed_forward", .type = UR_SETTING_CHOICE, .choices = "relu|gelu|none", .max = UR_FEED_NONE,      \
    .live = 1, .built = 1, .help = "its activation; none: it is left out, and its norm with it"              \
  }
#define UR__ROW_NORM                                                                                         \
  {                                                                                                          \
    .key = "norm", .type = UR_SETTING_CHOICE, .choices = "pre|post|none", .max = UR_NORM_NONE, .live = 1,    \
    .built = 1, .help = "where each token's numbers are brought to mean 0 and deviation 1"                   \
  }
#define UR__ROW_PLACES                                                                                       \
  {                                                                                                          \
    .key = "places", .type = UR_SETTING_CHOICE, .choices = "on|off", .max = 1, .live = 1, .built = 1,        \
    .later = 1, .help = "tokens are told where they stand, as positions says"                                \
  }
#define UR__ROW_CONTEXT(size, what)                                                                          \
  { .key = "context_size", .def = (size), .min = 1, .max = 1024, .help = what }
#define UR__ROW_NORM_EPSILON                                                                                 \
  {                                                                                                          \
    .key = "norm_epsilon", .type = UR_SETTING_REAL, .def = 1e-5, .min = 1e-12, .max = 1,                     \
    .help = "keeps the division of a norm finite"                                                            \
  }

#endif
