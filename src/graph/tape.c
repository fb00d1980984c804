/* The tape: its nodes, scopes and leaves, and what can be asked of them. */
#include "tape.h"

#include "alloc.h"
#include "hash.h"

#include <stdio.h>
#include <string.h>

ur_status ur_tape_create(const ur_tape_options *options, ur_params *params, ur_tape **out) {
  *out = NULL;
  if (!params) return ur_fail(UR_E_ARGUMENT, "", "a tape needs a set of parameters, even if it is empty");
  if (options->dtype != UR_F32 && options->dtype != UR_F64)
    return ur_fail(UR_E_ARGUMENT, "", "a tape holds floats or doubles, not indices");
  if (options->batch < 1 || options->length < 1)
    return ur_fail(UR_E_ARGUMENT, "", "a tape needs batch and length of at least 1, not %d and %d",
                   options->batch, options->length);
  const ur__precision *doubles = options->dtype == UR_F64 ? ur__doubles() : NULL;
  if (options->dtype == UR_F64 && !doubles)
    return ur_fail(UR_E_STATE, "", "what computes in double is not here");
  ur_tape *tape = ur__alloc(sizeof *tape);
  if (!tape) return ur_fail(UR_E_MEMORY, "", "no memory for a graph");
  tape->options = *options;
  tape->params = params;
  tape->ops = doubles ? doubles->ops : ur__ops_f32;
  tape->arith = doubles ? doubles->arith : &ur__arith_f32;
  tape->loss = UR_NODE_NONE;
  tape->batch = options->batch;
  tape->length = options->length;
  tape->source = options->source;
  tape->param_nodes = ur__alloc_array((size_t)params->count, sizeof *tape->param_nodes);
  if (!tape->param_nodes) {
    ur_tape_free(tape);
    return ur_fail(UR_E_MEMORY, "", "no memory for a graph");
  }
  for (int i = 0; i < params->count; i++) tape->param_nodes[i] = UR_NODE_NONE;
  *out = tape;
  return UR_OK;
}

void ur_tape_free(ur_tape *tape) {
  if (!tape) return;
  for (int i = 0; i < tape->count; i++) {
    ur__free(tape->nodes[i]->inputs);
    ur__free(tape->nodes[i]);
  }
  ur__free(tape->nodes);
  ur__free(tape->param_nodes);
  ur__free(tape->carried);
  ur__arena_free(&tape->arena);
  ur__free(tape);
}

int ur__poison(ur_tape *tape) {
  if (tape->failure.code == UR_OK) tape->failure = *ur_last_error();
  return UR_NODE_NONE;
}

ur_status ur__may_build(ur_tape *tape) {
  const ur_error *failure = &tape->failure;
  if (failure->code != UR_OK) return ur_fail(failure->code, failure->node, "%s", failure->message);
  if (tape->finished) return ur_fail(UR_E_STATE, "", "this graph is finished; nothing can be added to it");
  return UR_OK;
}

ur_status ur__must_be_finished(const ur_tape *tape) {
  return tape->finished ? UR_OK
                        : ur_fail(UR_E_STATE, "", "this graph is not finished; call ur_tape_finish first");
}

/* ---- scopes ---- */
void ur_scope_push(ur_tape *tape, const char *name) {
  if (ur__may_build(tape) != UR_OK) return;
  size_t at = strlen(tape->scope), size = strlen(name);
  if (tape->scope_depth == UR__SCOPE_DEPTH || at + size + 2 > sizeof tape->scope) {
    ur_fail(UR_E_ARGUMENT, tape->scope, "the scope %s is too long or too deep for %s", tape->scope, name);
    ur__poison(tape);
    return;
  }
  tape->scope_ends[tape->scope_depth++] = (int)at;
  snprintf(tape->scope + at, sizeof tape->scope - at, "%s%s", at ? "." : "", name);
}

