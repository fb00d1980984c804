/* Studies: the frame with a made-up one, and each of the table against what it stands on. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "alloc.h"
#include "bars.h"
#include "check.h"
#include "studies.h"
#include "unroll/approximate.h"
#include "unroll/fit.h"
#include "unroll/looked.h"
#include "unroll/reader.h"
#include "unroll/descent.h"
#include "unroll/plane.h"
#include "unroll/regions.h"
#include "unroll/steps.h"
#include "unroll/surface.h"
#include "unroll/way.h"

static int said(const char *part) { return strstr(ur_last_error()->message, part) != NULL; }

/* ---- a made-up one: multiples of its numbers ---- */
enum { TIMES, FAIL };
static const ur_setting made_settings[] = {
    [TIMES] = {.key = "times", .def = 3, .min = 1, .max = 5}, [FAIL] = {.key = "fail", .max = 3}};
static const ur__study_input made_inputs[] = {
    {"x", UR__NUMBERS, "0.5 -2e1, 3", "numbers"}, {"said", UR__TEXT, "", "text"}, {.name = NULL}};
typedef struct made_state {
  double *multiples, *row;
} made_state;
static int ended;

static ur_status made_begin(ur_study *study, void *into) {
  made_state *s = into;
  static const char *const labels[] = {"first", "second", "third", "fourth", "fifth"};
  int count;
  ur__study_numbers(study, 0, &count);
  const int times = (int)ur__study_setting(study, TIMES), x = ur__study_axis(study, "x", count, NULL);
  const int axes[] = {ur__study_axis(study, "time", times, labels), x};
  s->row = ur__study_places(study, x, "m");
  s->multiples = ur__study_array(study, "multiples", "m", 2, axes);
  if (ur__study_setting(study, FAIL) == 1) ur__study_axis(study, "none", 0, NULL);
  if (ur__study_setting(study, FAIL) == 2) ur__study_array(study, "all", "", 5, axes);
  return ur__study_declared(study, times);
}

static ur_status made_piece(ur_study *study, void *from, int i) {
  made_state *s = from;
  int count;
  const double *x = ur__study_numbers(study, 0, &count);
  if (ur__study_setting(study, FAIL) == 3 && i == 1) return ur_fail(UR_E_NUMBER, "x", "x is no good");
  for (int k = 0; k < count; k++) {
    s->row[k] = x[k];
    s->multiples[i * count + k] = (i + (double)ur__study_seed(study)) * x[k];
  }
  return UR_OK;
}

static void made_end(void *from) {
  (void)from;
  ended++;
}

static const ur__study made = {.name = "made",
                               .settings = made_settings,
                               .setting_count = 2,
                               .inputs = made_inputs,
                               .state = sizeof(made_state),
                               .begin = made_begin,
                               .piece = made_piece,
                               .end = made_end};

static ur_status run(ur_study *study) {
  ur_study_report report = {0};
  double before = -1;
  while (!report.done) {
    const ur_status status = ur_study_step(study, &report);
    if (status != UR_OK) return status;
    CHECK(report.fraction > before && report.fraction <= 1);
    before = report.fraction;
  }
  CHECK(report.fraction == 1);
  return UR_OK;
}

static void test_frame(void) {
  ur_study *study = NULL;
  ended = 0;
  if (!CHECK(ur__study_open(&made, &study) == UR_OK)) return;
  CHECK(ur_study_arrays(study) == 0 && ur_study_set(study, "seed", "2") == UR_OK);
  CHECK(run(study) == UR_OK);
  CHECK(ur_study_axes(study) == 2 && ur_study_arrays(study) == 2);
  const ur_study_axis x = ur_study_axis_at(study, 0), time = ur_study_axis_at(study, 1);
  CHECK(strcmp(x.name, "x") == 0 && x.size == 3 && x.labels == NULL);
  CHECK(strcmp(time.name, "time") == 0 && time.size == 3 && strcmp(time.labels[2], "third") == 0);
  const ur_study_array row = ur_study_array_at(study, 0), all = ur_study_array_at(study, 1);
  CHECK(strcmp(row.name, "x") == 0 && strcmp(row.unit, "m") == 0 && row.rank == 1 && row.axes[0] == 0);
  CHECK(row.cells == 3 && row.values[0] == 0.5 && row.values[1] == -20 && row.values[2] == 3);
  CHECK(all.rank == 2 && all.axes[0] == 1 && all.axes[1] == 0 && all.cells == 9);
  for (int i = 0; i < 9; i++) CHECK(all.values[i] == (i / 3 + 2) * row.values[i % 3]);
  /* once begun it stays as it is */
  CHECK(ur_study_set(study, "times", "2") == UR_E_STATE && said("has begun"));
  ur_study_free(study);
  CHECK(ended == 1);
  ur_study_free(NULL);
  /* stopped after its first piece: what is not there yet is no number */
  ur_study_report report;
  CHECK(ur__study_open(&made, &study) == UR_OK);
  CHECK(ur_study_step(study, &report) == UR_OK && report.fraction == 0 && !report.done);
  CHECK(ur_study_step(study, &report) == UR_OK && report.fraction > 0.3 && !report.done);
  CHECK(ur_study_array_at(study, 1).values[0] == 0.5 && isnan(ur_study_array_at(study, 1).values[3]));
  ur_study_free(study);
  CHECK(ended == 2);
}

static void test_refused(void) {
  static const char *const none[] = {"1 2 x", "1,,nan", "1e400", "0x10", "--1"};
  static const int which[] = {3, 2, 1, 1, 1};
  ur_study *study = NULL;
  CHECK(ur_study_create("none", &study) == UR_E_NAME && study == NULL && said("there are steps"));
  CHECK(ur__study_open(&made, &study) == UR_OK);
  for (int i = 0; i < 5; i++) {
    char part[24];
    snprintf(part, sizeof part, "number %d is none", which[i]);
    CHECK(ur_study_set(study, "x", none[i]) == UR_E_TEXT && said(part));
  }
  CHECK(ur_study_set(study, "times", "6") == UR_E_SETTING && said("from 1 to 5"));
  CHECK(ur_study_set(study, "time", "1") == UR_E_SETTING && said("there are seed, times, fail, x, said"));
  CHECK(ur_study_set(study, "seed", "-1") == UR_E_SETTING && said("seed should be"));
  CHECK(ur_study_set(study, "x", "\n4;5\t,") == UR_OK && run(study) == UR_OK);
  CHECK(ur_study_array_at(study, 0).cells == 2 && ur_study_array_at(study, 0).values[1] == 5);
  ur_study_free(study);
  /* what is wrong with what a study declares or does is told once, and nothing is left behind */
  static const ur_status statuses[] = {UR_E_ARGUMENT, UR_E_ARGUMENT, UR_E_NUMBER};
  for (int i = 0; i < 3; i++) {
    char fail[2] = {(char)('1' + i), '\0'};
    CHECK(ur__study_open(&made, &study) == UR_OK && ur_study_set(study, "fail", fail) == UR_OK);
    CHECK(run(study) == statuses[i]);
    ur_study_free(study);
  }
}

/* ---- steps ---- */
static const double *row_of(const ur_study *study, const char *name, int net) {
  for (int i = 0; i < ur_study_arrays(study); i++) {
    const ur_study_array array = ur_study_array_at(study, i);
    if (strcmp(array.name, name) == 0) /* of a single number there is one row */
      return array.values +
             (array.rank == 0 ? 0 : (size_t)(net * ur_study_axis_at(study, array.axes[array.rank - 1]).size));
  }
  CHECK(0);
  return NULL;
}

static int longest_of(ur_reader_net net, int length, int layers) {
  const ur_reader_options options = {.net = net, .length = length, .hidden = 4, .layers = layers, .seed = 1};
  ur_reader *reader;
  int way[4096], count = 0;
  CHECK(ur_reader_create(&options, &reader) == UR_OK);
  CHECK(ur_tape_count(ur_reader_tape(reader)) <= 4096);
  CHECK(ur_steps_longest(ur_reader_tape(reader), UR_NODE_NONE, way, &count) == UR_OK);
  ur_reader_free(reader);
  return count - 1;
}

static void test_steps(void) {
  ur_study *study = NULL;
  CHECK(ur_study_create("steps", &study) == UR_OK);
  CHECK(ur_study_set(study, "nets",
                     "reader recurrent hidden=4 layers=2;\n reader attention hidden=4 layers=2 ;"
                     "rnn_lm remember") == UR_OK);
  CHECK(ur_study_set(study, "longest", "9") == UR_OK && ur_study_set(study, "every", "2") == UR_OK);
  CHECK(run(study) == UR_E_NAME); /* it goes not with that task */
  ur_study_free(study);
  CHECK(ur_study_create("steps", &study) == UR_OK);
  CHECK(ur_study_set(study, "nets",
                     "reader recurrent hidden=4 layers=2;\n reader attention hidden=4 layers=2 ;"
                     "seq2seq reverse attention=dot hidden_size=4") == UR_OK);
  CHECK(ur_study_set(study, "longest", "9") == UR_OK && ur_study_set(study, "every", "2") == UR_OK);
  if (!CHECK(run(study) == UR_OK)) printf("       %s\n", ur_last_error()->message);
  const double *T = row_of(study, "T", 0);
  for (int i = 0; i < 5; i++) {
    CHECK(T[i] == 1 + 2 * i);
    CHECK(row_of(study, "steps", 0)[i] == longest_of(UR_READER_RECURRENT, 1 + 2 * i, 2));
    CHECK(row_of(study, "steps", 1)[i] == longest_of(UR_READER_ATTENTION, 1 + 2 * i, 2));
  }
  /* One waits for the state before, word by word; the other does not, and multiplies more. */
  const double *chain = row_of(study, "steps", 0), *coder = row_of(study, "steps", 2);
  for (int i = 2; i < 5; i++) {
    CHECK(chain[i] - chain[i - 1] == chain[i - 1] - chain[i - 2] && chain[i] > chain[i - 1]);
    CHECK(row_of(study, "steps", 1)[i] == row_of(study, "steps", 1)[i - 1]);
    CHECK(coder[i] > coder[i - 1]);
    for (int net = 0; net < 3; net++)
      CHECK(row_of(study, "multiply_adds", net)[i] > row_of(study, "multiply_adds", net)[i - 1] &&
            row_of(study, "bytes", net)[i] > row_of(study, "bytes", net)[i - 1] &&
            row_of(study, "others", net)[i] > row_of(study, "others", net)[i - 1]);
  }
  ur_study_free(study);
  /* at lengths of one's own: of attention a weight for each pair of words, of the other none */
  CHECK(ur_study_create("steps", &study) == UR_OK && ur_study_set(study, "lengths", "2 5 9") == UR_OK);
  CHECK(run(study) == UR_OK);
  for (int i = 0; i < 3; i++) {
    const double length = row_of(study, "T", 0)[i];
    CHECK(length == (i == 0 ? 2 : i == 1 ? 5 : 9));
    CHECK(row_of(study, "steps", 0)[i] == longest_of(UR_READER_RECURRENT, (int)length, 1));
    CHECK(row_of(study, "weights", 0)[i] == 0 && row_of(study, "weights", 1)[i] == length * length);
  }
  ur_study_free(study);
  static const char *const lengths[] = {"0", "2 2", "3 2", "1.5", "4097"};
  for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
    CHECK(ur_study_create("steps", &study) == UR_OK && ur_study_set(study, "lengths", lengths[i]) == UR_OK);
    CHECK(run(study) == UR_E_TEXT && said("is no length"));
    ur_study_free(study);
  }
  static const char *const bad[] = {"",
                                    "reader",
                                    "reader both",
                                    "reader recurrent 4",
                                    "rnn_lm",
                                    "lost_lm names",
                                    "ngram_lm names",
                                    "seq2seq reverse hidden=2",
                                    "rnn_lm names hidden_size"};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    CHECK(ur_study_create("steps", &study) == UR_OK && ur_study_set(study, "nets", bad[i]) == UR_OK);
    if (!CHECK(run(study) != UR_OK)) printf("       \"%s\" was taken\n", bad[i]);
    ur_study_free(study);
  }
}

