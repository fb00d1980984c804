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
/* table [V,E] ~ N(0, std^2); the parameter's number. ur_embedding is its builder. */
int ur_embedding_params(ur_params *params, const char *table, int vocabulary, int embedding, double std);

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

/* ---- gated ---- */
/* Long short-term memory: gates i, f, g, o in this order in W_e [4H,E], W_h [4H,H] and b_1 [4H]; see ur_lstm.
 */
typedef struct ur_lstm_layer {
  int W_e, W_h, b_1;
} ur_lstm_layer;
/* Begins as the recurrent layer does; the forget gate's biases at forget_bias. */
ur_lstm_layer ur_lstm_layer_params(ur_params *params, const char *prefix, int embedding, int hidden,
                                   double forget_bias);
/* One step in the present scope and time: Wh_h, We_e, sum, z [B,G]; i, f, g, o; f_c = f c_before, i_g = i g,
 * c, tanh_c, h = o tanh_c [B,H]. *c is c_before and becomes c. */
int ur_lstm_layer_step(ur_tape *tape, const ur_lstm_layer *layer, int e, int h_before, int *c);

/* Gated recurrent unit, reset after the product: gates r, z, n in W_e [3H,E], W_h [3H,H], b_1 [3H], and
 * b_n [H] inside the reset; see ur_gru. */
typedef struct ur_gru_layer {
  int W_e, W_h, b_1, b_n;
} ur_gru_layer;
/* The update gate's biases begin at update_bias: above 0 it begins by keeping. */
ur_gru_layer ur_gru_layer_params(ur_params *params, const char *prefix, int embedding, int hidden,
                                 double update_bias);
/* One step: Wh_h, We_e, We_e_b = We_e + b_1 [B,G]; of them Wh_rz, We_rz, s = Wh_rz + We_rz [B,2H]; r, z;
 * Wh_n, u = Wh_n + b_n, We_n, r_u = r u, s_n = We_n + r_u, n; keep = z h_before, not_z = 1 - z, new = not_z
 * n, h = new + keep [B,H]. */
int ur_gru_layer_step(ur_tape *tape, const ur_gru_layer *layer, int e, int h_before, int hidden);

/* ---- a stack of such layers, in one direction or in both ---- */
typedef enum ur_cell { UR_CELL_RNN, UR_CELL_LSTM, UR_CELL_GRU } ur_cell;
#define UR_LAYERS_MAX 4
#define UR_STEPS_MAX  128 /* of an unrolled graph */
typedef struct ur_recurrent {
  ur_cell cell;
  int input, hidden, layers;
  int directions;           /* 2: each layer also reads from the end; both states stand side by side */
  ur_activation activation; /* of UR_CELL_RNN */
  double gate_bias;         /* forget_bias or update_bias */
  int first;                /* number of the first of its parameters, which follow one another */
  const char *scope; /* "encoder"; NULL: the only one, "rnn" in an unrolled graph, else without a name */
  int source;        /* 1: its steps are those of the axis S */
} ur_recurrent;
int ur_recurrent_param_count(const ur_recurrent *r);
/* Layer l of several is named with the prefix "layer<l>", what reads from the end with "back", all of it
 * after the scope: layer2.back.W_h, encoder.W_h. Sets r->first. */
void ur_recurrent_params(ur_params *params, ur_recurrent *r);
/* e [T,B,E] -> h [T,B,H] of the last layer, or [T,B,2H]. Adds the inputs h0 (and c0) of each layer and the
 * nodes h (and c, gates), in scopes named as the parameters are; lengths (index [B]) only for two directions.
 */
