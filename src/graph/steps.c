/* Steps, ways and work, by what the nodes are and how they hang together. */
#include "unroll/steps.h"

#include "alloc.h"
#include "tape.h"

#include <string.h>

/* ---- operations of one node, its row in the table of ops below ---- */
static ur_work none(const ur__call *call) {
  (void)call;
  return (ur_work){0};
}
static ur_work one_a_cell(const ur__call *call) { return (ur_work){.others = call->out->cells}; }
static ur_work two_a_cell(const ur__call *call) { return (ur_work){.others = 2 * call->out->cells}; }
/* Every cell is a sum over the last axis of the first input. */
static ur_work products(const ur__call *call) {
  return (ur_work){.multiply_adds = (uint64_t)call->out->cells * ur__cols(call->in[0])};
}
/* A row of n: n - 1 comparisons, n differences, n exp, n - 1 sums, n quotients. */
static ur_work softmax(const ur__call *call) {
  return (ur_work){.others = 5 * call->out->cells - 2 * ur__rows(call->out)};
}
/* A row of n: n squares, n - 1 sums, and with epsilon, root and reciprocal n products. */
static ur_work normalize(const ur__call *call) {
  return (ur_work){.others = 3 * call->out->cells + 3 * ur__rows(call->out)};
}
/* Of a row of n: for each its term of so many operations, and n - 1 sums; the half of the squares is one
 * more. */
static ur_work half_squares(const ur__call *call) { return (ur_work){.others = 3 * call->in[0]->cells}; }
static ur_work bernoulli(const ur__call *call) {
  return (ur_work){.others = 8 * call->in[0]->cells - call->out->cells};
}
static ur_work categorical(const ur__call *call) {
  return (ur_work){.others = 3 * call->in[0]->cells - call->out->cells};
}
/* n - 1 sums and a quotient; the last input is how many are counted. */
static ur_work mean(const ur__call *call) {
  ur_work work = {0};
  for (int k = 0; k + 1 < call->n; k++)
    if (call->in[k]->active) work.others += call->in[k]->cells;
  return work;
}

/* NULL: fused. A test asks for a row of every other op. */
static ur_work (*const work_of[UR_OP_COUNT])(const ur__call *) = {
    [UR_OP_LEAF] = none,
    [UR_OP_EMBEDDING] = none,
    [UR_OP_MATMUL] = products,
    [UR_OP_ADD] = one_a_cell,
    [UR_OP_TANH] = one_a_cell,
    [UR_OP_SIGMOID] = one_a_cell,
    [UR_OP_RELU] = one_a_cell,
    [UR_OP_GATE] = one_a_cell,
    [UR_OP_MUL] = one_a_cell,
    [UR_OP_ONE_MINUS] = one_a_cell,
    [UR_OP_SLICE] = none,
    [UR_OP_CONCAT] = none,
    [UR_OP_REVERSE] = none,
    [UR_OP_LAST] = none,
    [UR_OP_FLATTEN] = none,
    [UR_OP_SOFTMAX] = softmax,
    [UR_OP_NLL] = one_a_cell,
    [UR_OP_SQUARED_ERROR] = two_a_cell,
    [UR_OP_MEAN_LOSS] = mean,
    [UR_OP_HALF_SQUARES] = half_squares,
    [UR_OP_BERNOULLI] = bernoulli,
    [UR_OP_CATEGORICAL] = categorical,
    [UR_OP_STACK] = none,
    [UR_OP_SCALE] = one_a_cell,
    [UR_OP_GELU] = one_a_cell,
    [UR_OP_DOTS] = products,
    [UR_OP_MASK] = none,
    [UR_OP_EXTEND] = none,
    [UR_OP_CENTER] = two_a_cell,
    [UR_OP_NORMALIZE] = normalize,
    [UR_OP_SINUSOID] = none,
    [UR_OP_SCORES] = products,
    [UR_OP_MASKED_SOFTMAX] = softmax,
    [UR_OP_WEIGHTED_SUM] = products,
};

/* ---- what may be asked ---- */
/* UR_E_STATE for a tape that is not finished or not of single operations. */
static ur_status can_be_counted(const ur_tape *tape) {
  const ur_status status = ur__must_be_finished(tape);
  if (status != UR_OK) return status;
  for (int i = 0; i < tape->count; i++) {
    const ur__node *node = tape->nodes[i];
    if (work_of[node->op] == NULL || node->owner != UR_NODE_NONE)
      return ur_fail(UR_E_STATE, node->path,
                     "%s is fused and hides its steps; they are counted in the unrolled graph", node->path);
  }
  return UR_OK;
}

static ur_status can_be_reached(const ur_tape *tape, int id) {
  const ur_status status = ur__node_check(tape, id);
  if (status != UR_OK || tape->nodes[id]->value.active) return status;
  const ur__node *node = tape->nodes[id];
  return ur_fail(UR_E_ARGUMENT, node->path, "%s is of step %d, beyond the present length of %d", node->path,
                 node->time, tape->length);
}

