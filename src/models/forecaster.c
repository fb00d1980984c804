/* Numbers in, numbers out, at every step: h^(t) by recurrent layers over e^(t);  y_hat^(t) = U h^(t) + b_2;
 * J^(t) = 1/2 |y_hat^(t) - y^(t)|^2 where that step counts, else 0; J is the mean of those that do. */
#include <stdio.h>

#include "recurrent.h"

enum {
  CELL,
  HIDDEN_SIZE,
  NUM_LAYERS,
  ACTIVATION,
  START,
  FORGET_BIAS = START + 2,
  UPDATE_BIAS,
  HOLD,
  SETTINGS = HOLD + 7
};

static const ur_setting settings[SETTINGS] = {
    [CELL] = UR__ROW_CELL(UR_CELL_GRU, "what is done at each step"),
    [HIDDEN_SIZE] = UR__ROW_HIDDEN(32),
    [NUM_LAYERS] = UR__ROW_LAYERS,
    [ACTIVATION] = UR__ROW_ACTIVATION,
    [START] = UR__ROWS_START,
    [HOLD] = UR__ROWS_HOLD,
};

static const ur__take takes[] = {{.name = "e", .axes = "TBE", .real = 1},
                                 {.name = "y", .axes = "TBC", .real = 1},
                                 {.name = "counted", .axes = "TB", .real = 1},
                                 {.name = NULL}};

static ur_recurrent layers_of(const double *values, const ur__io *io) {
  const ur_cell cell = (ur_cell)values[CELL];
  return (ur_recurrent){.cell = cell,
                        .input = io->features,
                        .hidden = (int)values[HIDDEN_SIZE],
                        .layers = (int)values[NUM_LAYERS],
                        .directions = 1,
                        .activation = (ur_activation)values[ACTIVATION],
                        .gate_bias = values[cell == UR_CELL_GRU ? UPDATE_BIAS : FORGET_BIAS]};
}

static ur_dense output_of(const ur_recurrent *r) {
  const int U = ur_recurrent_param_count(r);
  return (ur_dense){U, U + 1};
}

static void declare(const double *values, const ur__io *io, ur_params *params) {
  ur_recurrent r = layers_of(values, io);
  ur_recurrent_params(params, &r);
  ur_dense_params(params, "U", "b_2", "CH", io->numbers, r.hidden);
}

/* The losses of all that is in `y_hat`: [T,B], or of one step [B]. */
static int build_loss(ur_tape *tape, const char *name, int y_hat, const char *axes, const int *shape) {
  char rows[4];
  snprintf(rows, sizeof rows, "%.*s", axes[0] == 'T' ? 2 : 1, axes);
  const int y = ur_input(tape, "y", axes, shape), counted = ur_input(tape, "counted", rows, shape);
  return ur_mul(tape, name, ur_half_squares(tape, "squares", y_hat, y), counted);
}

static void build_fused(const ur_recurrent *r, const ur__io *io, int next, const ur_tape_options *capacity,
                        ur_tape *tape) {
  const int T = capacity->length, B = capacity->batch;
  const ur_dense output = output_of(r);
  const int e = ur_input(tape, "e", "TBE", (int[]){T, B, io->features});
  const int h = ur_recurrent_fused(tape, r, B, e, UR_NODE_NONE);
  const int y_hat = ur_dense_layer(tape, &output, "Uh", "y_hat", h);
  if (next) return;
  const int loss = build_loss(tape, "J_t", y_hat, "TBC", (int[]){T, B, io->numbers});
  ur_mean_loss(tape, "J", &loss, 1, ur_input(tape, "count", "", NULL));
}

static void build_steps(const ur_recurrent *r, const ur__io *io, const ur_tape_options *capacity,
                        ur_tape *tape) {
  const int B = capacity->batch;
  const ur_dense output = output_of(r);
  int losses[UR_STEPS_MAX];
  const int count = ur_input(tape, "count", "", NULL);
  ur_carried carried = ur_recurrent_begin(tape, r, B);
  for (int t = 1; t <= capacity->length; t++) {
    char scope[24];
    snprintf(scope, sizeof scope, "rnn.%d", t);
    ur_scope_push(tape, scope);
    ur_scope_time(tape, t);
    const int e = ur_input(tape, "e", "BE", (int[]){B, io->features});
    const int h = ur_recurrent_step(tape, r, e, &carried);
    const int y_hat = ur_dense_layer(tape, &output, "Uh", "y_hat", h);
    losses[t - 1] = build_loss(tape, "J", y_hat, "BC", (int[]){B, io->numbers});
    ur_scope_pop(tape);
  }
  ur_scope_time(tape, 0);
  ur_mean_loss(tape, "J", losses, capacity->length, count);
}

static void build(const double *values, const ur__io *io, ur__lowering lowering,
                  const ur_tape_options *capacity, ur_tape *tape) {
  const ur_recurrent r = layers_of(values, io);
  if (lowering == UR__UNROLLED || lowering == UR__MEASURED)
    build_steps(&r, io, capacity, tape);
  else
    build_fused(&r, io, lowering == UR__NEXT, capacity, tape);
}

const ur__model ur__forecaster = {.name = "forecaster",
                                  .help = "a recurrent net that reads numbers and says the next at each step",
                                  .settings = settings,
                                  .setting_count = SETTINGS,
                                  .takes = takes,
                                  .declare = declare,
                                  .build = build};
