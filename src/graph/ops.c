/* The rows of the op table as the world sees them, and what shape rules share. */
#include "op.h"

#include <stdio.h>
#include <string.h>

const ur_op_info *ur_op_describe(ur_op op) {
  static const ur_op_info rows[UR_OP_COUNT] = {[UR_OP_LEAF] = {"leaf", "", 0, 0},
#define ROW(ID, name, inputs, fused, formula) [UR_OP_##ID] = {#name, formula, inputs, fused},
                                               UR_OP_LIST(ROW)
#undef ROW
  };
  return (unsigned)op < UR_OP_COUNT ? &rows[op] : NULL;
}

int ur__same_axis(const ur__tensor *a, int i, const ur__tensor *b, int j) {
  char p = a->axes[i], q = b->axes[j];
  return a->shape[i] == b->shape[j] && (p == q || (!ur__varies(p) && !ur__varies(q)));
}

int ur__same_rows(const ur__tensor *a, const ur__tensor *b) {
  if (a->rank < b->rank) return 0;
  for (int i = 0; i < b->rank; i++)
    if (!ur__same_axis(a, i, b, i)) return 0;
  return 1;
}

ur_status ur__tensor_count(ur__tensor *t, const char *path) {
  t->cells = 1;
  for (int i = 0; i < t->rank; i++) {
    if (t->shape[i] < 1)
      return ur_fail(UR_E_SHAPE, path, "%s: axis %c has size %d; every axis needs at least 1", path,
                     t->axes[i], t->shape[i]);
    t->cells = ur__times(t->cells, (size_t)t->shape[i]);
  }
  /* The kernels pad a panel to less than 32 columns; below this they can count in size_t. */
  if (t->cells > SIZE_MAX / 64)
    return ur_fail(UR_E_MEMORY, path, "%s: its shape has more cells than can be addressed; make it smaller",
                   path);
  return UR_OK;
}

/* Room for four axes of ten digits. */
#define SHAPE_TEXT 96
static void print_shape(char out[SHAPE_TEXT], const ur__tensor *t) {
  int at = snprintf(out, SHAPE_TEXT, "%s%s[", t->axes, t->rank ? " " : "");
  for (int i = 0; i < t->rank; i++)
    at += snprintf(out + at, SHAPE_TEXT - (size_t)at, "%s%d", i ? "," : "", t->shape[i]);
  snprintf(out + at, SHAPE_TEXT - (size_t)at, "]%s", t->dtype == UR_INDEX ? " of indices" : "");
}

ur_status ur__bad_shape(const ur__call *call, const char *rule) {
  char shapes[240] = "";
  size_t at = 0;
  for (int k = 0; k < call->n && at + SHAPE_TEXT < sizeof shapes; k++) {
    char one[SHAPE_TEXT];
    print_shape(one, call->in[k]);
    at += (size_t)snprintf(shapes + at, sizeof shapes - at, "%s%s", k ? " and " : "", one);
  }
  return ur_fail(UR_E_SHAPE, call->path, "%s: %s, but its inputs are %s", call->path, rule, shapes);
}

ur_status ur__check_indices(const ur__call *call, int input, int low, int high) {
  const ur__tensor *t = call->in[input];
  const int32_t *index = t->data;
  for (size_t i = 0; i < t->cells; i++)
    if (index[i] < low || index[i] > high)
      return ur_fail(UR_E_ARGUMENT, call->path,
                     "%s: cell %lu of its index input is %ld, which is not in %d..%d", call->path,
                     (unsigned long)i, (long)index[i], low, high);
  return UR_OK;
}