/* Every study as it is at first ends well, its arrays filled where it says so, and does not lose memory that
 * it is refused. Under a sanitizer two rounds of training do. */
static void test_all(void) {
  static const char *const rounds[] = {"updates", "epochs"};
  for (int i = 0; i < ur__study_count; i++) {
    const ur__study *of = ur__studies[i];
    ur_study *study = NULL;
    CHECK(ur_study_create(of->name, &study) == UR_OK);
    for (int k = 0; k < 2 * of->setting_count; k++)
      if (strcmp(of->settings[k / 2].key, rounds[k % 2]) == 0 &&
          of->settings[k / 2].def > CHECK_OF(INFINITY, 2))
        CHECK(ur_study_set(study, rounds[k % 2], "2") == UR_OK);
    CHECK(run(study) == UR_OK && ur_study_arrays(study) > 0);
    for (int k = 0; k < ur_study_arrays(study); k++) {
      const ur_study_array array = ur_study_array_at(study, k);
      size_t cells = 1;
      int numbers = 0;
      for (int d = 0; d < array.rank; d++) cells *= (size_t)ur_study_axis_at(study, array.axes[d]).size;
      for (size_t c = 0; c < cells; c++) numbers += !isnan(array.values[c]);
      CHECK(array.cells == cells && numbers > 0);
    }
    ur_study_free(study);
  }
}

static void test_no_memory(void) {
  const ur__study *const both[] = {&made, ur__studies[0]};
  for (int k = 0; k < 2; k++) {
    int done = 0, n = 0;
    for (; !done && n < 4000; n++) {
      ur_study *study = NULL;
      ur__alloc_fail_after(n);
      ur_status status = ur__study_open(both[k], &study);
      if (status == UR_OK && k == 1) status = ur_study_set(study, "longest", "2");
      ur_study_report report = {0};
      int steps = 0;
      for (; status == UR_OK && !report.done; steps++) status = ur_study_step(study, &report);
      ur__alloc_fail_after(-1);
      CHECK(status == UR_OK || status == UR_E_MEMORY);
      done = status == UR_OK;
      /* what could not begin does not go on; what broke off may */
      if (steps == 1 && !done) CHECK(ur_study_step(study, &report) == UR_E_STATE && said("anew"));
      if (steps > 1 && !done) CHECK(ur_study_step(study, &report) == UR_OK);
      ur_study_free(study);
    }
    CHECK(done && n > 6);
  }
}

/* ---- curve ---- */
static void test_curve(void) {
  enum { W = UR_DEGREE_MAX + 1 };
  ur_study *study;
  double x[10], t[10], w[W], rms;
  const ur_points points = {x, t, 10};
  CHECK(ur_study_create("curve", &study) == UR_OK && ur_study_set(study, "seed", "4") == UR_OK &&
        run(study) == UR_OK);
  CHECK(ur_curve_points(4, 0, 10, 0.3, 1, x, t) == UR_OK);
  CHECK(memcmp(row_of(study, "t", 0), t, sizeof t) == 0);
  for (int M = 0; M < W; M++) {
    CHECK(ur_fit_polynomial(&(ur_fit){.degree = M}, UR_FIT_QR, &points, w) == UR_OK);
    CHECK(row_of(study, "train", 0)[M] == ur_polynomial_rms(w, M, &points));
    for (int j = 0; j < W; j++)
      CHECK(j <= M ? row_of(study, "w", M)[j] == w[j] : isnan(row_of(study, "w", M)[j]));
    /* nine points, or eight left: no more than eight or nine weights are determined */
    const ur_status left = ur_fit_validate(&(ur_fit){.degree = M}, &points, 5, &rms);
    CHECK(left == UR_OK ? row_of(study, "left_out", 0)[M] == rms
                        : isnan(row_of(study, "left_out", 0)[M]) && M > 7);
  }
  /* from the least lambda, where it changes little, to ln lambda = 0, where w is small */
  CHECK(row_of(study, "ln_lambda", 0)[0] == -40 && row_of(study, "ln_lambda", 0)[40] == 0);
  CHECK(row_of(study, "lambda_train", 0)[0] < 1e-3 && row_of(study, "lambda_train", 0)[40] > 0.3);
  CHECK(fabs(row_of(study, "lambda_w", 40)[9]) < 1 && fabs(row_of(study, "lambda_w", 0)[9]) > 100);
  CHECK(fabs(row_of(study, "w_normal_equations", 9)[9] / row_of(study, "w", 9)[9] - 1) > 1e-6);
  ur_study_free(study);
  /* points of one's own; two in one place determine no more than one weight between them */
  CHECK(ur_study_create("curve", &study) == UR_OK &&
        ur_study_set(study, "own", "0 1, 1 3\n2 5 2 5") == UR_OK);
  CHECK(run(study) == UR_OK && row_of(study, "train", 0)[1] < 1e-14 && isnan(row_of(study, "train", 0)[3]));
  ur_study_free(study);
  CHECK(ur_study_create("curve", &study) == UR_OK && ur_study_set(study, "own", "0 1 2") == UR_OK);
  CHECK(run(study) == UR_E_TEXT && said("own has 3 numbers"));
  ur_study_free(study);
  CHECK(ur_study_create("curve", &study) == UR_OK && ur_study_set(study, "highest", "-50") == UR_OK);
  CHECK(run(study) == UR_E_SETTING && said("should be below"));
  ur_study_free(study);
}

/* ---- solve, descend, validate ---- */
static double last_of(const ur_study *study, const char *name) {
  for (int i = 0; i < ur_study_arrays(study); i++) {
    const ur_study_array array = ur_study_array_at(study, i);
    if (strcmp(array.name, name) == 0) return array.values[array.cells - 1];
  }
  CHECK(0);
  return NAN;
}

/* Every line of the walk follows from the one before it: Q R = Phi, R w = Q^T t, and the gradient is zero. */
static void check_solved(const char *degree, const char *lambda, const char *spare, int rows) {
  ur_study *study = NULL;
  const int W = (int)(degree[0] - '0') + 1;
  CHECK(ur_study_create("solve", &study) == UR_OK && ur_study_set(study, "seed", "2") == UR_OK &&
        ur_study_set(study, "degree", degree) == UR_OK && ur_study_set(study, "lambda", lambda) == UR_OK &&
        ur_study_set(study, "spare_w0", spare) == UR_OK && run(study) == UR_OK);
  const double *Phi = row_of(study, "Phi", 0), *Q = row_of(study, "Q", 0), *w = row_of(study, "w", 0),
               *Qt = row_of(study, "Qt", 0), *R = row_of(study, "R", 0) + W * rows * W,
               *right = row_of(study, "right", 0);
  CHECK(ur_study_axis_at(study, 1).size == rows && Phi == row_of(study, "Phi", 0));
  for (int i = 0; i < rows; i++)
    for (int j = 0; j < W; j++) {
      double sum = 0;
      for (int k = 0; k < W; k++) sum += Q[i * W + k] * R[k * W + j];
      CHECK(fabs(sum - Phi[i * W + j]) < 1e-13);
      if (i > j) CHECK(R[i * W + j] == 0);
    }
  for (int i = 0; i < W; i++) {
    double sum = 0, size = 0;
    for (int j = i; j < W; j++) sum += R[i * W + j] * w[j], size += fabs(R[i * W + j] * w[j]);
    CHECK(fabs(sum - Qt[i]) <= 1e-14 * size);
    CHECK(right[W * rows + i] == Qt[i]);
    CHECK(fabs(row_of(study, "gradient", 0)[i]) < 1e-9);
  }
  for (int i = 0; i < 10; i++) CHECK(right[i] == row_of(study, "t", 0)[i]);
  CHECK(last_of(study, "error") >= last_of(study, "squares") / 2);
  ur_study_free(study);
}

static void test_solve(void) {
  check_solved("3", "0", "0", 10);
  check_solved("9", "0", "0", 10);
  check_solved("9", "1.5e-8", "0", 20);
  check_solved("9", "1.5e-8", "1", 19);
  ur_study *study = NULL;
  CHECK(ur_study_create("solve", &study) == UR_OK && ur_study_set(study, "degree", "9") == UR_OK &&
        ur_study_set(study, "own", "0 1 1 2") == UR_OK && run(study) == UR_E_NUMBER &&
        said("lower the degree"));
  ur_study_free(study);
}

/* Downhill at every update, to the error of the solution; the last update is the one asked for. */
static void test_descend(void) {
  ur_study *study = NULL, *solved = NULL;
  CHECK(ur_study_create("descend", &study) == UR_OK && ur_study_set(study, "updates", "200003") == UR_OK &&
        ur_study_set(study, "degree", "2") == UR_OK && ur_study_set(study, "lambda", "0.01") == UR_OK &&
        run(study) == UR_OK);
  CHECK(ur_study_create("solve", &solved) == UR_OK && ur_study_set(solved, "degree", "2") == UR_OK &&
        ur_study_set(solved, "lambda", "0.01") == UR_OK && run(solved) == UR_OK);
  const int records = ur_study_axis_at(study, 0).size;
  const double *at = row_of(study, "update", 0), *rms = row_of(study, "rms", 0);
  CHECK(at[0] == 0 && at[1] == 1 && at[records - 1] == 200003);
  for (int i = 1; i < records; i++) CHECK(at[i] > at[i - 1] && rms[i] <= rms[0]);
  for (int j = 0; j < 3; j++)
    CHECK(fabs(row_of(study, "w", records - 1)[j] - row_of(solved, "w", 0)[j]) < 1e-9 &&
          row_of(study, "w", 0)[j] == 0);
  CHECK(fabs(rms[records - 1] - last_of(solved, "rms")) < 1e-12 && rms[0] > 1.1 * rms[records - 1]);
  ur_study_free(study);
  ur_study_free(solved);
}

