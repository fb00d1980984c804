/* The builders of operations. */
#include "alloc.h"
#include "tape.h"

#include <string.h>

typedef struct plan {
  ur_op op;
  ur_role role;
  int option, range[2];
} plan;

/* The call that a shape rule sees: inputs at full capacity, nothing allocated. */
static ur_status apply_shape_rule(ur_tape *tape, ur__node *node) {
  const ur__tensor **in = ur__alloc_array((size_t)node->n, sizeof *in);
  if (!in) return ur_fail(UR_E_MEMORY, node->path, "%s: no memory for one more node", node->path);
  for (int k = 0; k < node->n; k++) in[k] = &tape->nodes[node->inputs[k]]->value;
  ur__call call = {.path = node->path,
                   .n = node->n,
                   .in = in,
                   .option = node->option,
                   .range = node->range,
                   .hold = node->hold};
  ur__tensor out = {0};
  ur_status status = ur__functions(tape, node->op)->shape(&call, &out, &node->needs);
  ur__free(in);
  if (status != UR_OK) return status;
  node->value.rank = out.rank;
  memcpy(node->value.axes, out.axes, sizeof out.axes);
  memcpy(node->value.shape, out.shape, sizeof out.shape);
  node->value.dtype = tape->options.dtype;
  return ur__tensor_count(&node->value, node->path);
}

static ur_status add_node(ur_tape *tape, const char *name, plan plan, const int *inputs, int n) {
  ur_status status = ur__may_build(tape);
  for (int k = 0; k < n && status == UR_OK; k++) status = ur__node_check(tape, inputs[k]);
  if (status != UR_OK) return status;
  ur__node *node = ur__node_new(tape, name, 1, n);
  if (!node) return ur_last_error()->code;
  memcpy(node->inputs, inputs, (size_t)n * sizeof *inputs);
  node->op = plan.op;
  node->role = plan.role;
  node->option = plan.option;
  memcpy(node->range, plan.range, sizeof plan.range);
  /* What is made from step t is not there before step t. A mean loss leaves out what is not there. */
  for (int k = 0; k < n && plan.op != UR_OP_MEAN_LOSS; k++) {
    const ur__node *from = tape->nodes[inputs[k]];
    if (from->since > node->since) node->since = from->since;
    if (tape->time == 0 && !from->of_source && from->time > node->time) node->time = from->time;
  }
  return apply_shape_rule(tape, node);
}

static int add(ur_tape *tape, const char *name, plan plan, const int *inputs, int n) {
  if (add_node(tape, name, plan, inputs, n) != UR_OK) return ur__poison(tape);
  int id = tape->count - 1;
  if (plan.role == UR_LOSS) tape->loss = id;
  return id;
}

int ur_embedding(ur_tape *tape, const char *name, int table, int tokens) {
  return add(tape, name, (plan){UR_OP_EMBEDDING, UR_ACTIVATION, 0, {0}}, (int[]){table, tokens}, 2);
}

int ur_matmul(ur_tape *tape, const char *name, int a, int weight) {
  return add(tape, name, (plan){UR_OP_MATMUL, UR_ACTIVATION, 0, {0}}, (int[]){a, weight}, 2);
}

int ur_add(ur_tape *tape, const char *name, int a, int b) {
  return add(tape, name, (plan){UR_OP_ADD, UR_ACTIVATION, 0, {0}}, (int[]){a, b}, 2);
}

int ur_tanh(ur_tape *tape, const char *name, int a) {
  return add(tape, name, (plan){UR_OP_TANH, UR_ACTIVATION, 0, {0}}, &a, 1);
}

int ur_sigmoid(ur_tape *tape, const char *name, int a) {
  return add(tape, name, (plan){UR_OP_SIGMOID, UR_ACTIVATION, 0, {0}}, &a, 1);
}

int ur_relu(ur_tape *tape, const char *name, int a) {
  return add(tape, name, (plan){UR_OP_RELU, UR_ACTIVATION, 0, {0}}, &a, 1);
}

