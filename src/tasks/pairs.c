#include "pairs.h"

#include <string.h>

#include "alloc.h"
#include "hash.h"
#include "lines.h"
#include "vocabulary.h"
#include "words.h"

/* ---- reading a text ---- */

typedef struct reader {
  ur__corpus *out;
  int back, collect;
  ur_buffer written; /* a side, as people write it */
} reader;

/* One side of a line: checked, and as its tokens stand in it. */
static ur_status check_side(reader *r, ur_bytes side, const ur__lines *l) {
  const size_t before = (size_t)(side.data - (l->text.data + l->start));
  uint32_t code;
  int bytes;
  for (size_t i = 0; i < side.size; i += (size_t)bytes) {
    const ur__character what = ur__character_at(side.data + i, side.size - i, &code, &bytes);
    if (what != UR__CHARACTER) return ur__character_refused(what, code, l->number, before + i + 1);
  }
  r->written.size = 0;
  ur_buffer_append(&r->written, "", 0);
  ur__words_write(side, &r->written);
  if (r->written.failed) return ur_fail(UR_E_MEMORY, "", "there is no memory left to read a text of pairs");
  if (r->written.size == 0)
    return ur_fail(UR_E_TEXT, "", "line %d has nothing on one side of its tab; write something there",
                   l->number);
  return UR_OK;
}

/* Its tokens, into `tokens` where they are known, else into the vocabulary; how many. */
static ur_status take_side(reader *r, ur_bytes side, const ur__lines *l, int32_t *tokens, int *count) {
  ur_status status = check_side(r, side, l);
  const ur_bytes text = {r->written.data, r->written.size};
  ur_bytes token;
  *count = 0;
  for (size_t at = 0; status == UR_OK; ++*count) {
    status = ur__token_next(r->out, text, &at, &token);
    if (status != UR_OK || token.size == 0) break;
    if (tokens != NULL)
      tokens[*count] = ur__vocabulary_find(r->out, token);
    else if (r->collect ? !ur__vocabulary_collect(r->out, token) : ur__vocabulary_find(r->out, token) < 0)
      return ur__vocabulary_refused(r->out, token, r->collect, l->number);
  }
  if (status == UR_OK && *count > UR__SEQUENCE_MAX)
    status = ur_fail(UR_E_TEXT, "", "line %d has %d %s on one side; use at most %d", l->number, *count,
                     r->out->words ? "words and signs" : "characters", UR__SEQUENCE_MAX);
  return status;
}

/* The two sides of a line, the source first. */
static ur_status cut(const reader *r, const ur__lines *l, ur_bytes sides[2]) {
  const uint8_t *end = l->line.data + l->line.size, *tab = memchr(l->line.data, '\t', l->line.size);
  if (tab == NULL || memchr(tab + 1, '\t', (size_t)(end - tab) - 1) != NULL)
    return ur_fail(UR_E_TEXT, "", "line %d has %s; write a source, one tab and what is written for it",
                   l->number, tab == NULL ? "no tab between two sides" : "more than one tab");
  sides[r->back] = (ur_bytes){l->line.data, (size_t)(tab - l->line.data)};
  sides[!r->back] = (ur_bytes){tab + 1, (size_t)(end - tab) - 1};
  return UR_OK;
}

/* All lines: without `sizes` into the corpus, which has room; else checked, and the tokens of both sides
 * counted. */
static ur_status read_lines(reader *r, ur_bytes text, size_t sizes[2]) {
  ur__corpus *out = r->out;
  ur__lines l = {.text = text};
  uint32_t at[2] = {0, 0}, s = 0;
  for (; ur__lines_next(&l); s++) {
    ur_bytes sides[2];
    ur_status status = cut(r, &l, sides);
    for (int i = 0; i < 2 && status == UR_OK; i++) {
      int32_t *tokens = sizes != NULL ? NULL : (i == 0 ? out->tokens : out->targets) + at[i];
      int count;
      if (tokens != NULL) (i == 0 ? out->starts : out->target_starts)[s] = at[i];
      status = take_side(r, sides[i], &l, tokens, &count);
      at[i] += (uint32_t)count;
      if (count > out->longest) out->longest = count;
    }
    if (status != UR_OK) return status;
  }
  if (sizes == NULL) {
    out->starts[s] = at[0];
    out->target_starts[s] = at[1];
    return UR_OK;
  }
  sizes[0] = at[0];
  sizes[1] = at[1];
  out->sequences = s;
  return UR_OK;
}