static void test_validate(void) {
  ur_study *study = NULL;
  double x[10], t[10], w[UR_DEGREE_MAX + 1], rms;
  CHECK(ur_study_create("validate", &study) == UR_OK && ur_study_set(study, "seed", "3") == UR_OK &&
        run(study) == UR_OK);
  CHECK(ur_curve_points(3, 0, 10, 0.3, 1, x, t) == UR_OK);
  const ur_fit fit = {.degree = 3};
  const ur_points all = {x, t, 10};
  CHECK(ur_fit_validate(&fit, &all, 5, &rms) == UR_OK && row_of(study, "all_left_out", 0)[3] == rms);
  double squares = 0;
  for (int fold = 0; fold < 5; fold++) squares += 2 * pow(row_of(study, "left_out", 3)[fold], 2);
  CHECK(fabs(sqrt(squares / 10) - rms) < 1e-12); /* two points a fold */
  double kept_x[6], kept_t[6];
  int kept = 0;
  for (int i = 0; i < 10; i++)
    if (row_of(study, "part_of", 0)[i] == 0) kept_x[kept] = x[i], kept_t[kept++] = t[i];
  const ur_points six = {kept_x, kept_t, 6};
  CHECK(kept == 6 && ur_fit_polynomial(&fit, UR_FIT_QR, &six, w) == UR_OK);
  CHECK(row_of(study, "split", 3)[0] == ur_polynomial_rms(w, 3, &six));
  CHECK(row_of(study, "split", 5)[0] < 1e-9 &&
        isnan(row_of(study, "split", 6)[0])); /* six points, seven weights */
  CHECK(!isnan(row_of(study, "left_out", 7)[0]) && isnan(row_of(study, "left_out", 8)[0]));
  ur_study_free(study);
}

/* It learns the points by heart; the same seed and points give the same net, others another. */
static void test_wide(void) {
  static const char *const points[] = {"0 1 0.5 -1 1 0.5", "0 1 0.5 -1 1 0.5", "0 1 0.5 -1 1 0.4"};
  double ends[3];
  for (int i = 0; i < 3; i++) {
    ur_study *study = NULL;
    CHECK(ur_study_create("wide", &study) == UR_OK && ur_study_set(study, "updates", "1500") == UR_OK &&
          ur_study_set(study, "units", "16") == UR_OK && ur_study_set(study, "rate", "0.02") == UR_OK &&
          ur_study_set(study, "own", points[i]) == UR_OK && run(study) == UR_OK);
    const int records = ur_study_axis_at(study, 0).size;
    const double *train = row_of(study, "train", 0), *line = row_of(study, "line", records - 1);
    CHECK(*row_of(study, "weights", 0) == 49 && row_of(study, "update", 0)[records - 1] == 1500);
    CHECK(train[0] > 0.5 && train[records - 1] < 0.02 && fabs(line[60] + 1) < 0.05);
    ends[i] = line[120];
    ur_study_free(study);
  }
  CHECK(ends[0] == ends[1] && ends[0] != ends[2]);
}

/* ---- strings ---- */
static void test_strings(void) {
  ur_study *study;
  CHECK(ur_study_create("strings", &study) == UR_OK && ur_study_set(study, "longest", "6") == UR_OK);
  CHECK(run(study) == UR_OK);
  const double *p = row_of(study, "probability", 0), *ended = row_of(study, "ended", 0);
  const ur_study_axis strings = ur_study_axis_at(study, 0);
  double by_length[7] = {0};
  CHECK(strings.size == 127 && strcmp(strings.labels[0], "") == 0 && strcmp(strings.labels[1], "a") == 0);
  CHECK(strcmp(strings.labels[2], "aa") == 0 && strcmp(strings.labels[126], "bbbbbb") == 0);
  for (int i = 0; i < 127; i++) by_length[strlen(strings.labels[i])] += p[i];
  for (int l = 0; l <= 6; l++) {
    CHECK_NEAR(by_length[l], ended[l], 1e-15);
    CHECK_NEAR(row_of(study, "all", 0)[l], 1, 1e-14);
    CHECK(ended[l] > 0 && (l == 0 || row_of(study, "going_on", 0)[l] < row_of(study, "going_on", 0)[l - 1]));
  }
  ur_study_free(study);
  CHECK(ur_study_create("strings", &study) == UR_OK && ur_study_set(study, "longest", "14") == UR_OK);
  CHECK(run(study) == UR_E_SETTING && said("more than 16384 strings"));
  ur_study_free(study);
  CHECK(ur_study_create("strings", &study) == UR_OK && ur_study_set(study, "text", "a") == UR_OK);
  CHECK(run(study) == UR_E_TEXT);
  ur_study_free(study);
}

/* Beyond the longest by contexts: the same as by every string. */
static void test_strings_further(void) {
  static const char *const orders[] = {"1", "2", "4"};
  for (int i = 0; i < 3; i++) {
    ur_study *each, *further;
    CHECK(ur_study_create("strings", &each) == UR_OK && ur_study_set(each, "longest", "9") == UR_OK);
    CHECK(ur_study_create("strings", &further) == UR_OK && ur_study_set(further, "longest", "2") == UR_OK);
    CHECK(ur_study_set(further, "further", "9") == UR_OK);
    CHECK(ur_study_set(each, "order", orders[i]) == UR_OK &&
          ur_study_set(further, "order", orders[i]) == UR_OK);
    CHECK(run(each) == UR_OK && run(further) == UR_OK);
    for (int l = 0; l <= 9; l++) {
      CHECK_NEAR(row_of(further, "ended", 0)[l], row_of(each, "ended", 0)[l], 1e-15);
      CHECK_NEAR(row_of(further, "going_on", 0)[l], row_of(each, "going_on", 0)[l], 1e-14);
      CHECK_NEAR(row_of(further, "all", 0)[l], 1, 1e-13);
    }
    /* all that begins with a string is it and all that goes on from it */
    const double *reached = row_of(further, "reached", 0), *p = row_of(further, "probability", 0);
    CHECK(reached[0] == 1); /* "", a, aa, ab, b, ba, bb */
    CHECK_NEAR(reached[0], p[0] + reached[1] + reached[4], 1e-15);
    CHECK_NEAR(reached[1], p[1] + reached[2] + reached[3], 1e-15);
    ur_study_free(each);
    ur_study_free(further);
  }
  ur_study *names;
  CHECK(ur_study_create("strings", &names) == UR_OK && ur_study_set(names, "text", "") == UR_OK);
  CHECK(ur_study_set(names, "longest", "2") == UR_OK && ur_study_set(names, "further", "40") == UR_OK);
  CHECK(ur_study_set(names, "order", "3") == UR_OK && run(names) == UR_OK);
  CHECK(ur_study_axis_at(names, 0).size == 1 + 26 + 26 * 26);
  CHECK_NEAR(row_of(names, "all", 0)[40], 1, 1e-12);
  CHECK(row_of(names, "going_on", 0)[40] < 1e-4);
  ur_study_free(names);
  CHECK(ur_study_create("strings", &names) == UR_OK && ur_study_set(names, "text", "") == UR_OK);
  CHECK(ur_study_set(names, "longest", "2") == UR_OK && ur_study_set(names, "further", "4") == UR_OK);
  CHECK(ur_study_set(names, "order", "5") == UR_OK && run(names) == UR_E_SETTING &&
        said("more than 32768 contexts"));
  ur_study_free(names);
}

/* ---- chain, contexts ---- */
static const double *cell_of(const ur_study *study, const char *name, int order, int step) {
  for (int i = 0; i < ur_study_arrays(study); i++) {
    const ur_study_array array = ur_study_array_at(study, i);
    if (strcmp(array.name, name) != 0) continue;
    const int steps = ur_study_axis_at(study, array.axes[1]).size;
    const int tokens = array.rank > 2 ? ur_study_axis_at(study, array.axes[2]).size : 1;
    return array.values + (order * steps + step) * tokens;
  }
  CHECK(0);
  return NULL;
}

/* ab, abb, ba, three times each but for what is held back: by hand with a made-up text of one kind. */
static void test_chain_by_hand(void) {
  ur_study *study;
  CHECK(ur_study_create("chain", &study) == UR_OK && ur_study_set(study, "smoothing", "2") == UR_OK);
  /* "b" is the rarest, so it is what is held back (split.h): a a ab ab are counted */
  CHECK(ur_study_set(study, "text", "ab\nab\na\na\nb") == UR_OK &&
        ur_study_set(study, "name", "ab") == UR_OK);
  CHECK(run(study) == UR_OK);
  const ur_study_axis step = ur_study_axis_at(study, 1), token = ur_study_axis_at(study, 2);
  CHECK(step.size == 3 && token.size == 4 && strcmp(token.labels[2], "a") == 0 &&
        strcmp(step.labels[1], "b") == 0);
  CHECK(strcmp(step.labels[2], token.labels[1]) == 0 && row_of(study, "came", 0)[2] == 1);
  /* tokens: start, end, a, b. Order 0: a third each. Order 1: end 4, a 4, b 2 of 10. */
  CHECK_NEAR(cell_of(study, "p", 0, 0)[2], 1.0 / 3, 1e-15);
  CHECK(cell_of(study, "count", 1, 1)[1] == 4 && cell_of(study, "count", 1, 1)[2] == 4);
  CHECK(cell_of(study, "count", 1, 1)[3] == 2 && *cell_of(study, "total", 1, 1) == 10);
  const double b = (2 + 2.0 / 3) / 12; /* p_1(b) */
  CHECK_NEAR(cell_of(study, "p", 1, 1)[3], b, 1e-15);
  /* after a: b twice, end twice; after the start a: the same */
  CHECK(cell_of(study, "count", 2, 1)[3] == 2 && *cell_of(study, "total", 2, 1) == 4);
  const double after_a = (2 + 2 * b) / 6, after_start_a = (2 + 2 * after_a) / 6;
  CHECK_NEAR(cell_of(study, "p", 2, 1)[3], after_a, 1e-15);
  CHECK_NEAR(*cell_of(study, "chosen", 3, 1), after_start_a, 1e-15);
  CHECK_NEAR(*cell_of(study, "log_p", 3, 1), log(after_start_a), 1e-14);
  ur_study_free(study);
}

static void test_chain(void) {
  ur_study *study;
  CHECK(ur_study_create("chain", &study) == UR_OK && run(study) == UR_OK);
  const int steps = ur_study_axis_at(study, 1).size, V = ur_study_axis_at(study, 2).size;
  CHECK(steps == 7 && V == 28);
  for (int k = 0; k <= 6; k++) {
    double log_p = 0;
    for (int t = 0; t < steps; t++) {
      double sum = 0, counted = 0;
      for (int w = 0; w < V; w++)
        sum += cell_of(study, "p", k, t)[w], counted += cell_of(study, "count", k, t)[w];
      CHECK_NEAR(sum, 1, 1e-14);
      CHECK(counted == *cell_of(study, "total", k, t) && cell_of(study, "p", k, t)[0] == 0);
      CHECK(*cell_of(study, "chosen", k, t) == cell_of(study, "p", k, t)[(int)row_of(study, "came", 0)[t]]);
      log_p += log(*cell_of(study, "chosen", k, t));
      CHECK_NEAR(*cell_of(study, "sum", k, t), log_p, 1e-13);
      CHECK_NEAR(*cell_of(study, "perplexity", k, t), exp(-log_p / (t + 1)), 1e-12);
    }
  }
  ur_study_free(study);
  CHECK(ur_study_create("chain", &study) == UR_OK && ur_study_set(study, "name", "Zoë") == UR_OK);
  CHECK(run(study) == UR_E_TEXT);
  ur_study_free(study);
}

