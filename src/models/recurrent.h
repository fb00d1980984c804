/* models/recurrent.h: what the models over recurrent layers share: settings' rows, and the graphs of a
 * language model, e = E x;  h = cell(e, h_before);  y_hat = softmax(U h + b_2). */
#ifndef UNROLL_MODELS_RECURRENT_H
#define UNROLL_MODELS_RECURRENT_H

#include "models.h"
#include "unroll/layers.h"

#define UR__ROW_HIDDEN(size)                                                                                 \
  { .key = "hidden_size", .def = (size), .min = 1, .max = 1024, .help = "numbers in the state h" }
#define UR__ROW_LAYERS                                                                                       \
  {                                                                                                          \
    .key = "num_layers", .def = 1, .min = 1, .max = UR_LAYERS_MAX,                                           \
    .help = "recurrent layers, one on another"                                                               \
  }
#define UR__ROW_ACTIVATION                                                                                   \
  {                                                                                                          \
    .key = "activation", .type = UR_SETTING_CHOICE, .choices = "tanh|sigmoid|relu", .max = 2,                \
    .help = "f of the recurrent net"                                                                         \
  }
/* Applied by train/start.c. */
#define UR__ROW_START                                                                                        \
  {                                                                                                          \
    .key = "start", .type = UR_SETTING_CHOICE, .choices = "uniform|identity|orthogonal|radius", .max = 3,    \
    .help = "how the W_h of a recurrent net begins; identity: with zero biases"                              \
  }
#define UR__ROW_RADIUS                                                                                       \
  {                                                                                                          \
    .key = "spectral_radius", .type = UR_SETTING_REAL, .def = 1, .max = 10,                                  \
    .help = "largest |eigenvalue| of W_h at the start, for start=radius"                                     \
  }
#define UR__ROW_FORGET                                                                                       \
  {                                                                                                          \
    .key = "forget_bias", .type = UR_SETTING_REAL, .def = 1, .min = -10, .max = 10,                          \
    .help = "where the forget gate's biases begin; above 0 it begins by remembering"                         \
  }
#define UR__ROW_UPDATE                                                                                       \
  {                                                                                                          \
    .key = "update_bias", .type = UR_SETTING_REAL, .def = 0, .min = -10, .max = 10,                          \
    .help = "where the update gate's biases begin; above 0 it begins by keeping"                             \
  }
/* Of the models that are made of any cell: which, in how many directions, how each begins; and below what
 * holds the gates of either. */
#define UR__ROW_CELL(which, what)                                                                            \
  {                                                                                                          \
    .key = "cell", .type = UR_SETTING_CHOICE, .choices = "rnn|lstm|gru", .def = (which), .max = UR_CELL_GRU, \
    .help = what                                                                                             \
  }
#define UR__ROW_DIRECTIONS(what)                                                                             \
  { .key = "directions", .def = 1, .min = 1, .max = 2, .help = what }
#define UR__ROWS_START UR__ROW_START, UR__ROW_RADIUS, UR__ROW_FORGET, UR__ROW_UPDATE
/* Applied to every graph by train/net.c, whatever the model. */
#define UR__ROW_HOLD(letter, lowest, what)                                                                   \
  {                                                                                                          \
    .key = "hold_" letter, .type = UR_SETTING_REAL, .def = UR_FREE, .min = (lowest), .max = UR_FREE,         \
    .live = 1, .help = what                                                                                  \
  }
#define UR__ROWS_HOLD_LSTM                                                                                   \
  UR__ROW_HOLD("i", 0, "holds the input gate at a value from 0 to 1; above 1: free"),                        \
      UR__ROW_HOLD("f", 0, "holds the forget gate at a value from 0 to 1; above 1: free"),                   \
      UR__ROW_HOLD("g", -1, "holds the candidate at a value from -1 to 1; above 1: free"),                   \
      UR__ROW_HOLD("o", 0, "holds the output gate at a value from 0 to 1; above 1: free")
#define UR__ROWS_HOLD_GRU                                                                                    \
  UR__ROW_HOLD("r", 0, "holds the reset gate at a value from 0 to 1; above 1: free"),                        \
      UR__ROW_HOLD("z", 0, "holds the update gate at a value from 0 to 1; above 1: free"),                   \
      UR__ROW_HOLD("n", -1, "holds the GRU's candidate at a value from -1 to 1; above 1: free")
#define UR__ROWS_HOLD UR__ROWS_HOLD_LSTM, UR__ROWS_HOLD_GRU

/* r->input is the embedding's size, std how its numbers begin. Parameters E, those of the layers, U, b_2. */
void ur__recurrent_lm_declare(ur_recurrent r, int vocabulary, double std, ur_params *params);
void ur__recurrent_lm_build(ur_recurrent r, ur__lowering lowering, const ur_tape_options *capacity,
                            ur_tape *tape);

#endif
