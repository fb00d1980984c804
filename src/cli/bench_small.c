/* What is small and done often: factors and eigenvalues of matrices in double, updates of a net of a few
 * units, batch and all that a run does around it, and the linear pieces of a net. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "alloc.h"
#include "bench.h"
#include "trainer.h"
#include "unroll/linalg.h"
#include "unroll/regions.h"

/* ---- matrices ---- */
enum { LARGEST = 100 };

typedef struct matrices {
  int n;
  double *A, *copy, *values, *left, *right; /* [n,n] each, values [n] */
} matrices;

static void step_qr(void *data) {
  matrices *m = data;
  memcpy(m->copy, m->A, (size_t)m->n * (size_t)m->n * sizeof *m->A);
  ur_qr(m->copy, m->n, m->n, m->values);
}
static void step_eigen(void *data) {
  matrices *m = data;
  ur_symmetric_eigen(m->A, m->n, m->values, m->left);
}
static void step_svd(void *data) {
  matrices *m = data;
  ur_svd(m->A, m->n, m->n, m->values, m->left, m->right);
}

static double off_of(const matrices *m, const double *made) {
  double off = 0, size = 0;
  for (int i = 0; i < m->n * m->n; i++) bench_compare(made[i], m->A[i], &off, &size);
  return off / size;
}

/* Q R, from R. */
static double off_qr(void *data) {
  matrices *m = data;
  const int n = m->n;
  for (int i = 0; i < n; i++)
    for (int j = 0; j < n; j++) m->left[i * n + j] = j < i ? 0 : m->copy[i * n + j];
  if (ur_qr_apply(m->copy, n, n, m->values, 0, m->left, n) != UR_OK) return INFINITY;
  return off_of(m, m->left);
}

/* sum_i values_i u_i v_i^T, u_i and v_i the rows of two matrices. */
static double off_sum(matrices *m, const double *left, const double *right) {
  const int n = m->n;
  for (int i = 0; i < n; i++)
    for (int j = 0; j < n; j++) {
      double sum = 0;
      for (int k = 0; k < n; k++) sum += m->values[k] * left[k * n + i] * right[k * n + j];
      m->copy[i * n + j] = sum;
    }
  return off_of(m, m->copy);
}
static double off_eigen(void *data) {
  matrices *m = data;
  return off_sum(m, m->left, m->left);
}
static double off_svd(void *data) {
  matrices *m = data;
  return off_sum(m, m->left, m->right);
}

/* Symmetric, so that one matrix serves all three. */
static void fill(matrices *m) {
  uint32_t state = 1;
  for (int i = 0; i < m->n; i++)
    for (int j = 0; j <= i; j++)
      m->A[i * m->n + j] = m->A[j * m->n + i] = (double)bench_next(&state) / 8388608 - 1;
}

/* n^3 times so many operations; 0 where that hangs on the numbers. */
static const struct {
  const char *name;
  double operations;
  void (*step)(void *);
  double (*off)(void *);
} kinds[] = {
    {"qr", 4.0 / 3, step_qr, off_qr}, {"eigen", 0, step_eigen, off_eigen}, {"svd", 0, step_svd, off_svd}};

int bench_matrices(const cli *c) {
  static const int sizes[] = {10, 30, LARGEST};
  const size_t cells = LARGEST * LARGEST;
  int code = CLI_OK;
  matrices m = {.A = ur__alloc_array(5 * cells, sizeof *m.A)};
  if (m.A == NULL) return bench_no_memory(c);
  m.copy = m.A + cells, m.values = m.copy + cells, m.left = m.values + cells, m.right = m.left + cells;
  for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes && code == CLI_OK; i++) {
      const double n = m.n = sizes[i];
      char name[16];
      snprintf(name, sizeof name, "%s_%d", kinds[k].name, m.n);
      if (!bench_wanted(c, name)) continue;
      fill(&m);
      code = bench_line(c,
                        &(bench_work){.name = name,
                                      .operations = kinds[k].operations * n * n * n,
                                      .in_double = 1,
                                      .step = kinds[k].step,
                                      .data = &m,
                                      .off = kinds[k].off},
                        NULL);
    }
  ur__free(m.A);
  return code;
}

/* ---- nets of a few units ---- */
typedef struct updates {
  ur_trainer *trainer;
  float loss[2]; /* of all points, before the first update and after the last */
} updates;

static ur_status loss_of(ur_trainer *trainer, float *out) {
  ur_evaluation evaluation;
  const ur_status status = ur_trainer_evaluate(trainer, 0, &evaluation);
  if (status == UR_OK) *out = (float)evaluation.loss;
  return status;
}

static void step_update(void *data) {
  updates *u = data;
  ur_step_report report;
  ur_trainer_step(u->trainer, &report);
}

static void end_updates(void *data) {
  updates *u = data;
  loss_of(u->trainer, &u->loss[1]);
}

static ur_status open_points(const char *const (*set)[2], int count, ur_trainer **out) {
  ur_settings settings;
  ur_status status = ur_settings_init(&settings, "mlp", "spiral");
  for (int i = 0; i < count && status == UR_OK; i++)
    status = ur_settings_set(&settings, set[i][0], set[i][1]);
  return status == UR_OK ? ur_trainer_create(&settings, (ur_bytes){NULL, 0}, out) : status;
}

/* 2-8-8-1, tanh, 10 points an update, momentum. */
int bench_updates(const cli *c) {
  static const char *const set[][2] = {{"error", "bernoulli"},
                                       {"batch_size", "10"},
                                       {"optimizer", "momentum"},
                                       {"schedule", "constant"},
                                       {"learning_rate", "0.01"}};
  updates u = {0};
  int code = CLI_OK;
  if (!bench_wanted(c, "mlp_train")) return CLI_OK;
  ur_status status = open_points(set, 5, &u.trainer);
  if (status == UR_OK) status = loss_of(u.trainer, &u.loss[0]);
  if (status == UR_OK) {
    const bench_work work = {.name = "mlp_train",
                             .operations = 3 * 2 * 10 * (2 * 8 + 8 * 8 + 8 * 1),
                             .step = step_update,
                             .data = &u,
                             .end = end_updates,
                             .loss = u.loss};
    code = bench_line(c, &work, NULL);
  }
  ur_trainer_free(u.trainer);
  return status == UR_OK ? code : cli_last_error(c);
}

typedef struct pieces {
  ur_trainer *trainer;
  double count;
} pieces;

static void step_regions(void *data) {
  pieces *p = data;
  ur_regions regions;
  p->count = 0;
  if (ur_regions_of(p->trainer, (const double[]){-1, 1, -1, 1}, &regions) != UR_OK) return;
  p->count = regions.count;
  ur_regions_free(&regions);
}

/* Of one layer of 95 relus over the square, as it starts. */
int bench_regions(const cli *c) {
  static const char *const set[][2] = {
      {"hidden_1", "95"}, {"hidden_2", "0"}, {"activation", "relu"}, {"init", "he"}};
  pieces p = {0};
  int code = CLI_OK;
  if (!bench_wanted(c, "regions")) return CLI_OK;
  const ur_status status = open_points(set, 4, &p.trainer);
  if (status == UR_OK)
    code = bench_line(
        c, &(bench_work){.name = "regions", .step = step_regions, .data = &p, .answer = &p.count}, NULL);
  ur_trainer_free(p.trainer);
  return status == UR_OK ? code : cli_last_error(c);
}
