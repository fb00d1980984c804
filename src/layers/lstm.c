#include "layers.h"

#include <math.h>

enum { I, F, G, O, GATES };

ur_lstm_layer ur_lstm_layer_params(ur_params *params, const char *prefix, int embedding, int hidden,
                                   double forget_bias) {
  const double scale = hidden > 0 ? 1 / sqrtf((float)hidden) : 0;
  const int all = GATES * hidden;
  ur_lstm_layer layer;
  layer.W_e = ur__layer_param(params, prefix, "W_e", "GE", (int[]){all, embedding}, scale);
  layer.W_h = ur__layer_param(params, prefix, "W_h", "GH", (int[]){all, hidden}, scale);
  layer.b_1 = ur__layer_param(params, prefix, "b_1", "G", (int[]){all}, scale);
  ur_params_start(params, layer.b_1, (size_t)(F * hidden), (size_t)hidden, forget_bias);
  return layer;
}

int ur_lstm_layer_step(ur_tape *tape, const ur_lstm_layer *layer, int e, int h_before, int *c) {
  /* a = (W_h h^(t-1) + W_e e^(t)) + b_1, in the order of the fused kernel */
  int Wh_h = ur_matmul(tape, "Wh_h", h_before, ur_param(tape, layer->W_h));
  int We_e = ur_matmul(tape, "We_e", e, ur_param(tape, layer->W_e));
  int sum = ur_add(tape, "sum", Wh_h, We_e);
  int a = ur_add(tape, "a", sum, ur_param(tape, layer->b_1));
  /* forget: f c^(t-1) */
  int f = ur_gate(tape, "f", a, F, GATES, UR_ACT_SIGMOID);
  int f_c = ur_mul(tape, "f_c", f, *c);
  /* store: i g */
  int i = ur_gate(tape, "i", a, I, GATES, UR_ACT_SIGMOID);
  int g = ur_gate(tape, "g", a, G, GATES, UR_ACT_TANH);
  int i_g = ur_mul(tape, "i_g", i, g);
  /* update: c^(t) = f c^(t-1) + i g */
  *c = ur_add(tape, "c", f_c, i_g);
  /* output: h^(t) = o tanh(c^(t)) */
  int o = ur_gate(tape, "o", a, O, GATES, UR_ACT_SIGMOID);
  int tanh_c = ur_tanh(tape, "tanh_c", *c);
  return ur_mul(tape, "h", o, tanh_c);
}
