/* The symbols of a PyTorch model, in the order of its rows, as a vocabulary of ours. */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "json.h"
#include "pytorch.h"
#include "utf8.h"
#include "vocabulary.h"

#define TEXT 32

typedef struct symbol {
  char text[TEXT]; /* cut where it is longer; what is looked at is shorter */
  uint32_t code;   /* 0: it is more than one character */
  int given, row;
} symbol;

typedef struct symbols {
  symbol *all; /* [count], by row */
  int count;
} symbols;

static ur_status set_symbol(symbols *s, uint64_t row, const ur_buffer *text) {
  if (row >= (uint64_t)s->count)
    return ur_fail(UR_E_TEXT, "vocabulary",
                   "the vocabulary has a symbol number %llu, but the embedding has %d rows, from 0",
                   (unsigned long long)row, s->count);
  symbol *one = &s->all[row];
  if (one->given)
    return ur_fail(UR_E_TEXT, "vocabulary", "the vocabulary has two symbols for row %d", (int)row);
  const size_t size = text->size < TEXT ? text->size : TEXT - 1;
  memcpy(one->text, text->data, size);
  one->given = 1;
  one->row = (int)row;
  if (text->size == 0 || (size_t)ur__utf8_decode(text->data, text->size, &one->code) != text->size)
    one->code = 0;
  for (int i = 0; i < s->count; i++)
    if (i != (int)row && s->all[i].given && strcmp(s->all[i].text, one->text) == 0 && text->size < TEXT)
      return ur_fail(UR_E_TEXT, "vocabulary", "the vocabulary has the symbol \"%s\" twice", one->text);
  return UR_OK;
}

static ur_status read_list(symbols *s, ur__json *json, ur_buffer *text) {
  ur_status status = UR_OK;
  uint64_t row = 0;
  ur__json_array(json);
  while (status == UR_OK && ur__json_element(json) && ur__json_text(json, text))
    status = set_symbol(s, row++, text);
  return status;
}

static ur_status read_map(symbols *s, ur__json *json, ur_buffer *text) {
  ur_status status = UR_OK;
  uint64_t row;
  ur__json_object(json);
  while (status == UR_OK && ur__json_member(json, text) && ur__json_whole(json, &row))
    status = set_symbol(s, row, text);
  return status;
}

static ur_status read_json(symbols *s, ur_bytes bytes) {
  static const char mark[] = "\xEF\xBB\xBF"; /* some editors begin a file with it */
  if (bytes.size >= 3 && memcmp(bytes.data, mark, 3) == 0) bytes.data += 3, bytes.size -= 3;
  size_t at = 0;
  while (at < bytes.size && strchr(" \t\r\n", bytes.data[at]) != NULL && bytes.data[at] != 0) at++;
  ur__json json = ur__json_open(bytes.data, bytes.size);
  ur_buffer text = {0};
  ur_status status =
      at < bytes.size && bytes.data[at] == '{' ? read_map(s, &json, &text) : read_list(s, &json, &text);
  ur_buffer_free(&text);
  if (status == UR_OK) status = ur__json_close(&json, "the vocabulary");
  if (status != UR_OK) return status;
  int given = 0;
  for (int i = 0; i < s->count; i++) given += s->all[i].given;
  if (given == s->count) return UR_OK;
  return ur_fail(UR_E_TEXT, "vocabulary", "the vocabulary has %d symbols; the embedding has %d rows", given,
                 s->count);
}

/* ---- marks ---- */
static const char *const starts[] = {"<start>", "<s>", "<sos>", "<bos>", "<SOS>", "<BOS>", "<START>", NULL};
static const char *const ends[] = {"<end>", "</s>", "<eos>", "<EOS>", "<END>", "<|endoftext|>", NULL};

static int find(const symbols *s, const char *text) {
  for (int i = 0; i < s->count; i++)
    if (strcmp(s->all[i].text, text) == 0) return i;
  return -1;
}

static int find_first(const symbols *s, const char *const *names) {
  int found = -1;
  for (; *names != NULL && found < 0; names++) found = find(s, *names);
  return found;
}

static ur_status find_given(const symbols *s, const char *text, int *out) {
  *out = find(s, text);
  return *out >= 0 ? UR_OK : ur_fail(UR_E_TEXT, "vocabulary", "the vocabulary has no symbol \"%.30s\"", text);
}

