#include "others.h"

#include <math.h>
#include <string.h>

#include "decimal.h"
#include "vocabulary.h"

/* ---- protein ---- */

/* In the order of UR__RESIDUES. Hydropathy in tenths: Kyte and Doolittle 1982, table 2. How many of 10,000
 * residues: UniProtKB/Swiss-Prot, release statistics 2023, section 6. */
static const int8_t hydropathy[] = {18, 25,  -35, -35, 28,  -4, -32, 45, -39, 38,
                                    19, -35, -16, -35, -45, -8, -7,  42, -9,  -13};
static const int16_t frequency[] = {825, 138, 546, 671, 386, 707, 227, 590, 580, 964,
                                    241, 406, 474, 393, 552, 665, 536, 685, 110, 292};

double ur__protein_hydropathy(int i) { return hydropathy[i] / 10.0; }

int ur__protein_stretch(const int32_t *residues, int n, int apart, double *mean) {
  const int window = n < UR__PROTEIN_WINDOW ? n : UR__PROTEIN_WINDOW;
  int most = INT32_MIN, first = 0;
  for (int t = 0; t + window <= n; t++) {
    int sum = 0;
    for (int i = t; i < t + window; i++) sum += hydropathy[residues[i * apart] - UR__MARKS];
    if (sum > most) most = sum, first = t;
  }
  *mean = most / (10.0 * window);
  return first;
}

static int32_t draw_residue(ur_rng *stream) {
  int all = 0, at = 0;
  for (size_t i = 0; i < sizeof frequency / sizeof *frequency; i++) all += frequency[i];
  int left = (int)ur_rng_below(stream, (uint32_t)all);
  while (left >= frequency[at]) left -= frequency[at++];
  return at + UR__MARKS;
}

static void answer_protein(int b, int end, ur__batch *batch) {
  float *y = ur__batch_reals(batch, "y") + 2 * b;
  y[0] = (float)!end, y[1] = (float)end;
}

static void draw_protein(ur_rng *stream, int b, ur__batch *batch) {
  const int n = batch->length - 1, B = batch->count, end = (int)ur_rng_below(stream, 2);
  const int third = (n - UR__PROTEIN_WINDOW) / 3;
  int32_t *x = ur__batch_tokens(batch, "x") + b;
  double mean;
  int first;
  x[0] = UR__START;
  do {
    for (int t = 1; t <= n; t++) x[t * B] = draw_residue(stream);
    first = ur__protein_stretch(x + B, n, B, &mean);
  } while (mean < UR__PROTEIN_BURIED || (end ? n - UR__PROTEIN_WINDOW - first : first) > third);
  answer_protein(b, end, batch);
}

/* ---- digits ---- */

/* Corners of the pen's way on a grid of 3 by 5, a to c on top. */
static const char *const ways[UR__DIGITS] = {"acoma",  "dbn",    "dbfmo", "acihiom", "agico",
                                             "cagiom", "camoig", "acn",   "acomagi", "igacom"};

typedef struct point {
  double x, y;
} point;

static double to_stroke(point p, point a, point b) {
  const double dx = b.x - a.x, dy = b.y - a.y, all = dx * dx + dy * dy;
  double s = all > 0 ? ((p.x - a.x) * dx + (p.y - a.y) * dy) / all : 0;
  s = s < 0 ? 0 : s > 1 ? 1 : s;
  const double x = p.x - a.x - s * dx, y = p.y - a.y - s * dy;
  return sqrt(x * x + y * y);
}

static double spread(ur_rng *stream, double by) { return by * (2 * (double)ur_rng_uniform(stream) - 1); }

/* Points in the order of a picture are cells of the patches that are its steps. */
static float *cell_of(ur__batch *batch, int b, int row, int column) {
  const int side = UR__DIGIT_PATCH, across = UR__DIGIT_SIDE / side;
  const int t = 1 + row / side * across + column / side, at = row % side * side + column % side;
  return ur__batch_reals(batch, "x") + (t * batch->count + b) * side * side + at;
}

static void answer_digit(int b, int digit, ur__batch *batch) {
  for (int i = 0; i < UR__DIGIT_PATCH * UR__DIGIT_PATCH; i++)
    ur__batch_reals(batch, "x")[b * UR__DIGIT_PATCH * UR__DIGIT_PATCH + i] = 0;
  for (int c = 0; c < UR__DIGITS; c++) ur__batch_reals(batch, "y")[b * UR__DIGITS + c] = (float)(c == digit);
}

