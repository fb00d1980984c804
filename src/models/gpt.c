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
  CONTEXT_SIZE = POSITIONS + 3,
  EMBEDDING_STD,
  NORM_EPSILON,
  DROPOUT,
  PLACES,
  SETTINGS
};
enum { ON, OFF };

/* Parameters stay whatever is off, so that each may be thrown while it trains. */
#define SWITCH(name, what)                                                                                   \
  {                                                                                                          \
    .key = (name), .type = UR_SETTING_CHOICE, .choices = "on|off", .max = OFF, .live = 1, .built = 1,        \
    .help = (what)                                                                                           \
  }

static const ur_setting settings[SETTINGS] = {
    [HIDDEN_SIZE] = UR__ROWS_BLOCKS(32, 4, 2, 128, 1),
    [FEED_FORWARD] = UR__ROW_FEED_FORWARD,
    [NORM] = UR__ROW_NORM,
    [RESIDUAL] = SWITCH("residual", "what a part makes is added to what it was made from"),
    [MASK] = SWITCH("mask", "no token sees those behind it"),
    [SCALE] = SWITCH("scale", "scores by the root of a head's width"),
    [POSITIONS] = UR__ROWS_POSITIONS,
    [CONTEXT_SIZE] = UR__ROW_CONTEXT(65, "tokens seen at once; of a longer sequence the last of them"),
    [EMBEDDING_STD] = UR__ROW_STD,
    [NORM_EPSILON] = UR__ROW_NORM_EPSILON,
    [DROPOUT] = UR__ROW_DROPOUT,
    [PLACES] = UR__ROW_PLACES,
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
  ur__stack_declare(&stack, io, values[EMBEDDING_STD], params);
}

static void build(const double *values, const ur__io *io, ur__lowering lowering, const ur_tape_options *size,
                  ur_tape *tape) {
  const ur__stack m = stack_of(values);
  const int next = lowering == UR__NEXT || lowering == UR__COUNTED;
  const int unrolled = ur__is_unrolled(lowering), sequence[] = {size->length, size->batch};
  (void)io;
  const int dropped = values[DROPOUT] > 0 && lowering == UR__FUSED && size->gradients;
  int h = ur_positions_build(tape, &m.stream, ur_input_index(tape, "x", "TB", sequence));
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
  ur__stack_answer(tape, &m, lowering, h, "TB", sequence);
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