int ur_gelu(ur_tape *tape, const char *name, int a) {
  return add(tape, name, (plan){UR_OP_GELU, UR_ACTIVATION, 0, {0}}, &a, 1);
}

int ur_flatten(ur_tape *tape, const char *name, int a, char axis) {
  return add(tape, name, (plan){UR_OP_FLATTEN, UR_ACTIVATION, axis, {0}}, &a, 1);
}

int ur_gate(ur_tape *tape, const char *name, int a, int part, int parts, ur_activation f) {
  if (ur__may_build(tape) == UR_OK &&
      (part < 0 || part >= parts || (f != UR_ACT_TANH && f != UR_ACT_SIGMOID))) {
    ur_fail(UR_E_ARGUMENT, name, "%s: there is no gate %d of %d, or none with activation %d", name, part,
            parts, (int)f);
    return ur__poison(tape);
  }
  return add(tape, name, (plan){UR_OP_GATE, UR_ACTIVATION, (int)f, {part, parts}}, &a, 1);
}

int ur_mul(ur_tape *tape, const char *name, int a, int b) {
  return add(tape, name, (plan){UR_OP_MUL, UR_ACTIVATION, 0, {0}}, (int[]){a, b}, 2);
}

int ur_one_minus(ur_tape *tape, const char *name, int a) {
  return add(tape, name, (plan){UR_OP_ONE_MINUS, UR_ACTIVATION, 0, {0}}, &a, 1);
}

int ur_slice(ur_tape *tape, const char *name, int a, int from, int size, char axis) {
  return add(tape, name, (plan){UR_OP_SLICE, UR_ACTIVATION, axis, {from, size}}, &a, 1);
}

int ur_concat(ur_tape *tape, const char *name, int a, int b) {
  return ur_concat_all(tape, name, (int[]){a, b}, 2);
}

int ur_concat_all(ur_tape *tape, const char *name, const int *parts, int n) {
  return add(tape, name, (plan){UR_OP_CONCAT, UR_ACTIVATION, 0, {0}}, parts, n);
}

int ur_reverse(ur_tape *tape, const char *name, int a, int lengths) {
  return add(tape, name, (plan){UR_OP_REVERSE, UR_ACTIVATION, 0, {0}}, (int[]){a, lengths}, 2);
}

int ur_last(ur_tape *tape, const char *name, int a, int lengths) {
  return add(tape, name, (plan){UR_OP_LAST, UR_ACTIVATION, 0, {0}}, (int[]){a, lengths}, 2);
}

int ur_stack(ur_tape *tape, const char *name, const int *steps, int n, char axis) {
  return add(tape, name, (plan){UR_OP_STACK, UR_ACTIVATION, axis, {0}}, steps, n);
}

int ur_scale(ur_tape *tape, const char *name, int a, int d) {
  return add(tape, name, (plan){UR_OP_SCALE, UR_ACTIVATION, 0, {d}}, &a, 1);
}

int ur_scores(ur_tape *tape, const char *name, int query, int keys) {
  return add(tape, name, (plan){UR_OP_SCORES, UR_ACTIVATION, 0, {0}}, (int[]){query, keys}, 2);
}

int ur_masked_softmax(ur_tape *tape, const char *name, int scores, int lengths) {
  return add(tape, name, (plan){UR_OP_MASKED_SOFTMAX, UR_ACTIVATION, 0, {0}}, (int[]){scores, lengths}, 2);
}

int ur_weighted_sum(ur_tape *tape, const char *name, int weights, int values) {
  return add(tape, name, (plan){UR_OP_WEIGHTED_SUM, UR_ACTIVATION, 0, {0}}, (int[]){weights, values}, 2);
}