static void draw_digit(double noise, ur_rng *stream, int b, ur__batch *batch) {
  const int digit = (int)ur_rng_below(stream, UR__DIGITS);
  point corners[8];
  int n = 0;
  const double width = 4 + spread(stream, 1.2), height = 7 + spread(stream, 1.5),
               slant = spread(stream, 0.25);
  const double left = (UR__DIGIT_SIDE - width) / 2 + spread(stream, 1.6);
  const double top = (UR__DIGIT_SIDE - height) / 2 + spread(stream, 1.3), pen = 0.7 + spread(stream, 0.3);
  for (const char *way = ways[digit]; *way != '\0'; way++, n++) {
    const double y = (*way - 'a') / 3 / 4.0 * height;
    corners[n].x = left + (*way - 'a') % 3 / 2.0 * width + slant * (height / 2 - y) + spread(stream, 0.4);
    corners[n].y = top + y + spread(stream, 0.4);
  }
  for (int i = 0; i < UR__DIGIT_POINTS; i++) {
    const point p = {i % UR__DIGIT_SIDE + 0.5, i / UR__DIGIT_SIDE + 0.5};
    double least = UR__DIGIT_SIDE;
    for (int c = 0; c + 1 < n; c++) {
      const double away = to_stroke(p, corners[c], corners[c + 1]);
      least = away < least ? away : least;
    }
    const double ink = 1 - (least - pen), in = ink < 0 ? 0 : ink > 1 ? 1 : ink;
    const double tenths = floor(9 * (in + noise * (double)ur_rng_normal(stream)) + 0.5);
    *cell_of(batch, b, i / UR__DIGIT_SIDE, i % UR__DIGIT_SIDE) = (float)(tenths < 0   ? 0
                                                                         : tenths > 9 ? 9
                                                                                      : tenths) /
                                                                 9;
  }
  answer_digit(b, digit, batch);
}

static void print_digit(const ur__batch *batch, int b, ur_buffer *out) {
  ur__batch one = *batch;
  const float *y = ur__batch_reals(batch, "y") + b * UR__DIGITS;
  int digit = 0;
  while (digit + 1 < UR__DIGITS && y[digit] == 0) digit++;
  ur_buffer_print(out, "%d ", digit);
  for (int i = 0; i < UR__DIGIT_POINTS; i++)
    ur_buffer_print(out, "%d", (int)(9 * *cell_of(&one, b, i / UR__DIGIT_SIDE, i % UR__DIGIT_SIDE) + 0.5f));
}

static ur_status read_digit(const char *text, ur__batch *batch) {
  static const char figures[] = "0123456789";
  if (strspn(text, figures) != 1 || text[1] != ' ' || strspn(text + 2, figures) != UR__DIGIT_POINTS ||
      text[2 + UR__DIGIT_POINTS] != '\0')
    return ur_fail(UR_E_TEXT, "", "there should be a digit, a space and %d points from 0 to 9, row by row",
                   UR__DIGIT_POINTS);
  batch->length = UR__DIGIT_STEPS + 1;
  for (int i = 0; i < UR__DIGIT_POINTS; i++)
    *cell_of(batch, 0, i / UR__DIGIT_SIDE, i % UR__DIGIT_SIDE) = (float)(text[2 + i] - '0') / 9;
  answer_digit(0, text[0] - '0', batch);
  return UR_OK;
}

/* ---- days ---- */

#define DAYS_MOST 9.99

/* Day t from 1 of n, the one after the last is the answer. */
static void put_day(ur__batch *batch, int b, int t, int n, double sold) {
  const float value = (float)(floor(100 * (sold < 0 ? 0 : sold > DAYS_MOST ? DAYS_MOST : sold) + 0.5) / 100);
  if (t > n)
    ur__batch_reals(batch, "y")[b] = value;
  else
    ur__batch_reals(batch, "x")[t * batch->count + b] = value;
}