/* What begins and ends a text: as told, by their usual names, or a line end, which no text of ours holds. One
 * mark alone does both. */
static ur_status find_marks(const symbols *s, const ur_pytorch_how *how, int needed, int *start, int *end) {
  ur_status status = UR_OK;
  *start = find_first(s, starts);
  *end = find_first(s, ends);
  if (how->start != NULL) status = find_given(s, how->start, start);
  if (status == UR_OK && how->end != NULL && how->end[0] == 0)
    *end = -1;
  else if (status == UR_OK && how->end != NULL)
    status = find_given(s, how->end, end);
  if (status != UR_OK) return status;
  const int line = find(s, "\n");
  if (*start < 0) *start = *end >= 0 ? *end : line;
  if (*end < 0 && how->end == NULL) *end = how->start == NULL && line < 0 ? *start : line;
  if (*start >= 0 || !needed) return UR_OK;
  return ur_fail(
      UR_E_TEXT, "start",
      "no symbol of the vocabulary is a mark. Here a text begins with one: say which symbol PyTorch's "
      "model read first (the line end, a space, a dot), and which one ended a text, if any did");
}

/* ---- rows ---- */
static int by_code(const void *a, const void *b) {
  const symbol *left = a, *right = b;
  return (left->code > right->code) - (left->code < right->code);
}

static ur_status order(const symbols *s, int start, int end, ur__torch_rows *out) {
  symbol *sorted = ur__alloc_array((size_t)s->count, sizeof *sorted);
  int count = 0;
  ur_status status = UR_OK;
  if (sorted == NULL) return ur_fail(UR_E_MEMORY, "", "there is no memory left to read the vocabulary");
  for (int i = 0; i < s->count && status == UR_OK; i++) {
    if (i == end || (i == start && s->all[i].code == 0)) continue;
    if (s->all[i].code == 0)
      status = ur_fail(UR_E_TEXT, "vocabulary",
                       "symbol %d, \"%s\", is more than one character; write for it a character that no text "
                       "has, or say that it begins or ends a text",
                       i, s->all[i].text);
    sorted[count++] = s->all[i];
  }
  if (status == UR_OK && count + UR__MARKS > UR__VOCABULARY_MAX)
    status = ur_fail(UR_E_TEXT, "vocabulary",
                     "the vocabulary has %d symbols beside its marks; at most %d are read", count,
                     UR__VOCABULARY_MAX - UR__MARKS);
  qsort(sorted, (size_t)count, sizeof *sorted, by_code);
  ur__corpus *vocabulary = &out->vocabulary;
  ur__vocabulary_begin(vocabulary, NULL);
  for (int i = 0; i < count && status == UR_OK; i++) {
    out->table[UR__MARKS + i] = out->linear[UR__MARKS + i] = sorted[i].row;
    status = ur__corpus_add_token(vocabulary, sorted[i].text);
  }
  ur__free(sorted);
  out->table[UR__START] = start;
  out->table[UR__END] = end;
  /* A start that stands for a character, or for the end too, is predicted as that. */
  out->linear[UR__START] = start >= 0 && start != end && s->all[start].code == 0 ? start : -1;
  out->linear[UR__END] = end;
  return status;
}

ur_status ur__torch_symbols(const ur__torch *torch, const ur_pytorch_how *how, int marks,
                            ur__torch_rows *out) {
  symbols s = {.count = torch->symbols};
  int start, end;
  const char *own = ur__safetensors_meta(&torch->file, "vocabulary");
  ur_bytes json = how->vocabulary;
  *out = (ur__torch_rows){0};
  if (json.data == NULL && own != NULL) json = (ur_bytes){(const uint8_t *)own, strlen(own)};
  if (json.data == NULL)
    return ur_fail(UR_E_TEXT, "vocabulary",
                   "the file does not say which symbols its %d rows are; give a vocabulary: a JSON list of "
                   "them in order, or {symbol: index}",
                   torch->symbols);
  s.all = ur__alloc_array((size_t)s.count, sizeof *s.all);
  if (s.all == NULL) return ur_fail(UR_E_MEMORY, "", "there is no memory left to read the vocabulary");
  ur_status status = read_json(&s, json);
  if (status == UR_OK) status = find_marks(&s, how, marks, &start, &end);
  if (status == UR_OK) status = order(&s, start, end, out);
  ur__free(s.all);
  return status;
}