void ur_scope_pop(ur_tape *tape) {
  if (ur__may_build(tape) != UR_OK) return;
  if (tape->scope_depth == 0) {
    ur_fail(UR_E_STATE, "", "a scope is left that was never entered");
    ur__poison(tape);
    return;
  }
  tape->scope[tape->scope_ends[--tape->scope_depth]] = '\0';
}

void ur_scope_time(ur_tape *tape, int time) {
  tape->time = time;
  tape->of_source = 0;
}

void ur_scope_source(ur_tape *tape, int time) {
  tape->time = time;
  tape->of_source = 1;
}

/* ---- nodes ---- */
static ur_status grow(ur_tape *tape) {
  if (tape->count < tape->capacity) return UR_OK;
  int capacity = tape->capacity ? 2 * tape->capacity : 64;
  ur__node **grown = ur__realloc(tape->nodes, (size_t)capacity * sizeof *grown);
  if (!grown) return UR_E_MEMORY;
  tape->nodes = grown;
  tape->capacity = capacity;
  return UR_OK;
}

static int find(const ur_tape *tape, const char *path, uint64_t hash) {
  for (int i = 0; i < tape->count; i++)
    if (tape->nodes[i]->hash == hash && strcmp(tape->nodes[i]->path, path) == 0) return i;
  return UR_NODE_NONE;
}

ur__node *ur__node_new(ur_tape *tape, const char *name, int scoped, int n) {
  char path[2 * sizeof tape->scope];
  const char *scope = scoped ? tape->scope : "";
  int size = snprintf(path, sizeof path, "%s%s%s", scope, scope[0] ? "." : "", name);
  uint64_t hash = ur__fnv1a(UR__FNV_START, path, strlen(path));
  if (name[0] == '\0' || size >= UR__PATH_MAX) {
    ur_fail(UR_E_ARGUMENT, scope, "a node in scope '%s' needs a name, and a path below %d bytes", scope,
            UR__PATH_MAX);
    return NULL;
  }
  if (find(tape, path, hash) != UR_NODE_NONE) {
    ur_fail(UR_E_ARGUMENT, path, "%s: there is a node of this path already", path);
    return NULL;
  }
  ur__node *node = ur__alloc(sizeof *node);
  int *inputs = ur__alloc_array((size_t)n, sizeof *inputs);
  if (!node || !inputs || grow(tape) != UR_OK) {
    ur__free(node);
    ur__free(inputs);
    ur_fail(UR_E_MEMORY, path, "%s: no memory for one more node", path);
    return NULL;
  }
  memcpy(node->path, path, (size_t)size + 1);
  const char *dot = strrchr(node->path, '.');
  node->name = scoped ? node->path + size - strlen(name) : dot ? dot + 1 : node->path;
  node->hash = hash;
  node->time = scoped ? tape->time : 0;
  node->of_source = node->time > 0 && tape->of_source;
  node->since = node->of_source ? 0 : node->time;
  node->param = -1;
  node->owner = node->cell = UR_NODE_NONE;
  for (int k = 0; k < 4; k++) node->hold[k] = UR_FREE;
  node->inputs = inputs;
  node->n = n;
  node->value.active = 1;
  tape->nodes[tape->count++] = node;
  return node;
}

/* ---- leaves ---- */
static ur_status leaf(ur_tape *tape, const char *name, const char *axes, const int *shape, ur_dtype dtype) {
  ur_status status = ur__may_build(tape);
  if (status != UR_OK) return status;
  size_t rank = strlen(axes);
  if (rank > UR_RANK_MAX)
    return ur_fail(UR_E_SHAPE, name, "%s: at most %d axes, not %s", name, UR_RANK_MAX, axes);
  ur__tensor value = {.dtype = dtype, .rank = (int)rank, .active = 1};
  memcpy(value.axes, axes, rank + 1);
  for (size_t i = 0; i < rank; i++) {
    const ur_tape_options *most = &tape->options;
    int size = axes[i] == 'B'   ? most->batch
               : axes[i] == 'T' ? most->length
               : axes[i] == 'S' ? most->source
                                : shape[i];
    if (shape[i] != size)
      return ur_fail(UR_E_SHAPE, name, "%s: axis %c is %d, but the graph is built for %d", name, axes[i],
                     shape[i], size);
    value.shape[i] = size;
  }
  if ((status = ur__tensor_count(&value, name)) != UR_OK) return status;
  ur__node *node = ur__node_new(tape, name, 1, 0);
  if (!node) return ur_last_error()->code;
  node->role = UR_INPUT;
  node->value = value;
  return UR_OK;
}

