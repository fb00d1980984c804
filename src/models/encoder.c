/* An encoder that answers once (Vaswani et al. 2017, as a classifier):  h = x + p, a token's vector and its
 * place's, where a token is a symbol, or numbers such as those of a patch of a picture (Dosovitskiy et al.
 * 2021); blocks in which every token looks at every other;  y_hat = softmax(U norm(h_1) + b_2), or the number
 * itself, of the first token, <start>, which has looked at all of them as any other has. */
#include "stack.h"

enum {
  HIDDEN_SIZE,
  NUM_HEADS,
  NUM_BLOCKS,
  FEED_FORWARD_SIZE,
  POSITIONS,
  CONTEXT_SIZE = POSITIONS + 3,
  RANDOM_START,
  EMBEDDING_STD,
  SETTINGS
};
#define EPSILON 1e-5 /* of its norms */

static const ur_setting settings[SETTINGS] = {
    [HIDDEN_SIZE] = UR__ROWS_BLOCKS(16, 2, 2, 32, 0),
    [POSITIONS] = UR__ROWS_POSITIONS,
    [CONTEXT_SIZE] = UR__ROW_CONTEXT(128, "places that can be learned, and tokens that can be read"),
    [RANDOM_START] = {.key = "random_start",
                      .max = 1023,
                      .live = 1,
                      .help = "how many places further each batch that is trained on begins to count: any "
                              "number up to this, as far as context_size allows"},
    [EMBEDDING_STD] = UR__ROW_STD,
};

static const ur__take takes[] = {{.name = "x", .axes = "TB"},
                                 {.name = "x", .axes = "TBE", .real = 1, .either = 1},
                                 {.name = "y", .axes = "B"},
                                 {.name = "y", .axes = "BC", .real = 1, .either = 1},
                                 {.name = NULL}};

static ur__stack stack_of(const double *values, const ur__io *io) {
  const int D = (int)values[HIDDEN_SIZE];
  ur_positions stream = ur__positions_of(values + POSITIONS, D, (int)values[CONTEXT_SIZE]);
  stream.features = io->features;
  const ur_block block = {.width = D,
                          .heads = (int)values[NUM_HEADS],
                          .feed_forward = (int)values[FEED_FORWARD_SIZE],
                          .look = UR_LOOK_AROUND,
                          .scaled = 1,
                          .residual = 1,
                          .norm = UR_NORM_PRE,
                          .epsilon = EPSILON};
  return ur__stack_of(&stream, (int)values[NUM_BLOCKS], &block);
}

static void declare(const double *values, const ur__io *io, ur_params *params) {
  const ur__stack stack = stack_of(values, io);
  ur__stack_declare(&stack, io, values[EMBEDDING_STD], params);
}

static void build(const double *values, const ur__io *io, ur__lowering lowering, const ur_tape_options *size,
                  ur_tape *tape) {
  const ur__stack m = stack_of(values, io);
  const int unrolled = ur__is_unrolled(lowering), sequence[] = {size->length, size->batch};
  const int x = io->features > 0
                    ? ur_input(tape, "x", "TBE", (int[]){size->length, size->batch, io->features})
                    : ur_input_index(tape, "x", "TB", sequence);
  const int lengths = ur_input_index(tape, "lengths", "B", &size->batch);
  int h = ur_positions_build(tape, &m.stream, x);
  for (int b = 0; b < m.blocks; b++) {
    const ur_block block = ur__stack_enter(tape, &m, b);
    h = unrolled ? ur_block_unrolled(tape, &block, h, lengths) : ur_block_fused(tape, &block, h, lengths);
    ur_scope_pop(tape);
  }
  h = ur_last(tape, "h_1", h, ur_input_index(tape, "one", "B", &size->batch));
  if (io->numbers > 0)
    ur__stack_numbers(tape, &m, io, lowering, h, size->batch);
  else
    ur__stack_answer(tape, &m, lowering, h, "B", &size->batch);
}

static int window(const double *values) { return (int)values[CONTEXT_SIZE]; }

const ur__model ur__encoder = {.name = "encoder",
                               .help = "a Transformer that reads a whole sequence at once and answers once",
                               .settings = settings,
                               .setting_count = SETTINGS,
                               .takes = takes,
                               .declare = declare,
                               .window = window,
                               .build = build};
