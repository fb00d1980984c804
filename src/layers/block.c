/* Pre-norm:  u = h + W_o heads(norm(h)) + b_o;  y = u + W_2 f(W_1 norm(u) + b_1) + b_2.  Post-norm: the norm
 * of each sum instead. Without residuals what is before the + is left out. A crossed block has in between
 * u' = u + W_o heads(norm(u), s) + b_o, whose queries are of u, and keys and values of s. */
#include <stdio.h>

#include "unroll/layers.h"

enum { Q, B_Q, K, B_K, V, B_V, W_O, B_O, GAMMA_1, BETA_1, W_1, B_1, W_2, B_2, GAMMA_2, BETA_2, OWN };
/* Of a crossed one what stands between: Q to b_o again, then gamma and beta. */
enum { GAMMA = B_O + 1, ACROSS = GAMMA + 2 };
static const char across[] = "cross";

static ur_dense add_dense(ur_params *params, const char *scope, const char *weight, const char *bias,
                          const char *axes, int n, int k) {
  char full[2][64];
  snprintf(full[0], sizeof full[0], "%s.%s", scope, weight);
  snprintf(full[1], sizeof full[1], "%s.%s", scope, bias);
  return ur_dense_params(params, full[0], full[1], axes, n, k);
}

static void add_norm(ur_params *params, const char *scope, const char *end, int width) {
  for (int k = 0; k < 2; k++) {
    char full[64];
    snprintf(full, sizeof full, "%s.%s%s", scope, k == 0 ? "gamma" : "beta", end);
    const int added = ur_params_add(params, full, "D", &width, UR_INIT_ZERO, 0);
    if (k == 0) ur_params_start(params, added, 0, (size_t)width, 1);
  }
}

/* Q, b_q, K, b_k, V, b_v, W_o, b_o; the number of the first. */
static int add_attention(ur_params *params, const char *scope, int D) {
  const int first = add_dense(params, scope, "Q", "b_q", "DD", D, D).weight;
  add_dense(params, scope, "K", "b_k", "DD", D, D);
  add_dense(params, scope, "V", "b_v", "DD", D, D);
  add_dense(params, scope, "W_o", "b_o", "DD", D, D);
  return first;
}

int ur_block_param_count(const ur_block *block) { return block->crossed ? OWN + ACROSS : OWN; }

void ur_block_params(ur_params *params, const char *scope, ur_block *block) {
  const int D = block->width, F = block->feed_forward;
  if (block->heads < 1 || block->heads > UR_HEADS_MAX || D % block->heads != 0) {
    ur_fail(UR_E_SETTING, "num_heads", "num_heads should divide hidden_size, which %d does not with %d",
            block->heads, D);
    ur_params_refuse(params);
  }
  block->first = add_attention(params, scope, D);
  add_norm(params, scope, "_1", D);
  add_dense(params, scope, "W_1", "b_1", "FD", F, D);
  add_dense(params, scope, "W_2", "b_2", "DF", D, F);
  add_norm(params, scope, "_2", D);
  if (!block->crossed) return;
  char full[48];
  snprintf(full, sizeof full, "%s.%s", scope, across);
  add_attention(params, full, D);
  add_norm(params, full, "", D);
}

static int dense(ur_tape *tape, int weight, const char *product, const char *sum, int x) {
  const ur_dense layer = {weight, weight + 1};
  return ur_dense_layer(tape, &layer, product, sum, x);
}

int ur_norm_layer(ur_tape *tape, int unrolled, const char *name, int x, int gamma, int beta, double epsilon) {
  char part[3][40];
  static const char *const names[] = {"centred", "unit", "scaled"};
  if (!unrolled) return ur_layer_norm(tape, name, x, ur_param(tape, gamma), ur_param(tape, beta), epsilon);
  for (int i = 0; i < 3; i++) snprintf(part[i], sizeof part[i], "%s_%.24s", names[i], name);
  const int unit = ur_normalize(tape, part[1], ur_center(tape, part[0], x), epsilon);
  return ur_add(tape, name, ur_mul(tape, part[2], unit, ur_param(tape, gamma)), ur_param(tape, beta));
}

/* ---- heads ---- */
/* How it is built. kept: 0, or most keys where those of before are kept; last: UR_NODE_NONE, or
 * lengths (index [B]) of what is new, of which only the last row has an output. */
typedef struct plan {
  int unrolled, lengths, kept, last, dropped;
} plan;

/* One attention: number of the first of its parameters, and which keys are seen. */
typedef struct attention {
  int first;
  ur_look look;
  int lengths;
} attention;

