/* e = E x;  h = f(W_h h_before + W_e e + b_1);  y_hat = softmax(U h + b_2) */
#include <stdio.h>

#include "models.h"
#include "unroll/layers.h"

enum { EMBEDDING_SIZE, HIDDEN_SIZE, ACTIVATION, SETTINGS };
enum { E, W_E, W_H, B_1, U, B_2 };

static const ur_setting settings[SETTINGS] = {
    [EMBEDDING_SIZE] =
        {.key = "embedding_size", .def = 32, .min = 1, .max = 256, .help = "numbers a token becomes"},
    [HIDDEN_SIZE] =
        {.key = "hidden_size", .def = 145, .min = 1, .max = 1024, .help = "numbers in the state h"},
    [ACTIVATION] = {.key = "activation",
                    .type = UR_SETTING_CHOICE,
                    .choices = "tanh|sigmoid|relu",
                    .max = 2,
                    .help = "f"},
};

static ur_rnn_layer layer_of(const double *values) {
  return (ur_rnn_layer){W_E, W_H, B_1, (ur_activation)values[ACTIVATION]};
}
static const ur_dense output = {U, B_2};

static void declare(const double *values, int V, ur_params *params) {
  const int embedding = (int)values[EMBEDDING_SIZE], H = (int)values[HIDDEN_SIZE];
  ur_embedding_params(params, "E", V, embedding);
  ur_rnn_layer_params(params, "", embedding, H, (ur_activation)values[ACTIVATION]);
  ur_dense_params(params, "U", "b_2", "VH", V, H);
}

static void build_fused(const double *values, int next, const ur_tape_options *capacity, ur_tape *tape) {
  const int sequence[] = {capacity->length, capacity->batch},
            state[] = {capacity->batch, (int)values[HIDDEN_SIZE]};
  const ur_rnn_layer layer = layer_of(values);
  const int x = ur_input_index(tape, "x", "TB", sequence), h0 = ur_input(tape, "h0", "BH", state);
  const int e = ur_embedding(tape, "e", ur_param(tape, E), x);
  const int h = ur_rnn_layer_fused(tape, &layer, "h", e, h0);
  const int logits = ur_dense_layer(tape, &output, "Uh", "logits", h);
  if (next) {
    ur_softmax(tape, "y_hat", logits);
    return;
  }
  const int y = ur_input_index(tape, "y", "TB", sequence), count = ur_input(tape, "count", "", NULL);
  const int loss = ur_cross_entropy(tape, "J_t", logits, y);
  ur_mean_loss(tape, "J", &loss, 1, count);
}

static void build_steps(const double *values, const ur_tape_options *capacity, ur_tape *tape) {
  const int state[] = {capacity->batch, (int)values[HIDDEN_SIZE]};
  const ur_rnn_layer layer = layer_of(values);
  int losses[UR__STEPS_MAX];
  const int count = ur_input(tape, "count", "", NULL);
  ur_scope_push(tape, "rnn.0");
  int h = ur_input(tape, "h", "BH", state);
  ur_scope_pop(tape);
  for (int t = 1; t <= capacity->length; t++) {
    char scope[24];
    snprintf(scope, sizeof scope, "rnn.%d", t);
    ur_scope_push(tape, scope);
    ur_scope_time(tape, t);
    const int x = ur_input_index(tape, "x", "B", state), y = ur_input_index(tape, "y", "B", state);
    const int e = ur_embedding(tape, "e", ur_param(tape, E), x);
    h = ur_rnn_layer_step(tape, &layer, e, h);
    const int logits = ur_dense_layer(tape, &output, "Uh", "logits", h);
    losses[t - 1] = ur_nll(tape, "J", ur_softmax(tape, "y_hat", logits), y);
    ur_scope_pop(tape);
  }
  ur_scope_time(tape, 0);
  ur_mean_loss(tape, "J", losses, capacity->length, count);
}

static void build(const double *values, ur__lowering lowering, const ur_tape_options *capacity,
                  ur_tape *tape) {
  if (lowering == UR__UNROLLED)
    build_steps(values, capacity, tape);
  else
    build_fused(values, lowering == UR__NEXT, capacity, tape);
}

const ur__model ur__rnn_lm = {.name = "rnn_lm",
                              .help = "a recurrent net that carries a state from token to token",
                              .settings = settings,
                              .setting_count = SETTINGS,
                              .declare = declare,
                              .build = build};
