/* The walked graph: what its nodes are, what they hold, where a cell comes from. */
#include "exports.h"
#include "unroll/decode.h"

#include <stdlib.h>

static size_t cells_of(const ur_node_view *node) {
  size_t cells = 1;
  for (int i = 0; i < node->rank; i++) cells *= (size_t)node->shape[i];
  return cells;
}

static void free_walk(void *walk) { ur_walk_free(walk); }

UW_EXPORT(walk_create) int uw_walk_create(int trainer_handle, uint32_t text, uint32_t text_size) {
  ur_trainer *trainer = uw_handle_get(UW_TRAINER, trainer_handle);
  const char *t = uw_input_text(text, text_size);
  ur_walk *walk;
  if (!trainer || !t || ur_walk_create(trainer, t, &walk) != UR_OK) return 0;
  return uw_handle_put(UW_WALK, walk, free_walk, trainer_handle);
}

/* own: 1 for the model's own guess, and the target is not looked at. */
UW_EXPORT(walk_create_pair)
int uw_walk_create_pair(int trainer_handle, int own, uint32_t source, uint32_t source_size, uint32_t target,
                        uint32_t target_size) {
  ur_trainer *trainer = uw_handle_get(UW_TRAINER, trainer_handle);
  const char *s = uw_input_text(source, source_size);
  const char *t = own ? NULL : uw_input_text(target, target_size);
  ur_walk *walk;
  if (!trainer || !s || (!own && !t) || ur_walk_create_pair(trainer, s, t, &walk) != UR_OK) return 0;
  return uw_handle_put(UW_WALK, walk, free_walk, trainer_handle);
}

UW_EXPORT(walk_to) int uw_walk_to(int handle, int position) {
  ur_walk *walk = uw_handle_get(UW_WALK, handle);
  return walk ? ur_walk_to(walk, position) : UR_E_ARGUMENT;
}

/* Holds a weight of an alignment at a value; above 1: lets it go. */
UW_EXPORT(walk_clamp) int uw_walk_clamp(int handle, int node, int cell, double value) {
  ur_walk *walk = uw_handle_get(UW_WALK, handle);
  return walk ? ur_tape_clamp(ur_walk_tape(walk), node, cell, value > 1 ? UR_FREE : value) : UR_E_ARGUMENT;
}

/* Numbers: gradient's norm, scale of clipping, position. */
UW_EXPORT(walk_state) int uw_walk_state(int handle) {
  ur_walk *walk = uw_handle_get(UW_WALK, handle);
  if (!walk) return UR_E_ARGUMENT;
  uw_numbers[0] = ur_walk_grad_norm(walk), uw_numbers[1] = ur_walk_clip_scale(walk);
  uw_numbers[2] = ur_walk_position(walk);
  return UR_OK;
}

/* ---- the schema, as JSON ---- */
static void print_ints(ur_buffer *out, const int *values, int n) {
  ur_buffer_print(out, "[");
  uw_result_ints(values, n);
  ur_buffer_print(out, "]");
}

/* at: the positions at which the node is computed, forwards and backwards; 0 for never. */
static void print_node(ur_buffer *out, ur_tape *tape, int id, const int at[2]) {
  static const char *const roles[] = {"input", "parameter", "activation", "constant", "loss"};
  ur_node_view node = ur_tape_node(tape, id);
  const ur_op_info *op = ur_op_describe(node.op);
  ur_buffer_print(out, "{\"id\":%d,\"path\":", id), uw_result_json(node.path);
  ur_buffer_print(out, ",\"name\":"), uw_result_json(node.name);
  ur_buffer_print(out, ",\"op\":"), uw_result_json(op ? op->name : "leaf");
  ur_buffer_print(out, ",\"role\":\"%s\",\"dtype\":\"%s\",\"axes\":", roles[node.role],
                  node.dtype == UR_INDEX ? "index" : "f32");
  uw_result_json(node.axes);
  ur_buffer_print(out, ",\"shape\":"), print_ints(out, node.shape, node.rank);
  ur_buffer_print(out, ",\"time\":%d%s,\"inputs\":", node.time, node.of_source ? ",\"source\":true" : "");
  print_ints(out, node.inputs, node.n_inputs);
  if (node.op == UR_OP_SLICE) ur_buffer_print(out, ",\"from\":%d", node.from);
  ur_buffer_print(out, ",\"forward\":%d,\"backward\":%d,\"gradient\":%s}", at[0], at[1],
                  node.gradient ? "true" : "false");
}