/* The losses are those of ngram_lm on the names, and what was never met grows with the context. */
static void test_contexts(void) {
  static const char *const orders[] = {"1", "2", "3", "4", "5", "6"};
  ur_study *study;
  CHECK(ur_study_create("contexts", &study) == UR_OK && run(study) == UR_OK);
  const double *possible = row_of(study, "possible", 0), *met = row_of(study, "met", 0),
               *never = row_of(study, "never", 0);
  CHECK(possible[0] == 1 && possible[1] == 27 && possible[2] == 1 + 26 + 26 * 26 && met[0] == 1 &&
        met[1] == 27);
  for (int k = 0; k < 6; k++) {
    CHECK(k == 0 || (never[k] > never[k - 1] || never[k] == 0));
    CHECK(met[k] <= possible[k] && (k < 2 || met[k] / possible[k] < met[k - 1] / possible[k - 1]));
  }
  for (int k = 0; k < 6; k += CHECK_OF(1, 4)) {
    ur_settings of;
    ur_trainer *trainer;
    ur_step_report report;
    ur_evaluation seen, unseen;
    CHECK(ur_settings_init(&of, "ngram_lm", "names") == UR_OK &&
          ur_settings_set(&of, "order", orders[k]) == UR_OK);
    of.seed = 1;
    CHECK(ur_trainer_create(&of, (ur_bytes){NULL, 0}, &trainer) == UR_OK);
    CHECK(ur_trainer_step(trainer, &report) == UR_OK && ur_trainer_evaluate(trainer, 1, &unseen) == UR_OK);
    CHECK(ur_trainer_evaluate(trainer, 0, &seen) == UR_OK);
    CHECK_NEAR(row_of(study, "unseen", 0)[k], unseen.loss, 1e-6);
    CHECK_NEAR(row_of(study, "counted", 0)[k], seen.loss, 1e-6);
    ur_trainer_free(trainer);
  }
  CHECK(never[0] == 0 && never[2] < 0.01 && never[5] > 0.1 && never[5] < 0.25);
  ur_study_free(study);
}

/* ---- spelling, endings, author ---- */
/* log p of a text by an order, from the start or after its first letters, by the study of chains. */
static double chain_sum(const char *name, const char *text, int order, int from) {
  ur_study *study;
  CHECK(ur_study_create("chain", &study) == UR_OK && ur_study_set(study, "name", name) == UR_OK);
  CHECK(ur_study_set(study, "text", text) == UR_OK && run(study) == UR_OK);
  const int steps = ur_study_axis_at(study, 1).size;
  const double sum =
      *cell_of(study, "sum", order, steps - 1) - (from > 0 ? *cell_of(study, "sum", order, from - 1) : 0);
  ur_study_free(study);
  return sum;
}

static void test_spelling(void) {
  ur_study *study;
  CHECK(ur_study_create("spelling", &study) == UR_OK && run(study) == UR_OK);
  const ur_study_axis meant = ur_study_axis_at(study, 0);
  const double *p = row_of(study, "p", 0), *slip = row_of(study, "slip", 0),
               *share = row_of(study, "share", 0);
  /* itself, 3 swaps, 4 x 25 changed, 5 x 26 - 4 left out (those beside an equal letter are one), 4 put in */
  CHECK(*row_of(study, "candidates", 0) == 1 + 3 + 100 + 126 + 4);
  CHECK(meant.size == 8 && strcmp(meant.labels[0], "john") == 0 && slip[0] == 1);
  double all = 0;
  for (int i = 0; i < 8; i++) {
    const size_t length = strlen(meant.labels[i]);
    if (i < CHECK_OF(8, 2)) CHECK_NEAR(log(p[i]), chain_sum(meant.labels[i], "", 4, 0), 1e-12);
    CHECK(i == 0 || share[i] <= share[i - 1]);
    CHECK(slip[i] == 3 ? length == 5 : slip[i] == 4 ? length == 3 : length == 4);
    CHECK_NEAR(share[i] / share[0], p[i] * (slip[i] < 2 ? 4 : 1) / (p[0] * 4), 1e-12);
    all += share[i];
  }
  CHECK(all > 0.5 && all < 1);
  ur_study_free(study);
  CHECK(ur_study_create("spelling", &study) == UR_OK && ur_study_set(study, "kept", "1000000") == UR_OK);
  CHECK(run(study) == UR_OK && strcmp(ur_study_axis_at(study, 0).labels[0], "jonh") == 0);
  ur_study_free(study);
  CHECK(ur_study_create("spelling", &study) == UR_OK && ur_study_set(study, "typed", "") == UR_OK);
  CHECK(run(study) == UR_E_TEXT && said("nothing is typed"));
  ur_study_free(study);
}

/* Against every short string of two letters. */
static void test_endings(void) {
  static const char *const text = "ab\nba\nabb\nb\naba\nbab\na\nabab\nbb\nbaba";
  ur_study *study, *strings;
  CHECK(ur_study_create("endings", &study) == UR_OK && ur_study_set(study, "text", text) == UR_OK);
  CHECK(ur_study_set(study, "beginning", "ab") == UR_OK && ur_study_set(study, "order", "2") == UR_OK);
  CHECK(ur_study_set(study, "smoothing", "1") == UR_OK && run(study) == UR_OK);
  CHECK(ur_study_create("strings", &strings) == UR_OK && ur_study_set(strings, "longest", "12") == UR_OK);
  CHECK(run(strings) == UR_OK);
  const ur_study_axis best = ur_study_axis_at(study, 0), all = ur_study_axis_at(strings, 0);
  const double *p = row_of(study, "p", 0), *each = row_of(strings, "probability", 0);
  double reached = 0, last = 1;
  for (int i = 0; i < all.size; i++)
    if (strcmp(all.labels[i], "ab") == 0) reached = row_of(strings, "reached", 0)[i];
  CHECK(best.size == 8);
  for (int k = 0; k < 8; k++) {
    const char *likeliest = "";
    double found = 0; /* the next, down from the last */
    for (int i = 0; i < all.size; i++) {
      const double now = each[i] / reached;
      if (strncmp(all.labels[i], "ab", 2) == 0 && now < last - 1e-14 && now > found)
        found = now, likeliest = all.labels[i];
    }
    CHECK_NEAR(p[k], found, 1e-13);
    CHECK(strcmp(best.labels[k], likeliest) == 0);
    last = found;
  }
  ur_study_free(strings);
  ur_study_free(study);
  CHECK(ur_study_create("endings", &study) == UR_OK && ur_study_set(study, "smoothing", "1000") == UR_OK);
  CHECK(ur_study_set(study, "order", "1") == UR_OK &&
        ur_study_set(study, "beginning", "qqqqqqqqqqqqqqqqqqqqqq") == UR_OK);
  CHECK(run(study) == UR_OK && ur_study_axis_at(study, 0).size > 0);
  ur_study_free(study);
}

static void test_author(void) {
  ur_study *study;
  CHECK(ur_study_create("author", &study) == UR_OK && run(study) == UR_OK);
  const ur_study_axis step = ur_study_axis_at(study, 1);
  const double *sum = row_of(study, "sum", 0), *loss = row_of(study, "loss", 0);
  CHECK(step.size == 8);
  CHECK_NEAR(sum[7], chain_sum("ishmael", "", 4, 0), 1e-12);
  CHECK_NEAR(loss[0], -sum[7] / 8, 1e-14);
  CHECK_NEAR(loss[1], -sum[15] / 8, 1e-14);
  CHECK(loss[1] < loss[0]);
  ur_study_free(study);
  CHECK(ur_study_create("author", &study) == UR_OK && ur_study_set(study, "word", "kaitlyn") == UR_OK);
  CHECK(run(study) == UR_OK && row_of(study, "loss", 0)[0] < row_of(study, "loss", 0)[1]);
  ur_study_free(study);
}

/* ---- window, guess ---- */
/* softmax(U tanh(W e + b_1) + b_2), from the numbers as they lie in memory: E, W, b_1, U, b_2. */
static double by_hand(const double *theta, const int32_t *seen, int window, int E, int H, int V, int came) {
  const double *W = theta + V * E, *b_1 = W + H * window * E, *U = b_1 + H, *b_2 = U + V * H;
  double h[64], sum = 0, right = 0;
  for (int j = 0; j < H; j++) {
    double a = b_1[j];
    for (int k = 0; k < window * E; k++) a += W[j * window * E + k] * theta[seen[k / E] * E + k % E];
    h[j] = tanh(a);
  }
  for (int w = 0; w < V; w++) {
    double s = b_2[w];
    for (int j = 0; j < H; j++) s += U[w * H + j] * h[j];
    sum += exp(s);
    if (w == came) right = exp(s);
  }
  return right / sum;
}

static void test_window(void) {
  enum { E = 4, H = 8, WINDOW = 2, V = 28, SIZE = V * E + H * WINDOW * E + H + V * H + V };
  ur_study *study, *guess;
  CHECK(ur_study_create("window", &study) == UR_OK && ur_study_set(study, "window", "2") == UR_OK);
  CHECK(ur_study_set(study, "embedding_size", "4") == UR_OK &&
        ur_study_set(study, "hidden_size", "8") == UR_OK);
  CHECK(ur_study_set(study, "updates", "60") == UR_OK && run(study) == UR_OK);
  const double *update = row_of(study, "update", 0), *unseen = row_of(study, "unseen", 0);
  CHECK(update[0] == 0 && update[1] == 3 && update[20] == 60 && unseen[20] < unseen[10] &&
        unseen[10] < unseen[0]);
  /* the same run, without the study */
  ur_settings of;
  ur_trainer *trainer;
  ur_step_report report;
  ur_evaluation evaluation;
  CHECK(ur_settings_init(&of, "window_lm", "names") == UR_OK && ur_settings_set(&of, "window", "2") == UR_OK);
  CHECK(ur_settings_set(&of, "embedding_size", "4") == UR_OK &&
        ur_settings_set(&of, "hidden_size", "8") == UR_OK);
  CHECK(ur_settings_set(&of, "steps", "60") == UR_OK);
  of.seed = 1;
  CHECK(ur_trainer_create(&of, (ur_bytes){NULL, 0}, &trainer) == UR_OK);
  for (int i = 0; i < 60; i++) CHECK(ur_trainer_step(trainer, &report) == UR_OK);
  CHECK(ur_trainer_evaluate(trainer, 1, &evaluation) == UR_OK && evaluation.loss == unseen[20]);
  ur_trainer_free(trainer);
  /* asked with its last numbers */
  const double *theta = row_of(study, "parameters", 20);
  static char text[SIZE * 26];
  size_t used = 0;
  for (int i = 0; i < SIZE; i++)
    used += (size_t)snprintf(text + used, sizeof text - used, "%.17g ", theta[i]);
  CHECK(ur_study_create("guess", &guess) == UR_OK && ur_study_set(guess, "window", "2") == UR_OK);
  CHECK(ur_study_set(guess, "embedding_size", "4") == UR_OK &&
        ur_study_set(guess, "hidden_size", "8") == UR_OK);
  CHECK(ur_study_set(guess, "name", "zoe") == UR_OK && ur_study_set(guess, "parameters", text) == UR_OK);
  CHECK(run(guess) == UR_OK);
  const int32_t z = 2 + 25, o = 2 + 14, e = 2 + 4;
  const int32_t seen[4][WINDOW] = {{0, 0}, {0, z}, {z, o}, {o, e}}, came[4] = {z, o, e, 1};
  const double *chosen = row_of(guess, "chosen", 0), *p = row_of(guess, "p", 0), *x = row_of(guess, "x", 0);
  double sum = 0;
  for (int t = 0; t < 4; t++) {
    double all = 0;
    for (int w = 0; w < V; w++) all += p[t * V + w];
    CHECK_NEAR(all, 1, 1e-5);
    CHECK(x[t * WINDOW] == seen[t][0] && x[t * WINDOW + 1] == seen[t][1]);
    CHECK_NEAR(chosen[t], by_hand(theta, seen[t], WINDOW, E, H, V, came[t]), 1e-5);
    sum += log(chosen[t]);
    CHECK_NEAR(row_of(guess, "sum", 0)[t], sum, 1e-12);
  }
  const double *vectors = row_of(guess, "embedding", 0), *beside = row_of(guess, "e", 0);
  for (int k = 0; k < E; k++)
    CHECK(vectors[z * E + k] == theta[z * E + k] && beside[(2 * WINDOW) * E + k] == theta[z * E + k]);
  ur_study_free(guess);
  CHECK(ur_study_create("guess", &guess) == UR_OK && ur_study_set(guess, "parameters", "1 2 3") == UR_OK);
  CHECK(run(guess) == UR_E_TEXT && said("parameters; 3 are given"));
  ur_study_free(guess);
  ur_study_free(study);
}

