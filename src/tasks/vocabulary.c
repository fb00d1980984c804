#include "vocabulary.h"

#include <string.h>

#include "utf8.h"
#include "words.h"

static ur_bytes bytes_of(const char *text) { return (ur_bytes){(const uint8_t *)text, strlen(text)}; }

/* As strcmp, of a token that ends with its bytes. */
static int compare(const char *text, ur_bytes token) {
  const int order = strncmp(text, (const char *)token.data, token.size);
  return order != 0 ? order : text[token.size] != 0;
}

/* Where a token, shorter than UR__TOKEN_MAX, stands or would stand. */
static int rank(const ur__corpus *corpus, ur_bytes token) {
  int low = UR__MARKS, high = corpus->vocabulary_size;
  while (low < high) {
    const int middle = (low + high) / 2;
    if (compare(corpus->texts[middle], token) < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

static int stands_at(const ur__corpus *corpus, int at, ur_bytes token) {
  return at < corpus->vocabulary_size && compare(corpus->texts[at], token) == 0;
}

void ur__vocabulary_begin(ur__corpus *out, const ur__corpus *known) {
  out->vocabulary_size = UR__MARKS;
  strcpy(out->texts[UR__START], "<start>");
  strcpy(out->texts[UR__END], "<end>");
  if (known == NULL) return;
  out->words = known->words;
  out->vocabulary_size = known->vocabulary_size;
  memcpy(out->texts, known->texts, sizeof out->texts);
}

int32_t ur__vocabulary_find(const ur__corpus *corpus, ur_bytes token) {
  if (token.size >= UR__TOKEN_MAX) return -1;
  const int at = rank(corpus, token);
  return stands_at(corpus, at, token) ? at : -1;
}

int ur__vocabulary_collect(ur__corpus *corpus, ur_bytes token) {
  if (token.size >= UR__TOKEN_MAX) return 0;
  const int at = rank(corpus, token);
  if (stands_at(corpus, at, token)) return 1;
  if (corpus->vocabulary_size == UR__VOCABULARY_MAX) return 0;
  memmove(corpus->texts[at + 1], corpus->texts[at],
          (size_t)(corpus->vocabulary_size - at) * sizeof *corpus->texts);
  memset(corpus->texts[at], 0, sizeof *corpus->texts);
  memcpy(corpus->texts[at], token.data, token.size);
  corpus->vocabulary_size++;
  return 1;
}

/* The bytes of a token that a message has room for. */
static int shown(ur_bytes token) {
  size_t size = token.size;
  if (size <= 40) return (int)size;
  for (size = 40; (token.data[size] & 0xC0) == 0x80; size--) continue;
  return (int)size;
}

ur_status ur__vocabulary_refused(const ur__corpus *corpus, ur_bytes token, int collecting, int line) {
  if (!collecting)
    return ur_fail(UR_E_TEXT, "",
                   "line %d has %.*s, which these weights do not know; remove it or train anew", line,
                   shown(token), (const char *)token.data);
  if (token.size >= UR__TOKEN_MAX)
    return ur_fail(UR_E_TEXT, "", "line %d has a word of %zu bytes, %.*s; use words of at most %d", line,
                   token.size, shown(token), (const char *)token.data, UR__TOKEN_MAX - 1);
  return ur_fail(UR_E_TEXT, "", "line %d brings more than %d different %s into the text; use fewer", line,
                 UR__VOCABULARY_MAX - UR__MARKS, corpus->words ? "words" : "characters");
}

ur_status ur__corpus_add_token(ur__corpus *corpus, const char *text) {
  const int at = corpus->vocabulary_size;
  const ur_bytes token = bytes_of(text);
  if (at == UR__VOCABULARY_MAX)
    return ur_fail(UR_E_TEXT, "", "the vocabulary has more than %d tokens", UR__VOCABULARY_MAX);
  if (at < UR__MARKS) {
    if (strcmp(text, at == UR__START ? "<start>" : "<end>") != 0)
      return ur_fail(UR_E_TEXT, "", "the vocabulary should begin with <start> and <end>");
  } else {
    size_t end = 0;
    ur_bytes first;
    if (ur__token_next(corpus, token, &end, &first) != UR_OK || first.size != token.size || token.size == 0 ||
        token.size >= UR__TOKEN_MAX)
      return ur_fail(UR_E_TEXT, "", "token %d of the vocabulary is not one %s", at,
                     corpus->words ? "word" : "character");
    if (at > UR__MARKS && strcmp(text, corpus->texts[at - 1]) <= 0)
      return ur_fail(UR_E_TEXT, "", "token %d of the vocabulary is out of order", at);
  }
  strcpy(corpus->texts[at], text);
  corpus->vocabulary_size++;
  return UR_OK;
}

ur_status ur__token_next(const ur__corpus *corpus, ur_bytes text, size_t *at, ur_bytes *out) {
  uint32_t code;
  if (corpus->words) {
    *out = ur__words_next(text, at);
    for (size_t i = 0; i < out->size;) {
      const int bytes = ur__utf8_decode(out->data + i, out->size - i, &code);
      if (bytes == 0)
        return ur_fail(UR_E_TEXT, "", "the text is not UTF-8 at its byte %zu",
                       (size_t)(out->data - text.data) + i + 1);
      i += (size_t)bytes;
    }
    return UR_OK;
  }
  *out = (ur_bytes){text.data + *at, 0};
  if (*at == text.size) return UR_OK;
  out->size = (size_t)ur__utf8_decode(out->data, text.size - *at, &code);
  if (out->size == 0) return ur_fail(UR_E_TEXT, "", "the text is not UTF-8 at its byte %zu", *at + 1);
  *at += out->size;
  return UR_OK;
}

static ur_status encode(const ur__corpus *corpus, ur_bytes text, int32_t *tokens, int capacity, int *count,
                        ur_buffer *lacking) {
  ur_bytes token;
  int n = 0;
  for (size_t at = 0;; n++) {
    const ur_status status = ur__token_next(corpus, text, &at, &token);
    if (status != UR_OK) return status;
    if (token.size == 0) break;
    const int32_t found = ur__vocabulary_find(corpus, token);
    if (found < 0 && lacking->size < 60)
      ur_buffer_print(lacking, " %.*s", shown(token), (const char *)token.data);
    if (found >= 0 && n < capacity) tokens[n] = found;
  }
  *count = n <= capacity ? n : capacity;
  if (lacking->failed) return ur_fail(UR_E_MEMORY, "", "there is no memory left to read the text");
  if (lacking->size > 0)
    return ur_fail(UR_E_TEXT, "", "the model knows no%s; write without", (const char *)lacking->data);
  if (n > capacity)
    return ur_fail(UR_E_TEXT, "", "the text has %d %s; write at most %d", n,
                   corpus->words ? "words and signs" : "characters", capacity);
  return UR_OK;
}

ur_status ur__corpus_encode(const ur__corpus *corpus, const char *text, int32_t *tokens, int capacity,
                            int *count) {
  ur_buffer lacking = {0};
  const ur_status status = encode(corpus, bytes_of(text), tokens, capacity, count, &lacking);
  ur_buffer_free(&lacking);
  return status;
}

void ur__corpus_write(const ur__corpus *corpus, const int32_t *tokens, int count, int stride,
                      ur_buffer *out) {
  ur_bytes before = {NULL, 0};
  for (int i = 0; i < count; i++) {
    const ur_bytes token = bytes_of(corpus->texts[tokens[i * stride]]);
    if (tokens[i * stride] < UR__MARKS) continue;
    if (corpus->words && before.size > 0 && ur__words_apart(before, token)) ur_buffer_append(out, " ", 1);
    ur_buffer_append(out, token.data, token.size);
    before = token;
  }
}

int ur__vocabulary_same(const ur__corpus *a, const ur__corpus *b) {
  if (a->vocabulary_size != b->vocabulary_size || a->words != b->words) return 0;
  for (int i = 0; i < a->vocabulary_size; i++)
    if (strcmp(a->texts[i], b->texts[i]) != 0) return 0;
  return 1;
}
