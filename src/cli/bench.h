/* cli/bench.h: what the files of `unroll bench` share. */
#ifndef UNROLL_CLI_BENCH_H
#define UNROLL_CLI_BENCH_H

#include "command.h"

/* The language models that are trained: vocabulary, embedding, hidden, time, batch. */
enum { BENCH_V = 64, BENCH_E = 32, BENCH_H = 128, BENCH_T = 64, BENCH_B = 16 };

typedef struct bench_work {
  const char *name;
  double operations; /* of the mathematics: 2 a multiply and add; 0: not counted */
  int in_double;     /* no share of the peak is said, which is of floats */
  void (*step)(void *data);
  void *data;
  /* How far what the last step left is from the same worked out plainly in double, as a share of its largest
   * number; NULL: not asked. */
  double (*off)(void *data);
  void (*end)(void *data); /* after the last step, once; NULL: nothing */
  const float *loss;       /* before the first update and after or before the last, or NULL: it has to fall */
  const double *answer;    /* a number that says what came out, or NULL */
} bench_work;

typedef struct bench_time {
  double median, least; /* milliseconds a step */
  int samples;
  double gflops;
  double peak; /* GFLOP/s, measured in turns with the steps: the clock of a machine drifts */
} bench_time;

/* Warms up, then takes samples until so many milliseconds have passed. */
bench_time bench_measure(const cli *c, const bench_work *work, double warm_ms, double ms);

/* The same for as long as --ms says, and its line of JSON; time: also there, or NULL. CLI_ERROR where what
 * came out is not right. */
int bench_line(const cli *c, const bench_work *work, bench_time *time);
/* |got - wanted| by the largest |wanted|, of n cells; and of one cell more: *off is the largest difference so
 * far, *size the largest number. */
void bench_compare(double got, double wanted, double *off, double *size);
/* Is this workload asked for? */
int bench_wanted(const cli *c, const char *name);
int bench_no_memory(const cli *c); /* CLI_ERROR */

/* Each runs those of its workloads that are wanted. CLI_OK or CLI_ERROR. */
int bench_training(const cli *c);  /* updates of recurrent nets, of pairs of them, of a Transformer */
int bench_attention(const cli *c); /* self-attention forwards */
int bench_writing(const cli *c);   /* 200 tokens that a Transformer writes */
int bench_matrices(const cli *c);  /* QR, eigenvalues, SVD */
int bench_updates(const cli *c);   /* updates of a net of a few units */
int bench_regions(const cli *c);   /* linear pieces of a net */
int bench_learning(const cli *c);  /* seconds of training until 97 in 100 of the unseen are written right */

/* The most that this build can do on this machine: multiplies and adds between registers, nothing else. */
void bench_peak_begin(const cli *c); /* finds which form of the loop is the faster here */
void bench_peak_step(void *data);    /* data is not looked at */
double bench_peak_operations(void);

/* Numbers in [-1, 1) and tokens below BENCH_V, the same for every program that is compared. */
void bench_fill(float *out, size_t n, uint32_t seed);
uint32_t bench_next(uint32_t *state);

/* The Transformer that is trained and writes: its settings, key, value, ...; NULL ends. And what it starts
 * from, the same for every program that is compared: matrix number i, from 0, in the order of the parameters
 * is an eighth of the numbers of seed 100 + i; biases are 0, a norm's factors 1. */
extern const char *const bench_gpt_settings[];
enum { BENCH_D = 64, BENCH_F = 256, BENCH_BLOCKS = 2 };
void bench_gpt_start(ur_params *params);

/* Where the time of an update goes: every kernel of it by itself with the shapes that it has there. One line
 * each, with its share of `whole`, and one for the rest. 0 without memory. */
int bench_parts(const cli *c, const char *workload, int gated, const bench_time *whole);

#endif