/* One head: what it makes of its queries, keys and values. */
static int look(ur_tape *tape, const ur_block *block, const attention *one, int q, int k, int v) {
  int e = ur_dots(tape, block->scaled ? "products" : "e", q, k);
  if (block->scaled) e = ur_scale(tape, "e", e, block->width / block->heads);
  if (one->look == UR_LOOK_BACK || one->lengths != UR_NODE_NONE)
    e = ur_mask(tape, "masked", e, one->look, one->lengths);
  return ur_weighted_sum(tape, "o", ur_softmax(tape, "a", e), v);
}

static int heads_as_matrices(ur_tape *tape, const ur_block *block, const attention *one, const int all[3]) {
  static const char *const names[] = {"q", "k", "v"};
  const int width = block->width / (block->heads > 0 ? block->heads : 1);
  int parts[UR_HEADS_MAX];
  if (block->heads == 1) return look(tape, block, one, all[0], all[1], all[2]);
  for (int a = 0; a < block->heads && a < UR_HEADS_MAX; a++) {
    char scope[24];
    int own[3];
    snprintf(scope, sizeof scope, "head%d", a + 1);
    ur_scope_push(tape, scope);
    for (int i = 0; i < 3; i++) own[i] = ur_slice(tape, names[i], all[i], a * width, width, 'K');
    parts[a] = look(tape, block, one, own[0], own[1], own[2]);
    ur_scope_pop(tape);
  }
  return ur_concat_all(tape, "o", parts, block->heads);
}

/* The last row of each sequence as a matrix of one: [T,B,D] -> [1,B,D]. */
static int last_row(ur_tape *tape, const char *name, int x, int lengths) {
  char row[24];
  snprintf(row, sizeof row, "%.12s_row", name);
  const int last = ur_last(tape, row, x, lengths);
  return ur_stack(tape, name, &last, 1, 'Q');
}

/* Of what was read before, and of what is new. A crossed block's stand along T, as those of a sequence of a
 * batch that goes on from another's (ur_tape_carry_rows). */
static int kept(ur_tape *tape, const ur_block *block, const plan *how, const char *past, const char *all,
                int recent) {
  const ur_node_view node = ur_tape_node(tape, recent);
  const int shape[] = {how->kept, node.shape[1], node.shape[2]};
  const int before = ur_input(tape, past, block->crossed ? "TBD" : "SBD", shape);
  const int both = ur_extend(tape, all, before, recent);
  if (block->crossed) ur_carry(tape, before, both);
  return both;
}

int ur_dropped(ur_tape *tape, const char *name, int x) {
  const ur_node_view node = ur_tape_node(tape, x);
  char drop[40], kept[40];
  snprintf(drop, sizeof drop, "drop_%.24s", name);
  snprintf(kept, sizeof kept, "%.24s_kept", name);
  return ur_mul(tape, kept, x, ur_input(tape, drop, node.axes, node.shape));
}

/* For the weights of all heads, each query over the keys. */
static int dropped_weights(ur_tape *tape, const ur_block *block, int q, int k) {
  const ur_node_view queries = ur_tape_node(tape, q), keys = ur_tape_node(tape, k);
  if (queries.rank != 3 || keys.rank != 3) return UR_NODE_NONE; /* a tape that has failed */
  const char axes[] = {'A', queries.axes[1], queries.axes[0], keys.axes[0], 0};
  const int shape[] = {block->heads, queries.shape[1], queries.shape[0], keys.shape[0]};
  return ur_input(tape, "drop_a", axes, shape);
}

/* all: its queries, keys and values. */
static int attended(ur_tape *tape, const ur_block *block, const plan *how, const attention *one,
                    const int all[3]) {
  int o;
  if (how->unrolled) {
    o = heads_as_matrices(tape, block, one, all);
  } else {
    const int drop = how->dropped ? dropped_weights(tape, block, all[0], all[1]) : UR_NODE_NONE;
    const ur_heads_form form = {block->heads, block->scaled, one->look, one->lengths, drop};
    o = ur_heads(tape, "o", &form, all[0], all[1], all[2]);
    ur_kept(tape, "a", o, UR_KEPT_WEIGHTS);
  }
  return dense(tape, one->first + W_O, "Wo_o", "attended", o);
}

