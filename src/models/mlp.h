/* models/mlp.h: what a feed-forward net is made of, for whoever looks at it as a function of its input or
 * weights. */
#ifndef UNROLL_MODELS_MLP_H
#define UNROLL_MODELS_MLP_H

#include "models.h"

enum { UR__MLP_LAYERS = 7 }; /* at most, the output counted */
enum { UR__MLP_TANH, UR__MLP_SIGMOID, UR__MLP_RELU, UR__MLP_IDENTITY };
enum { UR__MLP_SQUARES, UR__MLP_BERNOULLI, UR__MLP_SOFTMAX };

typedef struct ur__mlp_layer {
  int units, inputs;
  uint64_t wires; /* unit j sees input i where bit j inputs + i is set; 0: all see all */
} ur__mlp_layer;

typedef struct ur__mlp_net {
  ur__mlp_layer layers[UR__MLP_LAYERS];
  int count;
  int skips; /* 1: a layer's inputs are those of the net, then every layer before it */
  int activation, error;
} ur__mlp_net;

/* values: of the model's settings. Parameters are, layer by layer, W [units,inputs] and b [units], or of a
 * layer that is drawn, unit by unit, a weight for each of its wires and its bias. */
ur__mlp_net ur__mlp_net_of(const double *values, const ur__io *io);

static inline int ur__mlp_sees(const ur__mlp_layer *layer, int unit, int input) {
  return layer->wires == 0 || (layer->wires >> (unit * layer->inputs + input) & 1) != 0;
}

#endif
