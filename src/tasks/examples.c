#include "examples.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hash.h"
#include "others.h"
#include "pairs.h"
#include "placed.h"
#include "sentences.h"
#include "sentiment.h"
#include "throws.h"
#include "unroll/rng.h"
#include "vocabulary.h"

/* Symbols for symbols. */
static int is_pair(const ur__task *task) {
  return task->right == UR__RIGHT_SEQUENCE && !ur__has_pictures(task);
}

/* Of the longest. */
static int length_of(const ur__task *task, const double *values) {
  if (ur__has_points(task) || task->arrays[0].axes[0] == 'B') return 1;
  if (ur__has_sentiment(task)) return UR__SENTIMENT_LONGEST;
  if (is_pair(task)) return (int)values[UR__PAIRS_LENGTH];
  if (ur__has_places(task)) return (int)values[UR__PAIRS_LENGTH] + 1; /* and <start> */
  if (ur__has_throws(task)) return (int)values[UR__BALL_LENGTH];
  if (ur__has_others(task)) return ur__other_length(task);
  return task->kind == UR__REMEMBER ? (int)values[UR__REMEMBER_DISTANCE] + 1 : (int)values[UR__ADDING_LENGTH];
}

ur_status ur__examples_vocabulary(const ur__task *task, const double *values, ur__corpus *out) {
  if (ur__has_pictures(task)) return ur__picture_vocabulary(out);
  const char *written = ur__has_points(task)        ? " -.0123456789"
                        : ur__has_throws(task)      ? " ,-.0123456789>"
                        : task->kind == UR__PROTEIN ? UR__RESIDUES
                                                    : " *.0123456789";
  const int letters = !task->arrays[0].real && task->kind != UR__PROTEIN;
  int symbols = (int)strlen(written);
  if (letters)
    symbols = (int)values[task->kind == UR__REMEMBER ? (int)UR__REMEMBER_SYMBOLS : (int)UR__PAIRS_SYMBOLS];
  ur_status status = UR_OK;
  *out = (ur__corpus){0};
  ur__vocabulary_begin(out, NULL);
  out->words = ur__has_sentiment(task);
  if (out->words) {
    symbols = 0;
    status = ur__sentiment_vocabulary(out);
  }
  for (int i = 0; i < symbols && status == UR_OK; i++) {
    const char text[] = {letters ? (char)('a' + i) : written[i], '\0'};
    status = ur__corpus_add_token(out, text);
  }
  out->longest = length_of(task, values);
  return status;
}