static void draw_days(double noise, ur_rng *stream, int b, ur__batch *batch) {
  const int n = batch->length - 1, weekly = (int)ur_rng_below(stream, 2);
  double week[7], level = 2 + spread(stream, 1);
  for (int d = 0; d < 7; d++) week[d] = weekly ? 0.6 * (double)ur_rng_normal(stream) : 0;
  ur__batch_reals(batch, "x")[b] = 0;
  for (int t = 1; t <= n + 1; t++) {
    put_day(batch, b, t, n, level + week[t % 7] + noise * (double)ur_rng_normal(stream));
    level += (weekly ? 0 : 0.3) * (double)ur_rng_normal(stream);
  }
}

static void print_days(const ur__batch *batch, int b, ur_buffer *out) {
  const float *x = ur__batch_reals(batch, "x");
  for (int t = 1; t < batch->length; t++) ur_buffer_print(out, "%.2f ", (double)x[t * batch->count + b]);
  ur_buffer_print(out, "%.2f", (double)ur__batch_reals(batch, "y")[b]);
}

static ur_status read_days(const char *text, int capacity, ur__batch *batch) {
  double sold[UR__SEQUENCE_MAX + 1];
  int n = 0;
  for (const char *at = text + strspn(text, " "); *at != 0; at += strspn(at, " ")) {
    const char *end;
    const double value = ur__decimal_read(at, &end);
    const size_t digits = strspn(at, "0123456789.");
    if (digits == 0 || end != at + digits || (*end != ' ' && *end != 0) || value > DAYS_MOST)
      return ur_fail(UR_E_TEXT, "", "day %d should be a number from 0 to %.2f", n + 1, DAYS_MOST);
    if (n == capacity || n > UR__SEQUENCE_MAX)
      return ur_fail(UR_E_TEXT, "", "there are more than %d days and the one after; write fewer", n - 1);
    sold[n++] = value;
    at = end;
  }
  if (n < 2) return ur_fail(UR_E_TEXT, "", "there should be two days at least, the last the answer");
  batch->length = n;
  ur__batch_reals(batch, "x")[0] = 0;
  for (int t = 1; t <= n; t++) put_day(batch, 0, t, n - 1, sold[t - 1]);
  return UR_OK;
}

/* ---- all three ---- */

int ur__other_length(const ur__task *task) {
  return 1 + (task->kind == UR__PROTEIN ? UR__PROTEIN_STEPS
              : task->kind == UR__DIGIT ? UR__DIGIT_STEPS
                                        : UR__DAYS_STEPS);
}

void ur__other_draw(const ur__task *task, const double *values, ur_rng *stream, int b, ur__batch *batch) {
  if (task->kind == UR__PROTEIN)
    draw_protein(stream, b, batch);
  else if (task->kind == UR__DIGIT)
    draw_digit(values[UR__OTHER_NOISE], stream, b, batch);
  else
    draw_days(values[UR__OTHER_NOISE], stream, b, batch);
}

void ur__other_print(const ur__task *task, const ur__corpus *corpus, const ur__batch *batch, int b,
                     ur_buffer *out) {
  if (task->kind == UR__PROTEIN)
    ur__corpus_write(corpus, ur__batch_tokens(batch, "x") + batch->count + b, batch->lengths[b] - 1,
                     batch->count, out);
  else if (task->kind == UR__DIGIT)
    print_digit(batch, b, out);
  else
    print_days(batch, b, out);
}

static ur_status read_protein(const ur__corpus *corpus, const char *text, int capacity, ur__batch *batch) {
  int32_t *x = ur__batch_tokens(batch, "x");
  int n = 0;
  x[0] = UR__START;
  const ur_status status = ur__corpus_encode(corpus, text, x + 1, capacity - 1, &n);
  if (status != UR_OK) return status;
  if (n == 0) return ur_fail(UR_E_TEXT, "", "the text is empty; write residues, like MKVLA");
  batch->length = n + 1;
  double mean;
  answer_protein(0, 2 * ur__protein_stretch(x + 1, n, 1, &mean) > n - UR__PROTEIN_WINDOW, batch);
  return UR_OK;
}

ur_status ur__other_read(const ur__task *task, const ur__corpus *corpus, const char *text, int capacity,
                         ur__batch *batch) {
  return task->kind == UR__PROTEIN ? read_protein(corpus, text, capacity, batch)
         : task->kind == UR__DIGIT ? read_digit(text, batch)
                                   : read_days(text, capacity, batch);
}
