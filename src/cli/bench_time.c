/* How anything is timed, and the line that says so. */
#include <math.h>
#include <stdlib.h>

#include "bench.h"

static int ascending(const void *a, const void *b) {
  const double left = *(const double *)a, right = *(const double *)b;
  return (left > right) - (left < right);
}

static double median_of(double *values, int count) {
  qsort(values, (size_t)count, sizeof *values, ascending);
  return values[count / 2];
}

/* A sample of something very short is the mean of several calls, because the clock of a browser is coarse.
 * There are at least twenty where three seconds are given, and fewer where less is. */
bench_time bench_measure(const cli *c, const bench_work *work, double warm_ms, double ms) {
  enum { LEAST = 3, USUAL = 20, MOST = 200 };
  const ur_host *host = c->host;
  const int least = ms >= 3000 ? USUAL : ms * USUAL > 3000 * LEAST ? (int)(ms * USUAL / 3000) : LEAST;
  double samples[MOST], peaks[MOST], started = host->clock_ms(host->context), now = started;
  int count = 0, calls = 0;
  for (; calls < 3 || now - started < warm_ms; calls++, now = host->clock_ms(host->context))
    work->step(work->data);
  started = host->clock_ms(host->context);
  work->step(work->data);
  const double once = host->clock_ms(host->context) - started;
  const int repeats = once > 4 ? 1 : (int)(4 / (once > 1e-3 ? once : 1e-3)) + 1;
  started = host->clock_ms(host->context);
  do {
    const double before = host->clock_ms(host->context);
    for (int i = 0; i < repeats; i++) work->step(work->data);
    const double between = host->clock_ms(host->context);
    bench_peak_step(NULL);
    now = host->clock_ms(host->context);
    samples[count] = (between - before) / repeats;
    peaks[count++] = now - between;
  } while (count < least || (now - started < ms && count < MOST));
  bench_time time = {.median = median_of(samples, count), .least = samples[0], .samples = count};
  time.gflops = work->operations / time.median / 1e6;
  time.peak = bench_peak_operations() / median_of(peaks, count) / 1e6;
  return time;
}

void bench_compare(double got, double wanted, double *off, double *size) {
  const double apart = fabs(got - wanted);
  if (!(apart <= *off)) *off = apart; /* not a number is as far off as can be */
  if (fabs(wanted) > *size) *size = fabs(wanted);
}

/* What came out, on the line and looked at. */
static int print_result(const cli *c, const bench_work *work) {
  const double allowed = work->in_double ? 1e-12 : 1e-5;
  const double off = work->off != NULL ? work->off(work->data) : 0;
  if (work->off != NULL) cli_print(c, ",\"off\":%.2g", off);
  if (work->loss != NULL)
    cli_print(c, ",\"loss_first\":%.4f,\"loss_last\":%.4f", work->loss[0], work->loss[1]);
  if (work->answer != NULL) cli_print(c, ",\"answer\":%.0f", *work->answer);
  cli_print(c, "}\n");
  if (!(off <= allowed))
    return cli_error(c, "%s came out wrong, by %.2g of its largest number", work->name, off);
  if (work->loss != NULL && !(work->loss[1] < work->loss[0]))
    return cli_error(c, "%s learned nothing: a loss of %.4f became %.4f", work->name, work->loss[0],
                     work->loss[1]);
  return CLI_OK;
}

int bench_line(const cli *c, const bench_work *work, bench_time *time) {
  double ms = 0;
  cli_number(c, "ms", 1, 60000, &ms);
  const bench_time took = bench_measure(c, work, ms / 3, ms);
  if (work->end != NULL) work->end(work->data);
  if (time != NULL) *time = took;
  cli_print(
      c, "{\"peer\":\"unroll-%s@%s\",\"workload\":\"%s\",\"ms_median\":%.4g,\"ms_min\":%.4g,\"samples\":%d",
      ur_simd_name(), c->host->runtime, work->name, took.median, took.least, took.samples);
  if (work->operations > 0) cli_print(c, ",\"gflops\":%.4g", took.gflops);
  if (work->operations > 0 && !work->in_double && work->step != bench_peak_step)
    cli_print(c, ",\"peak_percent\":%.1f", 100 * took.gflops / took.peak);
  return print_result(c, work);
}

int bench_no_memory(const cli *c) { return cli_error(c, "there is no memory left to measure"); }
