#include "layers.h"

#include <math.h>

enum { R, Z, N, GATES };

ur_gru_layer ur_gru_layer_params(ur_params *params, const char *prefix, int embedding, int hidden,
                                 double update_bias) {
  const double scale = hidden > 0 ? 1 / sqrtf((float)hidden) : 0;
  const int all = GATES * hidden;
  ur_gru_layer layer;
  layer.W_e = ur__layer_param(params, prefix, "W_e", "GE", (int[]){all, embedding}, scale);
  layer.W_h = ur__layer_param(params, prefix, "W_h", "GH", (int[]){all, hidden}, scale);
  layer.b_1 = ur__layer_param(params, prefix, "b_1", "G", (int[]){all}, scale);
  layer.b_n = ur__layer_param(params, prefix, "b_n", "H", (int[]){hidden}, scale);
  ur_params_start(params, layer.b_1, (size_t)(Z * hidden), (size_t)hidden, update_bias);
  return layer;
}

int ur_gru_layer_step(ur_tape *tape, const ur_gru_layer *layer, int e, int h_before, int H) {
  int Wh_h = ur_matmul(tape, "Wh_h", h_before, ur_param(tape, layer->W_h));
  int We_e = ur_matmul(tape, "We_e", e, ur_param(tape, layer->W_e));
  int x = ur_add(tape, "We_e_b", We_e, ur_param(tape, layer->b_1));
  /* reset: r = sigmoid(W_h h^(t-1) + x), and what z will be made of */
  int Wh_rz = ur_slice(tape, "Wh_rz", Wh_h, 0, 2 * H, 'G');
  int x_rz = ur_slice(tape, "We_rz", x, 0, 2 * H, 'G');
  int a = ur_add(tape, "a", Wh_rz, x_rz);
  int r = ur_gate(tape, "r", a, R, 2, UR_ACT_SIGMOID);
  /* candidate: n = tanh(x_n + r (W_h h^(t-1) + b_n)) */
  int Wh_n = ur_slice(tape, "Wh_n", Wh_h, 2 * H, H, 'H');
  int Wh_n_b = ur_add(tape, "Wh_n_b", Wh_n, ur_param(tape, layer->b_n));
  int past = ur_mul(tape, "r_Wh_n", r, Wh_n_b);
  int x_n = ur_slice(tape, "We_n", x, 2 * H, H, 'H');
  int a_n = ur_add(tape, "a_n", x_n, past);
  int n = ur_gate(tape, "n", a_n, 0, 1, UR_ACT_TANH);
  /* update: h^(t) = (1 - z) n + z h^(t-1) */
  int z = ur_gate(tape, "z", a, Z, 2, UR_ACT_SIGMOID);
  int not_z = ur_one_minus(tape, "not_z", z);
  int fresh = ur_mul(tape, "new", not_z, n);
  int keep = ur_mul(tape, "keep", z, h_before);
  return ur_add(tape, "h", fresh, keep);
}
