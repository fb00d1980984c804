#include "layers.h"

#include <math.h>
#include <stdio.h>

ur_rnn_layer ur_rnn_layer_params(ur_params *params, const char *prefix, int embedding, int hidden,
                                 ur_activation activation) {
  double scale = hidden > 0 ? 1 / sqrtf((float)hidden) : 0;
  ur_rnn_layer layer = {.activation = activation};
  layer.W_e = ur__layer_param(params, prefix, "W_e", "HE", (int[]){hidden, embedding}, scale);
  layer.W_h = ur__layer_param(params, prefix, "W_h", "HH", (int[]){hidden, hidden}, scale);
  layer.b_1 = ur__layer_param(params, prefix, "b_1", "H", (int[]){hidden}, scale);
  return layer;
}

static int activate(ur_tape *tape, const char *name, int a, ur_activation f) {
  if (f == UR_ACT_TANH) return ur_tanh(tape, name, a);
  return f == UR_ACT_SIGMOID ? ur_sigmoid(tape, name, a) : ur_relu(tape, name, a);
}

int ur_rnn_layer_step(ur_tape *tape, const ur_rnn_layer *layer, int e, int h_before) {
  /* h^(t) = f((W_h h^(t-1) + W_e e^(t)) + b_1), in the order of the fused kernel */
  int Wh_h = ur_matmul(tape, "Wh_h", h_before, ur_param(tape, layer->W_h));
  int We_e = ur_matmul(tape, "We_e", e, ur_param(tape, layer->W_e));
  int sum = ur_add(tape, "sum", Wh_h, We_e);
  int a = ur_add(tape, "a", sum, ur_param(tape, layer->b_1));
  return activate(tape, "h", a, layer->activation);
}

void ur_rnn_layer_unrolled(ur_tape *tape, const ur_rnn_layer *layer, const int *e_nodes, int T, int h0,
                           int *h_nodes) {
  for (int t = 1; t <= T; t++) {
    char scope[24];
    snprintf(scope, sizeof scope, "rnn.%d", t);
    ur_scope_push(tape, scope);
    ur_scope_time(tape, t);
    h_nodes[t - 1] = ur_rnn_layer_step(tape, layer, e_nodes[t - 1], t == 1 ? h0 : h_nodes[t - 2]);
    ur_scope_pop(tape);
  }
  ur_scope_time(tape, 0);
}

int ur_rnn_layer_fused(ur_tape *tape, const ur_rnn_layer *layer, const char *name, int e, int h0) {
  int W_e = ur_param(tape, layer->W_e), W_h = ur_param(tape, layer->W_h), b_1 = ur_param(tape, layer->b_1);
  return ur_rnn(tape, name, e, h0, W_e, W_h, b_1, layer->activation);
}