int ur_attention(ur_tape *tape, const char *name, ur_score score, int queries, int keys, int values,
                 int lengths, int v) {
  const int inputs[] = {queries, keys, values, lengths, v};
  return add(tape, name, (plan){UR_OP_ATTENTION, UR_ACTIVATION, (int)score, {0}}, inputs,
             score == UR_SCORE_ADDITIVE ? 5 : 4);
}

int ur_dots(ur_tape *tape, const char *name, int queries, int keys) {
  return add(tape, name, (plan){UR_OP_DOTS, UR_ACTIVATION, 0, {0}}, (int[]){queries, keys}, 2);
}

static int look_of(ur_look look, int lengths, int drop) {
  return (look == UR_LOOK_BACK ? UR__CAUSAL : 0) | (lengths != UR_NODE_NONE ? UR__PADDED : 0) |
         (drop != UR_NODE_NONE ? UR__DROPPED : 0);
}

int ur_mask(ur_tape *tape, const char *name, int scores, ur_look look, int lengths) {
  return add(tape, name, (plan){UR_OP_MASK, UR_ACTIVATION, look_of(look, lengths, UR_NODE_NONE), {0}},
             (int[]){scores, lengths}, lengths == UR_NODE_NONE ? 1 : 2);
}

int ur_heads(ur_tape *tape, const char *name, const ur_heads_form *form, int queries, int keys, int values) {
  int inputs[5] = {queries, keys, values}, n = 3;
  if (form->lengths != UR_NODE_NONE) inputs[n++] = form->lengths;
  if (form->drop != UR_NODE_NONE) inputs[n++] = form->drop;
  const plan heads = {UR_OP_HEADS,
                      UR_ACTIVATION,
                      look_of(form->look, form->lengths, form->drop),
                      {form->heads, form->scaled}};
  return add(tape, name, heads, inputs, n);
}

int ur_extend(ur_tape *tape, const char *name, int past, int recent) {
  if (ur__may_build(tape) == UR_OK && ur__node_check(tape, past) == UR_OK &&
      tape->nodes[past]->role != UR_INPUT) {
    ur_fail(UR_E_ARGUMENT, name, "%s: only an input is extended where it is, and %s is none", name,
            tape->nodes[past]->path);
    return ur__poison(tape);
  }
  return add(tape, name, (plan){UR_OP_EXTEND, UR_ACTIVATION, 0, {0}}, (int[]){past, recent}, 2);
}

int ur_center(ur_tape *tape, const char *name, int a) {
  return add(tape, name, (plan){UR_OP_CENTER, UR_ACTIVATION, 0, {0}}, &a, 1);
}

static int with_epsilon(ur_tape *tape, int id, double epsilon) {
  if (id != UR_NODE_NONE) tape->nodes[id]->epsilon = epsilon;
  return id;
}

int ur_normalize(ur_tape *tape, const char *name, int a, double epsilon) {
  return with_epsilon(tape, add(tape, name, (plan){UR_OP_NORMALIZE, UR_ACTIVATION, 0, {0}}, &a, 1), epsilon);
}

int ur_layer_norm(ur_tape *tape, const char *name, int a, int gamma, int beta, double epsilon) {
  const int inputs[] = {a, gamma, beta};
  return with_epsilon(tape, add(tape, name, (plan){UR_OP_LAYER_NORM, UR_ACTIVATION, 0, {0}}, inputs, 3),
                      epsilon);
}

int ur_sinusoid(ur_tape *tape, const char *name, int positions, int size, char axis, int count_from) {
  return add(tape, name, (plan){UR_OP_SINUSOID, UR_ACTIVATION, axis, {size, count_from}}, &positions, 1);
}

int ur_squared_error(ur_tape *tape, const char *name, int a, int b) {
  return add(tape, name, (plan){UR_OP_SQUARED_ERROR, UR_LOSS, 0, {0}}, (int[]){a, b}, 2);
}

int ur_half_squares(ur_tape *tape, const char *name, int y, int t) {
  return add(tape, name, (plan){UR_OP_HALF_SQUARES, UR_LOSS, 0, {0}}, (int[]){y, t}, 2);
}

