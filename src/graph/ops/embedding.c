/* e_r = E[x_r]: one row of the table for every token. [V,E] and [...] give [...,E]. */
#include "op_template.h"

enum { TABLE, TOKENS };

ur_status UR_OP(embedding, shape)(const ur__call *call, ur__tensor *out, ur__needs *needs) {
  (void)needs;
  const ur__tensor *table = call->in[TABLE], *tokens = call->in[TOKENS];
  if (!ur__is_real(table) || table->rank != 2 || ur__varies(table->axes[0]) || ur__varies(table->axes[1]))
    return ur__bad_shape(call, "the table must be [V,E]");
  if (ur__is_real(tokens) || tokens->rank >= UR_RANK_MAX)
    return ur__bad_shape(call, "the tokens must be indices with at most 3 axes");
  *out = *tokens;
  out->axes[out->rank] = table->axes[1];
  out->shape[out->rank++] = table->shape[1];
  return UR_OK;
}

ur_status UR_OP(embedding, forward)(const ur__call *call) {
  const ur__tensor *table = call->in[TABLE], *tokens = call->in[TOKENS];
  ur_status status = ur__check_indices(call, TOKENS, 0, table->shape[0] - 1);
  if (status != UR_OK) return status;
  /* e_r = E[x_r] */
  UR_FN(gather)(ur__out(call), table->data, tokens->data, tokens->cells, ur__cols(table));
  return UR_OK;
}

void UR_OP(embedding, backward)(const ur__call *call, const void *dy, void *const *dx) {
  const ur__tensor *table = call->in[TABLE], *tokens = call->in[TOKENS];
  /* e_r = E[x_r]: dE[x_r] += de_r, in the order of r */
  if (dx[TABLE])
    UR_FN(scatter_add)(dx[TABLE], (size_t)table->shape[0], dy, tokens->data, tokens->cells, ur__cols(table));
}

void UR_OP(embedding, sources)(const ur__call *call, int input, size_t cell, ur_cells *out) {
  const ur__tensor *table = call->in[TABLE];
  size_t n = ur__cols(table), row = cell / n;
  if (input == TOKENS) {
    *out = (ur_cells){row, 1, 1};
    return;
  }
  int32_t token = ((const int32_t *)call->in[TOKENS]->data)[row];
  int there = token >= 0 && token < table->shape[0];
  *out = there ? (ur_cells){(size_t)token * n + cell % n, 1, 1} : (ur_cells){0, 1, 0};
}

double UR_OP(embedding, partial)(const ur__call *call, size_t cell, int input, size_t in_cell) {
  ur_cells from;
  UR_OP(embedding, sources)(call, input, cell, &from);
  return from.count == 1 && from.start == in_cell ? 1 : 0;
}
