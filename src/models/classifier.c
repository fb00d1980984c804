/* Many to one: e = E x, or the numbers themselves;  h^(t) by recurrent layers, in one direction or in both;
 * y_hat = softmax(U h^(T) + b_2), of tokens or of classes, or of one chance sigmoid(U h^(T) + b_2), or the
 * number U h^(T) + b_2 with the loss (y_hat - y)^2. */
#include <stdio.h>

#include "recurrent.h"

enum {
  CELL,
  EMBEDDING_SIZE,
  HIDDEN_SIZE,
  NUM_LAYERS,
  DIRECTIONS,
  ACTIVATION,
  EMBEDDING_STD,
  ANSWERS,
  START,
  FORGET_BIAS = START + 2,
  UPDATE_BIAS,
  HOLD,
  SETTINGS = HOLD + 7
};

/* <start> and <end>, tokens 0 and 1: at this bias their probability is 1e-13, and so is the gradient through
 * them, too little to move anything. */
enum { MARKS = 2, LEFT_OUT = -30 };
enum { SYMBOLS = 1 }; /* of `answers` */

static const ur_setting settings[SETTINGS] = {
    [CELL] = UR__ROW_CELL(UR_CELL_LSTM, "what is done at each step"),
    [EMBEDDING_SIZE] = UR__ROW_EMBEDDING(16),
    [HIDDEN_SIZE] = UR__ROW_HIDDEN(45),
    [NUM_LAYERS] = UR__ROW_LAYERS,
    [DIRECTIONS] = UR__ROW_DIRECTIONS("1: from the beginning; 2: from the end too"),
    [ACTIVATION] = UR__ROW_ACTIVATION,
    [EMBEDDING_STD] = UR__ROW_STD,
    [ANSWERS] = {.key = "answers",
                 .type = UR_SETTING_CHOICE,
                 .choices = "vocabulary|symbols",
                 .max = 1,
                 .later = 1,
                 .help = "what is answered among; symbols: without the two marks, which are never right"},
    [START] = UR__ROWS_START,
    [HOLD] = UR__ROWS_HOLD,
};

static const ur__take takes[] = {{.name = "x", .axes = "TB"},
                                 {.name = "e", .axes = "TBE", .real = 1, .either = 1},
                                 {.name = "y", .axes = "B"},
                                 {.name = "y", .axes = "BC", .real = 1, .either = 1},
                                 {.name = NULL}};

static ur_recurrent layers_of(const double *values, const ur__io *io) {
  const ur_cell cell = (ur_cell)values[CELL];
  return (ur_recurrent){.cell = cell,
                        .input = io->features > 0 ? io->features : (int)values[EMBEDDING_SIZE],
                        .hidden = (int)values[HIDDEN_SIZE],
                        .layers = (int)values[NUM_LAYERS],
                        .directions = (int)values[DIRECTIONS],
                        .activation = (ur_activation)values[ACTIVATION],
                        .gate_bias = values[cell == UR_CELL_GRU ? UPDATE_BIAS : FORGET_BIAS],
                        .first = io->features > 0 ? 0 : 1};
}

static ur_dense output_of(const ur_recurrent *r) {
  const int U = r->first + r->layers * r->directions * (r->cell == UR_CELL_GRU ? 4 : 3);
  return (ur_dense){U, U + 1};
}

static void declare(const double *values, const ur__io *io, ur_params *params) {
  ur_recurrent r = layers_of(values, io);
  if (io->features == 0) ur_embedding_params(params, "E", io->vocabulary, r.input, values[EMBEDDING_STD]);
  ur_recurrent_params(params, &r);
  const ur_dense output =
      ur_dense_params(params, "U", "b_2", io->numbers > 0 ? "CH" : "VH",
                      io->numbers > 0 ? io->numbers : io->vocabulary, r.hidden * r.directions);
  if (io->numbers == 0 && values[ANSWERS] == SYMBOLS)
    ur_params_start(params, output.bias, 0, MARKS, LEFT_OUT);
}

