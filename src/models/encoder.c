/* An encoder that answers once (Vaswani et al. 2017, as a classifier):  h = x + p, a token's vector and its
 * place's; blocks in which every token looks at every other;  y_hat = softmax(U norm(h_1) + b_2), of the
 * first token, <start>, which has looked at all of them as any other has. */
#include "stack.h"

enum {
  HIDDEN_SIZE,
  NUM_HEADS,
  NUM_BLOCKS,
  FEED_FORWARD_SIZE,
  POSITIONS,
  POSITIONS_JOIN,
  COUNT_FROM,
  CONTEXT_SIZE,
  RANDOM_START,
  EMBEDDING_STD,
  SETTINGS
};
enum { BLOCKS_MAX = 12 };
#define EPSILON 1e-5 /* of its norms */

static const ur_setting settings[SETTINGS] = {
    [HIDDEN_SIZE] = {.key = "hidden_size",
                     .def = 16,
                     .min = 1,
                     .max = 1024,
                     .help = "numbers of a token on its way through the blocks"},
    [NUM_HEADS] =
        {.key = "num_heads", .def = 2, .min = 1, .max = UR_HEADS_MAX, .help = "heads of a block's attention"},
    [NUM_BLOCKS] =
        {.key = "num_blocks", .def = 2, .min = 1, .max = BLOCKS_MAX, .help = "blocks, one on another"},
    [FEED_FORWARD_SIZE] = {.key = "feed_forward_size",
                           .def = 32,
                           .min = 1,
                           .max = 4096,
                           .help = "numbers inside a block's feed-forward layer"},
    [POSITIONS] = UR__ROWS_POSITIONS,
    [CONTEXT_SIZE] = {.key = "context_size",
                      .def = 128,
                      .min = 1,
                      .max = 1024,
                      .help = "places that can be learned, and tokens that can be read"},
    [RANDOM_START] = {.key = "random_start",
                      .max = 1023,
                      .help = "how many places further each batch that is trained on begins to count: any "
                              "number up to this, as far as context_size allows"},
    [EMBEDDING_STD] = UR__ROW_STD,
};

static const ur__take takes[] = {{.name = "x", .axes = "TB"}, {.name = "y", .axes = "B"}, {.name = NULL}};

static ur__stack stack_of(const double *values) {
  const int D = (int)values[HIDDEN_SIZE];
  const ur_positions stream = ur__positions_of(values + POSITIONS, D, (int)values[CONTEXT_SIZE]);
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
  const ur__stack stack = stack_of(values);
  ur__stack_declare(&stack, io->vocabulary, values[EMBEDDING_STD], params);
}

static void build(const double *values, const ur__io *io, ur__lowering lowering, const ur_tape_options *size,
                  ur_tape *tape) {
  const ur__stack m = stack_of(values);
  const int unrolled = lowering == UR__UNROLLED || lowering == UR__MEASURED;
  const int sequence[] = {size->length, size->batch};
  (void)io;
  const int x = ur_input_index(tape, "x", "TB", sequence);
  const int lengths = ur_input_index(tape, "lengths", "B", &size->batch);
  int h = ur_positions_build(tape, &m.stream, x, sequence);
  for (int b = 0; b < m.blocks; b++) {
    const ur_block block = ur__stack_enter(tape, &m, b);
    h = unrolled ? ur_block_unrolled(tape, &block, h, lengths) : ur_block_fused(tape, &block, h, lengths);
    ur_scope_pop(tape);
  }
  h = ur_last(tape, "h_1", h, ur_input_index(tape, "one", "B", &size->batch));
  h = ur_norm_layer(tape, unrolled, "norm", h, m.gamma, m.gamma + 1, EPSILON);
  const int logits = ur_dense_layer(tape, &m.output, "Uh", "logits", h);
  const int p =
      lowering == UR__UNROLLED || lowering == UR__NEXT ? ur_softmax(tape, "y_hat", logits) : UR_NODE_NONE;
  if (lowering == UR__NEXT) return;
  const int y = ur_input_index(tape, "y", "B", &size->batch), count = ur_input(tape, "count", "", NULL);
  const int loss = p != UR_NODE_NONE ? ur_nll(tape, "J_t", p, y) : ur_cross_entropy(tape, "J_t", logits, y);
  ur_mean_loss(tape, "J", &loss, 1, count);
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
