/* unroll/graph.h: the tape. Parameters live in one arena; graphs are built over them, each once for a
 * capacity (batch, length), and run many times at any smaller size without allocating.
 *
 * A builder function adds one node and returns its id. A builder that fails poisons the tape: it and
 * all later ones return UR_NODE_NONE, and ur_tape_finish reports the first cause. Values are float,
 * or double in a tape made for checking gradients. Row-major everywhere; the last dimension is
 * contiguous. A matrix of weights is stored [out, in].
 *
 * Axis letters, one a dimension: B batch, T time, S time of a source that is read before, V vocabulary,
 * E embedding, D model width, H hidden, A attention or heads, W window, G gates (all of them side by side,
 * each as wide as the hidden state). Dimensions lettered B, T and S follow the size set by ur_tape_resize;
 * all others are fixed. */
#ifndef UNROLL_GRAPH_H
#define UNROLL_GRAPH_H

#include "unroll/ops.h"
#include "unroll/rng.h"
#include "unroll/status.h"

#define UR_NODE_NONE (-1)
#define UR_RANK_MAX  4

typedef enum ur_role { UR_INPUT, UR_PARAMETER, UR_ACTIVATION, UR_CONSTANT, UR_LOSS } ur_role;
typedef enum ur_dtype { UR_F32, UR_F64, UR_INDEX } ur_dtype; /* UR_INDEX: int32, tokens and targets */

/* ---- parameters: named float tensors, contiguous in one arena in the order in which they are added ---- */
typedef struct ur_params ur_params;
typedef enum ur_init {
  UR_INIT_ZERO,
  UR_INIT_UNIFORM,
  UR_INIT_NORMAL
} ur_init; /* U(-scale, scale), N(0, scale) */

ur_status ur_params_create(ur_params **out);
void ur_params_free(ur_params *params);
/* Declares a tensor; its number. A failure poisons, reported by finish. axes like "HE", shape one int a
 * letter. */
int ur_params_add(ur_params *params, const char *name, const char *axes, const int *shape, ur_init init,
                  double scale);
/* Cells from..from+count-1 begin at `value` instead; the stream goes on as if they did not. One range a
 * tensor. */
void ur_params_start(ur_params *params, int param, size_t from, size_t count, double value);
/* Poisons them with the last error: what they are declared for cannot be. */
void ur_params_refuse(ur_params *params);
/* Allocates (refusing more than 256 MB) and initialises every tensor from the stream, in order. */
ur_status ur_params_finish(ur_params *params, ur_rng *stream);
int ur_params_count(const ur_params *params);
size_t ur_params_size(const ur_params *params); /* floats in all */
float *ur_params_data(ur_params *params);       /* all of them, contiguous */
typedef struct ur_param_view {
  const char *name, *axes;
  int rank, shape[UR_RANK_MAX];
  size_t offset, size; /* floats, from ur_params_data */
} ur_param_view;
ur_param_view ur_params_view(const ur_params *params, int index);

/* ---- tape ---- */
typedef struct ur_tape ur_tape;
typedef struct ur_tape_options {
  ur_dtype dtype;      /* UR_F32, or UR_F64 to check gradients */
  int batch, length;   /* capacity of the axes B and T */
  int source;          /* capacity of the axis S; 0 where nothing has one */
  int gradients;       /* 0: forward only */
  int edges;           /* 1: every edge keeps its own gradient buffer (unrolled graphs, to be walked) */
  size_t memory_limit; /* bytes; 0 for the default of 512 MB. Checked before anything large is allocated */
} ur_tape_options;

ur_status ur_tape_create(const ur_tape_options *options, ur_params *params, ur_tape **out);
void ur_tape_free(ur_tape *tape);

/* The path of a new node is the current scope, a dot, its name: "rnn" + ".3" + "Wh_h". */
void ur_scope_push(ur_tape *tape, const char *name);
void ur_scope_pop(ur_tape *tape);
/* The time step (from 1) given to nodes built from here on; 0 for none. A node with a time above the
 * current length is not run. */
void ur_scope_time(ur_tape *tape, int time);
/* The same for steps of the source, which are all run whatever the length: a graph of steps of a source is
 * right at its full source only. */
