/* ur_tape_finish: what has a gradient, how much memory all of it takes, and one allocation for it. */
#include "alloc.h"
#include "tape.h"

#define DEFAULT_LIMIT ((size_t)512 << 20)

/* A node has a gradient where it is made from parameters and the loss is made from it. */
static ur_status mark_gradients(ur_tape *tape) {
  if (!tape->options.gradients || tape->loss == UR_NODE_NONE) return UR_OK;
  char *from_parameters = ur__alloc((size_t)tape->count);
  if (!from_parameters) return ur_fail(UR_E_MEMORY, "", "no memory to finish the graph");
  for (int i = 0; i < tape->count; i++) {
    const ur__node *node = tape->nodes[i];
    from_parameters[i] = node->role == UR_PARAMETER;
    for (int k = 0; k < node->n; k++) from_parameters[i] |= from_parameters[node->inputs[k]];
    if (node->owner != UR_NODE_NONE && tape->nodes[node->owner]->cell == i)
      from_parameters[i] = from_parameters[node->owner];
  }
  tape->nodes[tape->loss]->gradient = from_parameters[tape->loss];
  for (int i = tape->count - 1; i >= 0; i--) {
    const ur__node *node = tape->nodes[i];
    for (int k = 0; k < node->n && node->gradient; k++) {
      ur__node *from = tape->nodes[node->inputs[k]];
      from->gradient = from_parameters[node->inputs[k]];
      from->terms++;
    }
    if (node->gradient && node->owner != UR_NODE_NONE) tape->nodes[node->owner]->gradient = 1;
  }
  for (int i = 0; i < tape->params->count; i++)
    if (tape->param_nodes[i] != UR_NODE_NONE) tape->nodes[tape->param_nodes[i]]->gradient = 1;
  ur__free(from_parameters);
  return UR_OK;
}

/* One node's numbers, and the arrays through which its op finds those of its inputs. */
static void lay_out_node(ur_tape *tape, ur__arena *arena, ur__node *node) {
  size_t real = tape->arith->size;
  if (node->role == UR_PARAMETER) {
    size_t offset = tape->params->tensors[node->param].offset;
    char *values = tape->param_values, *grads = tape->param_grads;
    node->value.data = tape->options.dtype == UR_F64 ? (void *)(values ? values + offset * real : NULL)
                                                     : (void *)(tape->params->data + offset);
    node->grad = grads ? grads + offset * real : NULL;
    return;
  }
  if (node->owner != UR_NODE_NONE) { /* ur__resize finds its value */
    node->grad = node->gradient ? ur__arena_take(arena, node->value.cells, real) : NULL;
    return;
  }
  node->value.data = node->op == UR_OP_EXTEND ? tape->nodes[node->inputs[0]]->value.data
                                              : ur__arena_take(arena, ur__bytes(tape, &node->value), 1);
  node->grad = node->gradient ? ur__arena_take(arena, node->value.cells, real) : NULL;
  node->aux = node->needs.aux ? ur__arena_take(arena, node->needs.aux, real) : NULL;
  node->in = ur__arena_take(arena, (size_t)node->n, sizeof *node->in);
  node->edges = tape->options.edges && node->gradient && node->n
                    ? ur__arena_take(arena, (size_t)node->n, sizeof *node->edges)
                    : NULL;
  for (int k = 0; k < node->n; k++) {
    const ur__node *from = tape->nodes[node->inputs[k]];
    int edge = tape->options.edges && node->gradient && from->gradient;
    void *gradient = edge ? ur__arena_take(arena, from->value.cells, real) : NULL;
    if (node->in) node->in[k] = &from->value;
    if (node->edges) node->edges[k] = gradient;
  }
}

static void lay_out(ur_tape *tape, ur__arena *arena) {
  size_t real = tape->arith->size, work = 0, scratch = 0, most = 0, ops = 0;
  for (int i = 0; i < tape->count; i++) {
    const ur__node *node = tape->nodes[i];
    size_t terms = 0; /* of one op's inputs, those that must be added to others */
    for (int k = 0; k < node->n; k++) {
      const ur__node *from = tape->nodes[node->inputs[k]];
      if (node->gradient && from->gradient && from->terms > 1)
        terms = ur__plus(terms, ur__plus(from->value.cells, UR__LINE));
    }
    work = ur__larger(work, node->needs.work);
    scratch = ur__larger(scratch, terms);
    most = ur__larger(most, (size_t)node->n);
    ops += ur__is_op(node) ? 1 : 0;
  }
  if (tape->options.dtype == UR_F64) tape->param_values = ur__arena_take(arena, tape->params->size, real);
  if (tape->options.gradients) tape->param_grads = ur__arena_take(arena, tape->params->size, real);
  tape->work = ur__arena_take(arena, work, real);
  tape->scratch = ur__arena_take(arena, tape->options.edges ? 0 : scratch, real);
  tape->dx = ur__arena_take(arena, most, sizeof *tape->dx);
  tape->order = ur__arena_take(arena, ops, sizeof *tape->order);
  for (int i = 0; i < tape->count; i++) lay_out_node(tape, arena, tape->nodes[i]);
}

ur_status ur_tape_finish(ur_tape *tape) {
  ur_status status = ur__may_build(tape);
  if (status != UR_OK) return status;
  if (!tape->params->data && tape->params->count > 0)
    return ur_fail(UR_E_STATE, "", "the parameters are not finished; call ur_params_finish first");
  if ((status = mark_gradients(tape)) != UR_OK) return status;
  size_t limit = tape->options.memory_limit ? tape->options.memory_limit : DEFAULT_LIMIT;
  lay_out(tape, &tape->arena);
  if ((status = ur__arena_commit(&tape->arena, limit, "the graph")) != UR_OK) return status;
  lay_out(tape, &tape->arena);
  tape->finished = 1;
  ur__resize(tape, tape->options.batch, tape->options.length, tape->options.source);
  ur__load_params(tape);
  return UR_OK;
}
