/* The error as a function of the weights: against surfaces known by hand, differences, and the net that is
 * trained. */
#include <string.h>

#include "alloc.h"
#include "flat.h"
#include "hash.h"
#include "mlp_run.h"
#include "unroll/linalg.h"
#include "unroll/surface.h"

/* y = w x + b: a parabola over (w, b), its bends the means of x^2, x and 1, its least point the least
 * squares. */
static void test_parabola(void) {
  enum { N = 21 };
  ur_trainer *trainer = open_run("curve", "hidden_1=0 hidden_2=0", "0 1\n1 3\n2 4\n");
  const ur_axis w = {0, -2, 4, N}, b = {1, -3, 5, N};
  double values[N * N], gradient[2], H[4];
  ur_stationary found[4];
  int count = 0;
  CHECK(ur_surface(trainer, &w, &b, values) == UR_OK);
  for (int j = 0; j < N; j++)
    for (int i = 0; i < N; i++) {
      const double W = -2 + 0.3 * i, B = -3 + 0.4 * j;
      CHECK_NEAR(values[j * N + i], (pow(B - 1, 2) + pow(W + B - 3, 2) + pow(2 * W + B - 4, 2)) / 6, 1e-12);
    }
  CHECK(ur_surface_stationary(trainer, &w, &b, values, found, 4, &count) == UR_OK && count == 1);
  CHECK_NEAR(found[0].at[0], 1.5, 1e-9);
  CHECK_NEAR(found[0].at[1], 7.0 / 6, 1e-9);
  CHECK_NEAR(found[0].error, 1.0 / 36, 1e-12);
  CHECK(found[0].kind == UR_MINIMUM);
  for (int k = 0; k < 4; k++) CHECK_NEAR(found[0].hessian[k], k == 0 ? 5.0 / 3 : 1, 1e-8);
  CHECK_NEAR(found[0].eigenvalues[0] + found[0].eigenvalues[1], 5.0 / 3 + 1, 1e-8);
  CHECK_NEAR(found[0].eigenvalues[0] * found[0].eigenvalues[1], 5.0 / 3 - 1, 1e-8);
  CHECK(ur_hessian(trainer, gradient, H) == UR_OK);
  CHECK_NEAR(H[0], 5.0 / 3, 1e-9);
  CHECK_NEAR(H[1], 1, 1e-9);
  CHECK_NEAR(H[3], 1, 1e-9);
  ur_trainer_free(trainer);
}

/* y = v w x through (1, 1) with biases 0: J = (v w - 1)^2 / 2 has a saddle at 0 with bends -1 and 1, and a
 * valley where v w = 1. */
static void test_saddle(void) {
  enum { N = 30 };
  ur_trainer *trainer = open_run("curve", "hidden_1=1 hidden_2=0 activation=identity", "1 1\n");
  float *p = ur_params_data(ur_trainer_params(trainer)); /* W_1, b_1, W_2, b_2 */
  p[1] = p[3] = 0;
  const ur_axis x = {0, -0.6, 0.5, N}, y = {2, -0.5, 0.7, N};
  double values[N * N];
  ur_stationary found[4];
  int count = 0;
  CHECK(ur_surface(trainer, &x, &y, values) == UR_OK);
  CHECK(ur_surface_stationary(trainer, &x, &y, values, found, 4, &count) == UR_OK && count == 1);
  CHECK(found[0].kind == UR_SADDLE && found[0].error == 0.5);
  for (int k = 0; k < 2; k++) {
    CHECK_NEAR(found[0].at[k], 0, 1e-9);
    CHECK_NEAR(found[0].eigenvalues[k], k ? 1 : -1, 1e-8);
    CHECK_NEAR(fabs(found[0].directions[2 * k]), sqrt(0.5), 1e-8);
  }
  ur_trainer_free(trainer);
}

static const char *const nets[] = {"hidden_1=3 hidden_2=0 activation=tanh error=bernoulli",
                                   "hidden_1=4 hidden_2=3 skips=all activation=sigmoid error=softmax",
                                   "hidden_1=3 hidden_2=2 wires_1=57 wires_2=53 skips=all error=squares"};

