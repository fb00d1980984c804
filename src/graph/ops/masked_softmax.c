/* y_i = e^(z_i) / sum_j e^(z_j) over the first n_b cells of a row of sequence b; exactly 0 beyond. z [B,S] or
 * [T,B,S] and lengths [B], 1..S, give the same shape. What stands beyond is not looked at. A weight that is
 * held is what it is held at, in every row that has it; the others share the rest as they would without it.
 */
#include "op_template.h"

enum { Z, LENGTHS };

ur_status UR_OP(masked_softmax, shape)(const ur__call *call, ur__tensor *out, ur__needs *needs) {
  (void)needs;
  const ur__tensor *z = call->in[Z], *lengths = call->in[LENGTHS];
  if (!ur__is_real(z) || z->rank < 2 || z->rank > 3 || ur__is_real(lengths) || lengths->rank != 1 ||
      !ur__same_axis(z, z->rank - 2, lengths, 0))
    return ur__bad_shape(call, "scores [T,B,S] or [B,S] need lengths [B] that are indices");
  *out = *z;
  return UR_OK;
}

/* Of the sequence that a row belongs to. */
static size_t sequence_of(const ur__call *call, size_t row) {
  return row % (size_t)call->in[LENGTHS]->shape[0];
}

static size_t length_of(const ur__call *call, size_t row) {
  return (size_t)((const int32_t *)call->in[LENGTHS]->data)[sequence_of(call, row)];
}

/* The weight that is held in a row of this length; length where there is none, or no other to share with. */
static size_t held_in(const ur__call *call, size_t length) {
  const size_t cell = call->hold[0] <= 1 ? (size_t)call->hold[1] : length;
  return cell < length && length > 1 ? cell : length;
}

/* y_i = (1 - v) e^(z_i) / sum_{j != held} e^(z_j), for i other than the held one */
static void share_rest(const ur__call *call, ur_real *y, const ur_real *z, size_t length, size_t held) {
  const ur_real value = (ur_real)call->hold[0];
  memcpy(y, z, held * sizeof *y);
  memcpy(y + held, z + held + 1, (length - held - 1) * sizeof *y);
  UR_FN(softmax)(y, y, 1, length - 1);
  memmove(y + held + 1, y + held, (length - held - 1) * sizeof *y);
  for (size_t i = 0; i < length; i++) y[i] *= 1 - value;
  y[held] = value;
}

ur_status UR_OP(masked_softmax, forward)(const ur__call *call) {
  const size_t rows = ur__rows(call->out), n = ur__cols(call->out);
  const ur_status status = ur__check_indices(call, LENGTHS, 1, (int)n);
  for (size_t b = 0; b < rows && status == UR_OK; b++) {
    ur_real *y = ur__out(call) + b * n;
    const size_t length = length_of(call, b);
    const size_t held = held_in(call, length);
    /* y_i = e^(z_i) / sum_j e^(z_j) */
    if (held == length)
      UR_FN(softmax)(y, ur__in(call, Z) + b * n, 1, length);
    else
      share_rest(call, y, ur__in(call, Z) + b * n, length, held);
    memset(y + length, 0, (n - length) * sizeof *y);
  }
  return status;
}

/* dz_i = y_i (dy_i - sum_{j != held} dy_j y_j / (1 - v)); none for the held one */
static void backward_of_rest(const ur__call *call, ur_real *dz, const ur_real *dy, const ur_real *y,
                             size_t length, size_t held) {
  const ur_real rest = 1 - (ur_real)call->hold[0];
  ur_real mean = 0;
  for (size_t j = 0; j < length; j++)
    if (j != held && rest > 0) mean += dy[j] * y[j] / rest;
  for (size_t i = 0; i < length; i++) dz[i] = i == held ? 0 : y[i] * (dy[i] - mean);
}

void UR_OP(masked_softmax, backward)(const ur__call *call, const void *dy, void *const *dx) {
  if (!dx[Z]) return;
  const size_t rows = ur__rows(call->out), n = ur__cols(call->out);
  for (size_t b = 0; b < rows; b++) {
    ur_real *dz = (ur_real *)dx[Z] + b * n;
    const size_t length = length_of(call, b), held = held_in(call, length);
    if (held < length) {
      backward_of_rest(call, dz, (const ur_real *)dy + b * n, ur__out(call) + b * n, length, held);
      memset(dz + length, 0, (n - length) * sizeof *dz);
      continue;
    }
    /* y_i = e^(z_i) / sum_j e^(z_j): dz_i = y_i (dy_i - sum_j dy_j y_j) */
    UR_FN(softmax_backward)(dz, (const ur_real *)dy + b * n, ur__out(call) + b * n, 1, length);
    memset(dz + length, 0, (n - length) * sizeof *dz);
  }
}

void UR_OP(masked_softmax, sources)(const ur__call *call, int input, size_t cell, ur_cells *out) {
  const size_t n = ur__cols(call->out), b = cell / n, length = length_of(call, b);
  const int made = cell % n < length && cell % n != held_in(call, length);
  *out = input == LENGTHS ? (ur_cells){sequence_of(call, b), 1, 1} : (ur_cells){b * n, 1, made ? length : 0};
}

double UR_OP(masked_softmax, partial)(const ur__call *call, size_t cell, int input, size_t in_cell) {
  (void)input;
  const size_t n = ur__cols(call->out), length = length_of(call, cell / n), held = held_in(call, length);
  if (cell / n != in_cell / n || cell % n >= length || in_cell % n >= length) return 0;
  if (held < length && (cell % n == held || in_cell % n == held || call->hold[0] == 1)) return 0;
  const double rest = held < length ? 1 - (double)(ur_real)call->hold[0] : 1;
  const double yi = ur__out(call)[cell], yj = ur__out(call)[in_cell];
  return cell == in_cell ? yi * (1 - yi / rest) : -yi * yj / rest;
}
