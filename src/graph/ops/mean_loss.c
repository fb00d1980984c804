/* J = (sum of all cells of all losses) / count: the mean over what is predicted. The inputs are the losses
 * and, last, the count, one cell. The sum is that of all their cells in one row, so that T losses [B] give
 * the bits of one [T,B]. Losses beyond the length are left out. */
#include "op_template.h"

static double count_of(const ur__tensor *count) {
  return ur__is_real(count) ? (double)*(const ur_real *)count->data : (double)*(const int32_t *)count->data;
}

ur_status UR_OP(mean_loss, shape)(const ur__call *call, ur__tensor *out, ur__needs *needs) {
  for (int k = 0; k < call->n - 1; k++) {
    if (!ur__is_real(call->in[k])) return ur__bad_shape(call, "the losses must be real");
    needs->work = ur__plus(needs->work, call->in[k]->cells);
  }
  const ur__tensor *count = call->in[call->n - 1];
  for (int i = 0; i < count->rank; i++)
    if (count->shape[i] != 1 || ur__varies(count->axes[i]))
      return ur__bad_shape(call, "the count must be one cell");
  *out = (ur__tensor){.rank = 0};
  return UR_OK;
}

ur_status UR_OP(mean_loss, forward)(const ur__call *call) {
  ur_real *all = call->work;
  size_t cells = 0;
  for (int k = 0; k < call->n - 1; k++) {
    const ur__tensor *loss = call->in[k];
    if (!loss->active) continue;
    memcpy(all + cells, loss->data, loss->cells * sizeof(ur_real));
    cells += loss->cells;
  }
  /* J = sum / count */
  *ur__out(call) = UR_FN(sum)(all, cells) / (ur_real)count_of(call->in[call->n - 1]);
  return UR_OK;
}

void UR_OP(mean_loss, backward)(const ur__call *call, const void *dy, void *const *dx) {
  const ur__tensor *count = call->in[call->n - 1];
  /* J = sum / count: each cell of each loss has dJ / count */
  ur_real each = *(const ur_real *)dy / (ur_real)count_of(count);
  for (int k = 0; k < call->n - 1; k++)
    if (dx[k])
      for (size_t i = 0; i < call->in[k]->cells; i++) ((ur_real *)dx[k])[i] = each;
  /* and the count -J / count */
  if (dx[call->n - 1])
    *(ur_real *)dx[call->n - 1] = -*(const ur_real *)dy * *ur__out(call) / (ur_real)count_of(count);
}

void UR_OP(mean_loss, sources)(const ur__call *call, int input, size_t cell, ur_cells *out) {
  (void)cell;
  *out = (ur_cells){0, 1, call->in[input]->active ? call->in[input]->cells : 0};
}

double UR_OP(mean_loss, partial)(const ur__call *call, size_t cell, int input, size_t in_cell) {
  (void)cell, (void)in_cell;
  double count = count_of(call->in[call->n - 1]);
  if (!call->in[input]->active) return 0;
  return input == call->n - 1 ? -(double)*ur__out(call) / count : 1 / count;
}
