/* graph/ops/looking.h: which keys a query sees, as mask and heads have it. */
#ifndef UNROLL_GRAPH_OPS_LOOKING_H
#define UNROLL_GRAPH_OPS_LOOKING_H

#include "op_template.h"

/* Of sequence b: the first so many of S keys. `lengths` is the number of the input that says so. */
static inline size_t ur__visible(const ur__call *call, int lengths, size_t b, size_t S) {
  return call->option & UR__PADDED ? (size_t)((const int32_t *)call->in[lengths]->data)[b] : S;
}

/* Of those, what query t of T sees: with a causal mask none behind it. The queries are the last of the keys.
 */
static inline size_t ur__seen(const ur__call *call, size_t visible, size_t t, size_t T, size_t S) {
  const size_t before = S - T + t + 1;
  return call->option & UR__CAUSAL && before < visible ? before : visible;
}

/* Every row sees a key: there are as many keys as queries, and a sequence has at least one. */
static inline ur_status ur__check_seen(const ur__call *call, int lengths, size_t T, size_t S) {
  if (call->option & UR__CAUSAL && S < T)
    return ur_fail(UR_E_SHAPE, call->path,
                   "%s: %lu queries look back over %lu keys; the first row has nothing to look at",
                   call->path, (unsigned long)T, (unsigned long)S);
  return call->option & UR__PADDED ? ur__check_indices(call, lengths, 1, (int)S) : UR_OK;
}

#endif
