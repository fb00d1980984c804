#include "points.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "real.h"
#include "split.h"
#include "unroll/fit.h"
#include "unroll/rng.h"

/* ---- made ---- */

ur_status ur_curve_points(uint64_t seed, uint64_t set, int n, double noise, int evenly, double *x,
                          double *t) {
  ur_rng stream = ur_rng_stream(seed, "curve", set);
  if (n < 1 || n > UR_FIT_POINTS_MAX)
    return ur_fail(UR_E_ARGUMENT, "points", "%d points are out of range; take 1 to %d", n, UR_FIT_POINTS_MAX);
  if (!(noise >= 0) || !isfinite(noise))
    return ur_fail(UR_E_ARGUMENT, "noise", "the noise is %g; it should be 0 or more", noise);
  for (int i = 0; i < n; i++) {
    x[i] = !evenly ? (double)ur_rng_uniform(&stream) : n > 1 ? (double)i / (n - 1) : 0.5;
    t[i] = ur__sin_turns(x[i]) + noise * (double)ur_rng_normal(&stream);
  }
  return UR_OK;
}

static double cos_turns(double x) { return ur__sin_turns(x + 0.25); }

/* Point i of n, before the noise: where it is, and its class. `along` is from 0 to 1 within its class. */
static int place(ur__task_kind kind, int i, double along, double *x) {
  const int half = i % 2;
  switch (kind) {
  case UR__CIRCLES: {
    const double radius = half ? 0.35 : 0.8;
    x[0] = radius * cos_turns(along), x[1] = radius * ur__sin_turns(along);
    return half;
  }
  case UR__XOR: {
    const int right = i % 4 >= 2, up = half;
    x[0] = right ? 0.5 : -0.5, x[1] = up ? 0.5 : -0.5;
    return right != up;
  }
  case UR__MOONS: {
    const double side = half ? -1 : 1;
    x[0] = 0.6 * side * cos_turns(along / 2) - 0.3 * side;
    x[1] = 0.6 * side * ur__sin_turns(along / 2) - 0.15 * side;
    return half;
  }
  default: { /* arms of a spiral, a turn and a half each */
    const int arms = kind == UR__ARMS ? 3 : 2, arm = i % arms;
    const double radius = 0.05 + 0.85 * along, turn = 1.5 * along + (double)arm / arms;
    x[0] = radius * cos_turns(turn), x[1] = radius * ur__sin_turns(turn);
    return arm;
  }
  }
}

static void make_plane(const ur__task *task, int n, double noise, ur_rng *stream, float *x, float *y) {
  const int C = task->arrays[1].width, classes = C > 1 ? C : 2, each = (n + classes - 1) / classes;
  for (int i = 0; i < n; i++) {
    double at[2];
    const int class = place(task->kind, i, ((double)(i / classes) + 0.5) / each, at);
    for (int f = 0; f < 2; f++) x[2 * i + f] = (float)(at[f] + noise * (double)ur_rng_normal(stream));
    for (int c = 0; c < C; c++) y[i * C + c] = (float)(C > 1 ? class == c : class);
  }
}

static double rounded(double x, double each) { return floor(x / each + 0.5) * each; }

/* What is said of a student with these marks. */
static void judge(ur__task_kind kind, double written, double oral, float *y) {
  const double mean = (written + oral) / 2;
  const int passed = mean >= 0.45, distinction = mean >= 0.7;
  if (kind == UR__MARKS_OF) y[0] = (float)written, y[1] = (float)oral;
  if (kind == UR__PASS || kind == UR__PASSES) y[0] = (float)passed;
  if (kind == UR__PASSES) y[1] = (float)distinction;
  for (int c = 0; c < 3 && kind == UR__GRADE; c++) y[c] = (float)(c == passed + distinction);
}

static void make_students(const ur__task *task, int n, double noise, ur_rng *stream, float *x, float *y) {
  for (int i = 0; i < n; i++) {
    const double hours = rounded((i + 0.5) / n, 0.1);
    const double lectures = rounded((double)ur_rng_uniform(stream), 0.1);
    const double written = 0.7 * hours + 0.3 * lectures + noise * (double)ur_rng_normal(stream);
    const double oral = 0.3 * hours + 0.6 * lectures + 0.1 + noise * (double)ur_rng_normal(stream);
    x[2 * i] = (float)hours, x[2 * i + 1] = (float)lectures;
    judge(task->kind, rounded(written, 0.01), rounded(oral, 0.01), y + i * task->arrays[1].width);
  }
}