void ur_scope_source(ur_tape *tape, int time);

/* Leaves. */
int ur_input(ur_tape *tape, const char *name, const char *axes, const int *shape); /* real values, host-set */
int ur_input_index(ur_tape *tape, const char *name, const char *axes,
                   const int *shape);   /* int32 values, host-set */
int ur_param(ur_tape *tape, int param); /* one node a parameter */

/* Operations. Leading dimensions of a matrix operand are its rows: [T,B,H] is (T B) x H. */
int ur_embedding(ur_tape *tape, const char *name, int table, int tokens); /* [V,E],[...] -> [...,E] */
int ur_matmul(ur_tape *tape, const char *name, int a, int weight); /* C = A W^T: [...,K],[N,K] -> [...,N] */
/* of one shape, or b of the last axes of a, on all that come before: [S,B,N] + [B,N], [...,N] + [N] */
int ur_add(ur_tape *tape, const char *name, int a, int b);
int ur_tanh(ur_tape *tape, const char *name, int a);
int ur_sigmoid(ur_tape *tape, const char *name, int a);
int ur_relu(ur_tape *tape, const char *name, int a); /* its slope at 0 is 0 */
int ur_gelu(ur_tape *tape, const char *name,
            int a); /* x Phi(x) (Hendrycks and Gimpel 2016); its slope at 0 is 1/2 */
typedef enum ur_activation { UR_ACT_TANH, UR_ACT_SIGMOID, UR_ACT_RELU } ur_activation;
/* f (tanh or sigmoid) of one of the `parts` equal parts of the last axis: [...,G] -> [...,H]; it can be held.
 */
int ur_gate(ur_tape *tape, const char *name, int a, int part, int parts, ur_activation f);
int ur_mul(ur_tape *tape, const char *name, int a, int b); /* cell by cell; flushed; shapes as of ur_add */
int ur_one_minus(ur_tape *tape, const char *name, int a);
int ur_slice(ur_tape *tape, const char *name, int a, int from, int size, char axis); /* of the last axis */
int ur_concat(ur_tape *tape, const char *name, int a, int b); /* [...,M],[...,N] -> [...,M+N] */
int ur_concat_all(ur_tape *tape, const char *name, const int *parts, int n); /* the same of n */
/* Sequences of their own lengths (index [B], 1..T): read from the end, [T,B,...]; the last step, [B,...]. */
int ur_reverse(ur_tape *tape, const char *name, int a, int lengths);
int ur_last(ur_tape *tape, const char *name, int a, int lengths);
int ur_flatten(ur_tape *tape, const char *name, int a, char axis); /* [...,W,E] -> [...,W*E], lettered axis */
int ur_softmax(ur_tape *tape, const char *name, int logits);       /* over the last dimension */
int ur_nll(ur_tape *tape, const char *name, int probabilities,
           int targets); /* [...,V],[...] -> [...]; target -1: 0 */
int ur_cross_entropy(ur_tape *tape, const char *name, int logits,
                     int targets); /* softmax and nll in one, same bits */
/* Sum of all cells of all losses divided by count[0]; inputs with a time beyond the length are left out. */
int ur_mean_loss(ur_tape *tape, const char *name, const int *losses, int n, int count);
int ur_squared_error(ur_tape *tape, const char *name, int a, int b); /* (a - b)^2, cell by cell */
/* Minus the logarithm of how likely the targets t are, given y (constants of the Gaussian left out), a number
 * a row: 1/2 sum (y - t)^2; -sum t log y + (1 - t) log(1 - y); -sum t log y. Both [...,C] -> [...]. */
