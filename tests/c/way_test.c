/* A plane through the way of a run: places whose plane is known, its share against singular values, places
 * that are given back. */
#include <string.h>

#include "alloc.h"
#include "check.h"
#include "unroll/linalg.h"
#include "unroll/way.h"

enum { COUNT = 9, SIZE = 7 };

/* A bow over two directions at right angles, of length 5 and 3, and a wave of a height along a third. */
static void fill(ur_way *way, double height) {
  static const double e[3][SIZE] = {
      {3, 4, 0, 0, 0, 0, 0}, {0, 0, 3, 0, 0, 0, 0}, {0, 0, 0, 1, 0, 0, 1}}; /* the last of length sqrt 2 */
  for (int i = 0; i < COUNT; i++) {
    const double t = (double)i / (COUNT - 1), over[3] = {t, 4 * t * (1 - t), height * (i % 2)};
    for (int k = 0; k < SIZE; k++) {
      double sum = 0.25 * k;
      for (int d = 0; d < 3; d++) sum += over[d] * e[d][k];
      way->places[i * SIZE + k] = (float)sum;
    }
  }
}

static double apart(const ur_way *way, int i, int j) {
  double sum = 0;
  for (int k = 0; k < SIZE; k++) sum += pow((double)way->places[i * SIZE + k] - way->places[j * SIZE + k], 2);
  return sqrt(sum);
}

static void check_plane(const ur_way *way) {
  const double *u = way->directions, *v = u + SIZE;
  double uu = 0, uv = 0, vv = 0;
  for (int k = 0; k < SIZE; k++) uu += u[k] * u[k], uv += u[k] * v[k], vv += v[k] * v[k];
  CHECK_NEAR(uu, 1, 1e-14);
  CHECK_NEAR(vv, 1, 1e-14);
  CHECK_NEAR(uv, 0, 1e-14);
  CHECK(way->at[2 * (COUNT - 1)] >= way->at[0]);
  for (int i = 0; i < COUNT; i++) {
    float numbers[SIZE];
    double sum = 0;
    ur_way_numbers(way, way->at + 2 * i, numbers);
    for (int k = 0; k < SIZE; k++) sum += pow((double)numbers[k] - way->places[i * SIZE + k], 2);
    CHECK_NEAR(sqrt(sum), way->off[i], 2e-6);
  }
}

/* A way that lies in a plane: distances in it are those of the numbers, and nothing is left out. */
static void test_flat(void) {
  ur_way way;
  if (!CHECK(ur_way_create(COUNT, SIZE, &way) == UR_OK)) return;
  fill(&way, 0);
  for (int by = 0; by < 2; by++) {
    CHECK(ur_way_through(&way, (ur_way_by)by) == UR_OK);
    check_plane(&way);
    CHECK_NEAR(way.share[0] + way.share[1], 1, 1e-12);
    for (int i = 0; i < COUNT; i++) {
      CHECK_NEAR(way.off[i], 0, 1e-6);
      for (int j = 0; j < i; j++)
        CHECK_NEAR(hypot(way.at[2 * i] - way.at[2 * j], way.at[2 * i + 1] - way.at[2 * j + 1]),
                   apart(&way, i, j), 1e-6);
    }
  }
  /* by its ends: along the chord of length 5, the bow 3 above it */
  CHECK(ur_way_through(&way, UR_WAY_ENDS) == UR_OK);
  CHECK_NEAR(way.at[0], 0, 1e-12);
  CHECK_NEAR(way.at[2 * (COUNT - 1)], 5, 1e-6);
  CHECK_NEAR(way.at[2 * (COUNT / 2) + 1], 3, 1e-6);
  ur_way_free(&way);
}

/* Off a plane: by the ends three places lie in it; by components the shares are those of singular values, and
 * no plane has more. */
