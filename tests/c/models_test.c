/* Counting: by hand, and as a distribution. */
#include <string.h>

#include "check.h"
#include "ngram.h"
#include "unroll/rng.h"

/* "ab" and "b" over <start> <end> a b: pairs after <start>: a 1, b 1; after a: b 1; after b: <end> 2. */
static void test_counts(void) {
  static const int32_t ab[] = {2, 3}, b[] = {3};
  ur__ngram ngram;
  double p[4];
  CHECK(ur__ngram_create(2, 2, 4, 5, &ngram) == UR_OK);
  ur__ngram_add(&ngram, ab, 2, 1);
  ur__ngram_add(&ngram, b, 1, 1);
  ur__ngram_finish(&ngram);
  /* order 1: <end> 2, a 1, b 2 of 5, with kappa 2 and a prior of 1/3 */
  const double end = (2 + 2.0 / 3) / 7, a1 = (1 + 2.0 / 3) / 7, b1 = (2 + 2.0 / 3) / 7;
  ur__ngram_next(&ngram, ab, 0, p);
  CHECK(p[0] == 0);
  CHECK_NEAR(p[1], 2 * end / 4, 1e-15);
  CHECK_NEAR(p[2], (1 + 2 * a1) / 4, 1e-15);
  CHECK_NEAR(p[3], (1 + 2 * b1) / 4, 1e-15);
  ur__ngram_next(&ngram, ab, 2, p); /* after b */
  CHECK_NEAR(p[1], (2 + 2 * end) / 4, 1e-15);
  CHECK_NEAR(p[2], 2 * a1 / 4, 1e-15);
  ur__ngram_free(&ngram);
}

/* Whatever was counted, a distribution over all but <start>; and the same whatever the order of counting. */
static void test_distributions(void) {
  ur_rng stream = ur_rng_stream(1, "test", 0);
  int32_t sequences[40][6];
  for (int i = 0; i < 40; i++) {
    for (int t = 0; t < 6; t++) sequences[i][t] = (int32_t)ur_rng_below(&stream, 5) + 2;
  }
  for (int order = 1; order <= UR__NGRAM_ORDER_MAX; order++) {
    ur__ngram one, other;
    CHECK(ur__ngram_create(order, 0.5, 7, 280, &one) == UR_OK &&
          ur__ngram_create(order, 0.5, 7, 280, &other) == UR_OK);
    for (int i = 0; i < 40; i++) ur__ngram_add(&one, sequences[i], 6, 1);
    for (int i = 39; i >= 0; i--) ur__ngram_add(&other, sequences[i], 6, 1);
    ur__ngram_finish(&one);
    ur__ngram_finish(&other);
    const size_t entries = one.first[order];
    CHECK(entries == other.first[order] && memcmp(one.keys, other.keys, entries * sizeof *one.keys) == 0);
    CHECK(memcmp(one.counts, other.counts, entries * sizeof *one.counts) == 0);
    for (int k = 1; k <= order; k++) {
      int64_t sum = 0;
      for (size_t i = one.first[k - 1]; i < one.first[k]; i++) sum += one.counts[i];
      CHECK(sum == 280);
    }
    for (int i = 0; i < 40; i++) {
      for (int n = 0; n <= 6; n++) {
        double p[7], sum = 0;
        ur__ngram_next(&one, sequences[i], n, p);
        for (int w = 0; w < 7; w++) sum += p[w];
        CHECK_NEAR(sum, 1, 1e-12);
        CHECK(p[0] == 0 && p[1] > 0);
      }
    }
    ur__ngram_free(&one);
    ur__ngram_free(&other);
  }
}

int main(void) {
  TEST("counts") { test_counts(); }
  TEST("distributions") { test_distributions(); }
  return check_done();
}
