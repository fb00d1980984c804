#include <string.h>

#include "alloc.h"
#include "kernels.h"
#include "sampling.h"

/* p^(1/temperature), normalised; at 0 all of it on the largest, the first of several. */
static ur_status warm(double temperature, float *p, int size) {
  int best = 0;
  for (int i = 1; i < size; i++) {
    if (p[i] > p[best]) best = i;
  }
  if (!(p[best] > 0)) return ur_fail(UR_E_NUMBER, "", "no token has a probability above 0");
  if (temperature == 0) {
    for (int i = 0; i < size; i++) p[i] = i == best;
  } else if (temperature != 1) {
    ur__f32_log(p, p, (size_t)size);
    ur__f32_scale(p, p, (float)(1 / temperature), (size_t)size);
    ur__f32_softmax(p, p, 1, (size_t)size);
  }
  return UR_OK;
}

/* Token numbers by falling probability, the lower number first where two are equal. */
static void rank(const float *p, int *order, int size) {
  for (int i = 0; i < size; i++) {
    int at = i;
    for (; at > 0 && p[order[at - 1]] < p[i]; at--) order[at] = order[at - 1];
    order[at] = i;
  }
}

/* How many of the first tokens of `order` stay. */
static int kept(const ur_sampling *how, const float *p, const int *order, int size) {
  const int top = how->top_k > 0 && how->top_k < size ? how->top_k : size;
  double all = 0, sum = 0;
  for (int i = 0; i < top; i++) all += p[order[i]];
  for (int i = 0; i < top; i++) {
    sum += p[order[i]];
    if (how->top_p < 1 && sum >= how->top_p * all) return i + 1;
  }
  return top;
}

static ur_status check(const ur_sampling *how, const float *before, int size) {
  if (!(how->temperature >= 0 && how->temperature <= 1e6))
    return ur_fail(UR_E_ARGUMENT, "temperature", "the temperature should be 0 or more, not %g",
                   how->temperature);
  if (how->top_k < 0)
    return ur_fail(UR_E_ARGUMENT, "top_k", "top-k should be 1 or more, or 0 for all, not %d", how->top_k);
  if (!(how->top_p > 0 && how->top_p <= 1))
    return ur_fail(UR_E_ARGUMENT, "top_p", "top-p should be above 0 and at most 1, not %g", how->top_p);
  if (size < 1) return ur_fail(UR_E_ARGUMENT, "", "a distribution has at least one token");
  if (ur__f32_first_bad(before, (size_t)size) < (size_t)size)
    return ur_fail(UR_E_NUMBER, "", "a probability is not a finite number");
  return UR_OK;
}

ur_status ur__sampling_steps(const ur_sampling *how, const float *before, float *warmed, int *order,
                             float *after, int size) {
  ur_status status = check(how, before, size);
  if (status != UR_OK) return status;
  if (warmed != before) memcpy(warmed, before, (size_t)size * sizeof *warmed);
  status = warm(how->temperature, warmed, size);
  if (status != UR_OK) return status;
  double sum = 0;
  if (after != warmed) memcpy(after, warmed, (size_t)size * sizeof *after);
  rank(after, order, size);
  for (int i = kept(how, after, order, size); i < size; i++) after[order[i]] = 0;
  for (int i = 0; i < size; i++) sum += after[i];
  for (int i = 0; i < size; i++) after[i] = (float)(after[i] / sum);
  return UR_OK;
}

ur_status ur_apply_sampling(const ur_sampling *how, const float *before, float *after, int size) {
  const ur_status status = check(how, before, size);
  if (status != UR_OK) return status;
  int *order = ur__alloc_array((size_t)size, sizeof *order);
  if (order == NULL) return ur_fail(UR_E_MEMORY, "", "there is no memory left to sort %d tokens", size);
  const ur_status done = ur__sampling_steps(how, before, after, order, after, size);
  ur__free(order);
  return done;
}

int32_t ur__draw(const float *p, int size, double u) {
  double sum = 0;
  int32_t last = 0;
  for (int32_t i = 0; i < size; i++) {
    if (!(p[i] > 0)) continue;
    sum += p[i];
    last = i;
    if (u < sum) break;
  }
  return last; /* the last that can be drawn, where rounding kept the sum below u */
}
