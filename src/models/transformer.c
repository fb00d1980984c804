/* Encoder and decoder of a Transformer (Vaswani et al. 2017): h = e + p for each token of the source, or for
 * each row of numbers of it, as a vision Transformer (Dosovitskiy et al. 2021) reads patches; blocks
 * in which every token looks at every other; s = norm(h). h = e + p for what is written; blocks of masked
 * self-attention, then attention across, queries from h, keys and values from s, then a feed-forward layer;
 * y_hat = softmax(U norm(h) + b_2). */
#include "stack.h"

enum {
  HIDDEN_SIZE,
  NUM_HEADS,
  NUM_BLOCKS,
  FEED_FORWARD_SIZE,
  FEED_FORWARD,
  NORM,
  POSITIONS,
  CONTEXT_SIZE = POSITIONS + 3,
  EMBEDDING_STD,
  NORM_EPSILON,
  DROPOUT,
  PLACES,
  FREE_RUNNING,
  ENCODER,
  SOURCE_LAYERS,
  SETTINGS
};

static const ur_setting settings[SETTINGS] = {
    [HIDDEN_SIZE] = UR__ROWS_BLOCKS(40, 2, 1, 160, 1),
    [FEED_FORWARD] = UR__ROW_FEED_FORWARD,
    [NORM] = UR__ROW_NORM,
    [POSITIONS] = UR__ROWS_POSITIONS,
    [CONTEXT_SIZE] = UR__ROW_CONTEXT(65, "places that can be learned, and tokens on either side"),
    [EMBEDDING_STD] = UR__ROW_STD,
    [NORM_EPSILON] = UR__ROW_NORM_EPSILON,
    [DROPOUT] = UR__ROW_DROPOUT,
    [PLACES] = UR__ROW_PLACES,
    [FREE_RUNNING] = UR__ROW_FREE_RUNNING,
    [ENCODER] = {.key = "encoder",
                 .type = UR_SETTING_CHOICE,
                 .choices = "blocks|none",
                 .max = 1,
                 .later = 1,
                 .help = "as many blocks as the decoder has, or none: what is read is looked at as it is"},
    [SOURCE_LAYERS] = {.key = "source_layers",
                       .def = 2,
                       .min = 1,
                       .max = 2,
                       .later = 1,
                       .help = "dense layers over numbers that are read; between two of them a ReLU"},
};

static const ur__take takes[] = {{.name = "source", .axes = "SB"},
                                 {.name = "source", .axes = "SBE", .real = 1, .either = 1},
                                 {.name = "x", .axes = "TB"},
                                 {.name = "y", .axes = "TB"},
                                 {.name = NULL}};

/* What is read, and what is written. */
typedef struct halves {
  ur__stack encoder, decoder;
} halves;

static halves halves_of(const double *values, const ur__io *io) {
  const int D = (int)values[HIDDEN_SIZE], blocks = (int)values[NUM_BLOCKS];
  ur_positions stream = ur__positions_of(values + POSITIONS, D, (int)values[CONTEXT_SIZE]);
  ur_block block = {.width = D,
                    .heads = (int)values[NUM_HEADS],
                    .feed_forward = (int)values[FEED_FORWARD_SIZE],
                    .look = UR_LOOK_AROUND,
                    .scaled = 1,
                    .residual = 1,
                    .feed = (ur_feed)values[FEED_FORWARD],
                    .norm = (ur_norm)values[NORM],
                    .epsilon = values[NORM_EPSILON]};
  halves m;
  stream.of_source = 1;
  stream.untold = values[PLACES] == 1;
  stream.features = io->source_features;
  stream.inner = values[SOURCE_LAYERS] == 2 ? D : 0;
  m.encoder = ur__stack_of(&stream, values[ENCODER] == 0 ? blocks : 0, &block);
  m.encoder.scope = "encoder";
  m.encoder.answers = 0;
  stream.of_source = 0;
  stream.features = 0;
  stream.E = ur__stack_end(&m.encoder);
  block.look = UR_LOOK_BACK;
  block.crossed = 1;
  m.decoder = ur__stack_of(&stream, blocks, &block);
  m.decoder.scope = "decoder";
  return m;
}

static void declare(const double *values, const ur__io *io, ur_params *params) {
  const halves m = halves_of(values, io);
  ur__stack_declare(&m.encoder, io, values[EMBEDDING_STD], params);
  ur__stack_declare(&m.decoder, io, values[EMBEDDING_STD], params);
}

