/* J_r = -log softmax(z_r)[x_r], in nats; 0 where the target is -1. [...,V] and [...] give [...].
 * The same bits as softmax, then nll. */
#include "loss.h"

enum { Z, TARGETS };

ur_status UR_OP(cross_entropy, shape)(const ur__call *call, ur__tensor *out, ur__needs *needs) {
  needs->aux = call->in[Z]->cells; /* the probabilities */
  return ur__loss_shape(call, out);
}

ur_status UR_OP(cross_entropy, forward)(const ur__call *call) {
  const ur__tensor *z = call->in[Z];
  ur_status status = ur__loss_check(call);
  if (status != UR_OK) return status;
  /* p = softmax(z), J_r = -log p_r[x_r] */
  UR_FN(softmax)(call->aux, z->data, ur__rows(z), ur__cols(z));
  ur__loss_values(call, call->aux);
  return UR_OK;
}

void UR_OP(cross_entropy, backward)(const ur__call *call, const void *dy, void *const *dx) {
  if (!dx[Z]) return;
  const ur_real *dJ = dy, *p = call->aux;
  const int32_t *targets = call->in[TARGETS]->data;
  size_t n = ur__cols(call->in[Z]);
  /* J_r = -log softmax(z_r)[x_r]: dz_r = (p_r - one_hot(x_r)) dJ_r; flushed */
  for (size_t r = 0; r < call->out->cells; r++) {
    ur_real *dz = (ur_real *)dx[Z] + r * n;
    if (targets[r] == UR_IGNORED) {
      memset(dz, 0, n * sizeof(ur_real));
      continue;
    }
    size_t target = (size_t)targets[r];
    for (size_t i = 0; i < n; i++) dz[i] = ur__flush(p[r * n + i] * dJ[r]);
    dz[target] = ur__flush((p[r * n + target] - 1) * dJ[r]);
  }
}
