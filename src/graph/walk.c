/* Running a tape: whole, or step by step. */
#include "tape.h"

#include <string.h>

void ur__resize(ur_tape *tape, int batch, int length, int source) {
  tape->batch = batch;
  tape->length = length;
  tape->source = source;
  tape->steps = 0;
  tape->position = 0;
  for (int i = 0; i < tape->count; i++) {
    ur__node *node = tape->nodes[i];
    ur__tensor *value = &node->value;
    value->cells = 1;
    for (int k = 0; k < value->rank; k++) {
      if (value->axes[k] == 'B') value->shape[k] = batch;
      if (value->axes[k] == 'T') value->shape[k] = length;
      if (value->axes[k] == 'S') value->shape[k] = source;
      value->cells *= (size_t)value->shape[k];
    }
    value->active = node->since <= length;
    if (node->owner != UR_NODE_NONE) {
      const ur__node *owner = tape->nodes[node->owner];
      value->data = (char *)owner->aux + (size_t)node->kept * owner->value.cells * tape->arith->size;
    }
    if (ur__is_op(node) && value->active) tape->order[tape->steps++] = i;
  }
}

ur_status ur_tape_resize(ur_tape *tape, int batch, int length) {
  ur_status status = ur__must_be_finished(tape);
  if (status != UR_OK) return status;
  const ur_tape_options *most = &tape->options;
  if (batch < 1 || batch > most->batch || length < 1 || length > most->length)
    return ur_fail(UR_E_ARGUMENT, "",
                   "batch %d and length %d must be within 1..%d and 1..%d, for which the graph is built",
                   batch, length, most->batch, most->length);
  ur__resize(tape, batch, length, tape->source);
  return UR_OK;
}

ur_status ur_tape_resize_source(ur_tape *tape, int source) {
  ur_status status = ur__must_be_finished(tape);
  if (status != UR_OK) return status;
  const int most = tape->options.source;
  if (source < (most > 0) || source > most)
    return ur_fail(UR_E_ARGUMENT, "",
                   "a source of %d steps must be within 1..%d, for which the graph is built", source, most);
  ur__resize(tape, tape->batch, tape->length, source);
  return UR_OK;
}

void ur__load_params(ur_tape *tape) {
  if (tape->param_values) tape->arith->from_float(tape->param_values, tape->params->data, tape->params->size);
}

/* ---- single steps ---- */
static ur_status step_forward(const ur_tape *tape, const ur__node *node) {
  ur__call call = ur__call_of(tape, node);
  return ur__functions(tape, node->op)->forward(&call);
}

/* Where d loss / d input k is written first: into the edge, else straight into the input's gradient if it is
 * the first to come there, else into scratch. */
static void *target(ur_tape *tape, const ur__node *node, int k, char **scratch) {
  ur__node *from = tape->nodes[node->inputs[k]];
  if (node->edges) return node->edges[k];
  if (from->reached == 0) {
    from->reached = -1; /* taken: a second input of this op may be the same node */
    return from->grad;
  }
  void *at = *scratch;
  *scratch += (from->value.cells + UR__LINE - 1) / UR__LINE * UR__LINE * tape->arith->size;
  return at;
}

static void step_backward(ur_tape *tape, const ur__node *node) {
  char *scratch = tape->scratch;
  int any = 0;
  for (int k = 0; k < node->n; k++) {
    int active = ur__edge_active(tape, node, k);
    tape->dx[k] = active ? target(tape, node, k, &scratch) : NULL;
    any |= active;
  }
  if (!any) return;
  ur__call call = ur__call_of(tape, node);
  ur__functions(tape, node->op)->backward(&call, node->grad, tape->dx);
  for (int k = 0; k < node->n; k++) {
    if (!tape->dx[k]) continue;
    ur__node *from = tape->nodes[node->inputs[k]];
    if (from->reached <= 0) {
      if (tape->dx[k] != from->grad) memcpy(from->grad, tape->dx[k], ur__bytes(tape, &from->value));
      from->reached = 1;
    } else {
      tape->arith->accumulate(from->grad, tape->dx[k], from->value.cells);
      from->reached++;
    }
  }
}

