/* y_i = e^(z_i) / sum_j e^(z_j) over the first n_b cells of row b; exactly 0 beyond. z [B,S] and lengths [B],
 * 1..S, give [B,S]. What stands beyond is not looked at. */
#include "op_template.h"

enum { Z, LENGTHS };

ur_status UR_OP(masked_softmax, shape)(const ur__call *call, ur__tensor *out, ur__needs *needs) {
  (void)needs;
  const ur__tensor *z = call->in[Z], *lengths = call->in[LENGTHS];
  if (!ur__is_real(z) || z->rank != 2 || ur__is_real(lengths) || lengths->rank != 1 ||
      !ur__same_axis(z, 0, lengths, 0))
    return ur__bad_shape(call, "scores [B,S] need lengths [B] that are indices");
  *out = *z;
  return UR_OK;
}

static size_t length_of(const ur__call *call, size_t b) {
  return (size_t)((const int32_t *)call->in[LENGTHS]->data)[b];
}

ur_status UR_OP(masked_softmax, forward)(const ur__call *call) {
  const size_t rows = ur__rows(call->out), n = ur__cols(call->out);
  const ur_status status = ur__check_indices(call, LENGTHS, 1, (int)n);
  for (size_t b = 0; b < rows && status == UR_OK; b++) {
    ur_real *y = ur__out(call) + b * n;
    const size_t length = length_of(call, b);
    /* y_i = e^(z_i) / sum_j e^(z_j) */
    UR_FN(softmax)(y, ur__in(call, Z) + b * n, 1, length);
    memset(y + length, 0, (n - length) * sizeof *y);
  }
  return status;
}

void UR_OP(masked_softmax, backward)(const ur__call *call, const void *dy, void *const *dx) {
  if (!dx[Z]) return;
  const size_t rows = ur__rows(call->out), n = ur__cols(call->out);
  for (size_t b = 0; b < rows; b++) {
    ur_real *dz = (ur_real *)dx[Z] + b * n;
    const size_t length = length_of(call, b);
    /* y_i = e^(z_i) / sum_j e^(z_j): dz_i = y_i (dy_i - sum_j dy_j y_j) */
    UR_FN(softmax_backward)(dz, (const ur_real *)dy + b * n, ur__out(call) + b * n, 1, length);
    memset(dz + length, 0, (n - length) * sizeof *dz);
  }
}

void UR_OP(masked_softmax, sources)(const ur__call *call, int input, size_t cell, ur_cells *out) {
  const size_t n = ur__cols(call->out), b = cell / n;
  *out = input == LENGTHS ? (ur_cells){b, 1, 1}
                          : (ur_cells){b * n, 1, cell % n < length_of(call, b) ? length_of(call, b) : 0};
}

double UR_OP(masked_softmax, partial)(const ur__call *call, size_t cell, int input, size_t in_cell) {
  (void)input;
  const size_t n = ur__cols(call->out), length = length_of(call, cell / n);
  if (cell / n != in_cell / n || cell % n >= length || in_cell % n >= length) return 0;
  const double yi = ur__out(call)[cell], yj = ur__out(call)[in_cell];
  return cell == in_cell ? yi * (1 - yi) : -yi * yj;
}
