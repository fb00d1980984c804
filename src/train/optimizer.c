#include "optimizer.h"

#include <math.h>
#include <string.h>

#include "kernels.h"

/* base^n by squaring, in double: the same on every target, unlike pow. */
static double power(double base, uint64_t n) {
  double result = 1;
  for (; n > 0; n >>= 1, base *= base) {
    if (n & 1) result *= base;
  }
  return result;
}

ur__rule ur__rule_of(const double *training, uint64_t step) {
  const double rate = ur__learning_rate(training, step);
  return (ur__rule){.kind = (int)training[UR__OPTIMIZER],
                    .rate = (float)rate,
                    .momentum = (float)training[UR__MOMENTUM],
                    .beta1 = (float)training[UR__BETA1],
                    .beta2 = (float)training[UR__BETA2],
                    .epsilon = (float)training[UR__EPSILON],
                    .correct1 = (float)(1 / (1 - power(training[UR__BETA1], step))),
                    .correct2 = (float)(1 / (1 - power(training[UR__BETA2], step))),
                    .keep = (float)(1 - rate * training[UR__WEIGHT_DECAY])};
}

void ur__rule_apply(const ur__rule *rule, const ur__slot *slot, const float *grad) {
  switch (rule->kind) {
  case UR__SGD: ur__f32_sgd(slot->theta, grad, slot->n, rule->rate); break;
  case UR__WITH_MOMENTUM:
    ur__f32_momentum(slot->theta, slot->first, grad, slot->n, rule->rate, rule->momentum);
    break;
  default:
    /* AdamW (Loshchilov and Hutter 2019): theta shrinks by itself, not through the gradient */
    if (rule->kind == UR__ADAMW) ur__f32_scale(slot->theta, slot->theta, rule->keep, slot->n);
    ur__f32_adam(slot->theta, slot->first, slot->second, grad, slot->n, rule->rate, rule->beta1, rule->beta2,
                 rule->epsilon, rule->correct1, rule->correct2);
  }
}

float ur__grad_norm(const float *grads, size_t n) { return sqrtf(ur__f32_sum_squares(grads, n)); }

float ur__clip_scale(float norm, double clip_norm) {
  const float longest = (float)clip_norm;
  return longest > 0 && norm > longest ? longest / norm : 1;
}

int ur__rule_lines(int kind, ur_update_line lines[UR__LINES_MAX]) {
  static const ur_update_line sgd[] = {{"g", "\\nabla = \\kappa\\, \\partial J / \\partial \\theta", NULL},
                                       {"step", "\\eta\\, \\nabla", NULL},
                                       {"theta", "\\theta - \\eta\\, \\nabla", NULL}};
  static const ur_update_line momentum[] = {
      {"g", "\\nabla = \\kappa\\, \\partial J / \\partial \\theta", NULL},
      {"velocity", "m = \\mu m + \\nabla", NULL},
      {"step", "\\eta\\, m", NULL},
      {"theta", "\\theta - \\eta\\, m", NULL}};
  static const ur_update_line adam[] = {
      {"g", "\\nabla = \\kappa\\, \\partial J / \\partial \\theta", NULL},
      {"m", "m = \\beta_1 m + (1 - \\beta_1) \\nabla", NULL},
      {"v", "v = \\beta_2 v + (1 - \\beta_2) \\nabla^2", NULL},
      {"m_hat", "\\hat m = m / (1 - \\beta_1^\\tau)", NULL},
      {"v_hat", "\\hat v = v / (1 - \\beta_2^\\tau)", NULL},
      {"step", "\\eta\\, \\hat m / (\\sqrt{\\hat v} + \\epsilon)", NULL},
      {"theta", "\\theta - \\eta\\, \\hat m / (\\sqrt{\\hat v} + \\epsilon)", NULL}};
  static const struct {
    const ur_update_line *lines;
    int count;
  } of[] = {[UR__SGD] = {sgd, 3},
            [UR__WITH_MOMENTUM] = {momentum, 4},
            [UR__ADAM] = {adam, 7},
            [UR__ADAMW] = {adam, 7}};
  memcpy(lines, of[kind].lines, (size_t)of[kind].count * sizeof *lines);
  if (kind == UR__ADAMW)
    lines[6].formula = "(1 - \\eta \\lambda)\\, \\theta - \\eta\\, \\hat m / (\\sqrt{\\hat v} + \\epsilon)";
  return of[kind].count;
}

/* The new moments and theta come from the kernel itself, run on copies; what lies between is written out here
 * in the kernel's own operations, and a test holds the two together. */
void ur__rule_explain(const ur__rule *rule, const ur__slot *slot, const float *grad, float clip_scale,
                      float *const values[UR__LINES_MAX]) {
  enum { G, M, V, M_HAT, V_HAT };
  ur_update_line lines[UR__LINES_MAX];
  const int last = ur__rule_lines(rule->kind, lines) - 1;
  const size_t size = slot->n * sizeof(float);
  float *const step = values[last - 1];
  ur__slot copy = {.theta = values[last], .n = slot->n};
  if (clip_scale == 1)
    memcpy(values[G], grad, size);
  else
    ur__f32_scale(values[G], grad, clip_scale, slot->n);
  memcpy(copy.theta, slot->theta, size);
  if (rule->kind != UR__SGD) memcpy(copy.first = values[M], slot->first, size);
  if (rule->kind >= UR__ADAM) memcpy(copy.second = values[V], slot->second, size);
  ur__rule_apply(rule, &copy, values[G]);
  for (size_t i = 0; i < slot->n; i++) {
    if (rule->kind >= UR__ADAM) {
      values[M_HAT][i] = values[M][i] * rule->correct1;
      values[V_HAT][i] = values[V][i] * rule->correct2;
      step[i] = rule->rate * values[M_HAT][i] / (sqrtf(values[V_HAT][i]) + rule->epsilon);
    } else {
      step[i] = rule->rate * (rule->kind == UR__SGD ? values[G] : values[M])[i];
    }
  }
}