static ur_status make_line(int n, double noise, uint64_t seed, uint64_t set, float *x, float *y) {
  double at[UR__POINTS_MAX], t[UR__POINTS_MAX];
  const ur_status status = ur_curve_points(seed, set, n, noise, 1, at, t);
  for (int i = 0; i < n && status == UR_OK; i++) x[i] = (float)at[i], y[i] = (float)t[i];
  return status;
}

static ur_status make(const ur__task *task, double noise, int set, ur__points *points) {
  const int from = set == 0 ? 0 : points->train, n = set == 0 ? points->train : points->unseen;
  float *x = points->x + from * points->features, *y = points->y + from * points->outputs;
  if (task->kind == UR__CURVE) return make_line(n, noise, points->seed, set == 0 ? 0 : 2, x, y);
  ur_rng stream = ur_rng_stream(points->seed, "points", (uint64_t)set);
  if (task->kind >= UR__MARKS_OF)
    make_students(task, n, noise, &stream, x, y);
  else
    make_plane(task, n, noise, &stream, x, y);
  return UR_OK;
}

/* ---- read ---- */

/* The numbers of a line into x and y; 0 where it is not as many and nothing else. */
static int read_numbers(const ur__task *task, const char *at, float *x, float *y) {
  const int features = task->arrays[0].width, outputs = task->arrays[1].width,
            chances = task->right == UR__RIGHT_CLASS;
  for (int i = 0; i < features + outputs; i++) {
    char *end;
    at += strspn(at, " \t");
    const size_t digits = strspn(at, "+-.0123456789eE");
    const float value = strtof(at, &end);
    if (digits == 0 || end != at + digits || !(fabsf(value) <= 1000)) return 0;
    if (i >= features && chances && !(value >= 0 && value <= 1)) return 0;
    *(i < features ? x + i : y + i - features) = value;
    at = end;
  }
  return at[strspn(at, " \t\r")] == '\0';
}

static ur_status bad_line(const ur__task *task, int line) {
  const int F = task->arrays[0].width, C = task->arrays[1].width;
  return ur_fail(
      UR_E_TEXT, "",
      "line %d should be %d numbers, %d of the point from -1000 to 1000, and %d to be said of it%s, as %s",
      line, F + C, F, C, task->right == UR__RIGHT_CLASS ? " from 0 to 1" : "",
      F == 1   ? "0.25 1"
      : C == 1 ? "0.5 -0.25 1"
               : "0.5 -0.25 0 1 0");
}

/* Line `number` of the text, from 1, as a string of its own; 0 after the last. */
static int next_line(const char **at, const char *end, char *line, size_t size) {
  if (*at >= end) return 0;
  const char *stop = memchr(*at, '\n', (size_t)(end - *at));
  const size_t length = (size_t)((stop ? stop : end) - *at), kept = length < size ? length : size - 1;
  memcpy(line, *at, kept);
  line[kept] = '\0';
  if (kept < length || memchr(line, '\0', kept)) strcpy(line, "x"); /* no line of numbers is as long */
  *at = stop ? stop + 1 : end;
  return 1;
}

static ur_status read_text(const ur__task *task, ur_bytes text, ur__points *out) {
  char line[256];
  /* those trained on come first, so there are two passes */
  for (int pass = 0; pass < 2; pass++) {
    const char *at = (const char *)text.data, *end = at + text.size;
    for (int number = 1; next_line(&at, end, line, sizeof line); number++) {
      const char *start = line + strspn(line, " \t\r");
      const int unseen = *start == '?', point = out->train + out->unseen;
      if (*start == '\0' || unseen != pass) continue;
      if (point == UR__POINTS_MAX)
        return ur_fail(UR_E_TEXT, "", "there are more than %d points; leave some out", UR__POINTS_MAX);
      if (!read_numbers(task, start + unseen, out->x + point * out->features, out->y + point * out->outputs))
        return bad_line(task, number);
      *(unseen ? &out->unseen : &out->train) += 1;
    }
  }
  return out->train > 0 ? UR_OK
                        : ur_fail(UR_E_TEXT, "", "there is no point to train on; write one a line, as %s",
                                  out->features == 1 ? "0.25 1" : "0.5 -0.25 1");
}