int ur_recurrent_fused(ur_tape *tape, const ur_recurrent *r, int batch, int e, int lengths);
/* What one direction carries from step to step: nodes, one a layer. */
typedef struct ur_carried {
  int h[UR_LAYERS_MAX], c[UR_LAYERS_MAX];
} ur_carried;
/* In one direction, not from 0 but from these states [B,H]. */
int ur_recurrent_fused_from(ur_tape *tape, const ur_recurrent *r, int batch, int e, const ur_carried *first);
/* A whole sequence read, of which the last states go on to the layers of another, `into`, in one direction
 * and as wide as all directions of this together: they are its decoder.h0 (decoder.c0), a state [B,H] a
 * layer; what reads from the end has its last state at step 1. Returns h [S,B,H] of the last layer; lengths
 * as above, needed in any case. */
int ur_recurrent_fused_into(ur_tape *tape, const ur_recurrent *r, int batch, int e, int lengths,
                            const ur_recurrent *into, ur_carried *last);
/* The same unrolled: e[S] -> h [S,B,H], one node over those of the steps; the states are decoder.0.h. */
int ur_recurrent_into(ur_tape *tape, const ur_recurrent *r, int batch, const int *e, int S, int lengths,
                      const ur_recurrent *into, ur_carried *last);
/* The path of the node that ur_recurrent_fused_into returns, as scope and name, for a graph that takes it as
 * an input. */
const char *ur_recurrent_states_name(const ur_recurrent *r, char scope[64]);
/* The inputs rnn.0.h (and rnn.0.c) of each layer. */
ur_carried ur_recurrent_begin(ur_tape *tape, const ur_recurrent *r, int batch);
/* One step of all layers, in one direction, in the present scope and time. */
int ur_recurrent_step(ur_tape *tape, const ur_recurrent *r, int e, ur_carried *carried);
/* All steps in both directions, step t in scope "rnn.<t>" at time t; e[T] -> h[T]. What reads from the end
 * begins at step T, so the graph is right at its full length only. */
void ur_recurrent_both(ur_tape *tape, const ur_recurrent *r, int batch, const int *e, int T, int *h);

/* ---- positions: x~_i = x_i + p_i, or [x_i; p_i] (Vaswani et al. 2017) ---- */
typedef enum ur_positions_kind {
  UR_POSITIONS_LEARNED,
  UR_POSITIONS_SINUSOIDAL,
  UR_POSITIONS_NONE
} ur_positions_kind;
typedef struct ur_positions {
  ur_positions_kind kind;
  int width;        /* D, of token and place together */
  int concatenated; /* 1: half of D each, the token's the larger; 0: added */
  int count_from;   /* of waves: what place and wave begin at, 0 or 1 */
  int untold;       /* 1: its parameters stand, but e goes on alone; not where it is concatenated */
  int context;      /* places that can be learned */
  int of_source;    /* 1: of what is read before, along S; all its names end in _source */
  int features;     /* a step is so many numbers; 0: a token of a vocabulary */
  int inner;        /* of numbers: units of a layer with relu before they are D; 0: there is none */
  int E;            /* number of the first of its parameters; see ur_positions_params */
} ur_positions;
/* Of tokens a table E [V,D] ~ N(0, std^2); of numbers E [D,E] and b_E [D], or [D,I] over E_1 [I,E] and b_E1
 * [I], which come first, all as ur_dense_params; where places are learned then P [W,D] ~ N(0, std^2). Sets
 * positions->E; the number of what comes after them. Refuses (UR_E_SETTING) a width that leaves a place
 * nothing, or half a wave. */
int ur_positions_params(ur_params *params, int vocabulary, double std, ur_positions *positions);
int ur_positions_count(const ur_positions *positions); /* 1 to 5 */
/* x (index [T,B], or of numbers [T,B,E]) -> [T,B,D]: e, of numbers over their product Ex, before it Ex_1,
 * a_1, z_1 where there is an inner layer; then of a place its input "place" (index [T,B], from 0), p and h;
 * without places e alone. */
int ur_positions_build(ur_tape *tape, const ur_positions *positions, int x);

/* ---- a block of a Transformer (Vaswani et al. 2017): self-attention, then a layer for each step by itself
 * ----
 */