int ur_half_squares(ur_tape *tape, const char *name, int y, int t);
int ur_bernoulli(ur_tape *tape, const char *name, int y, int t);
int ur_categorical(ur_tape *tape, const char *name, int y, int t);
/* n nodes [...] one after another -> [S,...], the new axis lettered. */
int ur_stack(ur_tape *tape, const char *name, const int *steps, int n, char axis);
/* ---- attention: a query over what was read before (Bahdanau et al. 2015; Luong et al. 2015) ---- */
/* A query, or one at each step: [B,N] or [N], [S,B,N] -> [B,S]; [T,B,N] -> [T,B,S]. S may be T itself. */
int ur_scores(ur_tape *tape, const char *name, int query, int keys);
int ur_scale(ur_tape *tape, const char *name, int a, int d); /* a / sqrt(d) (Vaswani et al. 2017) */
/* softmax over the first lengths[b] cells of row b, exactly 0 beyond, where nothing is looked at and nothing
 * goes back: [B,S] or [T,B,S], index [B] of 1..S -> the same. */
int ur_masked_softmax(ur_tape *tape, const char *name, int scores, int lengths);
/* [B,S], [S,B,N] -> [B,N]; [T,B,S] -> [T,B,N] */
int ur_weighted_sum(ur_tape *tape, const char *name, int weights, int values);
/* ---- many queries at once, as matrices (Vaswani et al. 2017) ---- */
/* e_ij = q_i . k_j: [T,B,N], [S,B,N] -> [T,B,S]; S may be T itself. A cell is one of a matrix product: one
 * accumulator over N ascending, where that of ur_scores goes over four lanes. */
int ur_dots(ur_tape *tape, const char *name, int queries, int keys);
/* Which keys a query sees: all, or none that stands behind it. Where there are more keys than queries, the
 * queries are the last of them. */
typedef enum ur_look { UR_LOOK_AROUND, UR_LOOK_BACK } ur_look;
/* -infinity in place of the scores of keys that are not seen: those behind, and those beyond the first
 * lengths[b] (index [B], 1..S, or UR_NODE_NONE). A softmax makes them weights of exactly 0. UR_E_SHAPE where
 * there are fewer keys than queries: a row would have nothing to look at. */
int ur_mask(ur_tape *tape, const char *name, int scores, ur_look look, int lengths);
typedef struct ur_heads_form {
  int heads;  /* of equal width; they divide N and M */
  int scaled; /* scores by the root of a head's width */
  ur_look look;
  int lengths; /* index [B], 1..S; UR_NODE_NONE: all keys */
  int drop;    /* real [A,B,T,S]: what the weights are multiplied with after they are kept; UR_NODE_NONE */
} ur_heads_form;
/* Fused, in each head: o_i = sum_j softmax(q_i . k_j)_j v_j over the keys that are seen. queries [T,B,N],
 * keys [S,B,N], values [S,B,M] -> [T,B,M], the heads side by side; its weights [A,B,T,S] are kept. */
int ur_heads(ur_tape *tape, const char *name, const ur_heads_form *form, int queries, int keys, int values);
/* past with `recent` in the place of its last rows: [S,B,N], [T,B,N] -> [S,B,N], T at most S. past is an
 * input, and its memory becomes what is made; no gradient goes there. What was read before may be looked at
 * again (a cache). */
int ur_extend(ur_tape *tape, const char *name, int past, int recent);
/* ---- norms, over the last axis (Ba et al. 2016) ---- */
int ur_center(ur_tape *tape, const char *name, int a); /* x - mean */
int ur_normalize(ur_tape *tape, const char *name, int a,
                 double epsilon); /* x / sqrt(mean of x^2 + epsilon) */
/* Fused: gamma o normalize(center(x)) + beta: [...,N], [N], [N] -> [...,N] */
int ur_layer_norm(ur_tape *tape, const char *name, int a, int gamma, int beta, double epsilon);
/* Positions (index [...], from 0) as waves, sine and cosine interleaved: [...] -> [...,size], lettered axis;
 * size is even. Counted from 1, place and wave both, as the course has it, or from 0 (Vaswani et al. 2017).
 */
int ur_sinusoid(ur_tape *tape, const char *name, int positions, int size, char axis, int count_from);
/* Fused: h^(t) = f(h^(t-1) W_h^T + e^(t) W_e^T + b) over the whole sequence.
 * e [T,B,E], h0 [B,H], W_e [H,E], W_h [H,H], b [H] -> h [T,B,H]. */