/* From the last state on. `show`: probabilities and their loss as nodes of their own. */
static void build_answer(const ur_recurrent *r, const ur__io *io, ur__lowering lowering, int batch, int h,
                         ur_tape *tape) {
  const ur_dense output = output_of(r);
  const int number = io->numbers > 0 && !io->chances;
  const int logits = ur_dense_layer(tape, &output, "Uh", number ? "y_hat" : "logits", h);
  const int shown = lowering == UR__UNROLLED || lowering == UR__NEXT || io->chances;
  const int p = number || !shown ? UR_NODE_NONE
                : io->chances    ? ur__chances(tape, io, logits)
                                 : ur_softmax(tape, "y_hat", logits);
  if (lowering == UR__NEXT) return;
  const int y = io->numbers > 0 ? ur_input(tape, "y", "BC", (int[]){batch, io->numbers})
                                : ur_input_index(tape, "y", "B", &batch);
  const int count = ur_input(tape, "count", "", NULL);
  int loss;
  if (io->chances)
    loss = ur__surprise(tape, io, p, y);
  else if (number)
    loss = ur_squared_error(tape, "J_t", logits, y);
  else if (!shown)
    loss = ur_cross_entropy(tape, "J_t", logits, y);
  else
    loss = ur_nll(tape, "J_t", p, y);
  ur_mean_loss(tape, "J", &loss, 1, count);
}

static int build_inputs(const ur__io *io, const char *axes, const int *shape, ur_tape *tape) {
  if (io->features > 0) return ur_input(tape, "e", axes, shape);
  char tokens[4] = "";
  snprintf(tokens, sizeof tokens, "%.*s", axes[0] == 'T' ? 2 : 1, axes);
  return ur_embedding(tape, "e", ur_param(tape, 0), ur_input_index(tape, "x", tokens, shape));
}

static void build_fused(const ur_recurrent *r, const ur__io *io, ur__lowering lowering,
                        const ur_tape_options *capacity, ur_tape *tape) {
  const int B = capacity->batch, sequence[] = {capacity->length, B, r->input};
  const int e = build_inputs(io, "TBE", sequence, tape), lengths = ur_input_index(tape, "lengths", "B", &B);
  int h = ur_recurrent_fused(tape, r, B, e, lengths);
  if (r->directions == 1) {
    h = ur_last(tape, "h_T", h, lengths);
  } else {
    /* What read from the end has seen everything at step 1. */
    const int forward = ur_last(tape, "h_T", h, lengths), first = ur_input_index(tape, "one", "B", &B);
    const int back = ur_last(tape, "h_1", h, first);
    const int a = ur_slice(tape, "h_T_forward", forward, 0, r->hidden, 'H');
    const int b = ur_slice(tape, "h_1_back", back, r->hidden, r->hidden, 'H');
    h = ur_concat(tape, "h_both", a, b);
  }
  build_answer(r, io, lowering, B, h, tape);
}

static void build_steps(const ur_recurrent *r, const ur__io *io, ur__lowering lowering,
                        const ur_tape_options *capacity, ur_tape *tape) {
  const int B = capacity->batch, T = capacity->length, row[] = {B, r->input};
  int e[UR_STEPS_MAX], h[UR_STEPS_MAX];
  ur_carried carried = {{0}, {0}};
  if (r->directions == 1) carried = ur_recurrent_begin(tape, r, B);
  for (int t = 1; t <= T; t++) {
    char scope[24];
    snprintf(scope, sizeof scope, "rnn.%d", t);
    ur_scope_push(tape, scope);
    ur_scope_time(tape, t);
    e[t - 1] = build_inputs(io, "BE", row, tape);
    if (r->directions == 1) h[t - 1] = ur_recurrent_step(tape, r, e[t - 1], &carried);
    ur_scope_pop(tape);
  }
  ur_scope_time(tape, 0);
  int last = h[T - 1];
  if (r->directions == 2) {
    ur_recurrent_both(tape, r, B, e, T, h);
    const int a = ur_slice(tape, "h_T_forward", h[T - 1], 0, r->hidden, 'H');
    const int b = ur_slice(tape, "h_1_back", h[0], r->hidden, r->hidden, 'H');
    last = ur_concat(tape, "h_both", a, b);
  }
  build_answer(r, io, lowering, B, last, tape);
}

static void build(const double *values, const ur__io *io, ur__lowering lowering,
                  const ur_tape_options *capacity, ur_tape *tape) {
  const ur_recurrent r = layers_of(values, io);
  if (lowering == UR__UNROLLED || lowering == UR__MEASURED)
    build_steps(&r, io, lowering, capacity, tape);
  else
    build_fused(&r, io, lowering, capacity, tape);
}

const ur__model ur__classifier = {.name = "classifier",
                                  .help = "a recurrent net that reads a whole sequence and answers once",
                                  .settings = settings,
                                  .setting_count = SETTINGS,
                                  .takes = takes,
                                  .declare = declare,
                                  .build = build};