/* ---- positions ---- */
static void test_positions(void) {
  static const char *const kinds[] = {"sinusoidal", "learned", "none"};
  for (int form = 0; form < 12; form++) {
    const int kind = form / 4, joined = form & 1, from = form & 2 ? 0 : 1, start = 5;
    ur_study *study;
    CHECK(ur_study_create("positions", &study) == UR_OK &&
          ur_study_set(study, "positions", kinds[kind]) == UR_OK &&
          ur_study_set(study, "positions_join", joined ? "concatenated" : "added") == UR_OK &&
          ur_study_set(study, "count_from", from ? "1" : "0") == UR_OK &&
          ur_study_set(study, "start", "5") == UR_OK &&
          ur_study_set(study, "text", " tea  the tea") == UR_OK);
    CHECK(run(study) == UR_OK);
    double square = 0;
    for (int i = 0; i < 32; i++)
      for (int c = 0; c < 32; c++) {
        const double j = c / 2 + from, angle = (i + from) / pow(10000, 2 * j / 32),
                     p = row_of(study, "p", i)[c];
        if (kind == 0) CHECK_NEAR(p, c % 2 ? cos(angle) : sin(angle), 1e-12);
        if (kind == 2) CHECK(p == 0);
        square += p * p;
      }
    if (kind == 1) CHECK(square > 900 / 4.0 && square < 1150 / 4.0);
    for (int c = 0; c < 32; c++) {
      const double wave = row_of(study, c % 2 ? "cosine" : "sine", c / 2)[8 * 4];
      CHECK(kind == 0 ? wave == row_of(study, "p", 4)[c] : isnan(wave));
    }
    CHECK(row_of(study, "place", 0)[0] == from && row_of(study, "fine", 0)[1] == from + 0.125);
    if (kind == 0)
      CHECK_NEAR(row_of(study, "turn", 0)[1], 2 * acos(-1) * pow(10000, 2.0 * (1 + from) / 32), 1e-9);
    for (int f = 0; f < 3; f++)
      for (int d = 0; d < 32; d++) {
        double sum = 0;
        const double dot = row_of(study, "dot", f)[d];
        for (int c = 0; c < 32 && 3 * f + d < 32; c++)
          sum += row_of(study, "p", 3 * f)[c] * row_of(study, "p", 3 * f + d)[c];
        if (kind == 2 || (kind == 1 && 3 * f + d >= 32))
          CHECK(isnan(dot));
        else if (3 * f + d < 32)
          CHECK_NEAR(dot, sum, 1e-12);
        if (kind == 0) CHECK_NEAR(dot, row_of(study, "dot", 0)[d], 1e-12); /* only how far apart */
      }
    CHECK(memcmp(row_of(study, "x", 0), row_of(study, "x", 2), 32 * sizeof(double)) == 0);
    for (int w = 0; w < 3; w++)
      for (int c = 0; c < 32; c++) {
        const double x = row_of(study, "x", w)[c], p = row_of(study, "at", w)[c],
                     *sum = row_of(study, "sum", w);
        CHECK(p == row_of(study, "p", w + start)[c]);
        CHECK(joined && kind < 2 ? sum[c] == x && sum[32 + c] == p : sum[c] == x + p);
      }
    ur_study_free(study);
  }
  static const char *const bad[][2] = {{"text", " "}, {"text", "a b c d e f g h i j k l m"}, {"width", "7"}};
  for (int i = 0; i < 4; i++) {
    ur_study *study;
    CHECK(ur_study_create("positions", &study) == UR_OK);
    if (i < 3) CHECK(ur_study_set(study, bad[i][0], bad[i][1]) == UR_OK);
    if (i == 3)
      CHECK(ur_study_set(study, "positions", "learned") == UR_OK &&
            ur_study_set(study, "start", "28") == UR_OK);
    CHECK(run(study) == (i < 2 ? UR_E_TEXT : UR_E_SETTING));
    ur_study_free(study);
  }
}

/* ---- meaning ---- */
static int nearest(const ur_study *study, int word, int words) {
  const double *cosine = row_of(study, "cosine", word);
  int best = word == 0;
  for (int w = 0; w < words; w++)
    if (w != word && cosine[w] > cosine[best]) best = w;
  return best;
}

static void test_meaning(void) {
  ur_study *study;
  for (int by = 0; by < 2; by++) {
    CHECK(ur_study_create("meaning", &study) == UR_OK &&
          ur_study_set(study, "by", by ? "skip-gram" : "counts") == UR_OK);
    CHECK(run(study) == UR_OK);
    const ur_study_axis word = ur_study_axis_at(study, 0);
    int best = 0;
    for (int w = 0; w < word.size; w++) {
      double common = 0, own = 0;
      const double *belongs = row_of(study, "belongs", w),
                   *other = row_of(study, "belongs", nearest(study, w, word.size));
      for (int g = 0; g < 4; g++) common += belongs[g] * other[g], own += belongs[g];
      CHECK(own == 0 || common > 0); /* fruit is nearest to fruit, and so on */
      if (row_of(study, "analogy", 0)[w] > row_of(study, "analogy", 0)[best] ||
          isnan(row_of(study, "analogy", 0)[best]))
        best = w;
    }
    CHECK(strcmp(word.labels[best], "aunt") == 0);
    ur_study_free(study);
  }
  /* all of it: what was there before the first epoch and after each, on the map of the last */
  CHECK(ur_study_create("meaning", &study) == UR_OK && ur_study_set(study, "show", "all") == UR_OK &&
        ur_study_set(study, "epochs", "2") == UR_OK && run(study) == UR_OK);
  const int words = ur_study_axis_at(study, 0).size;
  for (int w = 0; w < words; w++) {
    const double *last = row_of(study, "map_after", 2 * words + w), *map = row_of(study, "map", w);
    CHECK(last[0] == map[0] && last[1] == map[1]);
    CHECK(memcmp(row_of(study, "vector_after", 2 * words + w), row_of(study, "vector", w),
                 16 * sizeof(double)) == 0);
    CHECK(memcmp(row_of(study, "cosine_after", 2 * words + w), row_of(study, "cosine", w),
                 (size_t)words * sizeof(double)) == 0);
    CHECK(fabs(row_of(study, "vector_after", w)[3]) < 0.5 / 16 && row_of(study, "vector_after", w)[3] != 0);
  }
  CHECK(row_of(study, "least", 0)[0] > 1 && row_of(study, "loss", 0)[1] > row_of(study, "least", 0)[0]);
  CHECK(strcmp(ur_study_axis_at(study, 0).labels[(int)row_of(study, "sentence", 0)[0]], "") != 0);
  ur_study_free(study);
  CHECK(ur_study_create("meaning", &study) == UR_OK && ur_study_set(study, "text", "a b c\nb c a") == UR_OK);
  CHECK(ur_study_set(study, "analogy", "a b c") == UR_OK && run(study) == UR_OK);
  CHECK(ur_study_axis_at(study, 2).size == 3); /* no longer than there are words */
  ur_study_free(study);
  static const char *const bad[] = {"a b", "a b d", "a b c a"};
  for (int i = 0; i < 3; i++) {
    CHECK(ur_study_create("meaning", &study) == UR_OK && ur_study_set(study, "text", "a b c") == UR_OK);
    CHECK(ur_study_set(study, "analogy", bad[i]) == UR_OK && run(study) == UR_E_TEXT);
    ur_study_free(study);
  }
}

static void test_skipgram(void) {
  static const char *const small[][2] = {
      {"text", "a b c d\nb e a\nc d f a e"}, {"window", "2"}, {"epochs", "2"}, {"size", "4"}};
  ur_study *study, *whole;
  CHECK(ur_study_create("skipgram", &study) == UR_OK && ur_study_create("meaning", &whole) == UR_OK);
  for (int i = 0; i < 4; i++)
    CHECK(ur_study_set(study, small[i][0], small[i][1]) == UR_OK &&
          ur_study_set(whole, small[i][0], small[i][1]) == UR_OK);
  CHECK(ur_study_set(study, "from", "57") == UR_OK && run(study) == UR_OK && run(whole) == UR_OK);
  CHECK(ur_study_axis_at(study, 1).size == 3 && row_of(study, "pairs", 0)[0] == 30); /* 57, 58, 59 of 60 */
  CHECK(row_of(study, "pair", 0)[2] == 59 && row_of(study, "epoch", 0)[2] == 1);
  /* what the last pair leaves of its word is what the training gives */
  const int at = (int)row_of(study, "at", 0)[2], near = (int)row_of(study, "near", 0)[2];
  const int word = (int)row_of(study, "sentence", 2)[at];
  CHECK(memcmp(row_of(study, "u_after", 2), row_of(whole, "vector", word), 4 * sizeof(double)) == 0);
  CHECK(row_of(study, "target", 2)[0] == row_of(study, "sentence", 2)[near]);
  CHECK(row_of(study, "there", 2)[0] == 1);
  ur_study_free(study);
  ur_study_free(whole);
  CHECK(ur_study_create("skipgram", &study) == UR_OK && ur_study_set(study, "text", "a b") == UR_OK &&
        ur_study_set(study, "from", "40") == UR_OK && run(study) == UR_E_SETTING);
  CHECK(strstr(ur_last_error()->message, "40 pairs") != NULL);
  ur_study_free(study);
}