int ur_rnn(ur_tape *tape, const char *name, int e, int h0, int W_e, int W_h, int b, ur_activation f);
/* Fused: z = h^(t-1) W_h^T + e^(t) W_e^T + b; gates i, f, g, o = sigmoid, sigmoid, tanh, sigmoid of its
 * quarters; c^(t) = f c^(t-1) + i g, h^(t) = o tanh(c^(t)) (Hochreiter and Schmidhuber 1997; Gers et al.
 * 2000). e [T,B,E], h0, c0 [B,H], W_e [4H,E], W_h [4H,H], b [4H] -> h [T,B,H]. */
int ur_lstm(ur_tape *tape, const char *name, int e, int h0, int c0, int W_e, int W_h, int b);
/* Fused: a = h^(t-1) W_h^T, x = e^(t) W_e^T + b; r, z = sigmoid(a + x) of the first two thirds,
 * n = tanh(x_n + r (a_n + b_n)), h^(t) = (1 - z) n + z h^(t-1) (Cho et al. 2014, reset after the product).
 * e [T,B,E], h0 [B,H], W_e [3H,E], W_h [3H,H], b [3H], b_n [H] -> h [T,B,H]. */
int ur_gru(ur_tape *tape, const char *name, int e, int h0, int W_e, int W_h, int b, int b_n);
/* Fused: every query looks at all keys of its sequence: scores, a softmax over the first lengths[b] of them,
 * the sum of the values by those weights. queries [T,B,N], keys [S,B,N], values [S,B,M], lengths (index
 * [B], 1..S)
 * -> [T,B,M]. Scores: q . k; that by sqrt(N); v . tanh(k + q) with v [N], which only the last one takes. */
typedef enum ur_score { UR_SCORE_DOT, UR_SCORE_SCALED, UR_SCORE_ADDITIVE } ur_score;
int ur_attention(ur_tape *tape, const char *name, ur_score score, int queries, int keys, int values,
                 int lengths, int v);
/* What such a node keeps, as a node that is computed with it: its gates after their sigmoid or tanh [T,B,G],
 * an LSTM's cell state c [T,B,H], or the weights of attention [T,B,S], of heads [A,B,T,S]. Only c has a
 * gradient, where something is made from it. */
typedef enum ur_kept_part { UR_KEPT_GATES, UR_KEPT_CELL, UR_KEPT_WEIGHTS } ur_kept_part;
int ur_kept(ur_tape *tape, const char *name, int node, ur_kept_part part);

/* Declares that from one run of the tape to the next the last step of `output` becomes `input`: cells as many
 * as the input has, from the output's end. */
void ur_carry(ur_tape *tape, int input, int output);

/* Computes the memory needed, refuses or allocates it. Reports the first builder failure. */
ur_status ur_tape_finish(ur_tape *tape);

/* What a node is. Pointers stay valid until the tape is freed. */
typedef struct ur_node_view {
  int id;
  ur_op op;
  ur_role role;
  ur_dtype dtype;
  const char *path;             /* "rnn.3.Wh_h" */
  const char *name;             /* "Wh_h" */
  const char *axes;             /* "BH" */
  int rank, shape[UR_RANK_MAX]; /* at the current size */
  int time;                     /* from 1; 0 where it has none */
  int of_source;                /* 1: that time is a step of the source */
  int n_inputs;
  const int *inputs;
  int param;    /* number in ur_params, or -1 */
  int active;   /* run at the current length */
  int gradient; /* has a gradient */
  int from;     /* of a slice, which cell of the input's last axis it begins with; else 0 */
} ur_node_view;
int ur_tape_count(const ur_tape *tape);
ur_node_view ur_tape_node(const ur_tape *tape, int id);
int ur_tape_find(const ur_tape *tape, const char *path); /* UR_NODE_NONE where there is none */

/* Sets batch and length within the capacity. UR_E_ARGUMENT beyond it. The source stays as it is. */
ur_status ur_tape_resize(ur_tape *tape, int batch, int length);
ur_status ur_tape_resize_source(ur_tape *tape, int source); /* the same of the axis S */
/* The node's memory: float, double or int32 as its dtype says; [shape] cells, valid until the tape is freed.
 */
