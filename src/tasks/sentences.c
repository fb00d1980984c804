#include "sentences.h"

#include <string.h>

#include "hash.h"
#include "lines.h"
#include "vocabulary.h"
#include "words.h"

static const char given[] = "Zuko made his uncle tea\nhis uncle likes green tea\n";

/* The text of a corpus: the reader's own, or what comes with the task. */
static ur_bytes text_of(const ur__corpus *corpus) {
  if (corpus->points.size > 0) return (ur_bytes){corpus->points.data, corpus->points.size};
  return (ur_bytes){(const uint8_t *)given, sizeof given - 1};
}

/* A line in two: before its bar and behind it, the latter without data where there is no bar. */
static ur_status cut(ur_bytes line, int number, ur_bytes sides[2]) {
  const uint8_t *end = line.data + line.size, *bar = memchr(line.data, '|', line.size);
  sides[0] = (ur_bytes){line.data, bar != NULL ? (size_t)(bar - line.data) : line.size};
  sides[1] = bar != NULL ? (ur_bytes){bar + 1, (size_t)(end - bar) - 1} : (ur_bytes){NULL, 0};
  if (bar != NULL && memchr(bar + 1, '|', (size_t)(end - bar) - 1) != NULL)
    return ur_fail(UR_E_TEXT, "", "line %d has more than one bar; write one between two sentences", number);
  return UR_OK;
}

/* The words of one side, into the vocabulary; how many. */
static ur_status collect(ur__corpus *out, ur_bytes side, int number, int *count) {
  ur_bytes word;
  *count = 0;
  for (size_t at = 0; (word = ur__words_next(side, &at)).size > 0; ++*count) {
    if (!ur__vocabulary_collect(out, word)) return ur__vocabulary_refused(out, word, 1, number);
    if (out->vocabulary_size > UR__MARKS + UR__SENTENCE_WORDS)
      return ur_fail(UR_E_TEXT, "", "line %d brings more than %d different words into the text; use fewer",
                     number, UR__SENTENCE_WORDS);
  }
  if (*count == 0) return ur_fail(UR_E_TEXT, "", "line %d has no word on one side; write one there", number);
  if (*count > UR__SENTENCE_WORDS)
    return ur_fail(UR_E_TEXT, "", "line %d has %d words in a sentence; use at most %d", number, *count,
                   UR__SENTENCE_WORDS);
  return UR_OK;
}

static ur_status check_line(const ur__lines *l) {
  uint32_t code;
  int bytes;
  for (size_t i = 0; i < l->line.size; i += (size_t)bytes) {
    const ur__character what = ur__character_at(l->line.data + i, l->line.size - i, &code, &bytes);
    if (what != UR__CHARACTER)
      return ur__character_refused(what, code, l->number,
                                   (size_t)(l->line.data - l->text.data) - l->start + i + 1);
  }
  return UR_OK;
}

static ur_status read_lines(ur__corpus *out) {
  ur__lines l = {.text = text_of(out)};
  ur_bytes sides[2];
  int lines = 0, count;
  for (; ur__lines_next(&l); lines++) {
    ur_status status = check_line(&l);
    if (status == UR_OK) status = cut(l.line, l.number, sides);
    for (int i = 0; i < 2 && status == UR_OK && sides[i].data != NULL; i++) {
      status = collect(out, sides[i], l.number, &count);
      if (status == UR_OK && count > out->longest) out->longest = count;
    }
    if (status != UR_OK) return status;
  }
  return lines > 0 ? UR_OK : ur_fail(UR_E_TEXT, "", "the text is empty; write at least one word");
}