typedef enum ur_norm { UR_NORM_PRE, UR_NORM_POST, UR_NORM_NONE } ur_norm;
typedef enum ur_feed { UR_FEED_RELU, UR_FEED_GELU, UR_FEED_NONE } ur_feed;
#define UR_HEADS_MAX 16
/* What another has read, as a crossed block looks at it. */
typedef struct ur_memory {
  int states;  /* [S,B,D]; UR_NODE_NONE: the inputs cross.k and cross.v hold what is made of them */
  int lengths; /* index [B], 1..S */
  int source;  /* most of S, where there are inputs */
} ur_memory;
typedef struct ur_block {
  int width, heads, feed_forward; /* D; A, which divides D; F */
  ur_look look;
  int scaled;   /* scores by the root of a head's width */
  int residual; /* 1: what a part makes is added to what it was made from */
  ur_feed feed; /* none: the second part is left out */
  int dropped;  /* 1: fused, weights and what each part makes are multiplied with inputs, ur_dropped below */
  ur_norm norm; /* before a part, after it and its residual, or not at all */
  double epsilon; /* of the norms */
  int crossed;    /* 1: before the last part its rows look at what another has read */
  ur_memory memory;
  int first; /* number of the first of its parameters, which follow one another */
} ur_block;
int ur_block_param_count(const ur_block *block);
/* Q, b_q, K, b_k, V, b_v, W_o, b_o; gamma_1, beta_1; W_1, b_1, W_2, b_2; gamma_2, beta_2, after the scope and
 * a dot; of a crossed one then cross.Q to cross.b_o, cross.gamma, cross.beta; what is switched off has its
 * parameters all the same. Matrices and biases as ur_dense_params, gamma
 * 1, beta 0. Sets block->first. Refuses (UR_E_SETTING) heads that do not divide the width. */
void ur_block_params(ur_params *params, const char *scope, ur_block *block);
/* h [T,B,D] -> [T,B,D] in the present scope; lengths (index [B], or UR_NODE_NONE) where keys are padded.
 * Fused: norm_1, q, k, v, o, its kept weights a [A,B,T,T], attended, mid; norm_2, inner, m, out. Unrolled:
 * for each head (head1. ..., or where there is one without) q, k, v, products, e, masked, a, o, as far as
 * each is there; centred_1, unit_1, scaled_1 before norm_1. A crossed one has in the scope cross the same
 * again, from norm (queries of it; k and v of the memory) to mid. Values equal bit for bit, gradients to 1e-6
 * of their norm. */
int ur_block_fused(ur_tape *tape, const ur_block *block, int h, int lengths);
int ur_block_unrolled(ur_tape *tape, const ur_block *block, int h, int lengths);
/* Dropout (Srivastava et al. 2014): x times an input drop_<name> of its shape, which the host fills at every
 * step with 0 or 1 / (1 - p), each by itself, as the kept weights' drop_a [A,B,T,T] in a block. Dropped is
 * after what is kept of the weights. */
int ur_dropped(ur_tape *tape, const char *name, int x);
/* The same for what comes next: h [T,B,D] is new, and stands behind what was read before. Its keys and values
 * are kept, the inputs "keys" and "values" [S,B,D], and take up those of h in their last T rows (ur_extend):
 * with T = S everything is computed, with T = 1 one row. most: of S. last: UR_NODE_NONE, or lengths
 * (index [B]) of h: then only the last row looks and goes on, [1,B,D]. Rows equal those of the others bit for
 * bit. A crossed block has S for what another read: there T is all that was written, h [Q,B,D], and what is
 * kept is carried (ur_carry). */
int ur_block_next(ur_tape *tape, const ur_block *block, int unrolled, int most, int h, int last);
/* cross.k and cross.v of states [S,B,D]: all that a crossed block needs of them. */
void ur_block_remember(ur_tape *tape, const ur_block *block, int states);
/* gamma o (x - mean) / sqrt(variance + epsilon) + beta, one node or its four; `name` ends their names. */
int ur_norm_layer(ur_tape *tape, int unrolled, const char *name, int x, int gamma, int beta, double epsilon);

#endif