static ur_status print_nodes(ur_buffer *out, ur_tape *tape) {
  int count = ur_tape_count(tape), any = 0;
  int(*at)[2] = calloc((size_t)count, sizeof *at);
  if (!at) return ur_fail(UR_E_MEMORY, "", "There is no memory to describe %d nodes.", count);
  for (int p = 1; p <= ur_tape_walk_length(tape); p++) {
    int back, id = ur_tape_walk_node(tape, p, &back);
    if (id >= 0 && id < count) at[id][back ? 1 : 0] = p;
  }
  for (int id = 0; id < count; id++) {
    if (!ur_tape_node(tape, id).active) continue;
    if (any++) ur_buffer_print(out, ",");
    print_node(out, tape, id, at[id]);
  }
  free(at);
  return UR_OK;
}

/* The node of a parameter, whose update is a position of its own. */
static int node_of_param(const ur_tape *tape, int param) {
  for (int id = 0; id < ur_tape_count(tape); id++)
    if (ur_tape_node(tape, id).param == param) return id;
  return UR_NODE_NONE;
}

static ur_status print_updates(ur_buffer *out, ur_walk *walk, int first) {
  ur_tape *tape = ur_walk_tape(walk);
  for (int position = first, param = 0; position <= ur_walk_length(walk); position++, param++) {
    const ur_update_line *lines;
    int count;
    ur_status status = ur_walk_update(walk, param, &lines, &count);
    if (status != UR_OK) return status;
    ur_buffer_print(out, "%s{\"position\":%d,\"node\":%d,\"lines\":[", param ? "," : "", position,
                    node_of_param(tape, param));
    for (int i = 0; i < count; i++) {
      ur_buffer_print(out, i ? ",{\"name\":" : "{\"name\":"), uw_result_json(lines[i].name);
      ur_buffer_print(out, ",\"formula\":"), uw_result_json(lines[i].formula), ur_buffer_print(out, "}");
    }
    ur_buffer_print(out, "]}");
  }
  return UR_OK;
}

static void print_read(ur_buffer *out, const ur_walk *walk, ur_read what, const char *key) {
  int count;
  const int32_t *tokens = ur_walk_read(walk, what, &count);
  ur_buffer_print(out, "\"%s\":", key), print_ints(out, (const int *)tokens, count);
  ur_buffer_print(out, ",");
}

/* Where a source is read: its tokens, and what is written for it as text. */
static void print_pair(ur_buffer *out, const ur_walk *walk, const ur_trainer *trainer) {
  ur_buffer text = {0};
  int count;
  const int32_t *goals = ur_walk_read(walk, UR_READ_GOALS, &count);
  ur_buffer_append(&text, "", 0); /* so that an empty one is a text too */
  ur_trainer_text(trainer, goals, count, &text);
  ur_buffer_print(out, "\"pair\":{"), print_read(out, walk, UR_READ_SOURCE, "source");
  ur_buffer_print(out, "\"target\":"), uw_result_json(text.failed ? "" : (const char *)text.data);
  ur_buffer_print(out, "},");
  out->failed |= text.failed;
  ur_buffer_free(&text);
}

/* Result: JSON {tokens, targets, pair, length, forward, nodes, updates} of protocol.ts' WalkSchema. Leaves
 * the walk at its last position. */