/* Nothing is reached. `clear`: all gradients are zero until they are reached, for the eye of a walk. */
static void forget_gradients(ur_tape *tape, int clear) {
  for (int i = 0; i < tape->count; i++) {
    ur__node *node = tape->nodes[i];
    node->reached = 0;
    if (!clear || !node->gradient) continue;
    memset(node->grad, 0, ur__bytes(tape, &node->value));
    for (int k = 0; k < node->n && node->edges; k++)
      if (node->edges[k]) memset(node->edges[k], 0, ur__bytes(tape, &tape->nodes[node->inputs[k]]->value));
  }
}

/* d loss / d loss = 1. */
static void begin_backward(ur_tape *tape, int clear) {
  ur__node *loss = tape->nodes[tape->loss];
  forget_gradients(tape, clear);
  if (!loss->gradient) return;
  tape->arith->fill(loss->grad, 1, loss->value.cells);
  loss->reached = 1;
}

/* Has a gradient come to this node? One that came only to the cell states that it keeps counts: its own is
 * then 0. */
static int is_reached(ur_tape *tape, int id) {
  ur__node *node = tape->nodes[id];
  if (node->reached || node->cell == UR_NODE_NONE || !tape->nodes[node->cell]->reached) return node->reached;
  memset(node->grad, 0, ur__bytes(tape, &node->value));
  return node->reached = 1;
}

/* From what has been reached to all that it is made from. */
static void run_backward(ur_tape *tape) {
  for (int i = tape->steps - 1; i >= 0; i--) {
    const ur__node *node = tape->nodes[tape->order[i]];
    if (node->gradient && is_reached(tape, tape->order[i])) step_backward(tape, node);
  }
  for (int i = 0; i < tape->count; i++) {
    const ur__node *node = tape->nodes[i];
    if (node->gradient && !node->reached) memset(node->grad, 0, ur__bytes(tape, &node->value));
  }
}

/* ---- whole runs ---- */
ur_status ur__run_forward(ur_tape *tape) {
  tape->position = 0;
  for (int i = 0; i < tape->steps; i++) {
    ur_status status = step_forward(tape, tape->nodes[tape->order[i]]);
    if (status != UR_OK) return status;
    tape->position = i + 1;
  }
  return UR_OK;
}

ur_status ur_tape_forward(ur_tape *tape) {
  ur_status status = ur__must_be_finished(tape);
  if (status != UR_OK) return status;
  ur__load_params(tape);
  return ur__run_forward(tape);
}

static ur_status may_go_back(const ur_tape *tape) {
  if (!tape->options.gradients) return ur_fail(UR_E_STATE, "", "this graph was built without gradients");
  if (tape->loss == UR_NODE_NONE) return ur_fail(UR_E_STATE, "", "this graph has no loss to go back from");
  return UR_OK;
}

ur_status ur_tape_backward(ur_tape *tape) {
  ur_status status = ur__must_be_finished(tape);
  if (status == UR_OK) status = may_go_back(tape);
  if (status != UR_OK) return status;
  if (tape->position < tape->steps) return ur_fail(UR_E_STATE, "", "gradients need a forward run first");
  begin_backward(tape, tape->options.edges); /* an edge that is not reached must not keep what it was */
  run_backward(tape);
  tape->position = 2 * tape->steps;
  return UR_OK;
}