void *ur_tape_value(ur_tape *tape, int id);
void *ur_tape_grad(ur_tape *tape, int id); /* NULL where it has none */
void *ur_tape_edge(ur_tape *tape, int id,
                   int input); /* d loss / d input through this edge; NULL where none */
void *ur_tape_param_grads(
    ur_tape *tape); /* of all parameters, laid out as ur_params_data; NULL without gradients */

/* Holds a gate ('i', 'f', 'g', 'o'; 'r', 'z', 'n') at a value in every step, unrolled or fused: a held gate
 * has no gradient. Above 1 (UR_FREE): free. 1 where that changed anything; then the tape has to be run anew.
 */
#define UR_FREE 2.0
int ur_tape_hold(ur_tape *tape, char gate, double value);
/* Holds one weight of an unrolled alignment, the cell of a masked_softmax node, at a value from 0 to 1; the
 * others share the rest as they would without it, and the held one has no gradient. A row of one weight stays
 * as it is. UR_FREE: free. The tape has to be run anew. UR_E_ARGUMENT where there is no such weight or value.
 */
ur_status ur_tape_clamp(ur_tape *tape, int node, int cell, double value);

/* What is declared to be carried: all of it 0, as before the first step; or taken up from what was run last.
 */
void ur_tape_carry_none(ur_tape *tape);
void ur_tape_carry_on(ur_tape *tape);
/* The same of inputs that have an axis B, row b of which takes up row rows[b] of what was run: a sequence may
 * go on from another's state. */
void ur_tape_carry_rows(ur_tape *tape, const int *rows);

/* Runs. The loss is the last node built with role UR_LOSS. */
ur_status ur_tape_forward(ur_tape *tape);  /* UR_E_NUMBER never: see ur_tape_first_bad */
ur_status ur_tape_backward(ur_tape *tape); /* after forward; gradients are overwritten, not accumulated */
/* The same, of one node instead of the loss: of the sum of its cells, or of one of them. Everywhere "d loss"
 * then is "d of that". The node must be one that the loss is made from (UR_E_ARGUMENT). A walk goes on
 * backwards from the loss all the same. */
#define UR_ALL_CELLS SIZE_MAX
ur_status ur_tape_backward_from(ur_tape *tape, int id, size_t cell);
/* The walk: position 0 nothing done; 1..F forward ops in order; F+1..2F the same ops backwards. */
int ur_tape_walk_length(const ur_tape *tape); /* 2F at the current size */
int ur_tape_walk_node(const ur_tape *tape, int position,
                      int *backward); /* node computed by step `position` >= 1 */
ur_status ur_tape_walk_to(ur_tape *tape,
                          int position); /* values and gradients as they are after that many steps */
/* First node, in walk order, that holds a NaN or an infinity; UR_NODE_NONE where none does. */
int ur_tape_first_bad(const ur_tape *tape, size_t *cell);

/* ---- where a number comes from ---- */
typedef struct ur_cells {
  size_t start, stride, count;
} ur_cells;
/* Which cells of `input` make cell `cell` of node `id`. UR_E_STATE for a fused op that has no such map. */
ur_status ur_tape_sources(const ur_tape *tape, int id, int input, size_t cell, ur_cells *out);
/* d output[cell] / d input[in_cell] at the current values (the local partial derivative). */
ur_status ur_tape_partial(const ur_tape *tape, int id, size_t cell, int input, size_t in_cell, double *out);

/* Compares backward with central differences in a UR_F64 tape: the largest |a-n| / max(1e-8, |a|+|n|) over
 * up to `samples` cells of every parameter (0: all), chosen by the stream. */
typedef struct ur_gradcheck {
  double worst;
  int param;
  size_t cell;
  double analytic, numeric;
  size_t checked;
} ur_gradcheck;
ur_status ur_tape_gradcheck(ur_tape *tape, size_t samples, ur_rng *stream, ur_gradcheck *out);
/* The same of every cell of every parameter, with both numbers of each, laid out as ur_params_data; 0 for a
 * parameter that the tape has no use for. */
ur_status ur_tape_derivatives(ur_tape *tape, double *backward, double *differences, ur_gradcheck *out);

#endif