static void test_analogy(void) {
  ur_study *study;
  CHECK(ur_study_create("analogy", &study) == UR_OK && run(study) == UR_OK);
  /* (1,1)/sqrt(2) - (1,0) + (1,0) lies along (1,1): with (2,1) it is 3/sqrt(10) */
  CHECK_NEAR(row_of(study, "cosine", 0)[3], 3 / sqrt(10), 1e-15);
  CHECK(isnan(row_of(study, "cosine", 0)[0]) && isnan(row_of(study, "cosine", 0)[2]));
  ur_study_free(study);
  static const char *const bad[][2] = {{"vectors", "1 2 3"}, {"vectors", ""}, {"c", "4"}};
  for (int i = 0; i < 3; i++) {
    CHECK(ur_study_create("analogy", &study) == UR_OK && ur_study_set(study, bad[i][0], bad[i][1]) == UR_OK);
    CHECK(run(study) == (i < 2 ? UR_E_TEXT : UR_E_SETTING));
    ur_study_free(study);
  }
}

/* ---- of one net of points ---- */
/* The net as a run of it has been trained, its weights given as numbers. */
static ur_trainer *train_net(const char *task, const char *activation, int updates, char *weights,
                             size_t size) {
  ur_settings settings;
  ur_trainer *trainer = NULL;
  ur_step_report report;
  size_t at = 0;
  CHECK(ur_settings_init(&settings, "mlp", task) == UR_OK &&
        ur_settings_set(&settings, "hidden_1", "5") == UR_OK &&
        ur_settings_set(&settings, "hidden_2", "0") == UR_OK &&
        ur_settings_set(&settings, "activation", activation) == UR_OK);
  CHECK(ur_trainer_create(&settings, (ur_bytes){NULL, 0}, &trainer) == UR_OK);
  for (int i = 0; i < updates; i++) CHECK(ur_trainer_step(trainer, &report) == UR_OK);
  ur_params *params = ur_trainer_params(trainer);
  for (size_t i = 0; i < ur_params_size(params) && at + 20 < size; i++)
    at += (size_t)snprintf(weights + at, size - at, "%.9g ", (double)ur_params_data(params)[i]);
  return trainer;
}

static void test_of_a_net(void) {
  char weights[1024];
  ur_study *study;
  ur_regions regions;
  ur_trainer *trainer = train_net("moons", "relu", 20, weights, sizeof weights);
  CHECK(ur_study_create("regions", &study) == UR_OK &&
        ur_study_set(study, "net", "mlp moons hidden_1=5 hidden_2=0 activation=relu") == UR_OK &&
        ur_study_set(study, "weights", weights) == UR_OK && ur_study_set(study, "high", "2") == UR_OK);
  CHECK(run(study) == UR_OK);
  CHECK(ur_regions_of(trainer, (double[]){-1, 2, -1, 2}, &regions) == UR_OK && regions.count > 3);
  CHECK(ur_study_axis_at(study, 0).size == regions.count);
  CHECK(memcmp(row_of(study, "corner", 0), regions.corners,
               2 * sizeof(double) * (size_t)regions.first[regions.count]) == 0);
  CHECK(memcmp(row_of(study, "plane", 0), regions.planes, 3 * sizeof(double) * (size_t)regions.count) == 0);
  for (int i = 0; i < regions.count; i++)
    CHECK(row_of(study, "first", 0)[i] == regions.first[i] &&
          row_of(study, "above", 0)[i] == regions.above[i]);
  for (int u = 0; u < 5; u++) CHECK(row_of(study, "after", 0)[u] == regions.after[u]);
  ur_regions_free(&regions);
  ur_study_free(study);
  ur_trainer_free(trainer);

  enum { N = 25 };
  double error[N * N], noise;
  ur_stationary found[16];
  int count;
  const ur_axis x = {1, -3, 3, N}, y = {7, -2, 4, N};
  trainer = train_net("curve", "tanh", 20, weights, sizeof weights);
  CHECK(ur_study_create("surface", &study) == UR_OK &&
        ur_study_set(study, "net", "mlp curve hidden_1=5 hidden_2=0") == UR_OK &&
        ur_study_set(study, "weights", weights) == UR_OK && ur_study_set(study, "steps", "25") == UR_OK &&
        ur_study_set(study, "first", "1") == UR_OK && ur_study_set(study, "second", "7") == UR_OK &&
        ur_study_set(study, "low_1", "-3") == UR_OK && ur_study_set(study, "high_1", "3") == UR_OK &&
        ur_study_set(study, "low_2", "-2") == UR_OK);
  CHECK(run(study) == UR_OK);
  CHECK(ur_surface(trainer, &x, &y, error) == UR_OK && row_of(study, "x", 0)[N - 1] == 3);
  CHECK(memcmp(row_of(study, "error", 0), error, sizeof error) == 0 && row_of(study, "y", 0)[0] == -2);
  CHECK(ur_surface_stationary(trainer, &x, &y, error, found, 16, &count) == UR_OK && count > 0);
  for (int i = 0; i < 16; i++) {
    if (i >= count) {
      CHECK(isnan(row_of(study, "height", 0)[i]));
      continue;
    }
    CHECK(row_of(study, "height", 0)[i] == found[i].error && row_of(study, "at", i)[1] == found[i].at[1]);
    CHECK(row_of(study, "is", i)[found[i].kind] == 1);
    CHECK(memcmp(row_of(study, "hessian", 2 * i), found[i].hessian, sizeof found[i].hessian) == 0);
  }
  ur_study_free(study);
  CHECK(ur_study_create("noise", &study) == UR_OK &&
        ur_study_set(study, "net", "mlp curve hidden_1=5 hidden_2=0") == UR_OK &&
        ur_study_set(study, "weights", weights) == UR_OK && run(study) == UR_OK);
  CHECK(ur_gradient_noise(trainer, 16, 200, &noise) == UR_OK && row_of(study, "noise", 0)[4] == noise);
  CHECK(row_of(study, "batch", 0)[8] == 256);
  ur_study_free(study);
  ur_trainer_free(trainer);
  static const char *const bad[][2] = {{"net", "mlp moons 5"},
                                       {"net", "mlp moons hidden=5"},
                                       {"net", "rnn_lm names"},
                                       {"net", "ngram_lm names"},
                                       {"weights", "1 2 3"}};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    CHECK(ur_study_create("regions", &study) == UR_OK && ur_study_set(study, bad[i][0], bad[i][1]) == UR_OK);
    CHECK(run(study) != UR_OK);
    ur_study_free(study);
  }
}

/* ---- depth ---- */
static void test_plane(void) {
  enum { N = 11, POINTS = 40 };
  char weights[1024];
  double units[5 * N * N], answers[N * N], across[POINTS], up[POINTS];
  ur_study *study;
  const ur_plane plane = {-1, 2, N};
  ur_trainer *trainer = train_net("moons", "tanh", 20, weights, sizeof weights);
  CHECK(ur_study_create("plane", &study) == UR_OK &&
        ur_study_set(study, "net", "mlp moons hidden_1=5 hidden_2=0") == UR_OK &&
        ur_study_set(study, "weights", weights) == UR_OK && ur_study_set(study, "steps", "11") == UR_OK &&
        ur_study_set(study, "high", "2") == UR_OK && run(study) == UR_OK);
  CHECK(ur_plane_rows(trainer, &plane, 0, N, units, answers) == UR_OK);
  CHECK(memcmp(row_of(study, "value", 0), units, sizeof units) == 0);
  CHECK(memcmp(row_of(study, "answer", 0), answers, sizeof answers) == 0);
  CHECK(row_of(study, "x", 0)[N - 1] == 2 && row_of(study, "y", 0)[0] == -1);
  ur_study_free(study);
  ur_trainer_free(trainer);
  CHECK(ur_study_create("plane", &study) == UR_OK &&
        ur_study_set(study, "net", "mlp spiral hidden_1=3 hidden_2=2 points=40 seed=2") == UR_OK &&
        run(study) == UR_OK);
  for (int u = 0; u < 5; u++) CHECK(row_of(study, "layer", 0)[u] == 1 + (u >= 3));
  static const char *const chosen[][2] = {{"hidden_1", "3"}, {"hidden_2", "2"}, {"points", "40"}};
  ur_settings settings;
  CHECK(ur_settings_init(&settings, "mlp", "spiral") == UR_OK);
  settings.seed = 2;
  for (int i = 0; i < 3; i++) CHECK(ur_settings_set(&settings, chosen[i][0], chosen[i][1]) == UR_OK);
  CHECK(ur_trainer_create(&settings, (ur_bytes){NULL, 0}, &trainer) == UR_OK);
  CHECK(ur_last_sees(trainer, across, up) == UR_OK);
  CHECK(memcmp(row_of(study, "across", 0), across, sizeof across) == 0);
  CHECK(memcmp(row_of(study, "up", 0), up, sizeof up) == 0);
  ur_study_free(study);
  ur_trainer_free(trainer);
  static const char *const bad[] = {"mlp spiral hidden_1=0 hidden_2=0", "mlp curve"};
  for (int i = 0; i < 2; i++) {
    CHECK(ur_study_create("plane", &study) == UR_OK && ur_study_set(study, "net", bad[i]) == UR_OK);
    CHECK(run(study) == UR_E_STATE);
    ur_study_free(study);
  }
}

static void test_fold(void) {
  ur_study *study;
  double x = 0.3;
  CHECK(ur_study_create("fold", &study) == UR_OK && run(study) == UR_OK);
  for (int l = 0; l < 6; l++) {
    const double relus[] = {x, x > 0.5 ? x - 0.5 : 0};
    for (int k = 0; k < 2; k++) CHECK_NEAR(row_of(study, "z", l)[k], relus[k], 1e-6);
    x = 2 * relus[0] - 4 * relus[1];
    CHECK_NEAR(row_of(study, "folded", 0)[l], x, 1e-5); /* 0.3 is rounded to a float, and doubled */
    CHECK(row_of(study, "pieces", 0)[l] == 2 << l && row_of(study, "one_layer_at_most", 0)[l] == 2 * l + 3);
    CHECK(row_of(study, "one_layer", 0)[l] >= 1 && row_of(study, "one_layer", 0)[l] <= 2 * l + 3);
    CHECK(row_of(study, "at", l)[2 << l] == 1 && (l == 5 || isnan(row_of(study, "at", l)[(2 << l) + 1])));
  }
  ur_study_free(study);
}