ur_status ur__sentences_read(ur_bytes text, int asked, ur__corpus *out) {
  *out = (ur__corpus){.words = 1, .asked = asked};
  ur_status status = ur__corpus_check_size(text);
  ur__vocabulary_begin(out, NULL);
  if (status == UR_OK && text.data != NULL) {
    ur_buffer_append(&out->points, text.data, text.size);
    out->hash = ur__fnv1a(UR__FNV_START, text.data, text.size);
    if (out->points.failed)
      status = ur_fail(UR_E_MEMORY, "", "there is no memory left to keep the sentences");
    else if (text.size == 0)
      status = ur_fail(UR_E_TEXT, "", "the text is empty; write at least one word");
  }
  if (status == UR_OK) status = read_lines(out);
  if (status != UR_OK)
    ur__corpus_free(out);
  else
    out->longest = UR__SENTENCE_WORDS; /* any sentence of its words may be read */
  return status;
}

/* Sentence i; after the last comes the first. */
static ur_bytes line_of(const ur__corpus *corpus, uint64_t i) {
  uint64_t lines = 0;
  ur__lines l = {.text = text_of(corpus)};
  while (ur__lines_next(&l)) lines++;
  l = (ur__lines){.text = text_of(corpus)};
  for (uint64_t at = 0; at <= i % lines; at++) ur__lines_next(&l);
  return l.line;
}

/* Example b of a batch, each side padded up to the longest. */
static ur_status fill(const ur__corpus *corpus, ur_bytes line, int b, ur__batch *batch) {
  int32_t *const cells[] = {ur__batch_tokens(batch, "x"), ur__batch_tokens(batch, "keys")};
  ur_bytes sides[2], word;
  int counts[2] = {0, 0};
  ur_status status = cut(line, 1, sides);
  for (int i = 0; i < 2 && status == UR_OK; i++) {
    const ur_bytes side = sides[i].data != NULL ? sides[i] : sides[0];
    for (size_t at = 0; (word = ur__words_next(side, &at)).size > 0; counts[i]++) {
      const int32_t token = ur__vocabulary_find(corpus, word);
      if (token < 0)
        return ur_fail(UR_E_TEXT, "",
                       "these weights have no vector for %.*s; remove it or give a text with it",
                       (int)(word.size < 40 ? word.size : 40), (const char *)word.data);
      if (counts[i] == UR__SENTENCE_WORDS)
        return ur_fail(UR_E_TEXT, "", "there are more than %d words in a sentence; use fewer",
                       UR__SENTENCE_WORDS);
      cells[i][counts[i] * batch->count + b] = token;
    }
    if (counts[i] == 0) return ur_fail(UR_E_TEXT, "", "there is no word on one side; write one there");
    for (int t = counts[i]; t < UR__SENTENCE_WORDS; t++) cells[i][t * batch->count + b] = UR__END;
  }
  if (status == UR_OK)
    ur__batch_tokens(batch, "y")[b] = corpus->asked < counts[0] ? corpus->asked : counts[0];
  return status;
}

void ur__sentences_fill(const ur__corpus *corpus, uint64_t first, ur__batch *batch) {
  batch->length = batch->source = UR__SENTENCE_WORDS;
  for (int b = 0; b < batch->count; b++) fill(corpus, line_of(corpus, first + (uint64_t)b), b, batch);
  ur__batch_derive(batch);
}

ur_status ur__sentence_read(const ur__corpus *corpus, const char *text, ur__batch *batch) {
  const ur_status status = fill(corpus, (ur_bytes){(const uint8_t *)text, strlen(text)}, 0, batch);
  if (status != UR_OK) return status;
  batch->length = batch->source = UR__SENTENCE_WORDS;
  ur__batch_derive(batch);
  batch->length = batch->lengths[0];
  batch->source = batch->source_lengths[0];
  return UR_OK;
}

void ur__sentence_print(const ur__corpus *corpus, const ur__batch *batch, int b, ur_buffer *out) {
  const int32_t *x = ur__batch_tokens(batch, "x") + b, *keys = ur__batch_tokens(batch, "keys") + b;
  const int T = batch->lengths[b], S = batch->source_lengths[b];
  int same = T == S;
  for (int t = 0; t < T && same; t++) same = x[t * batch->count] == keys[t * batch->count];
  ur__corpus_write(corpus, x, T, batch->count, out);
  if (same) return;
  ur_buffer_append(out, " | ", 3);
  ur__corpus_write(corpus, keys, S, batch->count, out);
}
