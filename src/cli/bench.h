/* cli/bench.h: what the files of `unroll bench` share. */
#ifndef UNROLL_CLI_BENCH_H
#define UNROLL_CLI_BENCH_H

#include "command.h"

/* The language models that are trained: vocabulary, embedding, hidden, time, batch. */
enum { BENCH_V = 64, BENCH_E = 32, BENCH_H = 128, BENCH_T = 64, BENCH_B = 16 };

typedef struct bench_work {
  const char *name;
  double operations; /* of the mathematics: 2 a multiply and add; 0: not counted */
  void (*step)(void *data);
  void *data;
} bench_work;

typedef struct bench_time {
  double median, least; /* milliseconds a step */
  int samples;
  double gflops;
  double peak; /* GFLOP/s, measured in turns with the steps: the clock of a machine drifts */
} bench_time;

/* Warms up, then takes samples until so many milliseconds have passed. */
bench_time bench_measure(const cli *c, const bench_work *work, double warm_ms, double ms);

/* The same, and its line of JSON; loss: of the first update and of the last, or NULL. */
bench_time bench_line(const cli *c, const bench_work *work, const float *loss);
/* Is this workload asked for? *known becomes 1 where it is. */
int bench_wanted(const cli *c, const char *name, int *known);
/* Self-attention forwards, and 200 tokens that a Transformer writes. CLI_OK or CLI_ERROR. */
int bench_attention(const cli *c, int *known);
int bench_writing(const cli *c, int *known);
/* QR, eigenvalues and SVD of 10 x 10 and 100 x 100; updates of a net of a few units; linear
 * pieces of a net. CLI_OK or CLI_ERROR. */
int bench_matrices(const cli *c, int *known);
int bench_updates(const cli *c, int *known);
int bench_regions(const cli *c, int *known);
/* Seconds of training until 97 in 100 of the unseen sources are written right. CLI_OK or CLI_ERROR. */
int bench_learning(const cli *c, int *known);

/* The most that this build can do on this machine: multiplies and adds between registers, nothing else. */
void bench_peak_begin(const cli *c); /* finds which form of the loop is the faster here */
void bench_peak_step(void *data);    /* data is not looked at */
double bench_peak_operations(void);

/* Numbers in [-1, 1) and tokens below BENCH_V, the same for every program that is compared. */
void bench_fill(float *out, size_t n, uint32_t seed);
uint32_t bench_next(uint32_t *state);

/* Where the time of an update goes: every kernel of it by itself with the shapes that it has there. One line
 * each, with its share of `whole`, and one for the rest. 0 without memory. */
int bench_parts(const cli *c, const char *workload, int gated, const bench_time *whole);

#endif
