#include "examples.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hash.h"
#include "unroll/rng.h"

static int length_of(const ur__task *task, const double *values) {
  return task->kind == UR__REMEMBER ? (int)values[UR__REMEMBER_DISTANCE] + 1 : (int)values[UR__ADDING_LENGTH];
}

ur_status ur__examples_vocabulary(const ur__task *task, const double *values, ur__corpus *out) {
  static const char written[] = " *.0123456789";
  const int symbols =
      task->kind == UR__REMEMBER ? (int)values[UR__REMEMBER_SYMBOLS] : (int)sizeof written - 1;
  *out = (ur__corpus){0};
  ur_status status = ur__corpus_add_token(out, "<start>");
  if (status == UR_OK) status = ur__corpus_add_token(out, "<end>");
  for (int i = 0; i < symbols && status == UR_OK; i++) {
    const char text[] = {task->kind == UR__REMEMBER ? (char)('a' + i) : written[i], '\0'};
    status = ur__corpus_add_token(out, text);
  }
  out->longest = length_of(task, values);
  return status;
}

static void draw_remember(const double *values, ur_rng *stream, int b, ur__batch *batch) {
  const uint32_t symbols = (uint32_t)values[UR__REMEMBER_SYMBOLS];
  int32_t *x = ur__batch_tokens(batch, "x");
  for (int t = 0; t < batch->length; t++)
    x[t * batch->count + b] = (int32_t)ur_rng_below(stream, symbols) + UR__MARKS;
  ur__batch_tokens(batch, "y")[b] = x[b];
}

static void draw_adding(ur_rng *stream, int b, ur__batch *batch) {
  const uint32_t half = (uint32_t)batch->length / 2, rest = (uint32_t)batch->length - half;
  float *e = ur__batch_reals(batch, "e"), *sum = ur__batch_reals(batch, "y") + b;
  for (int t = 0; t < batch->length; t++) {
    float *step = e + (t * batch->count + b) * UR__FEATURES;
    step[0] = ur_rng_uniform(stream);
    step[1] = 0;
  }
  const uint32_t marks[] = {ur_rng_below(stream, half), half + ur_rng_below(stream, rest)};
  *sum = 0;
  for (int i = 0; i < 2; i++) {
    float *step = e + (marks[i] * (uint32_t)batch->count + (uint32_t)b) * UR__FEATURES;
    step[1] = 1;
    *sum += step[0];
  }
}

/* One example as number b of the batch; its hash. */
static uint64_t draw(const ur__examples *examples, ur_rng *stream, int b, ur__batch *batch) {
  const int remember = examples->task->kind == UR__REMEMBER;
  uint64_t hash = UR__FNV_START;
  if (remember)
    draw_remember(examples->values, stream, b, batch);
  else
    draw_adding(stream, b, batch);
  const size_t step = remember ? sizeof(int32_t) : UR__FEATURES * sizeof(float);
  const char *read = batch->cells[ur__array_find(batch->arrays, remember ? "x" : "e")];
  for (int t = 0; t < batch->length; t++)
    hash = ur__fnv1a(hash, read + (size_t)(t * batch->count + b) * step, step);
  return hash;
}

