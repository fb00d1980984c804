/* Fixed workloads, timed: what the machine can do at most, a matrix product of four sizes, and all that the
 * other files of the bench have. The data, the rule of timing and the counts of operations are the same for
 * every program that is compared. */
#include "bench.h"

#include <string.h>

#include "alloc.h"
#include "kernels.h"

uint32_t bench_next(uint32_t *state) {
  *state = *state * 1664525u + 1013904223u;
  return *state >> 8;
}

void bench_fill(float *out, size_t n, uint32_t seed) {
  for (size_t i = 0; i < n; i++) out[i] = (float)bench_next(&seed) / 8388608.0f - 1;
}

/* ---- products ---- */
typedef struct product {
  size_t n;
  float *a, *b, *c, *work;
} product;

static void step_product(void *data) {
  product *p = data;
  ur__f32_matmul(p->c, p->a, p->b, p->n, p->n, p->n, 0, 0, p->work);
}

/* Of a cell in every row, another column each time. */
static double off_product(void *data) {
  const product *p = data;
  double off = 0, size = 0;
  for (size_t i = 0; i < p->n; i++) {
    const size_t j = 7 * i % p->n;
    double wanted = 0;
    for (size_t k = 0; k < p->n; k++) wanted += (double)p->a[i * p->n + k] * (double)p->b[k * p->n + j];
    bench_compare((double)p->c[i * p->n + j], wanted, &off, &size);
  }
  return off / size;
}

static int open_product(product *p, size_t n) {
  p->n = n;
  p->a = ur__alloc_array(3 * n * n + ur__f32_matmul_pack_size(n, n), sizeof *p->a);
  if (p->a == NULL) return 0;
  p->b = p->a + n * n;
  p->c = p->b + n * n;
  p->work = p->c + n * n;
  bench_fill(p->a, n * n, 1);
  bench_fill(p->b, n * n, 2);
  return 1;
}

static int bench_products(const cli *c) {
  static const int sizes[] = {64, 128, 256, 512};
  static const char *const names[] = {"matmul_64", "matmul_128", "matmul_256", "matmul_512"};
  int code = CLI_OK;
  for (int i = 0; i < 4 && code == CLI_OK; i++) {
    const double n = sizes[i];
    product p;
    if (!bench_wanted(c, names[i])) continue;
    if (!open_product(&p, (size_t)sizes[i])) return bench_no_memory(c);
    code = bench_line(c,
                      &(bench_work){.name = names[i],
                                    .operations = 2 * n * n * n,
                                    .step = step_product,
                                    .data = &p,
                                    .off = off_product},
                      NULL);
    ur__free(p.a);
  }
  return code;
}

static int bench_peak(const cli *c) {
  const bench_work work = {.name = "peak", .operations = bench_peak_operations(), .step = bench_peak_step};
  return bench_wanted(c, "peak") ? bench_line(c, &work, NULL) : CLI_OK;
}

/* ---- the command ---- */
#define NAMES                                                                                                \
  "peak, matmul_64, matmul_128, matmul_256, matmul_512, rnn_train, lstm_train, seq2seq_train, "              \
  "attn_seq_train, "                                                                                         \
  "gpt_train, attn_fwd_T64, attn_fwd_T256, gpt_gen, qr_10, qr_30, qr_100, eigen_10, eigen_30, eigen_100, "   \
  "svd_10, "                                                                                                 \
  "svd_30, svd_100, mlp_train, regions"
#define LONG "attn_seq_learn" /* takes a minute or more */

/* Is `name`, `length` letters of it, in a list with commas between? */
static int listed(const char *list, const char *name, size_t length) {
  for (const char *at = list; at != NULL; at = strchr(at, ',')) {
    at += strspn(at, ", ");
    if (strcspn(at, ",") == length && strncmp(at, name, length) == 0) return 1;
  }
  return 0;
}

int bench_wanted(const cli *c, const char *name) {
  const char *only = cli_value(c, "workload");
  return listed(only != NULL ? only : NAMES ", " LONG, name, strlen(name));
}

/* Before anything is timed: what is asked for is there. */
static int check_names(const cli *c) {
  for (const char *at = cli_value(c, "workload"); at != NULL; at = strchr(at, ',')) {
    at += strspn(at, ", ");
    const size_t length = strcspn(at, ",");
    if (!listed(NAMES ", " LONG, at, length))
      return cli_error(c, "there is no workload %.*s; there are " NAMES " and " LONG,
                       (int)(length < 40 ? length : 40), at);
  }
  return CLI_OK;
}

static int run(cli *c) {
  static int (*const all[])(const cli *) = {bench_peak,      bench_products, bench_training,
                                            bench_attention, bench_writing,  bench_matrices,
                                            bench_updates,   bench_regions,  bench_learning};
  double ms;
  if (!cli_number(c, "ms", 1, 60000, &ms)) return CLI_ERROR;
  int code = check_names(c);
  if (code == CLI_OK) bench_peak_begin(c);
  for (size_t i = 0; i < sizeof all / sizeof *all && code == CLI_OK; i++) code = all[i](c);
  return code;
}

const cli_command cli_bench = {
    "bench",
    NULL,
    "time fixed workloads, one line of JSON each",
    run,
    {{"workload", "NAME,...", NULL, "only these of " NAMES " and " LONG},
     {"ms", "N", "3000", "how long each is measured, after a third of that to warm up"},
     {"parts", NULL, NULL, "of rnn_train and lstm_train, also every kernel by itself"}}};