UW_EXPORT(walk_schema) int uw_walk_schema(int handle) {
  ur_walk *walk = uw_handle_get(UW_WALK, handle);
  if (!walk) return UR_E_ARGUMENT;
  ur_tape *tape = ur_walk_tape(walk);
  ur_status status =
      ur_walk_to(walk, ur_walk_length(walk)); /* the optimiser's lines are there after backward */
  if (status != UR_OK) return status;
  int both = ur_tape_walk_length(tape);
  ur_buffer *out = uw_result();
  ur_buffer_print(out, "{");
  print_read(out, walk, UR_READ_INPUTS, "tokens");
  print_read(out, walk, UR_READ_GOALS, "targets");
  const ur_trainer *trainer = uw_handle_get(UW_TRAINER, uw_handle_parent(handle));
  if (trainer && ur_trainer_reads_source(trainer)) print_pair(out, walk, trainer);
  ur_buffer_print(out, "\"length\":%d,\"forward\":%d,\"nodes\":[", ur_walk_length(walk), both / 2);
  status = print_nodes(out, tape);
  if (status != UR_OK) return status;
  ur_buffer_print(out, "],\"updates\":[");
  status = print_updates(out, walk, both + 2);
  ur_buffer_print(out, "]}");
  return status == UR_OK ? uw_result_done() : status;
}

/* ---- values ---- */
typedef enum what { VALUE, GRAD, EDGE, LINE } what;

static const void *cells_at(ur_walk *walk, const ur_node_view *node, int kind, int index, size_t *count) {
  ur_tape *tape = ur_walk_tape(walk);
  *count = cells_of(node);
  if (kind == VALUE) return ur_tape_value(tape, node->id);
  if (kind == GRAD) return ur_tape_grad(tape, node->id);
  if (kind == EDGE && index >= 0 && index < node->n_inputs) {
    ur_node_view input = ur_tape_node(tape, node->inputs[index]);
    *count = cells_of(&input);
    return ur_tape_edge(tape, node->id, index);
  }
  if (kind == LINE && node->param >= 0) {
    const ur_update_line *lines;
    int n;
    if (ur_walk_update(walk, node->param, &lines, &n) == UR_OK && index >= 0 && index < n)
      return lines[index].values;
  }
  return NULL;
}

static int node_at(ur_tape *tape, int id, ur_node_view *out) {
  if (id < 0 || id >= ur_tape_count(tape)) {
    ur_fail(UR_E_ARGUMENT, "node", "There is no node %d; there are %d.", id, ur_tape_count(tape));
    return 0;
  }
  *out = ur_tape_node(tape, id);
  return 1;
}

/* Address of a node's cells; numbers: how many, and 1 where they are int32 rather than float. */
UW_EXPORT(walk_values) const void *uw_walk_values(int handle, int id, int kind, int index) {
  ur_walk *walk = uw_handle_get(UW_WALK, handle);
  ur_node_view node;
  size_t count;
  if (!walk || !node_at(ur_walk_tape(walk), id, &node)) return NULL;
  const void *cells = cells_at(walk, &node, kind, index, &count);
  if (!cells) {
    ur_fail(UR_E_ARGUMENT, node.path, "%s has nothing of the kind asked for.", node.path);
    return NULL;
  }
  uw_numbers[0] = (double)count;
  uw_numbers[1] = kind == VALUE && node.dtype == UR_INDEX;
  return cells;
}

/* ---- where a cell comes from; result: doubles ---- */
static double cell_of(ur_tape *tape, const ur_node_view *node, size_t cell) {
  const void *values = ur_tape_value(tape, node->id);
  return node->dtype == UR_INDEX ? (double)((const int32_t *)values)[cell]
                                 : (double)((const float *)values)[cell];
}

/* value, then for each input: node, input, count, 1 where there are partials, and count cells, values,
 * partials */