/* A stream of tokens, with what training leaves out of it. */
static int build_stream(ur_tape *tape, const ur__stack *stack, int dropped, int tokens) {
  const int h = ur_positions_build(tape, &stack->stream, tokens);
  return dropped ? ur_dropped(tape, stack->stream.of_source ? "h_source" : "h", h) : h;
}

/* What is made of the source: [S,B,D]. */
static int build_source(ur_tape *tape, const ur__stack *m, int unrolled, int dropped,
                        const ur_tape_options *size, int lengths) {
  const int shape[] = {size->source, size->batch, m->stream.features};
  const int source = m->stream.features > 0 ? ur_input(tape, "source", "SBE", shape)
                                            : ur_input_index(tape, "source", "SB", shape);
  int h = build_stream(tape, m, dropped, source);
  for (int b = 0; b < m->blocks; b++) {
    ur_block block = ur__stack_enter(tape, m, b);
    block.dropped = dropped;
    h = unrolled ? ur_block_unrolled(tape, &block, h, lengths) : ur_block_fused(tape, &block, h, lengths);
    ur_scope_pop(tape);
  }
  return ur__stack_norm(tape, m, unrolled, h);
}

static void build_whole(ur_tape *tape, const halves *m, ur__lowering lowering, int dropped,
                        const ur_tape_options *size) {
  const int unrolled = ur__is_unrolled(lowering), sequence[] = {size->length, size->batch};
  /* A walk over one source, which is right at its full length alone, has nothing beyond its end to mask. */
  const int padded = size->batch > 1 || !unrolled;
  const int lengths = padded ? ur_input_index(tape, "source_lengths", "B", &size->batch) : UR_NODE_NONE;
  const int states = build_source(tape, &m->encoder, unrolled, dropped, size, lengths);
  int h = build_stream(tape, &m->decoder, dropped, ur_input_index(tape, "x", "TB", sequence));
  for (int b = 0; b < m->decoder.blocks; b++) {
    ur_block block = ur__stack_enter(tape, &m->decoder, b);
    block.dropped = dropped;
    block.memory = (ur_memory){states, lengths, 0};
    h = unrolled ? ur_block_unrolled(tape, &block, h, UR_NODE_NONE)
                 : ur_block_fused(tape, &block, h, UR_NODE_NONE);
    ur_scope_pop(tape);
  }
  ur__stack_answer(tape, &m->decoder, lowering, h, "TB", sequence);
}

/* The source read, and what the decoder's blocks look at of it. */
static void build_encode(ur_tape *tape, const halves *m, const ur_tape_options *size) {
  const int lengths = ur_input_index(tape, "source_lengths", "B", &size->batch);
  const int states = build_source(tape, &m->encoder, 0, 0, size, lengths);
  for (int b = 0; b < m->decoder.blocks; b++) {
    const ur_block block = ur__stack_enter(tape, &m->decoder, b);
    ur_block_remember(tape, &block, states);
    ur_scope_pop(tape);
  }
}

/* One token more, over what has been read and what has been kept of those before it. */
static void build_next(ur_tape *tape, const halves *m, const ur_tape_options *size) {
  const int one[] = {1, size->batch};
  const int lengths = ur_input_index(tape, "source_lengths", "B", &size->batch);
  int h = build_stream(tape, &m->decoder, 0, ur_input_index(tape, "x", "QB", one));
  for (int b = 0; b < m->decoder.blocks; b++) {
    ur_block block = ur__stack_enter(tape, &m->decoder, b);
    block.memory = (ur_memory){UR_NODE_NONE, lengths, size->source};
    h = ur_block_next(tape, &block, 0, size->length, h, UR_NODE_NONE);
    ur_scope_pop(tape);
  }
  ur__stack_answer(tape, &m->decoder, UR__NEXT, h, NULL, NULL);
}

static void build(const double *values, const ur__io *io, ur__lowering lowering, const ur_tape_options *size,
                  ur_tape *tape) {
  const halves m = halves_of(values, io);
  if (lowering == UR__ENCODE)
    build_encode(tape, &m, size);
  else if (lowering == UR__NEXT)
    build_next(tape, &m, size);
  else
    build_whole(tape, &m, lowering, values[DROPOUT] > 0 && lowering == UR__FUSED && size->gradients, size);
}

static int window(const double *values) { return (int)values[CONTEXT_SIZE]; }

const ur__model ur__transformer = {.name = "transformer",
                                   .help = "a Transformer that reads a sequence and writes another",
                                   .settings = settings,
                                   .setting_count = SETTINGS,
                                   .takes = takes,
                                   .declare = declare,
                                   .window = window,
                                   .build = build};