int ur_bernoulli(ur_tape *tape, const char *name, int y, int t) {
  return add(tape, name, (plan){UR_OP_BERNOULLI, UR_LOSS, 0, {0}}, (int[]){y, t}, 2);
}

int ur_categorical(ur_tape *tape, const char *name, int y, int t) {
  return add(tape, name, (plan){UR_OP_CATEGORICAL, UR_LOSS, 0, {0}}, (int[]){y, t}, 2);
}

int ur_softmax(ur_tape *tape, const char *name, int logits) {
  return add(tape, name, (plan){UR_OP_SOFTMAX, UR_ACTIVATION, 0, {0}}, &logits, 1);
}

int ur_nll(ur_tape *tape, const char *name, int probabilities, int targets) {
  return add(tape, name, (plan){UR_OP_NLL, UR_LOSS, 0, {0}}, (int[]){probabilities, targets}, 2);
}

int ur_cross_entropy(ur_tape *tape, const char *name, int logits, int targets) {
  return add(tape, name, (plan){UR_OP_CROSS_ENTROPY, UR_LOSS, 0, {0}}, (int[]){logits, targets}, 2);
}

int ur_mean_loss(ur_tape *tape, const char *name, const int *losses, int n, int count) {
  if (ur__may_build(tape) != UR_OK) return ur__poison(tape);
  int *inputs = n < 1 ? NULL : ur__alloc_array((size_t)n + 1, sizeof *inputs);
  if (!inputs) {
    if (n < 1)
      ur_fail(UR_E_ARGUMENT, name, "%s: a mean needs at least one loss", name);
    else
      ur_fail(UR_E_MEMORY, name, "%s: no memory for one more node", name);
    return ur__poison(tape);
  }
  memcpy(inputs, losses, (size_t)n * sizeof *losses);
  inputs[n] = count;
  int id = add(tape, name, (plan){UR_OP_MEAN_LOSS, UR_LOSS, 0, {0}}, inputs, n + 1);
  ur__free(inputs);
  return id;
}

int ur_rnn(ur_tape *tape, const char *name, int e, int h0, int W_e, int W_h, int b, ur_activation f) {
  if (ur__may_build(tape) == UR_OK && (unsigned)f > UR_ACT_RELU) {
    ur_fail(UR_E_ARGUMENT, name, "%s: there is no activation %d", name, (int)f);
    return ur__poison(tape);
  }
  return add(tape, name, (plan){UR_OP_RNN, UR_ACTIVATION, (int)f, {0}}, (int[]){e, h0, W_e, W_h, b}, 5);
}

int ur_lstm(ur_tape *tape, const char *name, int e, int h0, int c0, int W_e, int W_h, int b) {
  return add(tape, name, (plan){UR_OP_LSTM, UR_ACTIVATION, 0, {0}}, (int[]){e, h0, c0, W_e, W_h, b}, 6);
}

int ur_gru(ur_tape *tape, const char *name, int e, int h0, int W_e, int W_h, int b, int b_n) {
  return add(tape, name, (plan){UR_OP_GRU, UR_ACTIVATION, 0, {0}}, (int[]){e, h0, W_e, W_h, b, b_n}, 6);
}

/* ---- gates: what is kept of them, and holding one ---- */
/* The gates of a fused op, in order, and how many times its own cells each kept array is from the start. */
static const char *gates_of(ur_op op) { return op == UR_OP_LSTM ? "ifgo" : op == UR_OP_GRU ? "rzn" : ""; }

/* The weights of heads: of each head and sequence a matrix, a row a query. */
static void add_heads(const ur_tape *tape, const ur__node *owner, ur__tensor *kept) {
  const ur__tensor *queries = &owner->value, *keys = &tape->nodes[owner->inputs[1]]->value;
  const char axes[] = {'A', keys->axes[1], queries->axes[0], keys->axes[0], '\0'};
  const int shape[] = {owner->range[0], keys->shape[1], queries->shape[0], keys->shape[0]};
  kept->rank = 4;
  memcpy(kept->axes, axes, sizeof axes);
  memcpy(kept->shape, shape, sizeof shape);
}

