/* Where a number comes from. */
#include "tape.h"

static ur_status may_explain(const ur_tape *tape, int id, int input, size_t cell) {
  ur_status status = ur__must_be_finished(tape);
  if (status == UR_OK) status = ur__node_check(tape, id);
  if (status != UR_OK) return status;
  const ur__node *node = tape->nodes[id];
  if (input < 0 || input >= node->n)
    return ur_fail(UR_E_ARGUMENT, node->path, "%s has %d inputs; there is no input %d", node->path, node->n,
                   input);
  if (cell >= node->value.cells)
    return ur_fail(UR_E_ARGUMENT, node->path, "%s has %lu cells; there is no cell %lu", node->path,
                   (unsigned long)node->value.cells, (unsigned long)cell);
  if (ur_op_describe(node->op)->fused)
    return ur_fail(UR_E_STATE, node->path,
                   "%s is a fused op; its unrolled lowering shows where its cells come from", node->path);
  return UR_OK;
}

ur_status ur_tape_sources(const ur_tape *tape, int id, int input, size_t cell, ur_cells *out) {
  ur_status status = may_explain(tape, id, input, cell);
  if (status != UR_OK) return status;
  ur__call call = ur__call_of(tape, tape->nodes[id]);
  ur__functions(tape, tape->nodes[id]->op)->sources(&call, input, cell, out);
  return UR_OK;
}

ur_status ur_tape_partial(const ur_tape *tape, int id, size_t cell, int input, size_t in_cell, double *out) {
  ur_status status = may_explain(tape, id, input, cell);
  if (status != UR_OK) return status;
  const ur__node *node = tape->nodes[id], *from = tape->nodes[node->inputs[input]];
  if (in_cell >= from->value.cells)
    return ur_fail(UR_E_ARGUMENT, from->path, "%s has %lu cells; there is no cell %lu", from->path,
                   (unsigned long)from->value.cells, (unsigned long)in_cell);
  ur__call call = ur__call_of(tape, node);
  *out =
      from->value.dtype == UR_INDEX ? 0 : ur__functions(tape, node->op)->partial(&call, cell, input, in_cell);
  return UR_OK;
}