static void test_off(void) {
  ur_way way;
  double middle[SIZE] = {0}, A[COUNT * SIZE], s[SIZE], ends;
  if (!CHECK(ur_way_create(COUNT, SIZE, &way) == UR_OK)) return;
  fill(&way, 0.7);
  CHECK(ur_way_through(&way, UR_WAY_ENDS) == UR_OK);
  check_plane(&way);
  ends = way.share[0] + way.share[1];
  int in = 0;
  for (int i = 0; i < COUNT; i++) in += way.off[i] < 1e-6;
  CHECK(way.off[0] < 1e-6 && way.off[COUNT - 1] < 1e-6 && in >= 3 && way.off[1] > 0.1);
  CHECK(ur_way_through(&way, UR_WAY_PRINCIPAL) == UR_OK);
  check_plane(&way);
  for (int i = 0; i < COUNT * SIZE; i++) middle[i % SIZE] += (double)way.places[i] / COUNT;
  for (int i = 0; i < COUNT * SIZE; i++) A[i] = way.places[i] - middle[i % SIZE];
  CHECK(ur_svd(A, COUNT, SIZE, s, NULL, NULL) == UR_OK);
  double all = 0;
  for (int k = 0; k < SIZE; k++) all += s[k] * s[k];
  for (int d = 0; d < 2; d++) CHECK_NEAR(way.share[d], s[d] * s[d] / all, 1e-12);
  CHECK(way.share[0] + way.share[1] > ends && way.share[0] + way.share[1] < 1);
  ur_way_free(&way);
}

/* Two places are a line, whatever is asked for. */
static void test_line(void) {
  ur_way way;
  if (!CHECK(ur_way_create(2, SIZE, &way) == UR_OK)) return;
  for (int k = 0; k < SIZE; k++) way.places[SIZE + k] = (float)(1 + k);
  for (int by = 0; by < 2; by++) {
    CHECK(ur_way_through(&way, (ur_way_by)by) == UR_OK);
    double uv = 0, vv = 0;
    for (int k = 0; k < SIZE; k++)
      uv += way.directions[k] * way.directions[SIZE + k], vv += pow(way.directions[SIZE + k], 2);
    CHECK_NEAR(uv, 0, 1e-14);
    CHECK_NEAR(vv, 1, 1e-14);
    CHECK_NEAR(way.share[0], 1, 1e-12);
    CHECK_NEAR(way.share[1], 0, 1e-12);
    CHECK_NEAR(way.at[2] - way.at[0], sqrt(140), 1e-12);
  }
  ur_way_free(&way);
}

static void test_refused(void) {
  ur_way way;
  CHECK(ur_way_create(1, SIZE, &way) == UR_E_ARGUMENT && way.places == NULL);
  CHECK(ur_way_create(UR_WAY_PLACES_MAX + 1, SIZE, &way) == UR_E_ARGUMENT);
  CHECK(ur_way_create(2, 1, &way) == UR_E_ARGUMENT);
  for (int n = 0; n < 2; n++) {
    ur__alloc_fail_after(n);
    const ur_status status = ur_way_create(2, 3, &way);
    ur__alloc_fail_after(-1);
    CHECK(status == UR_E_MEMORY && way.places == NULL && way.origin == NULL);
  }
  if (!CHECK(ur_way_create(3, 2, &way) == UR_OK)) return;
  for (int by = 0; by < 2; by++) CHECK(ur_way_through(&way, (ur_way_by)by) == UR_E_STATE);
  way.places[2] = 1; /* out and back */
  CHECK(ur_way_through(&way, UR_WAY_ENDS) == UR_E_STATE);
  CHECK(ur_way_through(&way, UR_WAY_PRINCIPAL) == UR_OK);
  ur__alloc_fail_after(0);
  CHECK(ur_way_through(&way, UR_WAY_PRINCIPAL) == UR_E_MEMORY);
  ur__alloc_fail_after(-1);
  way.places[3] = NAN;
  for (int by = 0; by < 2; by++) CHECK(ur_way_through(&way, (ur_way_by)by) == UR_E_NUMBER);
  ur_way_free(&way);
}

int main(void) {
  TEST("in a plane") { test_flat(); }
  TEST("off a plane") { test_off(); }
  TEST("a line") { test_line(); }
  TEST("refused") { test_refused(); }
  return check_done();
}