static ur_status add_kept(ur_tape *tape, const char *name, int node, ur_kept_part part) {
  ur_status status = ur__may_build(tape);
  if (status == UR_OK) status = ur__node_check(tape, node);
  if (status != UR_OK) return status;
  const ur__node *owner = tape->nodes[node];
  int gates = (int)strlen(gates_of(owner->op));
  if (part == UR_KEPT_WEIGHTS ? owner->op != UR_OP_ATTENTION && owner->op != UR_OP_HEADS
                              : gates == 0 || (part == UR_KEPT_CELL && owner->op != UR_OP_LSTM))
    return ur_fail(UR_E_ARGUMENT, name, "%s: %s keeps no such thing", name, owner->path);
  ur__node *kept = ur__node_new(tape, name, 1, 0);
  if (!kept) return ur_last_error()->code;
  owner = tape->nodes[node];
  kept->role = UR_ACTIVATION;
  kept->value = owner->value;
  if (part == UR_KEPT_GATES) {
    kept->value.axes[kept->value.rank - 1] = 'G';
    kept->value.shape[kept->value.rank - 1] *= gates;
  }
  if (part == UR_KEPT_WEIGHTS && owner->op == UR_OP_HEADS) {
    add_heads(tape, owner, &kept->value);
  } else if (part == UR_KEPT_WEIGHTS) {
    const ur__tensor *keys = &tape->nodes[owner->inputs[1]]->value;
    kept->value.axes[kept->value.rank - 1] = keys->axes[0];
    kept->value.shape[kept->value.rank - 1] = keys->shape[0];
  }
  kept->owner = node;
  if (part == UR_KEPT_CELL) tape->nodes[node]->cell = tape->count - 1;
  kept->kept = part == UR_KEPT_CELL ? gates : 0;
  kept->since = owner->since;
  return ur__tensor_count(&kept->value, kept->path);
}

int ur_kept(ur_tape *tape, const char *name, int node, ur_kept_part part) {
  return add_kept(tape, name, node, part) == UR_OK ? tape->count - 1 : ur__poison(tape);
}

int ur_tape_hold(ur_tape *tape, char gate, double value) {
  int changed = 0;
  for (int i = 0; i < tape->count; i++) {
    ur__node *node = tape->nodes[i];
    const char *gates = gates_of(node->op), *at = gate ? strchr(gates, gate) : NULL;
    int mine = node->op == UR_OP_GATE && node->name[0] == gate && node->name[1] == '\0';
    if (!at && !mine) continue;
    double *hold = &node->hold[at ? at - gates : 0];
    changed |= *hold != value;
    *hold = value;
  }
  if (changed) tape->position = 0; /* what is there was made with another */
  return changed;
}

ur_status ur_tape_clamp(ur_tape *tape, int id, int cell, double value) {
  const ur_status status = ur__node_check(tape, id);
  if (status != UR_OK) return status;
  ur__node *node = tape->nodes[id];
  if (node->op != UR_OP_MASKED_SOFTMAX)
    return ur_fail(UR_E_ARGUMENT, node->path, "%s has no weights of an alignment to hold", node->path);
  if (cell < 0 || cell >= node->value.shape[node->value.rank - 1])
    return ur_fail(UR_E_ARGUMENT, node->path, "%s has no weight number %d", node->path, cell);
  if (!(value >= 0) || (value > 1 && value != UR_FREE))
    return ur_fail(UR_E_ARGUMENT, node->path, "a weight is held at 0 to 1, not at %g", value);
  node->hold[0] = value, node->hold[1] = cell;
  tape->position = 0; /* what is there was made with another */
  return UR_OK;
}