/* The same error as the net that is trained, and a gradient that its differences confirm. */
static void test_flat(void) {
  for (int i = 0; i < 3; i++) {
    ur_trainer *trainer = open_run("arms", nets[i], NULL);
    double theta[128], gradient[128] = {0}, z[64], delta[64], sum = 0;
    ur_evaluation e;
    ur__flat flat;
    CHECK(ur__flat_of(trainer, &flat) == UR_OK);
    CHECK((size_t)flat.size == ur_params_size(ur_trainer_params(trainer)));
    CHECK(ur_trainer_evaluate(trainer, 0, &e) == UR_OK);
    const ur__points *p = &trainer->examples.points;
    for (int n = 0; n < p->train; n++)
      sum += ur__flat_error(&flat, flat.theta, p->x + 2 * n, p->y + 3 * n, z);
    CHECK_NEAR(sum / p->train, e.loss, 1e-5 * e.loss);
    ur__flat_error(&flat, flat.theta, p->x, p->y, z);
    ur__flat_gradient(&flat, flat.theta, p->y, z, delta, gradient);
    for (int k = 0; k < flat.size; k++) {
      memcpy(theta, flat.theta, (size_t)flat.size * sizeof *theta);
      theta[k] += 1e-5;
      const double up = ur__flat_error(&flat, theta, p->x, p->y, z);
      theta[k] -= 2e-5;
      CHECK_NEAR((up - ur__flat_error(&flat, theta, p->x, p->y, z)) / 2e-5, gradient[k], 1e-8);
    }
    ur__flat_free(&flat);
    ur_trainer_free(trainer);
  }
}

/* M tanh units can be exchanged and turned over: M! 2^M weights with one error, bends and all. */
static void test_symmetry(void) {
  ur_trainer *trainer = open_run("moons", nets[0], NULL);
  float *p = ur_params_data(ur_trainer_params(trainer)), other[13];
  double H[169], values[13], again[13];
  CHECK(ur_hessian(trainer, NULL, H) == UR_OK && ur_symmetric_eigen(H, 13, values, NULL) == UR_OK);
  for (int j = 0; j < 3; j++) { /* unit j takes the place of j + 1, turned over */
    const int to = (j + 1) % 3;
    other[2 * to] = -p[2 * j], other[2 * to + 1] = -p[2 * j + 1], other[6 + to] = -p[6 + j],
              other[9 + to] = -p[9 + j];
  }
  other[12] = p[12];
  memcpy(p, other, sizeof other);
  CHECK(ur_hessian(trainer, NULL, H) == UR_OK && ur_symmetric_eigen(H, 13, again, NULL) == UR_OK);
  for (int i = 0; i < 13; i++) CHECK_NEAR(values[i], again[i], 1e-8);
  CHECK(values[0] < values[12]);
  ur_trainer_free(trainer);
}

/* 3! 2^3 weights, no two alike, one error. */
static void test_equivalent(void) {
  enum { COPIES = 48, P = 13 };
  ur_trainer *trainer = open_run("moons", nets[0], NULL);
  double weights[COPIES * P], errors[COPIES];
  int count = 0, orders = 0;
  CHECK(ur_equivalent_count(trainer, &count) == UR_OK && count == COPIES);
  CHECK(ur_equivalent_weights(trainer, weights, errors) == UR_OK);
  const float *p = ur_params_data(ur_trainer_params(trainer));
  for (int i = 0; i < P; i++) CHECK(weights[i] == (double)p[i]);
  for (int i = 0; i < COPIES; i++) {
    CHECK_NEAR(errors[i] / errors[0], 1, 1e-14);
    CHECK(weights[i * P + 12] == (double)p[12]); /* the bias of the output stays */
    for (int k = 0; k < i; k++) CHECK(memcmp(weights + i * P, weights + k * P, P * sizeof *weights) != 0);
    orders += weights[i * P] == (double)p[4]; /* the last unit in the place of the first, not turned */
  }
  CHECK(orders == 2 * 4);
  /* where the weights are others, the error is another */
  ur_params_data(ur_trainer_params(trainer))[0] += 1;
  double moved[COPIES];
  CHECK(ur_equivalent_weights(trainer, weights, moved) == UR_OK && fabs(moved[5] / errors[5] - 1) > 1e-6);
  ur_trainer_free(trainer);
  static const char *const other[] = {"hidden_1=6 hidden_2=0", "hidden_1=2 hidden_2=2",
                                      "hidden_1=2 hidden_2=0 skips=all",
                                      "hidden_1=2 hidden_2=0 activation=sigmoid", "hidden_1=0 hidden_2=0"};
  for (size_t i = 0; i < sizeof other / sizeof *other; i++) {
    trainer = open_run("moons", other[i], NULL);
    CHECK(ur_equivalent_count(trainer, &count) == UR_E_STATE && count == 0);
    CHECK(ur_equivalent_weights(trainer, weights, errors) == UR_E_STATE);
    ur_trainer_free(trainer);
  }
}

