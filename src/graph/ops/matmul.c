/* C = A W^T: c_ij = sum_k a_ik w_jk. [...,K] and [N,K] give [...,N]. */
#include "op_template.h"

enum { A, W };

ur_status UR_OP(matmul, shape)(const ur__call *call, ur__tensor *out, ur__needs *needs) {
  const ur__tensor *a = call->in[A], *w = call->in[W];
  if (!ur__is_real(a) || !ur__is_real(w) || a->rank < 1 || w->rank != 2 || ur__varies(w->axes[0]) ||
      !ur__same_axis(a, a->rank - 1, w, 1))
    return ur__bad_shape(call, "[...,K] needs a weight [N,K]");
  *out = *a;
  out->axes[a->rank - 1] = w->axes[0];
  out->shape[a->rank - 1] = w->shape[0];
  size_t m = ur__rows(a), k = ur__cols(a), n = ur__rows(w);
  needs->work = ur__larger(ur__pack(k, n), ur__larger(ur__pack(n, k), ur__pack(m, k)));
  return UR_OK;
}

ur_status UR_OP(matmul, forward)(const ur__call *call) {
  const ur__tensor *a = call->in[A], *w = call->in[W];
  /* C = A W^T */
  UR_FN(matmul)(ur__out(call), a->data, w->data, ur__rows(a), ur__cols(a), ur__rows(w), 0, 1, call->work);
  return UR_OK;
}

void UR_OP(matmul, backward)(const ur__call *call, const void *dy, void *const *dx) {
  const ur__tensor *a = call->in[A], *w = call->in[W];
  size_t m = ur__rows(a), k = ur__cols(a), n = ur__rows(w);
  /* C = A W^T: dA = dC W */
  if (dx[A]) UR_FN(matmul)(dx[A], dy, w->data, m, n, k, 0, 0, call->work);
  /* C = A W^T: dW = dC^T A */
  if (dx[W]) UR_FN(matmul)(dx[W], dy, a->data, n, m, k, 1, 0, call->work);
}

void UR_OP(matmul, sources)(const ur__call *call, int input, size_t cell, ur_cells *out) {
  size_t k = ur__cols(call->in[A]), n = ur__rows(call->in[W]);
  /* c_ij: row i of A, row j of W */
  *out = (ur_cells){(input == A ? cell / n : cell % n) * k, 1, k};
}

double UR_OP(matmul, partial)(const ur__call *call, size_t cell, int input, size_t in_cell) {
  size_t k = ur__cols(call->in[A]), n = ur__rows(call->in[W]), i = cell / n, j = cell % n;
  if (in_cell / k != (input == A ? i : j)) return 0;
  return input == A ? ur__in(call, W)[j * k + in_cell % k] : ur__in(call, A)[i * k + in_cell % k];
}