static ur_status read_into(reader *r, ur_bytes text) {
  ur__corpus *out = r->out;
  size_t sizes[2];
  ur_status status = read_lines(r, text, sizes);
  if (status != UR_OK) return status;
  if (out->sequences < 2)
    return ur_fail(UR_E_TEXT, "", "the text has %s; give at least two, one to learn from and one to test on",
                   out->sequences == 0 ? "no pairs" : "one pair");
  out->tokens = ur__alloc_array(sizes[0], sizeof *out->tokens);
  out->targets = ur__alloc_array(sizes[1], sizeof *out->targets);
  out->starts = ur__alloc_array((size_t)out->sequences + 1, sizeof *out->starts);
  out->target_starts = ur__alloc_array((size_t)out->sequences + 1, sizeof *out->target_starts);
  if (out->tokens == NULL || out->targets == NULL || out->starts == NULL || out->target_starts == NULL)
    return ur_fail(UR_E_MEMORY, "", "there is no memory left for a text of %u pairs",
                   (unsigned)out->sequences);
  out->hash = ur__fnv1a(UR__FNV_START, text.data, text.size);
  return read_lines(r, text, NULL);
}

ur_status ur__pairs_read(ur_bytes text, const ur__pairing *how, const ur__corpus *known, ur__corpus *out) {
  reader r = {.out = out, .back = how->back, .collect = known == NULL};
  *out = (ur__corpus){.words = how->words};
  ur__vocabulary_begin(out, known);
  ur_status status = ur__corpus_check_size(text);
  if (status == UR_OK) status = read_into(&r, text);
  ur_buffer_free(&r.written);
  if (status != UR_OK) ur__corpus_free(out);
  return status;
}

/* ---- batches ---- */

static uint32_t larger(uint32_t a, uint32_t b) { return a > b ? a : b; }

/* Sequence b of what is written, of batch->length steps. */
static void fill_target(const int32_t *tokens, int count, int b, ur__batch *batch) {
  int32_t *x = ur__batch_tokens(batch, "x"), *y = ur__batch_tokens(batch, "y");
  for (int t = 0; t < batch->length; t++) {
    const int at = t * batch->count + b;
    x[at] = t == 0 ? UR__START : t <= count ? tokens[t - 1] : UR__END;
    y[at] = t < count ? tokens[t] : t == count ? UR__END : -1;
  }
}

void ur__pairs_fill(const ur__corpus *corpus, ur__picked picked, ur__batch *batch) {
  const int B = picked.count;
  int32_t *source = ur__batch_tokens(batch, "source");
  uint32_t longest = 0, written = 0;
  for (int b = 0; b < B; b++) {
    const uint32_t s = picked.sequences[b];
    longest = larger(longest, corpus->starts[s + 1] - corpus->starts[s]);
    written = larger(written, corpus->target_starts[s + 1] - corpus->target_starts[s]);
  }
  batch->count = B;
  batch->source = (int)longest;
  batch->length = (int)written + 1;
  for (int b = 0; b < B; b++) {
    const uint32_t *from = corpus->starts + picked.sequences[b],
                   *to = corpus->target_starts + picked.sequences[b];
    for (uint32_t i = 0; i < longest; i++)
      source[(int)i * B + b] = from[0] + i < from[1] ? corpus->tokens[from[0] + i] : UR__END;
    fill_target(corpus->targets + to[0], (int)(to[1] - to[0]), b, batch);
  }
  ur__batch_derive(batch);
}

/* ---- one that somebody has written ---- */

void ur__pair_target(const int32_t *tokens, int count, ur__batch *batch) {
  batch->length = count + 1;
  fill_target(tokens, count, 0, batch);
  ur__batch_derive(batch);
}

/* The pair of the corpus with this source; NULL where there is none. */
static const uint32_t *find(const ur__corpus *corpus, const int32_t *source, int count) {
  for (uint32_t s = 0; s < corpus->sequences; s++) {
    const uint32_t *from = corpus->starts + s;
    if (from[1] - from[0] == (uint32_t)count &&
        memcmp(corpus->tokens + from[0], source, (size_t)count * sizeof *source) == 0)
      return corpus->target_starts + s;
  }
  return NULL;
}

/* Written as people do, and so read as the corpus was. */
ur_status ur__pair_side(const ur__corpus *corpus, const char *text, int capacity, int32_t *tokens,
                        int *count) {
  ur_buffer written = {0};
  *count = 0;
  ur_buffer_append(&written, "", 0);
  ur__words_write((ur_bytes){(const uint8_t *)text, strlen(text)}, &written);
  const ur_status status =
      written.failed ? ur_fail(UR_E_MEMORY, "", "there is no memory left to read the text")
                     : ur__corpus_encode(corpus, (const char *)written.data, tokens, capacity, count);
  ur_buffer_free(&written);
  return status;
}

ur_status ur__pair_read(const ur__corpus *corpus, const char *text, int capacity, ur__batch *batch) {
  int32_t *source = ur__batch_tokens(batch, "source");
  batch->count = 1;
  batch->length = 0;
  const ur_status status = ur__pair_side(corpus, text, capacity, source, &batch->source);
  if (status != UR_OK) return status;
  if (batch->source == 0)
    return ur_fail(UR_E_TEXT, "", "the source is empty; write at least one %s",
                   corpus->words ? "word" : "character");
  batch->source_lengths[0] = batch->source;
  const uint32_t *known = find(corpus, source, batch->source);
  if (known != NULL) ur__pair_target(corpus->targets + known[0], (int)(known[1] - known[0]), batch);
  return UR_OK;
}
