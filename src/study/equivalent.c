#include <string.h>

#include "scene.h"
#include "unroll/surface.h"

static int factorial(int n) { return n < 2 ? 1 : n * factorial(n - 1); }

/* One hidden layer of tanh, every wire there, and no more units than are looked at. */
static ur_status check(const ur__flat *flat) {
  int whole = flat->activation == UR__MLP_TANH && flat->hidden > 0;
  for (int i = 0; i < flat->hidden + flat->outputs; i++)
    whole = whole && flat->units[i].wires == (i < flat->hidden ? flat->features : flat->hidden);
  if (!whole)
    return ur_fail(UR_E_STATE, "",
                   "weights that say the same are listed of one hidden layer of tanh with all wires");
  if (flat->hidden > UR_EQUIVALENT_MAX)
    return ur_fail(UR_E_STATE, "hidden_1",
                   "%d units have more equal weights than are listed; take at most %d", flat->hidden,
                   UR_EQUIVALENT_MAX);
  return UR_OK;
}

static int count_of(const ur__flat *flat) { return factorial(flat->hidden) << flat->hidden; }

ur_status ur_equivalent_count(const ur_trainer *trainer, int *count) {
  ur__flat flat;
  ur_status status = ur__flat_of(trainer, &flat);
  if (status != UR_OK) return status;
  status = check(&flat);
  *count = status == UR_OK ? count_of(&flat) : 0;
  ur__flat_free(&flat);
  return status;
}

/* Order number i of n units, as the digits of i to the bases n, n - 1, ...: 0 is the order they have. */
static void order_of(int i, int n, int *order) {
  int left[UR_EQUIVALENT_MAX];
  for (int k = 0; k < n; k++) left[k] = k;
  for (int k = 0; k < n; k++) {
    const int rest = factorial(n - 1 - k), at = i / rest;
    order[k] = left[at];
    memmove(left + at, left + at + 1, (size_t)(n - 1 - k - at) * sizeof *left);
    i %= rest;
  }
}

/* Unit k becomes the one that was order[k], turned where its bit of `signs` is set. */
static void write_copy(const ur__flat *flat, const int *order, int signs, double *out) {
  memcpy(out, flat->theta, (size_t)flat->size * sizeof *out);
  for (int k = 0; k < flat->hidden; k++) {
    const ur__unit *to = &flat->units[k], *from = &flat->units[order[k]];
    const double sign = signs >> k & 1 ? -1 : 1;
    for (int i = 0; i < flat->features; i++) out[to->weight + i] = sign * flat->theta[from->weight + i];
    out[to->bias] = sign * flat->theta[from->bias];
    for (int o = flat->hidden; o < flat->hidden + flat->outputs; o++)
      out[flat->units[o].weight + k] = sign * flat->theta[flat->units[o].weight + order[k]];
  }
}

ur_status ur_equivalent_weights(const ur_trainer *trainer, double *weights, double *errors) {
  ur__scene s;
  ur_status status = ur__scene_open(trainer, &s);
  if (status != UR_OK) return status;
  status = check(&s.flat);
  const size_t size = (size_t)s.flat.size;
  for (int i = 0; status == UR_OK && i < count_of(&s.flat); i++) {
    int order[UR_EQUIVALENT_MAX];
    double *copy = weights + (size_t)i * size;
    order_of(i >> s.flat.hidden, s.flat.hidden, order);
    write_copy(&s.flat, order, i & ((1 << s.flat.hidden) - 1), copy);
    memcpy(s.theta, copy, size * sizeof *copy);
    errors[i] = ur__scene_mean_error(&s);
  }
  ur__scene_close(&s);
  return status;
}
