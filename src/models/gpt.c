/* A decoder that writes (Radford et al. 2018): h = e + p, the token's vector and its place's; blocks of
 * masked self-attention and a feed-forward layer; y_hat = softmax(U norm(h) + b_2). */
#include "stack.h"

enum {
  HIDDEN_SIZE,
  NUM_HEADS,
  NUM_BLOCKS,
  FEED_FORWARD_SIZE,
  FEED_FORWARD,
  NORM,
  RESIDUAL,
  MASK,
  SCALE,
  POSITIONS,
  POSITIONS_JOIN,
  COUNT_FROM,
  CONTEXT_SIZE,
  EMBEDDING_STD,
  NORM_EPSILON,
  DROPOUT,
  PLACES,
  SETTINGS
};
enum { ON, OFF };
enum { BLOCKS_MAX = 12 };

/* Parameters stay whatever is off, so that each may be thrown while it trains. */
#define SWITCH(name, what)                                                                                   \
  {                                                                                                          \
    .key = (name), .type = UR_SETTING_CHOICE, .choices = "on|off", .max = OFF, .live = 1, .built = 1,        \
    .help = (what)                                                                                           \
  }

static const ur_setting settings[SETTINGS] = {
    [HIDDEN_SIZE] = {.key = "hidden_size",
                     .def = 32,
                     .min = 1,
                     .max = 1024,
                     .help = "numbers of a token on its way through the blocks"},
    [NUM_HEADS] = {.key = "num_heads",
                   .def = 4,
                   .min = 1,
                   .max = UR_HEADS_MAX,
                   .live = 1,
                   .built = 1,
                   .help = "heads of a block's attention"},
    [NUM_BLOCKS] =
        {.key = "num_blocks", .def = 2, .min = 1, .max = BLOCKS_MAX, .help = "blocks, one on another"},
    [FEED_FORWARD_SIZE] = {.key = "feed_forward_size",
                           .def = 128,
                           .min = 1,
                           .max = 4096,
                           .help = "numbers inside a block's feed-forward layer"},
    [FEED_FORWARD] = {.key = "feed_forward",
                      .type = UR_SETTING_CHOICE,
                      .choices = "relu|gelu|none",
                      .max = UR_FEED_NONE,
                      .live = 1,
                      .built = 1,
                      .help = "its activation; none: it is left out, and its norm with it"},
    [NORM] = {.key = "norm",
              .type = UR_SETTING_CHOICE,
              .choices = "pre|post|none",
              .max = UR_NORM_NONE,
              .live = 1,
              .built = 1,
              .help = "where each token's numbers are brought to mean 0 and deviation 1"},
    [RESIDUAL] = SWITCH("residual", "what a part makes is added to what it was made from"),
    [MASK] = SWITCH("mask", "no token sees those behind it"),
    [SCALE] = SWITCH("scale", "scores by the root of a head's width"),
    [POSITIONS] = UR__ROWS_POSITIONS,
    [CONTEXT_SIZE] = {.key = "context_size",
                      .def = 65,
                      .min = 1,
                      .max = 1024,
                      .help = "tokens seen at once; of a longer sequence the last of them"},
    [EMBEDDING_STD] = UR__ROW_STD,
    [NORM_EPSILON] = {.key = "norm_epsilon",
                      .type = UR_SETTING_REAL,
                      .def = 1e-5,
                      .min = 1e-12,
                      .max = 1,
                      .help = "keeps the division of a norm finite"},
    [DROPOUT] = UR__ROW_DROPOUT,
    [PLACES] = {.key = "places",
                .type = UR_SETTING_CHOICE,
                .choices = "on|off",
                .max = OFF,
                .live = 1,
                .built = 1,
                .later = 1,
                .help = "tokens are told where they stand, as positions says"},
};

static ur__stack stack_of(const double *values) {
  const int D = (int)values[HIDDEN_SIZE];
  ur_positions stream = ur__positions_of(values + POSITIONS, D, (int)values[CONTEXT_SIZE]);
  stream.untold = values[PLACES] == OFF;
  const ur_block block = {.width = D,
                          .heads = (int)values[NUM_HEADS],
                          .feed_forward = (int)values[FEED_FORWARD_SIZE],
                          .look = values[MASK] == ON ? UR_LOOK_BACK : UR_LOOK_AROUND,
                          .scaled = values[SCALE] == ON,
                          .residual = values[RESIDUAL] == ON,
                          .feed = (ur_feed)values[FEED_FORWARD],
                          .norm = (ur_norm)values[NORM],
                          .epsilon = values[NORM_EPSILON]};
  return ur__stack_of(&stream, (int)values[NUM_BLOCKS], &block);
}

static void declare(const double *values, const ur__io *io, ur_params *params) {
  const ur__stack stack = stack_of(values);
  ur__stack_declare(&stack, io->vocabulary, values[EMBEDDING_STD], params);
}

static void build(const double *values, const ur__io *io, ur__lowering lowering, const ur_tape_options *size,
                  ur_tape *tape) {
  const ur__stack m = stack_of(values);
  const int next = lowering == UR__NEXT || lowering == UR__COUNTED;
  const int unrolled = lowering != UR__FUSED && lowering != UR__NEXT;
  const int sequence[] = {size->length, size->batch};
  (void)io;
  const int dropped = values[DROPOUT] > 0 && lowering == UR__FUSED && size->gradients;
  int h = ur_positions_build(tape, &m.stream, ur_input_index(tape, "x", "TB", sequence), sequence);
  if (dropped) h = ur_dropped(tape, "h", h);
  /* Where every token is seen, what stands beyond a sequence's end is not. */
  const int padded = values[MASK] != ON && (size->batch > 1 || !unrolled);
  const int lengths = next || padded ? ur_input_index(tape, "lengths", "B", &size->batch) : UR_NODE_NONE;
  for (int b = 0; b < m.blocks; b++) {
    ur_block block = ur__stack_enter(tape, &m, b);
    block.dropped = dropped;
    /* What comes next is asked of the last token alone; of the others the last block makes keys and values.
     */
    if (next)
      h = ur_block_next(tape, &block, unrolled, size->source, h, b + 1 == m.blocks ? lengths : UR_NODE_NONE);
    else
      h = unrolled ? ur_block_unrolled(tape, &block, h, lengths) : ur_block_fused(tape, &block, h, lengths);
    ur_scope_pop(tape);
  }
  if (m.block.norm == UR_NORM_PRE)
    h = ur_norm_layer(tape, unrolled, "norm", h, m.gamma, m.gamma + 1, m.block.epsilon);
  const int logits = ur_dense_layer(tape, &m.output, "Uh", "logits", h);
  const int p = next || lowering == UR__UNROLLED ? ur_softmax(tape, "y_hat", logits) : UR_NODE_NONE;
  if (next) return;
  const int y = ur_input_index(tape, "y", "TB", sequence), count = ur_input(tape, "count", "", NULL);
  const int loss = p != UR_NODE_NONE ? ur_nll(tape, "J_t", p, y) : ur_cross_entropy(tape, "J_t", logits, y);
  ur_mean_loss(tape, "J", &loss, 1, count);
}

static int window(const double *values) { return (int)values[CONTEXT_SIZE]; }
static int keeps(const double *values) { return values[MASK] == ON; }

const ur__model ur__gpt = {.name = "gpt",
                           .help = "a Transformer that guesses what comes next from all tokens before",
                           .settings = settings,
                           .setting_count = SETTINGS,
                           .takes = ur__takes_next,
                           .declare = declare,
                           .window = window,
                           .keeps = keeps,
                           .build = build};
