/* e = E x;  i, f, g, o = gates(W_h h_before + W_e e + b_1);  c = f c_before + i g;  h = o tanh(c);
 * y_hat = softmax(U h + b_2) */
#include "recurrent.h"

enum {
  EMBEDDING_SIZE,
  HIDDEN_SIZE,
  NUM_LAYERS,
  EMBEDDING_STD,
  FORGET_BIAS,
  HOLD_I,
  HOLD_F,
  HOLD_G,
  HOLD_O,
  SETTINGS
};

static const ur_setting settings[SETTINGS] = {
    [EMBEDDING_SIZE] = UR__ROW_EMBEDDING(32),
    [HIDDEN_SIZE] = UR__ROW_HIDDEN(68),
    [NUM_LAYERS] = UR__ROW_LAYERS,
    [EMBEDDING_STD] = UR__ROW_STD,
    [FORGET_BIAS] = UR__ROW_FORGET,
    [HOLD_I] = UR__ROWS_HOLD_LSTM,
};

static ur_recurrent layers_of(const double *values) {
  return (ur_recurrent){.cell = UR_CELL_LSTM,
                        .input = (int)values[EMBEDDING_SIZE],
                        .hidden = (int)values[HIDDEN_SIZE],
                        .layers = (int)values[NUM_LAYERS],
                        .directions = 1,
                        .gate_bias = values[FORGET_BIAS]};
}

static void declare(const double *values, const ur__io *io, ur_params *params) {
  ur__recurrent_lm_declare(layers_of(values), io->vocabulary, values[EMBEDDING_STD], params);
}

static void build(const double *values, const ur__io *io, ur__lowering lowering,
                  const ur_tape_options *capacity, ur_tape *tape) {
  (void)io;
  ur__recurrent_lm_build(layers_of(values), lowering, capacity, tape);
}

const ur__model ur__lstm_lm = {.name = "lstm_lm",
                               .help = "a recurrent net with gates and a cell that remembers",
                               .settings = settings,
                               .setting_count = SETTINGS,
                               .takes = ur__takes_next,
                               .declare = declare,
                               .build = build};