/* ---- both ---- */

ur_status ur__points_create(const ur__task *task, const double *values, uint64_t seed, ur_bytes text,
                            ur__points *out) {
  const int F = task->arrays[0].width, C = task->arrays[1].width, given = text.data != NULL;
  const int n = given ? 0 : (int)values[UR__POINTS_COUNT];
  const size_t room = given ? UR__POINTS_MAX : (size_t)n + UR__POINTS_UNSEEN;
  *out = (ur__points){
      .features = F, .outputs = C, .train = n, .seed = seed, .how = (int)values[UR__POINTS_ORDER]};
  out->unseen = given ? 0 : UR__POINTS_UNSEEN;
  out->x = ur__alloc_array(room, (size_t)(F + C) * sizeof *out->x + sizeof *out->order);
  if (out->x == NULL) {
    *out = (ur__points){0};
    return ur_fail(UR_E_MEMORY, "", "there is no memory left for %zu points", room);
  }
  out->y = out->x + room * (size_t)F;
  out->order = (uint32_t *)(out->y + room * (size_t)C);
  out->shuffled = UINT64_MAX;
  ur_status status = UR_OK;
  if (given) status = read_text(task, text, out);
  for (int set = 0; set < 2 && !given && status == UR_OK; set++)
    status = make(task, values[UR__POINTS_NOISE], set, out);
  if (status != UR_OK) ur__points_free(out);
  return status;
}

void ur__points_free(ur__points *points) {
  ur__free(points->x);
  *points = (ur__points){0};
}

static void put(const ur__points *points, int from, int b, ur__batch *batch) {
  const size_t F = (size_t)points->features, C = (size_t)points->outputs;
  memcpy(ur__batch_reals(batch, "x") + (size_t)b * F, points->x + (size_t)from * F, F * sizeof(float));
  memcpy(ur__batch_reals(batch, "y") + (size_t)b * C, points->y + (size_t)from * C, C * sizeof(float));
}

void ur__points_fill(const ur__points *points, int unseen, uint64_t first, ur__batch *batch) {
  const int apart = unseen && points->unseen > 0, from = apart ? points->train : 0;
  const uint64_t n = (uint64_t)(apart ? points->unseen : points->train);
  batch->length = 1;
  for (int b = 0; b < batch->count; b++) put(points, from + (int)((first + (uint64_t)b) % n), b, batch);
  ur__batch_derive(batch);
}

/* The place of number i of all that are ever trained on. */
static int in_order(ur__points *points, uint64_t i) {
  const uint64_t n = (uint64_t)points->train, epoch = i / n;
  if (points->how == UR__IN_TURN) return (int)(i % n);
  if (points->how == UR__DRAWN) {
    ur_rng stream = ur_rng_stream(points->seed, "data", i);
    return (int)ur_rng_below(&stream, (uint32_t)n);
  }
  if (points->shuffled != epoch) {
    ur_rng stream = ur_rng_stream(points->seed, "data", epoch);
    for (uint32_t k = 0; k < n; k++) points->order[k] = k;
    ur__shuffle(points->order, (uint32_t)n, &stream);
    points->shuffled = epoch;
  }
  return (int)points->order[i % n];
}

void ur__points_next(ur__points *points, uint64_t first, ur__batch *batch) {
  batch->length = 1;
  for (int b = 0; b < batch->count; b++) put(points, in_order(points, first + (uint64_t)b), b, batch);
  ur__batch_derive(batch);
}

void ur__point_print(const ur__task *task, const ur__batch *batch, int b, ur_buffer *out) {
  for (int i = 0; i < 2; i++) {
    const int width = task->arrays[i].width;
    const float *cells = (const float *)batch->cells[i] + b * width;
    for (int k = 0; k < width; k++) ur_buffer_print(out, "%s%.9g", i + k > 0 ? " " : "", (double)cells[k]);
  }
}

ur_status ur__point_read(const ur__task *task, const char *text, ur__batch *batch) {
  const char *start = text + strspn(text, " \t\r?");
  batch->length = 1;
  return read_numbers(task, start, batch->cells[0], batch->cells[1]) ? UR_OK : bad_line(task, 1);
}