static void test_equal(void) {
  static const double parameters[] = {381, 415, 417, 371, 397};
  ur_study *study;
  ur_regions regions;
  ur_settings settings;
  ur_trainer *trainer;
  ur_step_report report;
  CHECK(ur_study_create("equal", &study) == UR_OK && ur_study_set(study, "updates", "20") == UR_OK &&
        ur_study_set(study, "every", "10") == UR_OK && ur_study_set(study, "seed", "3") == UR_OK &&
        run(study) == UR_OK);
  static const char *const chosen[][2] = {
      {"activation", "relu"}, {"init", "he"},           {"error", "bernoulli"},    {"points", "80"},
      {"batch_size", "80"},   {"hidden_1", "10"},       {"hidden_2", "10"},        {"hidden_3", "10"},
      {"hidden_4", "10"},     {"schedule", "constant"}, {"learning_rate", "0.005"}};
  CHECK(ur_settings_init(&settings, "mlp", "spiral") == UR_OK);
  settings.seed = 3;
  for (size_t i = 0; i < sizeof chosen / sizeof *chosen; i++)
    CHECK(ur_settings_set(&settings, chosen[i][0], chosen[i][1]) == UR_OK);
  CHECK(ur_trainer_create(&settings, (ur_bytes){NULL, 0}, &trainer) == UR_OK);
  for (int k = 0; k < 3; k++) {
    ur_evaluation evaluation;
    for (int i = 0; i < 10 && k > 0; i++) CHECK(ur_trainer_step(trainer, &report) == UR_OK);
    CHECK(ur_regions_of(trainer, (double[]){-1, 1, -1, 1}, &regions) == UR_OK);
    CHECK(ur_trainer_evaluate(trainer, 0, &evaluation) == UR_OK);
    CHECK(row_of(study, "pieces", 3)[k] == regions.count && row_of(study, "error", 3)[k] == evaluation.loss);
    CHECK(row_of(study, "update", 0)[k] == 10 * k);
    ur_regions_free(&regions);
  }
  for (int i = 0; i < 5; i++) CHECK(row_of(study, "parameters", 0)[i] == parameters[i]);
  ur_trainer_free(trainer);
  ur_study_free(study);
}

static void test_paths(void) {
  ur_study *study;
  ur_trainer *trainer;
  char weights[1024];
  double at[2 * 41], slopes[2 * 40], errors[41], terms[2 * 40], steps[2 * 40];
  const ur_path path = {.at = at, .errors = errors, .terms = terms, .slopes = slopes, .steps = steps};
  trainer = train_net("curve", "tanh", 0, weights, sizeof weights);
  CHECK(ur_study_create("paths", &study) == UR_OK &&
        ur_study_set(study, "net", "mlp curve hidden_1=5 hidden_2=0") == UR_OK &&
        ur_study_set(study, "weights", weights) == UR_OK && ur_study_set(study, "first", "1") == UR_OK &&
        ur_study_set(study, "second", "7") == UR_OK && ur_study_set(study, "epochs", "4") == UR_OK &&
        ur_study_set(study, "rules", "momentum batch=1 rate=0.2 momentum=0.5; sgd batch=0 rate=0.3") ==
            UR_OK);
  CHECK(run(study) == UR_OK);
  const ur_rule rules[2] = {{UR_RULE_MOMENTUM, 1, 0.2, 0.5, 0.9, 0.999, 1e-8}, {.rate = 0.3}};
  const int points = ur_descent_points(trainer);
  CHECK(points == 10 && ur_study_axis_at(study, 1).size == 41);
  CHECK(strcmp(ur_study_axis_at(study, 0).labels[1], "sgd batch=0 rate=0.3") == 0);
  for (int i = 0; i < 2; i++) {
    const int updates = i == 0 ? 40 : 4;
    CHECK(ur_descent_path(trainer, (int[]){1, 7}, (double[]){0.2, -2}, &rules[i], updates, &path) == UR_OK);
    CHECK(memcmp(row_of(study, "at", 41 * i), at, 2 * sizeof *at * (size_t)(updates + 1)) == 0);
    CHECK(memcmp(row_of(study, "slope", 41 * i), slopes, 2 * sizeof *at * (size_t)updates) == 0);
    CHECK(memcmp(row_of(study, "step", 41 * i), steps, 2 * sizeof *at * (size_t)updates) == 0);
    CHECK(memcmp(row_of(study, "term", 40 * i), terms, sizeof terms) == 0);
    CHECK(isnan(row_of(study, "step", 41 * i + updates)[0]) && isnan(row_of(study, "mean", 41 * i)[0]));
    CHECK(memcmp(row_of(study, "error", i), errors, sizeof *at * (size_t)(updates + 1)) == 0);
    CHECK(row_of(study, "seen", i)[updates] == 40);
  }
  CHECK(isnan(row_of(study, "error", 1)[5]));
  ur_study_free(study);
  ur_trainer_free(trainer);
  static const char *const bad[] = {
      "",           "walk",         "sgd rate",     "sgd rate=-1", "sgd batch=11",
      "sgd rate=x", "momentum=0.5", "adam beta1=1", "sgd speed=2", "sgd;sgd;"};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    CHECK(ur_study_create("paths", &study) == UR_OK && ur_study_set(study, "rules", bad[i]) == UR_OK);
    CHECK(run(study) == UR_E_TEXT);
    ur_study_free(study);
  }
}

/* The run's own losses at the places of its way, what was changed on it too; over the plane those of the
 * numbers there. */
static void test_slice(void) {
  enum { SIZE = 105, RECORDS = 11, EVERY = 3 };
  ur_study *study;
  ur_trainer *trainer = NULL;
  ur_settings settings;
  ur_step_report report;
  ur_evaluation evaluation;
  ur_way way;
  CHECK(ur_settings_init(&settings, "mlp", "spiral") == UR_OK);
  CHECK(ur_trainer_create(&settings, (ur_bytes){NULL, 0}, &trainer) == UR_OK);
  if (!CHECK(ur_way_create(RECORDS, SIZE, &way) == UR_OK)) return;
  for (int by = 0; by < 2; by++) {
    CHECK(ur_study_create("slice", &study) == UR_OK && ur_study_set(study, "net", "mlp spiral") == UR_OK &&
          ur_study_set(study, "updates", "30") == UR_OK && ur_study_set(study, "records", "10") == UR_OK &&
          ur_study_set(study, "steps", "5") == UR_OK &&
          ur_study_set(study, "by", by ? "principal" : "ends") == UR_OK &&
          ur_study_set(study, "over", by ? "trained" : "unseen") == UR_OK &&
          ur_study_set(study, "changes", "0:learning_rate:0.02;9:learning_rate:0.1;9:clip_norm:0.5") ==
              UR_OK);
    CHECK(run(study) == UR_OK);
    for (int i = 0; i < RECORDS && by == 0; i++) {
      for (int k = 0; k < EVERY && i > 0; k++) {
        if (report.step == 9 || i == 1) {
          CHECK(ur_trainer_set(trainer, "learning_rate", i == 1 ? "0.02" : "0.1") == UR_OK);
          if (i > 1) CHECK(ur_trainer_set(trainer, "clip_norm", "0.5") == UR_OK);
        }
        CHECK(ur_trainer_step(trainer, &report) == UR_OK);
      }
      CHECK(ur_trainer_evaluate(trainer, !by, &evaluation) == UR_OK);
      CHECK(row_of(study, "own", 0)[i] == evaluation.loss && row_of(study, "update", 0)[i] == EVERY * i);
      memcpy(way.places + i * SIZE, ur_params_data(ur_trainer_params(trainer)), SIZE * sizeof(float));
    }
    CHECK(ur_way_through(&way, by ? UR_WAY_PRINCIPAL : UR_WAY_ENDS) == UR_OK);
    CHECK(memcmp(row_of(study, "at", 0), way.at, 2 * RECORDS * sizeof *way.at) == 0);
    CHECK(memcmp(row_of(study, "off", 0), way.off, RECORDS * sizeof *way.off) == 0);
    CHECK(memcmp(row_of(study, "share", 0), way.share, sizeof way.share) == 0);
    CHECK(row_of(study, "numbers", 0)[0] == SIZE);
    const double *x = row_of(study, "x", 0), *y = row_of(study, "y", 0);
    CHECK(x[0] < way.at[0] && x[4] > way.at[2 * RECORDS - 2]);
    float *numbers = ur_params_data(ur_trainer_params(trainer));
    for (int i = 0; i < 25; i++) {
      ur_way_numbers(&way, (double[]){x[i % 5], y[i / 5]}, numbers);
      CHECK(ur_trainer_evaluate(trainer, !by, &evaluation) == UR_OK);
      CHECK(row_of(study, "error", 0)[i] == evaluation.loss);
    }
    /* what lies in the plane has there the loss that it had */
    for (int i = 0; i < RECORDS; i++)
      if (way.off[i] < 1e-6) CHECK_NEAR(row_of(study, "flat", 0)[i], row_of(study, "own", 0)[i], 1e-6);
    ur_study_free(study);
  }
  ur_way_free(&way);
  ur_trainer_free(trainer);
  static const char *const bad[] = {"5", "5:rate", "5:learning_rate:1 2;x", "-1:learning_rate:1;;",
                                    "9:learning_rate:1;8:learning_rate:1"};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    CHECK(ur_study_create("slice", &study) == UR_OK && ur_study_set(study, "changes", bad[i]) == UR_OK);
    CHECK(run(study) == UR_E_TEXT);
    ur_study_free(study);
  }
  CHECK(ur_study_create("slice", &study) == UR_OK && ur_study_set(study, "net", "ngram_lm names") == UR_OK);
  CHECK(run(study) == UR_E_STATE && said("goes no way"));
  ur_study_free(study);
}

/* Shares and bias add up to the line; errors are those of each number of units. */
/* Of one text by hand; over the unseen a composition is a guess, a mean picture is not. */
static void test_simple(void) {
  static const struct {
    const char *task, *text;
    double said, truth;
  } cases[] = {{"days", "1 2 3 4 5 6 7 8 9 1.25", 9, 1.25},
               {"days", "2.5 3", 2.5, 3},
               {"protein", "MAILVFLLGSTDKEQNSPKDEGST", 0, 0}};
  ur_study *study;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    CHECK(ur_study_create("simple", &study) == UR_OK && ur_study_set(study, "task", cases[i].task) == UR_OK &&
          ur_study_set(study, "text", cases[i].text) == UR_OK && run(study) == UR_OK);
    const double *said = row_of(study, "said", 0), *errors = row_of(study, "errors", 0);
    CHECK_NEAR(*row_of(study, "truth", 0), cases[i].truth, 1e-6);
    if (i < 2) {
      CHECK_NEAR(said[0], cases[i].said, 1e-6);
      CHECK_NEAR(said[1], i == 0 ? 3 : 2.5, 1e-6);
      CHECK(errors[0] > 0.4 && errors[1] > 0.4 && errors[1] < errors[0]);
    } else {
      const double *stretch = row_of(study, "stretch", 0), *distances = row_of(study, "distances", 0);
      CHECK(stretch[0] == 1); /* AILVFLL */
      CHECK_NEAR(stretch[1], (1.8 + 4.5 + 3.8 + 4.2 + 2.8 + 3.8 + 3.8) / 7, 1e-9);
      CHECK(said[0] == (distances[1] < distances[0]) && errors[0] > 0.4 && errors[0] < 0.6);
    }
    ur_study_free(study);
  }
  CHECK(ur_study_create("simple", &study) == UR_OK && ur_study_set(study, "task", "digits") == UR_OK &&
        ur_study_set(study, "text", "") == UR_OK && run(study) == UR_OK);
  CHECK(*row_of(study, "errors", 0) > 0.3 && *row_of(study, "errors", 0) < 0.7 &&
        isnan(*row_of(study, "said", 0)));
  ur_study_free(study);
  CHECK(ur_study_create("simple", &study) == UR_OK && ur_study_set(study, "text", "MK?") == UR_OK);
  CHECK(run(study) == UR_E_TEXT);
  ur_study_free(study);
}

