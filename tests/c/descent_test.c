/* Walking downhill: paths against what a rule does by hand and against the trainer; what the bottom of a
 * quadratic costs. */

#include "alloc.h"
#include "mlp_run.h"
#include "unroll/descent.h"

enum { UPDATES = 12 };
static const int weights[2] = {0, 1};

/* y = w x + b over three points: the slopes are known by hand. */
static void test_by_hand(void) {
  static const double x[3] = {0, 1, 2}, t[3] = {1, 3, 4};
  ur_trainer *trainer = open_run("curve", "hidden_1=0 hidden_2=0", "0 1\n1 3\n2 4\n");
  double at[2 * (UPDATES + 1)], slopes[2 * UPDATES], errors[UPDATES + 1], terms[2 * 3 * UPDATES],
      means[2 * UPDATES], squares[2 * UPDATES], steps[2 * UPDATES];
  const ur_path path = {at, errors, terms, slopes, means, squares, steps};
  const double start[2] = {-1, 0.5};
  CHECK(ur_descent_points(trainer) == 3);
  for (int batch = 0; batch <= 3; batch++)
    for (int kind = 0; kind < 3; kind++) {
      const ur_rule rule = {(ur_rule_kind)kind, batch, 0.1, 0.8, 0.9, 0.99, 1e-8};
      CHECK(ur_descent_path(trainer, weights, start, &rule, UPDATES, &path) == UR_OK);
      double w[2] = {-1, 0.5}, step[2] = {0, 0}, mean[2] = {0, 0}, square[2] = {0, 0};
      for (int u = 0, next = 0; u < UPDATES; u++) {
        double g[2] = {0, 0}, error = 0;
        const int points = batch == 0 ? 3 : batch;
        for (int n = 0; n < 3; n++) error += pow(w[0] * x[n] + w[1] - t[n], 2) / 6;
        for (int n = 0; n < points; n++, next = (next + 1) % 3) {
          const double miss = w[0] * x[next] + w[1] - t[next];
          g[0] += miss * x[next] / points, g[1] += miss / points;
          CHECK_NEAR(terms[2 * (u * points + n)], miss * x[next], 1e-12);
          CHECK_NEAR(terms[2 * (u * points + n) + 1], miss, 1e-12);
        }
        CHECK_NEAR(errors[u], error, 1e-12);
        for (int k = 0; k < 2; k++) {
          CHECK_NEAR(at[2 * u + k], w[k], 1e-12);
          CHECK_NEAR(slopes[2 * u + k], g[k], 1e-12);
          mean[k] = 0.9 * mean[k] + 0.1 * g[k], square[k] = 0.99 * square[k] + 0.01 * g[k] * g[k];
          step[k] = kind == UR_RULE_SGD        ? -0.1 * g[k]
                    : kind == UR_RULE_MOMENTUM ? 0.8 * step[k] - 0.1 * g[k]
                                               : -0.1 * mean[k] / (1 - pow(0.9, u + 1)) /
                                                     (sqrt(square[k] / (1 - pow(0.99, u + 1))) + 1e-8);
          CHECK_NEAR(steps[2 * u + k], step[k], 1e-12);
          CHECK(kind == UR_RULE_ADAM
                    ? fabs(means[2 * u + k] - mean[k]) < 1e-12 && fabs(squares[2 * u + k] - square[k]) < 1e-12
                    : isnan(means[2 * u + k]) && isnan(squares[2 * u + k]));
          w[k] += step[k];
        }
      }
      CHECK_NEAR(at[2 * UPDATES], w[0], 1e-12);
    }
  ur_trainer_free(trainer);
}

/* The run itself takes the same way, in single precision, where its net has no other weights. */
static void test_as_trained(void) {
  static const struct {
    const char *settings;
    ur_rule rule;
  } both[] = {
      {"optimizer=sgd batch_size=10 learning_rate=0.1", {UR_RULE_SGD, 0, 0.1, 0, 0, 0, 0}},
      {"optimizer=sgd batch_size=1 learning_rate=0.1", {UR_RULE_SGD, 1, 0.1, 0, 0, 0, 0}},
      {"optimizer=momentum batch_size=10 learning_rate=0.1", {UR_RULE_MOMENTUM, 0, 0.1, 0.9, 0, 0, 0}},
      {"optimizer=adam batch_size=5 learning_rate=0.1", {UR_RULE_ADAM, 5, 0.1, 0, 0.9, 0.999, 1e-8}}};
  for (size_t i = 0; i < sizeof both / sizeof *both; i++) {
    char settings[200];
    double at[2 * (UPDATES + 1)];
    snprintf(settings, sizeof settings,
             "hidden_1=0 hidden_2=0 points=10 data_order=in_turn schedule=constant clip_norm=0 %s",
             both[i].settings);
    ur_trainer *trainer = open_run("curve", settings, NULL);
    const float *w = ur_params_data(ur_trainer_params(trainer));
    const double start[2] = {w[0], w[1]};
    ur_step_report report;
    CHECK(ur_descent_path(trainer, weights, start, &both[i].rule, UPDATES, &(ur_path){.at = at}) == UR_OK);
    for (int u = 1; u <= UPDATES; u++) {
      CHECK(ur_trainer_step(trainer, &report) == UR_OK);
      for (int k = 0; k < 2; k++) CHECK_NEAR(at[2 * u + k], (double)w[k], 1e-5);
    }
    ur_trainer_free(trainer);
  }
}