ur_status ur_tape_backward_from(ur_tape *tape, int id, size_t cell) {
  ur_status status = ur__must_be_finished(tape);
  if (status == UR_OK) status = may_go_back(tape);
  if (status == UR_OK) status = ur__node_check(tape, id);
  if (status != UR_OK) return status;
  ur__node *node = tape->nodes[id];
  if (tape->position < tape->steps) return ur_fail(UR_E_STATE, "", "gradients need a forward run first");
  if (!node->gradient || !node->value.active || (cell != UR_ALL_CELLS && cell >= node->value.cells))
    return ur_fail(UR_E_ARGUMENT, node->path, "%s has no gradient to begin from, or no cell %lu", node->path,
                   (unsigned long)cell);
  forget_gradients(tape, tape->options.edges);
  tape->arith->fill(node->grad, cell == UR_ALL_CELLS, node->value.cells);
  if (cell != UR_ALL_CELLS) tape->arith->fill((char *)node->grad + cell * tape->arith->size, 1, 1);
  node->reached = 1;
  run_backward(tape);
  tape->position = tape->steps;
  return UR_OK;
}

/* ---- the walk ---- */
int ur_tape_walk_length(const ur_tape *tape) {
  return tape->options.gradients && tape->loss != UR_NODE_NONE ? 2 * tape->steps : tape->steps;
}

int ur_tape_walk_node(const ur_tape *tape, int position, int *backward) {
  if (position < 1 || position > ur_tape_walk_length(tape)) return UR_NODE_NONE;
  int back = position > tape->steps;
  if (backward) *backward = back;
  return tape->order[back ? 2 * tape->steps - position : position - 1];
}

/* Nothing done: what will be computed is zero. */
static void restart(ur_tape *tape) {
  ur__load_params(tape);
  tape->position = 0;
  for (int i = 0; i < tape->count; i++) {
    const ur__node *node = tape->nodes[i];
    if (ur__is_op(node)) memset(node->value.data, 0, ur__bytes(tape, &node->value));
  }
  if (may_go_back(tape) == UR_OK) {
    begin_backward(tape, 1);
    ur__node *loss = tape->nodes[tape->loss];
    if (loss->gradient) memset(loss->grad, 0, ur__bytes(tape, &loss->value));
  }
}

ur_status ur_tape_walk_to(ur_tape *tape, int position) {
  ur_status status = ur__must_be_finished(tape);
  if (status != UR_OK) return status;
  if (position < 0 || position > ur_tape_walk_length(tape))
    return ur_fail(UR_E_ARGUMENT, "", "the walk has positions 0..%d, not %d", ur_tape_walk_length(tape),
                   position);
  if (position == 0 || position < tape->position) restart(tape);
  while (tape->position < position) {
    int back = tape->position >= tape->steps;
    if (tape->position == tape->steps) begin_backward(tape, 1);
    int next = tape->position + 1;
    const int node_id = ur_tape_walk_node(tape, next, NULL);
    const ur__node *node = tape->nodes[node_id];
    if (!back)
      status = step_forward(tape, node);
    else if (node->gradient && is_reached(tape, node_id))
      step_backward(tape, node);
    if (status != UR_OK) return status;
    tape->position = next;
  }
  return UR_OK;
}

/* ---- what went wrong ---- */
static int is_bad(const ur_tape *tape, const ur__node *node, const void *numbers, size_t *cell) {
  if (!numbers || !node->value.active || node->value.dtype == UR_INDEX) return 0;
  size_t at = tape->arith->first_bad(numbers, node->value.cells);
  if (at == node->value.cells) return 0;
  if (cell) *cell = at;
  return 1;
}

int ur_tape_first_bad(const ur_tape *tape, size_t *cell) {
  for (int i = 0; i < tape->count; i++)
    if (!ur__is_op(tape->nodes[i]) && tape->nodes[i]->owner == UR_NODE_NONE &&
        is_bad(tape, tape->nodes[i], tape->nodes[i]->value.data, cell))
      return i;
  for (int p = 1; p <= tape->position; p++) {
    int back = 0, id = ur_tape_walk_node(tape, p, &back);
    const ur__node *node = tape->nodes[id];
    if (!back && is_bad(tape, node, node->value.data, cell)) return id;
    for (int k = 0; k < node->n && back; k++)
      if (ur__edge_active(tape, node, k) &&
          is_bad(tape, tape->nodes[node->inputs[k]], tape->nodes[node->inputs[k]]->grad, cell))
        return node->inputs[k];
  }
  return UR_NODE_NONE;
}