ur_status ur__examples_corpus(const ur__task *task, const double *values, ur_bytes text, ur__corpus *out) {
  if (ur__has_sentences(task)) return ur__sentences_read(text, (int)values[UR__SENTENCE_ASKED], out);
  const ur_status status = ur__examples_vocabulary(task, values, out);
  if (status != UR_OK || !ur__has_points(task) || text.data == NULL) return status;
  ur_buffer_append(&out->points, text.data, text.size);
  out->hash = ur__fnv1a(UR__FNV_START, text.data, text.size);
  if (!out->points.failed) return UR_OK;
  ur__corpus_free(out);
  return ur_fail(UR_E_MEMORY, "", "there is no memory left to keep %zu bytes of points", text.size);
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

/* What is written for the source of example b, n symbols, from step 0 on; the rest is padding. */
static void write_pair(const ur__task *task, int b, int n, ur__batch *batch) {
  const int B = batch->count;
  const int32_t *source = ur__batch_tokens(batch, "source");
  int32_t *x = ur__batch_tokens(batch, "x"), *y = ur__batch_tokens(batch, "y");
  for (int t = 0; t < n; t++) {
    int at = t;
    if (task->kind == UR__REVERSED) {
      y[t * B + b] = source[(n - 1 - t) * B + b];
      continue;
    }
    for (; at > 0 && y[(at - 1) * B + b] > source[t * B + b]; at--) y[at * B + b] = y[(at - 1) * B + b];
    y[at * B + b] = source[t * B + b];
  }
  y[n * B + b] = UR__END;
  for (int t = 0; t <= n; t++) x[t * B + b] = t == 0 ? UR__START : y[(t - 1) * B + b];
}

static void draw_source(const ur__examples *examples, ur_rng *stream, int b, int n, ur__batch *batch) {
  const uint32_t symbols = (uint32_t)examples->values[UR__PAIRS_SYMBOLS];
  int32_t *source = ur__batch_tokens(batch, "source");
  for (int t = 0; t < n; t++)
    source[t * batch->count + b] = (int32_t)ur_rng_below(stream, symbols) + UR__MARKS;
}

/* Once sources of these lengths are there: what is written for them, padding, and the batch's size. */
static void finish_pairs(const ur__task *task, const int32_t *lengths, ur__batch *batch) {
  const int B = batch->count;
  int32_t *source = ur__batch_tokens(batch, "source");
  int32_t *x = ur__batch_tokens(batch, "x"), *y = ur__batch_tokens(batch, "y");
  batch->source = 0;
  for (int b = 0; b < B; b++) batch->source = lengths[b] > batch->source ? lengths[b] : batch->source;
  batch->length = batch->source + 1;
  for (int b = 0; b < B; b++) {
    const int n = lengths[b];
    write_pair(task, b, n, batch);
    for (int t = n; t < batch->source; t++) source[t * B + b] = UR__END;
    for (int t = n + 1; t < batch->length; t++) {
      x[t * B + b] = UR__END;
      y[t * B + b] = -1;
    }
  }
}

/* One example as number b of the batch, of a pair its source of n symbols; its hash. Of those with places n
 * counts <start>. */
static uint64_t draw(const ur__examples *examples, ur_rng *stream, int b, int n, ur__batch *batch) {
  const int reals = examples->task->arrays[0].real;
  if (is_pair(examples->task))
    draw_source(examples, stream, b, n, batch);
  else if (ur__has_places(examples->task))
    ur__placed_draw(examples->task, examples->values, stream, b, n - 1, batch);
  else if (ur__has_throws(examples->task))
    ur__throw_fill(examples->values, stream, b, batch, NULL);
  else if (ur__has_others(examples->task))
    ur__other_draw(examples->task, examples->values, stream, b, batch);
  else if (reals)
    draw_adding(stream, b, batch);
  else
    draw_remember(examples->values, stream, b, batch);
  const size_t size = reals ? (size_t)examples->task->arrays[0].width * sizeof(float) : sizeof(int32_t);
  const char *read = batch->cells[0];
  uint64_t hash = UR__FNV_START;
  for (int t = 0; t < n; t++) hash = ur__fnv1a(hash, read + (size_t)(t * batch->count + b) * size, size);
  return hash;
}

/* How long example i is: where lengths differ all are met as often, of those unseen exactly. */
static int length_of_one(const ur__examples *examples, int unseen, uint64_t i, ur_rng *stream) {
  const int longest = length_of(examples->task, examples->values);
  const int places = ur__has_places(examples->task);
  if (!is_pair(examples->task) && !places) return longest;
  const int shortest = places ? ur__placed_shortest(examples->values) + 1 : 1;
  const uint32_t lengths = (uint32_t)(longest - shortest + 1);
  return shortest + (int)(unseen ? i % lengths : ur_rng_below(stream, lengths));
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

/* A tenth of all examples of n steps that can be made, 1..UR__UNSEEN. Sums of numbers have no end that
 * matters. */
static uint32_t most_held_back(const ur__task *task, const double *values, int n) {
  double tenth = ur__has_places(task) ? 0.1 * ur__placed_possible(task, values, n - 1) : 0.1;
  if (task->arrays[0].real || ur__has_others(task)) return UR__UNSEEN;
  for (int t = 0; !ur__has_places(task) && t < n && tenth < UR__UNSEEN; t++)
    tenth *= values[is_pair(task) ? (int)UR__PAIRS_SYMBOLS : (int)UR__REMEMBER_SYMBOLS];
  return tenth < 1 ? 1 : tenth < UR__UNSEEN ? (uint32_t)tenth : UR__UNSEEN;
}

/* Number i of its side: the first draw of its stream that is on it. Before any are held back, the first. */
static ur__sentiment sentence_of(const ur__examples *examples, int unseen, uint64_t i) {
  const uint64_t which = ur__sentiment_stream(examples->values, unseen, i);
  ur_rng stream = ur_rng_stream(examples->seed, unseen ? "unseen" : "data", which);
  ur__sentiment sentence;
  do {
    ur__sentiment_draw(examples->values, unseen, i, &stream, &sentence);
  } while (!unseen && held_back(examples, sentence.key));
  return sentence;
}

/* Picture i of those unseen, or trained on: the first of its draws that is on its side. */
static ur__picture picture_of(const ur__examples *examples, int unseen, uint64_t i) {
  ur_rng stream = ur_rng_stream(examples->seed, unseen ? "unseen" : "data", i);
  ur__picture out;
  do out = ur__picture_draw(&stream);
  while (held_back(examples, ur__picture_hash(&out)) != unseen);
  return out;
}

static void hold_back_pictures(ur__examples *out) {
  for (uint64_t i = 0; i < UR__UNSEEN; i++) {
    ur_rng stream = ur_rng_stream(out->seed, "unseen", i);
    const ur__picture picture = ur__picture_draw(&stream);
    const uint64_t hash = ur__picture_hash(&picture);
    if (!held_back(out, hash)) hold_back(out, hash);
  }
}

static void fill_pictures(const ur__examples *examples, int unseen, uint64_t first, ur__batch *batch) {
  batch->source = UR__PATCHES;
  batch->length = (examples->task->kind == UR__CAPTION ? UR__PICTURE_WORDS - 1 : UR__PICTURE_WORDS) + 1;
  for (int b = 0; b < batch->count; b++) {
    const ur__picture picture = picture_of(examples, unseen, first + (uint64_t)b);
    ur__picture_fill(examples->task, examples->values, &picture, b, batch);
  }
  ur__batch_derive(batch);
}

ur__picture ur__examples_picture(const ur__examples *examples, uint64_t index) {
  return picture_of(examples, 1, index);
}

void ur__examples_begin(const ur__task *task, const double *values, uint64_t seed, ur__examples *out) {
  int32_t x[UR__SEQUENCE_MAX], y[1];
  enum { MOST = 4 * UR__SEQUENCE_MAX }; /* numbers of one example; no task has more */
  float e[MOST], numbers[MOST];
  float counted[UR__SEQUENCE_MAX];
  const int reals = task->arrays[0].real;
  ur__batch one = {.arrays = task->arrays,
                   .cells = {reals ? (void *)e : x, task->arrays[1].real ? (void *)numbers : y, counted},
                   .count = 1};
  uint32_t held[UR__SEQUENCE_MAX + 1] = {0}; /* by length */
  *out = (ur__examples){.task = task, .seed = seed};
  memcpy(out->values, values, sizeof out->values[0] * (size_t)task->setting_count);
  if (ur__has_pictures(task)) {
    hold_back_pictures(out);
    return;
  }
  one.length = length_of(task, values);
  for (uint64_t i = 0; i < UR__UNSEEN; i++) {
    if (ur__has_sentiment(task)) {
      const ur__sentiment sentence = sentence_of(out, 1, i);
      if (!held_back(out, sentence.key)) hold_back(out, sentence.key);
      continue;
    }
    ur_rng stream = ur_rng_stream(seed, "unseen", i);
    const int n = length_of_one(out, 1, i, &stream);
    if (held[n] == most_held_back(task, values, n)) continue;
    const uint64_t hash = draw(out, &stream, 0, n, &one);
    if (held_back(out, hash)) continue;
    hold_back(out, hash);
    held[n]++;
  }
}

ur_status ur__examples_open(const ur__task *task, const double *values, uint64_t seed,
                            const ur__corpus *corpus, ur__examples *out) {
  *out = (ur__examples){.task = task, .seed = seed};
  if (ur__has_sentences(task)) {
    out->sentences = corpus;
    return UR_OK;
  }
  if (!ur__has_points(task)) {
    ur__examples_begin(task, values, seed, out);
    return UR_OK;
  }
  const ur_bytes own = {corpus->points.data, corpus->points.size};
  return ur__points_create(task, values, seed, own, &out->points);
}

void ur__examples_free(ur__examples *examples) { ur__points_free(&examples->points); }

void ur__examples_fill(const ur__examples *examples, int unseen, uint64_t first, ur__batch *batch) {
  if (ur__has_points(examples->task)) {
    ur__points_fill(&examples->points, unseen, first, batch);
    return;
  }
  if (ur__has_sentences(examples->task)) {
    ur__sentences_fill(examples->sentences, first, batch);
    return;
  }
  if (ur__has_pictures(examples->task)) {
    fill_pictures(examples, unseen, first, batch);
    return;
  }
  batch->length = length_of(examples->task, examples->values);
  for (int b = 0; b < batch->count; b++) {
    const uint64_t i = first + (uint64_t)b;
    if (ur__has_sentiment(examples->task)) {
      const ur__sentiment sentence = sentence_of(examples, unseen, i);
      ur__sentiment_put(examples->task, examples->values, &sentence, b, batch);
      continue;
    }
    ur_rng stream = ur_rng_stream(examples->seed, unseen ? "unseen" : "data", i);
    const int n = length_of_one(examples, unseen, i, &stream);
    while (held_back(examples, draw(examples, &stream, b, n, batch)) != unseen) continue;
    if (is_pair(examples->task)) batch->source_lengths[b] = n;
  }
  if (is_pair(examples->task)) finish_pairs(examples->task, batch->source_lengths, batch);
  if (ur__has_places(examples->task) || examples->task->kind == UR__SENTIMENT) ur__placed_finish(batch);
  ur__batch_derive(batch);
}

void ur__example_print(const ur__task *task, const ur__corpus *corpus, const ur__batch *batch, int b,
                       ur_buffer *out) {
  if (ur__has_points(task)) {
    ur__point_print(task, batch, b, out);
    return;
  }
  if (ur__has_sentences(task)) {
    ur__sentence_print(corpus, batch, b, out);
    return;
  }
  if (ur__has_throws(task)) {
    ur__throw_print(batch, b, out);
    return;
  }
  if (ur__has_others(task)) {
    ur__other_print(task, corpus, batch, b, out);
    return;
  }
  if (ur__has_sentiment(task)) {
    ur__sentiment_print(task, corpus, batch, b, out);
    return;
  }
  const int32_t *x = ur__batch_tokens(batch, is_pair(task) ? "source" : "x");
  const float *e = ur__batch_reals(batch, "e");
  const int first = ur__has_places(task); /* behind <start> */
  const int steps = is_pair(task) ? batch->source_lengths[b] : batch->lengths[b] - first;
  if (x != NULL) ur__corpus_write(corpus, x + first * batch->count + b, steps, batch->count, out);
  for (int t = 0; x == NULL && t < steps; t++) {
    const float *step = e + (t * batch->count + b) * UR__FEATURES;
    ur_buffer_print(out, "%s%s%.8f", t > 0 ? " " : "", step[1] > 0 ? "*" : "", (double)step[0]);
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

static ur_status read_placed(const ur__task *task, const ur__corpus *corpus, const char *text, int capacity,
                             ur__batch *batch) {
  int32_t *x = ur__batch_tokens(batch, "x");
  int n = 0;
  x[0] = UR__START;
  const ur_status status = ur__corpus_encode(corpus, text, x + 1, capacity - 1, &n);
  batch->length = n + 1;
  return status == UR_OK ? ur__placed_answer(task, n, batch) : status;
}

static ur_status read_pair(const ur__task *task, const ur__corpus *corpus, const char *text, int capacity,
                           ur__batch *batch) {
  const ur_status status = ur__pair_read(corpus, text, capacity, batch);
  if (status == UR_OK && ur__makes_examples(task)) finish_pairs(task, &(int32_t){batch->source}, batch);
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

static ur_status read_sentiment(const ur__task *task, const double *values, const ur__corpus *corpus,
                                const char *text, int capacity, ur__batch *batch) {
  ur__sentiment sentence;
  const ur_status status = ur__sentiment_read(corpus, text, capacity, &sentence);
  batch->length = task->kind == UR__SENTIMENT ? sentence.count : 1;
  if (status == UR_OK) ur__sentiment_put(task, values, &sentence, 0, batch);
  return status;
}

static ur_status read_picture(const ur__task *task, const double *values, const char *text,
                              ur__batch *batch) {
  ur__picture picture;
  const ur_status status = ur__picture_read(text, &picture);
  if (status != UR_OK) return status;
  batch->source = UR__PATCHES;
  batch->length = UR__PICTURE_WORDS + 1;
  const int words = ur__picture_fill(task, values, &picture, 0, batch);
  batch->length = words > 0 ? words + 1 : 0;
  return UR_OK;
}

ur_status ur__example_read(const ur__task *task, const double *values, const ur__corpus *corpus,
                           const char *text, int capacity, ur__batch *batch) {
  batch->count = 1;
  if (ur__has_sentences(task)) return ur__sentence_read(corpus, text, batch);
  const ur_status status = ur__has_points(task)   ? ur__point_read(task, text, batch)
                           : ur__has_throws(task) ? ur__throw_read(values, text, capacity, batch, NULL)
                           : ur__has_others(task) ? ur__other_read(task, corpus, text, capacity, batch)
                           : ur__has_sentiment(task)
                               ? read_sentiment(task, values, corpus, text, capacity, batch)
                           : ur__has_pictures(task)     ? read_picture(task, values, text, batch)
                           : is_pair(task)              ? read_pair(task, corpus, text, capacity, batch)
                           : ur__has_places(task)       ? read_placed(task, corpus, text, capacity, batch)
                           : task->kind == UR__REMEMBER ? read_remember(corpus, text, capacity, batch)
                                                        : read_adding(text, capacity, batch);
  if (status == UR_OK && batch->length > 0) ur__batch_derive(batch);
  return status;
}