/* Too long a step leads away until there is no number, and the rest stays empty. */
static void test_away(void) {
  enum { LONG = 2000 };
  static double at[2 * (LONG + 1)], slopes[2 * LONG], errors[LONG + 1];
  const ur_path path = {.at = at, .errors = errors, .slopes = slopes};
  ur_trainer *trainer = open_run("curve", "hidden_1=0 hidden_2=0", "0 1\n1 3\n2 4\n");
  const ur_rule rule = {.rate = 10};
  CHECK(ur_descent_path(trainer, weights, (double[]){0, 0}, &rule, LONG, &path) == UR_OK);
  CHECK(errors[10] > errors[5] && isfinite(errors[10]) && isnan(errors[LONG]) && isnan(at[2 * LONG]) &&
        isnan(slopes[2 * LONG - 1]));
  ur_trainer_free(trainer);
}

static void test_refused(void) {
  ur_trainer *trainer = open_run("curve", "hidden_1=0 hidden_2=0", "0 1\n1 3\n2 4\n");
  const ur_path path = {0};
  const double start[2] = {0, 0};
  const ur_rule rule = {.rate = 1}, large = {.batch = 4, .rate = 1};
  CHECK(ur_descent_path(trainer, (int[]){0, 2}, start, &rule, 1, &path) == UR_E_ARGUMENT);
  CHECK(ur_descent_path(trainer, (int[]){1, 1}, start, &rule, 1, &path) == UR_E_ARGUMENT);
  CHECK(ur_descent_path(trainer, weights, start, &large, 1, &path) == UR_E_ARGUMENT);
  CHECK(ur_descent_path(trainer, weights, start, &rule, 0, &path) == UR_E_ARGUMENT);
  ur__alloc_fail_after(0);
  CHECK(ur_descent_path(trainer, weights, start, &rule, 1, &path) == UR_E_MEMORY);
  ur__alloc_fail_after(-1);
  ur_trainer_free(trainer);
}

static void test_price(void) {
  ur_price without, with;
  for (int n = 1; n <= 64; n += n < 8 ? 1 : 7) {
    CHECK(ur_descent_price(n, 3, &without, &with) == UR_OK);
    CHECK(without.calls == (n + 1) * (n + 2) / 2 && with.calls <= 2 * n + 1);
    CHECK(without.operations == 7.0 * n * without.calls && with.operations == 4.0 * n * with.calls);
    CHECK(without.gap < 1e-12 && with.gap < 1e-9);
  }
  CHECK(with.gap > 0); /* it is measured */
  CHECK(ur_descent_price(0, 1, &without, &with) == UR_E_ARGUMENT);
  CHECK(ur_descent_price(UR_PRICE_MAX + 1, 1, &without, &with) == UR_E_ARGUMENT);
  for (long n = 0; n < 2; n++) {
    ur__alloc_fail_after(n);
    const ur_status status = ur_descent_price(3, 1, &without, &with);
    ur__alloc_fail_after(-1);
    CHECK(status == (n == 0 ? UR_E_MEMORY : UR_OK));
  }
}

static void test_gradient_price(void) {
  ur_price differences, gradient;
  for (int n = 1; n <= 100; n += 9) {
    CHECK(ur_gradient_price(n, 3, &differences, &gradient) == UR_OK);
    CHECK(differences.calls == 2 * n && gradient.calls == 1);
    CHECK(differences.operations == 14.0 * n * n && gradient.operations == 4.0 * n);
    CHECK(differences.gap < 1e-8 && differences.gap > 0 && gradient.gap < 1e-15);
  }
  CHECK(ur_gradient_price(0, 1, &differences, &gradient) == UR_E_ARGUMENT);
  ur__alloc_fail_after(0);
  CHECK(ur_gradient_price(3, 1, &differences, &gradient) == UR_E_MEMORY);
  ur__alloc_fail_after(-1);
}

int main(void) {
  TEST("by hand") { test_by_hand(); }
  TEST("as trained") { test_as_trained(); }
  TEST("away") { test_away(); }
  TEST("refused") { test_refused(); }
  TEST("price") { test_price(); }
  TEST("price of a gradient") { test_gradient_price(); }
  return check_done();
}