/* Where a hash stands or would stand among those held back. */
static uint32_t rank(const ur__examples *examples, uint64_t hash) {
  uint32_t low = 0, high = examples->distinct;
  while (low < high) {
    const uint32_t middle = (low + high) / 2;
    if (examples->unseen[middle] < hash)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

static int held_back(const ur__examples *examples, uint64_t hash) {
  const uint32_t at = rank(examples, hash);
  return at < examples->distinct && examples->unseen[at] == hash;
}

static void hold_back(ur__examples *examples, uint64_t hash) {
  const uint32_t at = rank(examples, hash);
  memmove(examples->unseen + at + 1, examples->unseen + at,
          (examples->distinct++ - at) * sizeof *examples->unseen);
  examples->unseen[at] = hash;
}

/* A tenth of all examples that can be made, 1..UR__UNSEEN. Sums of numbers have no end that matters. */
static uint32_t most_held_back(const ur__task *task, const double *values) {
  double tenth = 0.1;
  if (task->kind != UR__REMEMBER) return UR__UNSEEN;
  for (int t = 0; t < length_of(task, values) && tenth < UR__UNSEEN; t++)
    tenth *= values[UR__REMEMBER_SYMBOLS];
  return tenth < 1 ? 1 : tenth < UR__UNSEEN ? (uint32_t)tenth : UR__UNSEEN;
}

void ur__examples_begin(const ur__task *task, const double *values, uint64_t seed, ur__examples *out) {
  int32_t x[UR__SEQUENCE_MAX], y[1];
  float e[UR__SEQUENCE_MAX * UR__FEATURES], number[1];
  const int reals = task->arrays[0].real;
  ur__batch one = {
      .arrays = task->arrays, .cells = {reals ? (void *)e : x, reals ? (void *)number : y}, .count = 1};
  const uint32_t most = most_held_back(task, values);
  *out = (ur__examples){.task = task, .seed = seed};
  memcpy(out->values, values, sizeof out->values[0] * (size_t)task->setting_count);
  one.length = length_of(task, values);
  for (uint64_t i = 0; i < UR__UNSEEN && out->distinct < most; i++) {
    ur_rng stream = ur_rng_stream(seed, "unseen", i);
    const uint64_t hash = draw(out, &stream, 0, &one);
    if (!held_back(out, hash)) hold_back(out, hash);
  }
}

void ur__examples_fill(const ur__examples *examples, int unseen, uint64_t first, ur__batch *batch) {
  batch->length = length_of(examples->task, examples->values);
  for (int b = 0; b < batch->count; b++) {
    ur_rng stream = ur_rng_stream(examples->seed, unseen ? "unseen" : "data", first + (uint64_t)b);
    while (held_back(examples, draw(examples, &stream, b, batch)) != unseen) continue;
  }
  ur__batch_derive(batch);
}

void ur__example_print(const ur__task *task, const ur__corpus *corpus, const ur__batch *batch, int b,
                       ur_buffer *out) {
  const int32_t *x = ur__batch_tokens(batch, "x");
  const float *e = ur__batch_reals(batch, "e");
  for (int t = 0; t < batch->length; t++) {
    const int at = t * batch->count + b;
    if (task->kind == UR__REMEMBER) {
      ur_buffer_print(out, "%s", corpus->texts[x[at]]);
    } else {
      const float *step = e + at * UR__FEATURES;
      ur_buffer_print(out, "%s%s%.8f", t > 0 ? " " : "", step[1] > 0 ? "*" : "", (double)step[0]);
    }
  }
}

static ur_status read_remember(const ur__corpus *corpus, const char *text, int capacity, ur__batch *batch) {
  int32_t *x = ur__batch_tokens(batch, "x");
  const ur_status status = ur__corpus_encode(corpus, text, x, capacity, &batch->length);
  if (status == UR_OK && batch->length == 0)
    return ur_fail(UR_E_TEXT, "", "the text is empty; write at least one character");
  ur__batch_tokens(batch, "y")[0] = x[0];
  return status;
}

static ur_status read_adding(const char *text, int capacity, ur__batch *batch) {
  float *e = ur__batch_reals(batch, "e"), *sum = ur__batch_reals(batch, "y");
  batch->length = 0;
  *sum = 0;
  for (const char *at = text + strspn(text, " "); *at != 0; at += strspn(at, " ")) {
    const int marked = *at == '*';
    const char *number = at + marked;
    const size_t digits = strspn(number, "0123456789.");
    char *end;
    const float value = strtof(number, &end);
    if (digits == 0 || end != number + digits || (*end != ' ' && *end != 0) || value > 1)
      return ur_fail(UR_E_TEXT, "", "number %d should be from 0 to 1, with a * before it where it is marked",
                     batch->length + 1);
    if (batch->length == capacity)
      return ur_fail(UR_E_TEXT, "", "there are more than %d numbers; write fewer", capacity);
    float *step = e + batch->length++ * UR__FEATURES;
    step[0] = value;
    step[1] = (float)marked;
    if (marked) *sum += value;
    at = end;
  }
  return batch->length > 0 ? UR_OK
                           : ur_fail(UR_E_TEXT, "", "the text is empty; write numbers like 0.5 *0.25");
}

ur_status ur__example_read(const ur__task *task, const ur__corpus *corpus, const char *text, int capacity,
                           ur__batch *batch) {
  batch->count = 1;
  const ur_status status = task->kind == UR__REMEMBER ? read_remember(corpus, text, capacity, batch)
                                                      : read_adding(text, capacity, batch);
  if (status == UR_OK) ur__batch_derive(batch);
  return status;
}
