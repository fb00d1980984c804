/* unroll/layers.h: parts of models. A layer is a struct with the numbers of its parameters; the builders put
 * its operations on a tape. As with the builders of graph.h, a failure poisons the parameters or the tape. */
#ifndef UNROLL_LAYERS_H
#define UNROLL_LAYERS_H

#include "unroll/graph.h"

/* ---- dense: z = x W^T + b ---- */
typedef struct ur_dense {
  int weight, bias;
} ur_dense;
/* weight [N,K], bias [N], both U(-1/sqrt(K), 1/sqrt(K)) as PyTorch has it. axes: the letters of N and K,
 * "VH". */
ur_dense ur_dense_params(ur_params *params, const char *weight, const char *bias, const char *axes, int n,
                         int k);
/* x [...,K] -> z [...,N], two nodes: `product` = x W^T, `sum` = product + b. Returns the second. */
int ur_dense_layer(ur_tape *tape, const ur_dense *layer, const char *product, const char *sum, int x);

/* ---- embedding: a vector for every token ---- */
/* table [V,E] ~ N(0, 1); the parameter's number. ur_embedding is its builder. */
int ur_embedding_params(ur_params *params, const char *table, int vocabulary, int embedding);

/* ---- recurrent: h^(t) = f(W_h h^(t-1) + W_e e^(t) + b_1) (Elman 1990) ---- */
typedef struct ur_rnn_layer {
  int W_e, W_h, b_1; /* [H,E], [H,H], [H] */
  ur_activation activation;
} ur_rnn_layer;
/* W_e, W_h, b_1 in this order, named so after `prefix` and a dot, or alone where prefix is ""; all
 * U(-1/sqrt(H), 1/sqrt(H)) as PyTorch has it. */
ur_rnn_layer ur_rnn_layer_params(ur_params *params, const char *prefix, int embedding, int hidden,
                                 ur_activation activation);
/* One step, five nodes in the present scope and time: Wh_h, We_e, sum = Wh_h + We_e, z = sum + b, h = f(z).
 * e [B,E], h_before [B,H] -> h [B,H]. */
int ur_rnn_layer_step(ur_tape *tape, const ur_rnn_layer *layer, int e, int h_before);
/* All steps, step t in scope "rnn.<t>" at time t: e_nodes[T] -> h_nodes[T], h^(0) = h0. */
void ur_rnn_layer_unrolled(ur_tape *tape, const ur_rnn_layer *layer, const int *e_nodes, int T, int h0,
                           int *h_nodes);
/* The same in one node: e [T,B,E], h0 [B,H] -> h [T,B,H]. Values equal bit for bit, gradients to 1e-6 of
 * their norm. */
int ur_rnn_layer_fused(ur_tape *tape, const ur_rnn_layer *layer, const char *name, int e, int h0);

#endif