static ur_status explain_forward(ur_tape *tape, const ur_node_view *node, size_t cell) {
  uw_result_real(cell_of(tape, node, cell));
  for (int k = 0; k < node->n_inputs; k++) {
    ur_node_view input = ur_tape_node(tape, node->inputs[k]);
    ur_cells from;
    if (!input.active) continue;
    ur_status status = ur_tape_sources(tape, node->id, k, cell, &from);
    if (status != UR_OK) return status;
    int partials = input.dtype != UR_INDEX;
    uw_result_real(input.id), uw_result_real(k), uw_result_real((double)from.count), uw_result_real(partials);
    for (size_t i = 0; i < from.count; i++) uw_result_real((double)(from.start + i * from.stride));
    for (size_t i = 0; i < from.count; i++)
      uw_result_real(cell_of(tape, &input, from.start + i * from.stride));
    for (size_t i = 0; partials && i < from.count; i++) {
      double partial;
      status = ur_tape_partial(tape, node->id, cell, k, from.start + i * from.stride, &partial);
      if (status != UR_OK) return status;
      uw_result_real(partial);
    }
  }
  return uw_result_done();
}

static int contains(const ur_cells *cells, size_t cell) {
  if (cell < cells->start || cells->count == 0) return 0;
  size_t ahead = cell - cells->start;
  if (cells->stride == 0 || cells->count == 1) return ahead == 0;
  return ahead % cells->stride == 0 && ahead / cells->stride < cells->count;
}

/* The cells of `node` that are made from cell `cell` of its input k: node, k, then cell, value, partial and
 * upstream of each, and -1 as the end. */
static ur_status explain_edge(ur_tape *tape, const ur_node_view *node, int k, size_t cell) {
  const float *upstream = ur_tape_grad(tape, node->id);
  size_t count = cells_of(node);
  if (!upstream) return UR_OK;
  uw_result_real(node->id), uw_result_real(k);
  for (size_t i = 0; i < count; i++) {
    ur_cells from;
    double partial;
    ur_status status = ur_tape_sources(tape, node->id, k, i, &from);
    if (status != UR_OK) return status;
    if (!contains(&from, cell)) continue;
    status = ur_tape_partial(tape, node->id, i, k, cell, &partial);
    if (status != UR_OK) return status;
    uw_result_real((double)i), uw_result_real(cell_of(tape, node, i)), uw_result_real(partial);
    uw_result_real(upstream[i]);
  }
  uw_result_real(-1);
  return UR_OK;
}

/* gradient, then explain_edge for every edge out of this node that the walk has gone back over, in that order
 */
static ur_status explain_backward(ur_walk *walk, const ur_node_view *node, size_t cell) {
  ur_tape *tape = ur_walk_tape(walk);
  const float *grad = ur_tape_grad(tape, node->id);
  if (!grad) return ur_fail(UR_E_STATE, node->path, "%s has no gradient.", node->path);
  uw_result_real(grad[cell]);
  int both = ur_tape_walk_length(tape), last = ur_walk_position(walk) < both ? ur_walk_position(walk) : both;
  for (int p = both / 2 + 1; p <= last; p++) {
    int back, id = ur_tape_walk_node(tape, p, &back);
    ur_node_view consumer = ur_tape_node(tape, id);
    for (int k = 0; k < consumer.n_inputs; k++) {
      if (consumer.inputs[k] != node->id) continue;
      ur_status status = explain_edge(tape, &consumer, k, cell);
      if (status != UR_OK) return status;
    }
  }
  return uw_result_done();
}

UW_EXPORT(walk_explain) int uw_walk_explain(int handle, int id, uint32_t cell, int backward) {
  ur_walk *walk = uw_handle_get(UW_WALK, handle);
  ur_node_view node;
  if (!walk || !node_at(ur_walk_tape(walk), id, &node)) return UR_E_ARGUMENT;
  if (!node.active || cell >= cells_of(&node))
    return ur_fail(UR_E_ARGUMENT, node.path, "%s has no cell %lu.", node.path, (unsigned long)cell);
  uw_result();
  return backward ? explain_backward(walk, &node, cell) : explain_forward(ur_walk_tape(walk), &node, cell);
}
