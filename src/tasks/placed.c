#include "placed.h"

#include "corpus.h"

enum { A = UR__MARKS, B_TOKEN, MARKED }; /* a, b, and how many tokens those leave out */

int ur__placed_shortest(const double *values) {
  const int longest = (int)values[UR__PAIRS_LENGTH], shortest = (int)values[UR__PLACED_SHORTEST];
  return shortest < longest ? shortest : longest;
}

double ur__placed_possible(const ur__task *task, const double *values, int n) {
  const int order = task->kind == UR__ORDER, asked = order ? 2 : 1;
  double count = order ? 0 : n - 1;
  for (int d = 1; order && d < n && d <= (int)values[UR__PLACED_APART]; d++) count += 2 * (n - d);
  for (int t = asked; t < n; t++) count *= values[UR__PAIRS_SYMBOLS] - asked;
  return count;
}

void ur__placed_draw(const ur__task *task, const double *values, ur_rng *stream, int b, int n,
                     ur__batch *batch) {
  const int B = batch->count, order = task->kind == UR__ORDER, asked = order ? 2 : 1;
  const uint32_t others = (uint32_t)values[UR__PAIRS_SYMBOLS] - (uint32_t)asked;
  int32_t *x = ur__batch_tokens(batch, "x"), *y = ur__batch_tokens(batch, "y");
  x[b] = UR__START;
  for (int t = 1; t <= n; t++) x[t * B + b] = A + asked + (int32_t)ur_rng_below(stream, others);
  for (int t = n + 1; t < batch->length; t++) x[t * B + b] = UR__END;
  if (!order) {
    const int at = 2 + (int)ur_rng_below(stream, (uint32_t)n - 1);
    x[at * B + b] = A;
    y[b] = x[(at - 1) * B + b];
    return;
  }
  const int apart = (int)values[UR__PLACED_APART], first = 1 + (int)ur_rng_below(stream, (uint32_t)n);
  const int least = first > apart ? first - apart : 1, most = first + apart < n ? first + apart : n;
  int second = least + (int)ur_rng_below(stream, (uint32_t)(most - least));
  second += second >= first;
  x[first * B + b] = A;
  x[second * B + b] = B_TOKEN;
  y[b] = first < second ? A : B_TOKEN;
}

void ur__placed_finish(ur__batch *batch) {
  ur__batch_derive(batch);
  int longest = 0;
  for (int b = 0; b < batch->count; b++) longest = batch->lengths[b] > longest ? batch->lengths[b] : longest;
  batch->length = longest;
}

/* Where this token stands among n from 1 on, if it does so once; else 0. */
static int place_of(const int32_t *x, int n, int32_t token) {
  int at = 0;
  for (int t = 1; t <= n; t++) {
    if (x[t] != token) continue;
    if (at > 0) return 0;
    at = t;
  }
  return at;
}

ur_status ur__placed_answer(const ur__task *task, int n, ur__batch *batch) {
  const int32_t *x = ur__batch_tokens(batch, "x");
  const int a = place_of(x, n, A), b = place_of(x, n, B_TOKEN);
  if (task->kind == UR__ORDER) {
    if (a == 0 || b == 0)
      return ur_fail(UR_E_TEXT, "", "a and b should stand in it once each; which came first is asked");
    ur__batch_tokens(batch, "y")[0] = a < b ? A : B_TOKEN;
    return UR_OK;
  }
  if (a < 2)
    return ur_fail(UR_E_TEXT, "", "a should stand in it once, behind another; what is before it is asked");
  ur__batch_tokens(batch, "y")[0] = x[a - 1];
  return UR_OK;
}
