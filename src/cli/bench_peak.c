/* What a machine can do at most: multiplications and additions between registers, as many independent ones as
 * hide their latency. Which form reaches the most hangs on how many registers a compiler or an engine makes
 * of it, so the fastest of a few is taken. */
#include "bench.h"
#include "vec.h"

enum { TURNS = 200000, CHAINS_MAX = 14 };

static volatile float one = 1, zero = 0; /* not known to the compiler; nothing over- or underflows */
static volatile float sink;

UR_INLINE float add_up(const vec *a, const int count) {
  vec sum = a[0];
  float lanes[4];
  for (int i = 1; i < count; i++) sum = v_add(sum, a[i]);
  v_store(lanes, sum);
  return lanes[0] + lanes[1] + lanes[2] + lanes[3];
}

/* Chains of additions beside chains of multiplications. */
UR_INLINE float beside(const int count) {
  vec sum[CHAINS_MAX], term[CHAINS_MAX], by = v_set1(one);
  for (int i = 0; i < count; i++) sum[i] = term[i] = v_set1((float)i + 1);
  for (int k = 0; k < TURNS; k++) {
    for (int i = 0; i < count; i++) {
      sum[i] = v_add(sum[i], term[i]);
      term[i] = v_mul(term[i], by);
    }
  }
  return add_up(sum, count);
}

/* Chains in which each multiplication is added, as in a product of matrices: half the registers, but a
 * longer way round. */
UR_INLINE float in_turn(const int count) {
  vec sum[CHAINS_MAX], by = v_set1(zero);
  for (int i = 0; i < count; i++) sum[i] = v_set1((float)i + 1);
  for (int k = 0; k < TURNS; k++)
    for (int i = 0; i < count; i++) sum[i] = v_madd(sum[i], sum[(i + 1) % count], by);
  return add_up(sum, count);
}

static UR_NOINLINE float beside_6(void) { return beside(6); }
static UR_NOINLINE float beside_7(void) { return beside(7); }
static UR_NOINLINE float in_turn_14(void) { return in_turn(14); }

typedef struct form {
  float (*run)(void);
  int chains;
} form;
static const form forms[] = {{beside_6, 6}, {beside_7, 7}, {in_turn_14, 14}};
enum { FORMS = sizeof forms / sizeof *forms };
static const form *fastest = forms;

void bench_peak_step(void *data) {
  (void)data;
  sink = fastest->run();
}

double bench_peak_operations(void) { return 8.0 * fastest->chains * TURNS; }

void bench_peak_begin(const cli *c) {
  const ur_host *host = c->host;
  double best = 0;
  const form *found = forms;
  for (int i = 0; i < 100 * FORMS; i++) {
    fastest = &forms[i % FORMS];
    const double started = host->clock_ms(host->context);
    bench_peak_step(NULL);
    const double speed = bench_peak_operations() / (host->clock_ms(host->context) - started);
    if (speed > best) best = speed, found = fastest;
  }
  fastest = found;
}