int ur_input(ur_tape *tape, const char *name, const char *axes, const int *shape) {
  return leaf(tape, name, axes, shape, tape->options.dtype) == UR_OK ? tape->count - 1 : ur__poison(tape);
}

int ur_input_index(ur_tape *tape, const char *name, const char *axes, const int *shape) {
  return leaf(tape, name, axes, shape, UR_INDEX) == UR_OK ? tape->count - 1 : ur__poison(tape);
}

int ur_param(ur_tape *tape, int param) {
  if (ur__may_build(tape) != UR_OK) return ur__poison(tape);
  if (param < 0 || param >= tape->params->count) {
    ur_fail(UR_E_ARGUMENT, "", "there is no parameter %d; there are %d", param, tape->params->count);
    return ur__poison(tape);
  }
  if (tape->param_nodes[param] != UR_NODE_NONE) return tape->param_nodes[param];
  const ur__param *p = &tape->params->tensors[param];
  ur__node *node = ur__node_new(tape, p->name, 0, 0);
  if (!node) return ur__poison(tape);
  node->role = UR_PARAMETER;
  node->param = param;
  node->value = p->tensor;
  node->value.dtype = tape->options.dtype;
  node->value.active = 1;
  return tape->param_nodes[param] = tape->count - 1;
}

/* ---- from run to run ---- */
static ur_status carry(ur_tape *tape, int input, int output) {
  ur_status status = ur__may_build(tape);
  if (status == UR_OK) status = ur__node_check(tape, input);
  if (status == UR_OK) status = ur__node_check(tape, output);
  if (status != UR_OK) return status;
  const ur__node *to = tape->nodes[input], *from = tape->nodes[output];
  if (to->role != UR_INPUT || to->value.dtype != from->value.dtype || to->value.cells > from->value.cells)
    return ur_fail(UR_E_SHAPE, to->path, "%s cannot be carried on from %s", to->path, from->path);
  const size_t count = (size_t)tape->carried_count + 1;
  int *grown = ur__realloc(tape->carried, 2 * count * sizeof *grown);
  if (!grown) return ur_fail(UR_E_MEMORY, to->path, "no memory for what is carried");
  tape->carried = grown;
  tape->carried[2 * count - 2] = input;
  tape->carried[2 * count - 1] = output;
  tape->carried_count = (int)count;
  return UR_OK;
}

void ur_carry(ur_tape *tape, int input, int output) {
  if (carry(tape, input, output) != UR_OK) ur__poison(tape);
}

void ur_tape_carry_none(ur_tape *tape) {
  for (int i = 0; i < tape->carried_count; i++) {
    const ur__tensor *to = &tape->nodes[tape->carried[2 * i]]->value;
    memset(to->data, 0, ur__bytes(tape, to));
  }
}

/* Where in `from` the last of it begins, as much as `to` has. */
static const char *last_of(const ur_tape *tape, const ur__tensor *from, const ur__tensor *to) {
  return (const char *)from->data + ur__bytes(tape, from) - ur__bytes(tape, to);
}

void ur_tape_carry_on(ur_tape *tape) {
  for (int i = 0; i < tape->carried_count; i++) {
    const ur__tensor *to = &tape->nodes[tape->carried[2 * i]]->value,
                     *from = &tape->nodes[tape->carried[2 * i + 1]]->value;
    if (to->data != from->data) memcpy(to->data, last_of(tape, from, to), ur__bytes(tape, to));
  }
}

