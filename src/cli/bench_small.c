/* What is small and done often: factors and eigenvalues of matrices in double, updates of a net of a few
 * units, batch and all that a run does around it, and the linear pieces of a net. */
#include <string.h>

#include "alloc.h"
#include "bench.h"
#include "trainer.h"
#include "unroll/linalg.h"
#include "unroll/regions.h"

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
static void step_update(void *data) {
  ur_step_report report;
  ur_trainer_step(data, &report);
}

/* Symmetric, so that one matrix serves all three. */
static void fill(matrices *m) {
  uint32_t state = 1;
  for (int i = 0; i < m->n; i++)
    for (int j = 0; j <= i; j++)
      m->A[i * m->n + j] = m->A[j * m->n + i] = (double)bench_next(&state) / 8388608 - 1;
}

int bench_matrices(const cli *c, int *known) {
  static const struct {
    const char *name;
    int n;
    void (*step)(void *);
  } works[] = {{"qr_10", 10, step_qr},         {"qr_100", 100, step_qr}, {"eigen_10", 10, step_eigen},
               {"eigen_100", 100, step_eigen}, {"svd_10", 10, step_svd}, {"svd_100", 100, step_svd}};
  const size_t cells = LARGEST * LARGEST;
  matrices m = {.A = ur__alloc_array(5 * cells, sizeof *m.A)};
  if (m.A == NULL) return cli_error(c, "there is no memory left to measure");
  m.copy = m.A + cells, m.values = m.copy + cells, m.left = m.values + cells, m.right = m.left + cells;
  for (size_t i = 0; i < sizeof works / sizeof *works; i++) {
    m.n = works[i].n;
    fill(&m);
    if (bench_wanted(c, works[i].name, known))
      bench_line(c, &(bench_work){works[i].name, 0, works[i].step, &m}, NULL);
  }
  ur__free(m.A);
  return CLI_OK;
}

/* 2-8-8-1, tanh, 10 points an update, momentum. */
int bench_updates(const cli *c, int *known) {
  static const char *const set[][2] = {{"error", "bernoulli"},
                                       {"batch_size", "10"},
                                       {"optimizer", "momentum"},
                                       {"schedule", "constant"},
                                       {"learning_rate", "0.01"}};
  ur_settings settings;
  ur_trainer *trainer = NULL;
  if (!bench_wanted(c, "mlp_update", known)) return CLI_OK;
  ur_status status = ur_settings_init(&settings, "mlp", "spiral");
  for (int i = 0; i < 5 && status == UR_OK; i++) status = ur_settings_set(&settings, set[i][0], set[i][1]);
  if (status == UR_OK) status = ur_trainer_create(&settings, (ur_bytes){NULL, 0}, &trainer);
  if (status == UR_OK) bench_line(c, &(bench_work){"mlp_update", 0, step_update, trainer}, NULL);
  ur_trainer_free(trainer);
  return status == UR_OK ? CLI_OK : cli_last_error(c);
}

static void step_regions(void *data) {
  ur_regions regions;
  if (ur_regions_of(data, (const double[]){-1, 1, -1, 1}, &regions) == UR_OK) ur_regions_free(&regions);
}

/* Of one layer of 95 relus over the square, as it starts. */
int bench_regions(const cli *c, int *known) {
  static const char *const set[][2] = {
      {"hidden_1", "95"}, {"hidden_2", "0"}, {"activation", "relu"}, {"init", "he"}};
  ur_settings settings;
  ur_trainer *trainer = NULL;
  if (!bench_wanted(c, "regions", known)) return CLI_OK;
  ur_status status = ur_settings_init(&settings, "mlp", "spiral");
  for (int i = 0; i < 4 && status == UR_OK; i++) status = ur_settings_set(&settings, set[i][0], set[i][1]);
  if (status == UR_OK) status = ur_trainer_create(&settings, (ur_bytes){NULL, 0}, &trainer);
  if (status == UR_OK) bench_line(c, &(bench_work){"regions", 0, step_regions, trainer}, NULL);
  ur_trainer_free(trainer);
  return status == UR_OK ? CLI_OK : cli_last_error(c);
}
