#include <math.h>
#include <string.h>

#include "scene.h"
#include "unroll/descent.h"

int ur_descent_points(const ur_trainer *trainer) { return trainer->examples.points.train; }

static ur_status check(const ur__scene *s, const int weights[2], const ur_rule *rule, int updates) {
  for (int k = 0; k < 2; k++)
    if (weights[k] < 0 || weights[k] >= s->flat.size)
      return ur_fail(UR_E_ARGUMENT, "weights", "there is no weight %d; there are %d", weights[k],
                     s->flat.size);
  if (weights[0] == weights[1])
    return ur_fail(UR_E_ARGUMENT, "weights", "both are weight %d; take two", weights[0]);
  if (rule->batch < 0 || rule->batch > s->points->train)
    return ur_fail(UR_E_ARGUMENT, "batch", "a batch of %d points; there are %d", rule->batch,
                   s->points->train);
  return updates < 1 ? ur_fail(UR_E_ARGUMENT, "updates", "%d updates; take at least one", updates) : UR_OK;
}

/* What a rule keeps from update to update. */
typedef struct kept {
  double step[2], mean[2], square[2], beta1, beta2; /* the last two to the power of the updates */
} kept;

static void put(double *row, int u, const double pair[2]) {
  if (row != NULL) row[2 * u] = pair[0], row[2 * u + 1] = pair[1];
}

static void step_by(const ur_rule *rule, const double g[2], kept *k) {
  k->beta1 *= rule->beta1, k->beta2 *= rule->beta2;
  for (int i = 0; i < 2; i++) {
    if (rule->kind != UR_RULE_ADAM) {
      k->step[i] = (rule->kind == UR_RULE_MOMENTUM ? rule->momentum * k->step[i] : 0) - rule->rate * g[i];
      continue;
    }
    k->mean[i] = rule->beta1 * k->mean[i] + (1 - rule->beta1) * g[i];
    k->square[i] = rule->beta2 * k->square[i] + (1 - rule->beta2) * g[i] * g[i];
    k->step[i] =
        -rule->rate * (k->mean[i] / (1 - k->beta1)) / (sqrt(k->square[i] / (1 - k->beta2)) + rule->epsilon);
  }
}

ur_status ur_descent_path(const ur_trainer *trainer, const int weights[2], const double start[2],
                          const ur_rule *rule, int updates, const ur_path *out) {
  ur__scene s;
  ur_status status = ur__scene_open(trainer, &s);
  if (status != UR_OK) return status;
  status = check(&s, weights, rule, updates);
  const int batch = rule->batch == 0 ? s.points->train : rule->batch;
  kept keeps = {.beta1 = 1, .beta2 = 1};
  const double none[2] = {NAN, NAN};
  const int adam = rule->kind == UR_RULE_ADAM;
  double w[2] = {start[0], start[1]};
  for (int u = 0, next = 0; u <= updates && status == UR_OK; u++) {
    for (int k = 0; k < 2; k++) s.theta[weights[k]] = w[k];
    double error = ur__scene_mean_error(&s), g[2] = {0, 0};
    put(out->at, u, w);
    if (!isfinite(error)) w[0] = w[1] = error = NAN;
    if (out->errors != NULL) out->errors[u] = error;
    if (u == updates) break;
    for (int n = 0; n < batch; n++, next = (next + 1) % s.points->train) {
      memset(s.gradient, 0, (size_t)s.flat.size * sizeof *s.gradient);
      ur__scene_add_gradient(&s, next, s.gradient);
      const double term[2] = {s.gradient[weights[0]], s.gradient[weights[1]]};
      put(out->terms, u * batch + n, term);
      for (int k = 0; k < 2; k++) g[k] += term[k];
    }
    for (int k = 0; k < 2; k++) g[k] /= batch;
    step_by(rule, g, &keeps);
    put(out->slopes, u, g);
    put(out->means, u, adam ? keeps.mean : none);
    put(out->squares, u, adam ? keeps.square : none);
    put(out->steps, u, keeps.step);
    for (int k = 0; k < 2; k++) w[k] += keeps.step[k];
  }
  ur__scene_close(&s);
  return status;
}