void ur_tape_carry_rows(ur_tape *tape, const int *rows) {
  for (int i = 0; i < tape->carried_count; i++) {
    const ur__tensor *to = &tape->nodes[tape->carried[2 * i]]->value,
                     *from = &tape->nodes[tape->carried[2 * i + 1]]->value;
    const char *last = last_of(tape, from, to);
    size_t before = 1;
    int axis = 0;
    for (; axis + 1 < to->rank && to->axes[axis] != 'B'; axis++) before *= (size_t)to->shape[axis];
    const size_t B = (size_t)to->shape[axis], row = ur__bytes(tape, to) / (before * B);
    for (size_t k = 0; k < before; k++, last += B * row) {
      char *into = (char *)to->data + k * B * row;
      const char *taken = into == last ? memcpy(tape->work, last, B * row) : last;
      for (size_t b = 0; b < B; b++) memcpy(into + b * row, taken + (size_t)rows[b] * row, row);
    }
  }
}

/* ---- questions ---- */
ur_status ur__node_check(const ur_tape *tape, int id) {
  if (id >= 0 && id < tape->count) return UR_OK;
  return ur_fail(UR_E_ARGUMENT, "", "there is no node %d; there are %d", id, tape->count);
}

int ur_tape_count(const ur_tape *tape) { return tape->count; }

ur_node_view ur_tape_node(const ur_tape *tape, int id) {
  if (id < 0 || id >= tape->count)
    return (ur_node_view){.id = UR_NODE_NONE, .path = "", .name = "", .axes = "", .param = -1};
  const ur__node *node = tape->nodes[id];
  ur_node_view view = {.id = id,
                       .op = node->op,
                       .role = node->role,
                       .dtype = node->value.dtype,
                       .path = node->path,
                       .name = node->name,
                       .axes = node->value.axes,
                       .rank = node->value.rank,
                       .time = node->time,
                       .of_source = node->of_source,
                       .n_inputs = node->n,
                       .inputs = node->inputs,
                       .param = node->param,
                       .active = node->value.active,
                       .gradient = node->gradient,
                       .from = node->op == UR_OP_SLICE ? node->range[0] : 0};
  memcpy(view.shape, node->value.shape, sizeof view.shape);
  return view;
}

int ur_tape_find(const ur_tape *tape, const char *path) {
  return find(tape, path, ur__fnv1a(UR__FNV_START, path, strlen(path)));
}

void *ur_tape_value(ur_tape *tape, int id) {
  return id >= 0 && id < tape->count && tape->finished ? tape->nodes[id]->value.data : NULL;
}

void *ur_tape_grad(ur_tape *tape, int id) {
  return id >= 0 && id < tape->count ? tape->nodes[id]->grad : NULL;
}

void *ur_tape_edge(ur_tape *tape, int id, int input) {
  if (id < 0 || id >= tape->count || !tape->nodes[id]->edges || input < 0 || input >= tape->nodes[id]->n)
    return NULL;
  return tape->nodes[id]->edges[input];
}

void *ur_tape_param_grads(ur_tape *tape) { return tape->param_grads; }

size_t ur__bytes(const ur_tape *tape, const ur__tensor *t) {
  return ur__times(t->cells, t->dtype == UR_INDEX ? sizeof(int32_t) : tape->arith->size);
}

const ur__op_functions *ur__functions(const ur_tape *tape, ur_op op) { return &tape->ops[op]; }

ur__call ur__call_of(const ur_tape *tape, const ur__node *node) {
  const ur__node *cell = node->cell != UR_NODE_NONE ? tape->nodes[node->cell] : NULL;
  return (ur__call){.path = node->path,
                    .n = node->n,
                    .in = node->in,
                    .out = &node->value,
                    .option = node->option,
                    .range = node->range,
                    .epsilon = node->epsilon,
                    .hold = node->hold,
                    .dkept = cell && cell->gradient && cell->reached > 0 ? cell->grad : NULL,
                    .aux = node->aux,
                    .work = tape->work};
}

int ur__edge_active(const ur_tape *tape, const ur__node *node, int k) {
  const ur__node *from = tape->nodes[node->inputs[k]];
  return node->gradient && node->value.active && from->gradient && from->value.active;
}
