/* e = E x;  h = f(W_h h_before + W_e e + b_1);  y_hat = softmax(U h + b_2) */
#include "recurrent.h"

enum { EMBEDDING_SIZE, HIDDEN_SIZE, ACTIVATION, NUM_LAYERS, EMBEDDING_STD, START, SPECTRAL_RADIUS, SETTINGS };

static const ur_setting settings[SETTINGS] = {
    [EMBEDDING_SIZE] = UR__ROW_EMBEDDING(32),
    [HIDDEN_SIZE] = UR__ROW_HIDDEN(145),
    [ACTIVATION] = UR__ROW_ACTIVATION,
    [NUM_LAYERS] = UR__ROW_LAYERS,
    [EMBEDDING_STD] = UR__ROW_STD,
    [START] = UR__ROW_START,
    [SPECTRAL_RADIUS] = UR__ROW_RADIUS,
};

static ur_recurrent layers_of(const double *values) {
  return (ur_recurrent){.cell = UR_CELL_RNN,
                        .input = (int)values[EMBEDDING_SIZE],
                        .hidden = (int)values[HIDDEN_SIZE],
                        .layers = (int)values[NUM_LAYERS],
                        .directions = 1,
                        .activation = (ur_activation)values[ACTIVATION]};
}

static void declare(const double *values, const ur__io *io, ur_params *params) {
  ur__recurrent_lm_declare(layers_of(values), io->vocabulary, values[EMBEDDING_STD], params);
}

static void build(const double *values, const ur__io *io, ur__lowering lowering,
                  const ur_tape_options *capacity, ur_tape *tape) {
  (void)io;
  ur__recurrent_lm_build(layers_of(values), lowering, capacity, tape);
}

const ur__model ur__rnn_lm = {.name = "rnn_lm",
                              .help = "a recurrent net that carries a state from token to token",
                              .settings = settings,
                              .setting_count = SETTINGS,
                              .takes = ur__takes_next,
                              .declare = declare,
                              .build = build};