/* x_q: rows that ask, x: rows that are looked at, the same or more. */
static int attend(ur_tape *tape, const ur_block *block, const plan *how, int x_q, int x) {
  const attention one = {block->first, block->look, how->lengths};
  int all[] = {dense(tape, one.first + Q, "Q_h", "q", x_q), dense(tape, one.first + K, "K_h", "k", x),
               dense(tape, one.first + V, "V_h", "v", x)};
  if (how->kept > 0) {
    all[1] = kept(tape, block, how, "keys", "k_all", all[1]);
    all[2] = kept(tape, block, how, "values", "v_all", all[2]);
  }
  return attended(tape, block, how, &one, all);
}

/* Keys and values of what another has read, in the scope of the attention across. */
static void remember(ur_tape *tape, const ur_block *block, int states, int made[2]) {
  const int first = block->first + OWN;
  made[0] = dense(tape, first + K, "K_s", "k", states);
  made[1] = dense(tape, first + V, "V_s", "v", states);
}

void ur_block_remember(ur_tape *tape, const ur_block *block, int states) {
  int made[2];
  ur_scope_push(tape, across);
  remember(tape, block, states, made);
  ur_scope_pop(tape);
}

static int attend_across(ur_tape *tape, const ur_block *block, const plan *how, int x) {
  const ur_memory *memory = &block->memory;
  const attention one = {block->first + OWN, UR_LOOK_AROUND, memory->lengths};
  int all[] = {dense(tape, one.first + Q, "Q_h", "q", x), 0, 0};
  if (memory->states != UR_NODE_NONE) {
    remember(tape, block, memory->states, all + 1);
  } else {
    const int shape[] = {memory->source, ur_tape_node(tape, x).shape[1], block->width};
    all[1] = ur_input(tape, "k", "SBD", shape);
    all[2] = ur_input(tape, "v", "SBD", shape);
  }
  return attended(tape, block, how, &one, all);
}

static int feed_forward(ur_tape *tape, const ur_block *block, int x) {
  const int z = dense(tape, block->first + W_1, "W1_h", "z", x);
  const int inner = block->feed == UR_FEED_GELU ? ur_gelu(tape, "inner", z) : ur_relu(tape, "inner", z);
  return dense(tape, block->first + W_2, "W2_inner", "m", inner);
}

/* ---- the block ---- */
enum { SELF, CROSS, FEED };

/* One part with its norm and its residual. */
static int build_part(ur_tape *tape, const ur_block *block, const plan *how, int part, int h) {
  static const char *const norms[] = {"norm_1", "norm", "norm_2"}, *const sums[] = {"mid", "mid", "out"};
  static const int gammas[] = {GAMMA_1, OWN + GAMMA, GAMMA_2};
  const int gamma = block->first + gammas[part];
  int x = h, x_q;
  if (block->norm == UR_NORM_PRE)
    x = ur_norm_layer(tape, how->unrolled, norms[part], h, gamma, gamma + 1, block->epsilon);
  x_q = x;
  if (how->last != UR_NODE_NONE && part == SELF) {
    h = last_row(tape, "h_last", h, how->last);
    x_q = block->norm == UR_NORM_PRE ? last_row(tape, "x_last", x, how->last) : h;
  }
  x = part == SELF    ? attend(tape, block, how, x_q, x)
      : part == CROSS ? attend_across(tape, block, how, x)
                      : feed_forward(tape, block, x);
  if (how->dropped) x = ur_dropped(tape, part == FEED ? "m" : "attended", x);
  if (block->residual) x = ur_add(tape, sums[part], h, x);
  return block->norm == UR_NORM_POST
             ? ur_norm_layer(tape, how->unrolled, norms[part], x, gamma, gamma + 1, block->epsilon)
             : x;
}

static int build(ur_tape *tape, const ur_block *block, const plan *how, int h) {
  h = build_part(tape, block, how, SELF, h);
  if (block->crossed) {
    ur_scope_push(tape, across);
    h = build_part(tape, block, how, CROSS, h);
    ur_scope_pop(tape);
  }
  return block->feed == UR_FEED_NONE ? h : build_part(tape, block, how, FEED, h);
}

int ur_block_fused(ur_tape *tape, const ur_block *block, int h, int lengths) {
  return build(tape, block, &(plan){0, lengths, 0, UR_NODE_NONE, block->dropped}, h);
}

int ur_block_unrolled(ur_tape *tape, const ur_block *block, int h, int lengths) {
  return build(tape, block, &(plan){1, lengths, 0, UR_NODE_NONE, 0}, h);
}

int ur_block_next(ur_tape *tape, const ur_block *block, int unrolled, int most, int h, int last) {
  return build(tape, block, &(plan){unrolled, UR_NODE_NONE, most, last, 0}, h);
}