/* Room for a number a node, to be freed; NULL after setting the error. */
static int *number_each(const ur_tape *tape) {
  int *numbers = ur__alloc_array((size_t)tape->count, sizeof *numbers);
  if (!numbers) ur_fail(UR_E_MEMORY, "", "there is no memory left to count the steps of a graph");
  return numbers;
}

/* ---- steps ---- */
/* Inputs are built before what is made from them, so one pass in building order is enough, here and below. */
static void count_steps(const ur_tape *tape, int *steps) {
  for (int i = 0; i < tape->count; i++) {
    const ur__node *node = tape->nodes[i];
    steps[i] = node->value.active ? 0 : -1;
    if (!ur__is_op(node) || !node->value.active) continue;
    for (int k = 0; k < node->n; k++)
      if (steps[node->inputs[k]] > steps[i]) steps[i] = steps[node->inputs[k]];
    steps[i]++;
  }
}

ur_status ur_steps_all(const ur_tape *tape, int *steps) {
  const ur_status status = can_be_counted(tape);
  if (status == UR_OK) count_steps(tape, steps);
  return status;
}

/* ---- ways ---- */
/* Of states that are stacked, `last` takes one, so no way leads through it from the others: its node, at the
 * length of the longest sequence; UR_NODE_NONE for any other operation. */
static int taken_by(const ur_tape *tape, const ur__node *node) {
  if (node->op != UR_OP_LAST || !node->value.active) return UR_NODE_NONE;
  const ur__node *all = tape->nodes[node->inputs[0]];
  return all->op == UR_OP_STACK ? all->inputs[all->value.shape[0] - 1] : UR_NODE_NONE;
}

/* From `to` back to a node of number 0, each time to the first input whose number is one less; shortest:
 * through what `last` takes. */
static void go_back(const ur_tape *tape, const int *numbers, int shortest, int to, int *way, int *count) {
  *count = numbers[to] + 1;
  for (int i = *count - 1, id = to; i >= 0; i--) {
    way[i] = id;
    const ur__node *node = tape->nodes[id];
    const int taken = shortest ? taken_by(tape, node) : UR_NODE_NONE;
    if (i >= 2 && taken != UR_NODE_NONE && numbers[taken] == i - 2) {
      way[--i] = node->inputs[0];
      id = taken;
    }
    for (int k = 0; k < node->n && id == way[i]; k++)
      if (numbers[node->inputs[k]] == numbers[way[i]] - 1) id = node->inputs[k];
  }
}

ur_status ur_steps_longest(const ur_tape *tape, int to, int *way, int *count) {
  *count = 0;
  ur_status status = can_be_counted(tape);
  if (status == UR_OK && to != UR_NODE_NONE) status = can_be_reached(tape, to);
  if (status != UR_OK || tape->count == 0) return status;
  int *steps = number_each(tape);
  if (!steps) return UR_E_MEMORY;
  count_steps(tape, steps);
  if (to == UR_NODE_NONE) {
    to = 0;
    for (int i = 1; i < tape->count; i++)
      if (steps[i] > steps[to]) to = i;
  }
  if (steps[to] >= 0) go_back(tape, steps, 0, to, way, count);
  ur__free(steps);
  return UR_OK;
}

/* numbers[i]: the fewest operations from `from` to i; -1 where i is not made from it. */
static void count_from(const ur_tape *tape, int from, int *numbers) {
  for (int i = 0; i < tape->count; i++) {
    const ur__node *node = tape->nodes[i];
    const int taken = taken_by(tape, node);
    numbers[i] = i == from ? 0 : -1;
    for (int k = 0; k < node->n && node->value.active && i != from; k++) {
      int there = numbers[node->inputs[k]];
      if (k == 0 && taken != UR_NODE_NONE && node->inputs[0] != from)
        there = numbers[taken] < 0 ? -1 : numbers[taken] + 1;
      if (there >= 0 && (numbers[i] < 0 || there + 1 < numbers[i])) numbers[i] = there + 1;
    }
  }
}

ur_status ur_steps_way(const ur_tape *tape, int from, int to, int *way, int *count) {
  *count = 0;
  ur_status status = can_be_counted(tape);
  if (status == UR_OK) status = can_be_reached(tape, from);
  if (status == UR_OK) status = can_be_reached(tape, to);
  if (status != UR_OK) return status;
  int *numbers = number_each(tape);
  if (!numbers) return UR_E_MEMORY;
  count_from(tape, from, numbers);
  if (numbers[to] >= 0) go_back(tape, numbers, 1, to, way, count);
  ur__free(numbers);
  return UR_OK;
}

/* ---- work ---- */
ur_status ur_steps_work(const ur_tape *tape, ur_work *work) {
  const ur_status status = can_be_counted(tape);
  if (status != UR_OK) return status;
  memset(work, 0, UR_OP_COUNT * sizeof *work);
  for (int i = 0; i < tape->count; i++) {
    const ur__node *node = tape->nodes[i];
    if (!node->value.active) continue;
    const ur__call call = ur__call_of(tape, node);
    const ur_work one = work_of[node->op](&call);
    ur_work *sum = &work[node->op];
    sum->nodes++;
    sum->multiply_adds += one.multiply_adds;
    sum->others += one.others;
    sum->bytes += ur__bytes(tape, &node->value);
  }
  return UR_OK;
}
