#include "unroll/layers.h"

#include <math.h>

ur_dense ur_dense_params(ur_params *params, const char *weight, const char *bias, const char *axes, int n,
                         int k) {
  const char row[2] = {axes[0], '\0'};
  double scale = k > 0 ? 1 / sqrtf((float)k) : 0;
  ur_dense layer;
  layer.weight = ur_params_add(params, weight, axes, (int[]){n, k}, UR_INIT_UNIFORM, scale);
  layer.bias = ur_params_add(params, bias, row, (int[]){n}, UR_INIT_UNIFORM, scale);
  return layer;
}

int ur_dense_layer(ur_tape *tape, const ur_dense *layer, const char *product, const char *sum, int x) {
  /* z = x W^T + b */
  int Wx = ur_matmul(tape, product, x, ur_param(tape, layer->weight));
  return ur_add(tape, sum, Wx, ur_param(tape, layer->bias));
}

int ur_embedding_params(ur_params *params, const char *table, int vocabulary, int embedding, double std) {
  return ur_params_add(params, table, "VE", (int[]){vocabulary, embedding}, UR_INIT_NORMAL, std);
}