static void test_approximate(void) {
  enum { PLACES = 121, UNITS = 5, MOST = 9 };
  ur_study *study;
  for (int laid = 0; laid < 2; laid++) {
    CHECK(ur_study_create("approximate", &study) == UR_OK && ur_study_set(study, "units", "5") == UR_OK &&
          ur_study_set(study, "most", "9") == UR_OK &&
          ur_study_set(study, "laid", laid ? "hinges" : "steps") == UR_OK &&
          ur_study_set(study, "drawn", "0 1 -1 0.5") == UR_OK);
    CHECK(run(study) == UR_OK);
    double weights[MOST + 1], rms;
    const double *target = row_of(study, "target", 0);
    static const double heights[4] = {0, 1, -1, 0.5};
    for (int k = 0; k < 4; k++) CHECK_NEAR(target[40 * k], heights[k], 1e-15);
    for (int m = 1; m <= MOST; m++) {
      CHECK(ur_approximate((ur_laid)laid, m, target, PLACES, weights, &rms) == UR_OK);
      CHECK(row_of(study, "rms", 0)[m - 1] == rms && row_of(study, "units", 0)[m - 1] == m);
      for (int j = 1; j <= m && m == UNITS; j++) CHECK(row_of(study, "weight", 0)[j - 1] == weights[j]);
    }
    for (int i = 0; i < PLACES; i++) {
      double sum = row_of(study, "bias", 0)[0];
      for (int j = 0; j < UNITS; j++) sum += row_of(study, "share", j)[i];
      CHECK_NEAR(row_of(study, "line", 0)[i], sum, 1e-12);
    }
    ur_study_free(study);
  }
  CHECK(ur_study_create("approximate", &study) == UR_OK && ur_study_set(study, "drawn", "1") == UR_OK);
  CHECK(run(study) == UR_E_TEXT && said("2 to 61 heights"));
  ur_study_free(study);
}

/* Trained first, by all of its updates and no more. */
static void test_equivalent_trained(void) {
  enum { NUMBERS = 7, COPIES = 8 };
  ur_study *study;
  ur_trainer *trainer;
  ur_settings settings;
  ur_step_report report;
  double weights[COPIES * NUMBERS], errors[COPIES];
  CHECK(ur_settings_init(&settings, "mlp", "curve") == UR_OK &&
        ur_settings_set(&settings, "hidden_1", "2") == UR_OK &&
        ur_settings_set(&settings, "hidden_2", "0") == UR_OK &&
        ur_trainer_create(&settings, (ur_bytes){NULL, 0}, &trainer) == UR_OK);
  for (int i = 0; i < 130; i++) CHECK(ur_trainer_step(trainer, &report) == UR_OK);
  CHECK(ur_equivalent_weights(trainer, weights, errors) == UR_OK);
  CHECK(ur_study_create("equivalent", &study) == UR_OK &&
        ur_study_set(study, "net", "mlp curve hidden_1=2 hidden_2=0") == UR_OK &&
        ur_study_set(study, "updates", "130") == UR_OK && run(study) == UR_OK);
  CHECK(memcmp(row_of(study, "weight", 0), weights, sizeof weights) == 0);
  CHECK(memcmp(row_of(study, "error", 0), errors, sizeof errors) == 0);
  ur_study_free(study);
  ur_trainer_free(trainer);
}

static void test_price(void) {
  ur_study *study;
  ur_price without, with;
  CHECK(ur_study_create("price", &study) == UR_OK && run(study) == UR_OK);
  CHECK(ur_descent_price(32, 1, &without, &with) == UR_OK && row_of(study, "weights", 0)[5] == 32);
  CHECK(row_of(study, "calls", 0)[5] == without.calls && row_of(study, "calls", 1)[5] == with.calls);
  CHECK(row_of(study, "operations", 0)[5] == without.operations && row_of(study, "gap", 1)[5] == with.gap);
  CHECK(ur_gradient_price(32, 1, &without, &with) == UR_OK && row_of(study, "one_calls", 0)[5] == 64);
  CHECK(row_of(study, "one_operations", 0)[5] == without.operations &&
        row_of(study, "one_operations", 1)[5] == with.operations);
  ur_study_free(study);
}

/* The sizes are those that are measured over the net itself, as it begins and after its updates. */
static void test_by_depth(void) {
  enum { BLOCKS = 3, VARIANTS = 5 };
  static const char *const norms[VARIANTS] = {"pre", "pre", "none", "none", "post"},
                           *const residuals[VARIANTS] = {"on", "off", "on", "off", "on"};
  for (int updates = 0; updates <= 3; updates += 3) {
    ur_study *study;
    char text[8];
    snprintf(text, sizeof text, "%d", updates);
    CHECK(ur_study_create("by_depth", &study) == UR_OK && ur_study_set(study, "num_blocks", "3") == UR_OK &&
          ur_study_set(study, "hidden_size", "8") == UR_OK && ur_study_set(study, "text", "zuko") == UR_OK &&
          ur_study_set(study, "updates", text) == UR_OK && run(study) == UR_OK);
    CHECK(ur_study_arrays(study) == (updates > 0 ? 3 : 2));
    for (int v = 0; v < VARIANTS; v++) {
      ur_settings settings;
      ur_trainer *trainer;
      ur_step_report report;
      ur_looked looked;
      CHECK(ur_settings_init(&settings, "gpt", "names") == UR_OK &&
            ur_settings_set(&settings, "num_blocks", "3") == UR_OK &&
            ur_settings_set(&settings, "hidden_size", "8") == UR_OK &&
            ur_settings_set(&settings, "num_heads", "2") == UR_OK &&
            ur_settings_set(&settings, "learning_rate", "0.002") == UR_OK &&
            ur_settings_set(&settings, "norm", norms[v]) == UR_OK &&
            ur_settings_set(&settings, "residual", residuals[v]) == UR_OK &&
            ur_trainer_create(&settings, (ur_bytes){NULL, 0}, &trainer) == UR_OK);
      for (int u = 0; u < updates; u++) CHECK(ur_trainer_step(trainer, &report) == UR_OK);
      CHECK(ur_looked_read(trainer, "zuko", 0, -1, &looked) == UR_OK);
      for (int b = 0; b <= BLOCKS; b++) CHECK(row_of(study, "size", v)[b] == (double)looked.depth[b]);
      ur_looked_free(&looked);
      ur_trainer_free(trainer);
    }
    /* without both, less comes to each block than to the one after it */
    for (int b = 0; b < BLOCKS; b++)
      CHECK(row_of(study, "size", 3)[b] < 0.5 * row_of(study, "size", 3)[b + 1]);
    ur_study_free(study);
  }
}

/* Two tunes at once; of a line without bars or notes there is nothing, and the axes hold. */
static void test_bars(void) {
  ur_study *study;
  CHECK(ur_study_create("bars", &study) == UR_OK);
  CHECK(ur_study_set(study, "tunes", "M:2/4 K:G D|G2zF|G>A|\nM:6/8 K:C E3C3|") == UR_OK &&
        run(study) == UR_OK);
  static const double kinds[] = {UR__BAR_PICKUP, UR__BAR_FULL, UR__BAR_SHORT, UR__BAR_FULL};
  static const double lengths[] = {1, 4, 2, 6}, of[] = {0, 0, 0, 1},
                      pitch[] = {62, 67, NAN, 66, 67, 69, 64, 60};
  static const double start[] = {0, 1, 3, 4, 5, 6.5, 0, 3}, bar[] = {0, 1, 1, 1, 2, 2, 3, 3};
  for (int i = 0; i < 4; i++)
    CHECK(row_of(study, "bar_kind", 0)[i] == kinds[i] && row_of(study, "bar_length", 0)[i] == lengths[i] &&
          row_of(study, "bar_tune", 0)[i] == of[i]);
  for (int i = 0; i < 8; i++) {
    CHECK(row_of(study, "start", 0)[i] == start[i] && row_of(study, "note_bar", 0)[i] == bar[i]);
    CHECK(isnan(pitch[i]) ? isnan(row_of(study, "pitch", 0)[i]) : row_of(study, "pitch", 0)[i] == pitch[i]);
  }
  CHECK(row_of(study, "full", 0)[0] == 1 && row_of(study, "counted", 0)[0] == 2);
  CHECK(row_of(study, "whole", 0)[1] == 6 && row_of(study, "sharps", 0)[0] == 1);
  ur_study_free(study);
  CHECK(ur_study_create("bars", &study) == UR_OK);
  CHECK(ur_study_set(study, "tunes", "?") == UR_OK && run(study) == UR_OK);
  CHECK(isnan(row_of(study, "start", 0)[0]) && row_of(study, "full", 0)[0] == 0);
  ur_study_free(study);
  CHECK(ur_study_create("bars", &study) == UR_OK);
  CHECK(ur_study_set(study, "tunes", " \n") == UR_OK && run(study) == UR_E_TEXT && said("no line"));
  ur_study_free(study);
}

int main(void) {
  TEST("bars of tunes") { test_bars(); }
  TEST("a study") { test_frame(); }
  TEST("refused") { test_refused(); }
  TEST("steps") { test_steps(); }
  TEST("all of them") { test_all(); }
  TEST("no memory") { test_no_memory(); }
  TEST("curve") { test_curve(); }
  TEST("solve") { test_solve(); }
  TEST("descend") { test_descend(); }
  TEST("validate") { test_validate(); }
  TEST("wide") { test_wide(); }
  TEST("strings") { test_strings(); }
  TEST("strings beyond the longest, by contexts") { test_strings_further(); }
  TEST("a chain, by hand") { test_chain_by_hand(); }
  TEST("a chain adds up, by every order") { test_chain(); }
  TEST("what was meant, one slip away") { test_spelling(); }
  TEST("the likeliest endings, against every string") { test_endings(); }
  TEST("a word under two texts") { test_author(); }
  TEST("a window trained, and asked by hand") { test_window(); }
  TEST("contexts met and never met; the losses are those of the counting model") { test_contexts(); }
  TEST("meaning") { test_meaning(); }
  TEST("skipgram") { test_skipgram(); }
  TEST("analogy") { test_analogy(); }
  TEST("positions") { test_positions(); }
  TEST("of one net of points") { test_of_a_net(); }
  TEST("plane") { test_plane(); }
  TEST("fold") { test_fold(); }
  TEST("nets of equal size") { test_equal(); }
  TEST("paths") { test_paths(); }
  TEST("equal weights, trained") { test_equivalent_trained(); }
  TEST("price") { test_price(); }
  TEST("by depth") { test_by_depth(); }
  TEST("slice") { test_slice(); }
  TEST("simple answers beside an encoder") { test_simple(); }
  TEST("approximate") { test_approximate(); }
  return check_done();
}