/* A hundred times the batch, a tenth of the noise. */
static void test_noise(void) {
  ur_trainer *trainer = open_run("moons", "points=1000 hidden_1=10 hidden_2=0", NULL);
  double one, all = 0;
  CHECK(ur_gradient_noise(trainer, 1, 400, &one) == UR_OK && one > 0);
  for (int batch = 4; batch <= 256; batch *= 4) {
    CHECK(ur_gradient_noise(trainer, batch, 400, &all) == UR_OK);
    CHECK_NEAR(log(all / one) / log(batch), -0.5, 0.06);
  }
  CHECK(ur_gradient_noise(trainer, 0, 400, &all) == UR_E_ARGUMENT);
  ur_trainer_free(trainer);
}

static int refused(ur_trainer *trainer, const ur_axis *x, const ur_axis *y, const char *node,
                   const char *part) {
  double values[25];
  ur_stationary found;
  int count;
  return ur_surface(trainer, x, y, values) == UR_E_ARGUMENT && strcmp(ur_last_error()->node, node) == 0 &&
         strstr(ur_last_error()->message, part) != NULL &&
         ur_surface_stationary(trainer, x, y, values, &found, 1, &count) == UR_E_ARGUMENT && count == 0;
}

static void test_refused(void) {
  const ur_axis good = {0, -1, 1, 5};
  double noise, values[25];
  ur_trainer *trainer = open_run("moons", nets[0], NULL);
  CHECK(refused(trainer, &(ur_axis){13, -1, 1, 5}, &good, "x", "there are 13"));
  CHECK(refused(trainer, &good, &(ur_axis){-1, -1, 1, 5}, "y", "no weight -1"));
  CHECK(refused(trainer, &good, &good, "y", "take two"));
  CHECK(refused(trainer, &good, &(ur_axis){1, 1, 1, 5}, "y", "empty"));
  CHECK(refused(trainer, &good, &(ur_axis){1, NAN, 1, 5}, "y", "empty"));
  CHECK(refused(trainer, &good, &(ur_axis){1, -1, 1, 2}, "y", "3 to 1024"));
  for (long n = 0; n < 2; n++) {
    ur__alloc_fail_after(n);
    const ur_status status = ur_surface(trainer, &good, &(ur_axis){1, -1, 1, 5}, values);
    const ur_status noisy = ur_gradient_noise(trainer, 1, 1, &noise);
    ur__alloc_fail_after(-1);
    CHECK(status == UR_E_MEMORY && noisy == UR_E_MEMORY);
  }
  ur_trainer_free(trainer);
  trainer = open_run("moons", "hidden_1=60 hidden_2=60", NULL);
  CHECK(ur_hessian(trainer, NULL, &noise) == UR_E_ARGUMENT &&
        strstr(ur_last_error()->message, "at most 512") != NULL);
  ur_trainer_free(trainer);
}

static void test_bits(void) {
  enum { N = 12 };
  ur_trainer *trainer = open_run("xor", nets[0], NULL);
  double values[N * N], noise;
  CHECK(ur_surface(trainer, &(ur_axis){0, -3, 3, N}, &(ur_axis){9, -3, 3, N}, values) == UR_OK);
  CHECK(ur_gradient_noise(trainer, 8, 20, &noise) == UR_OK);
  const uint64_t hash = ur__fnv1a(ur__fnv1a(UR__FNV_START, values, sizeof values), &noise, sizeof noise);
  if (!CHECK(hash == UINT64_C(0xec28706e0d75ff6b))) printf("       0x%016llx\n", (unsigned long long)hash);
  ur_trainer_free(trainer);
}

int main(void) {
  TEST("a parabola") { test_parabola(); }
  TEST("a saddle") { test_saddle(); }
  TEST("the net's own error") { test_flat(); }
  TEST("symmetry") { test_symmetry(); }
  TEST("equal weights") { test_equivalent(); }
  TEST("noise") { test_noise(); }
  TEST("refused") { test_refused(); }
  TEST("the same bits everywhere") { test_bits(); }
  return check_done();
}
