#include "corpus.h"

#include <string.h>

#include "alloc.h"
#include "hash.h"
#include "utf8.h"

typedef struct lines {
  ur_bytes text;
  size_t at;
  int number;    /* of the line just read, blank ones counted */
  ur_bytes line; /* without the spaces around it, never empty */
} lines;

static int is_space(uint8_t c) { return c == ' ' || c == '\t' || c == '\r'; }

static int next_line(lines *l) {
  while (l->at < l->text.size) {
    const uint8_t *start = l->text.data + l->at, *end = memchr(start, '\n', l->text.size - l->at);
    if (end == NULL) end = l->text.data + l->text.size;
    l->at = (size_t)(end - l->text.data) + 1;
    if (l->number++ == 0 && end - start >= 3 && memcmp(start, "\xEF\xBB\xBF", 3) == 0)
      start += 3; /* byte order mark */
    while (start < end && is_space(*start)) start++;
    while (start < end && is_space(end[-1])) end--;
    l->line = (ur_bytes){start, (size_t)(end - start)};
    if (l->line.size > 0) return 1;
  }
  return 0;
}

/* Where code stands or would stand among the sorted tokens. */
static int place(const ur__corpus *corpus, uint32_t code) {
  int low = UR__MARKS, high = corpus->vocabulary_size;
  while (low < high) {
    const int middle = (low + high) / 2;
    if (corpus->codes[middle] < code)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

int32_t ur__corpus_token(const ur__corpus *corpus, uint32_t code) {
  const int at = place(corpus, code);
  return at < corpus->vocabulary_size && corpus->codes[at] == code ? at : -1;
}

static void name_tokens(ur__corpus *corpus) {
  strcpy(corpus->texts[UR__START], "<start>");
  strcpy(corpus->texts[UR__END], "<end>");
  for (int i = UR__MARKS; i < corpus->vocabulary_size; i++)
    ur__utf8_encode(corpus->codes[i], corpus->texts[i]);
}

static ur_status add_code(ur__corpus *corpus, uint32_t code, int line) {
  const int at = place(corpus, code);
  if (at < corpus->vocabulary_size && corpus->codes[at] == code) return UR_OK;
  if (corpus->vocabulary_size == UR__VOCABULARY_MAX)
    return ur_fail(UR_E_TEXT, "", "line %d brings more than %d different characters into the text; use fewer",
                   line, UR__VOCABULARY_MAX - UR__MARKS);
  memmove(corpus->codes + at + 1, corpus->codes + at,
          (size_t)(corpus->vocabulary_size - at) * sizeof *corpus->codes);
  corpus->codes[at] = code;
  corpus->vocabulary_size++;
  return UR_OK;
}

/* Checks every line, counts, and collects the vocabulary where it is not known already. */
static ur_status survey(lines l, int collect, ur__corpus *out, size_t *tokens) {
  while (next_line(&l)) {
    int length = 0;
    for (size_t i = 0; i < l.line.size; length++) {
      uint32_t code;
      const int bytes = ur__utf8_decode(l.line.data + i, l.line.size - i, &code);
      if (bytes == 0)
        return ur_fail(UR_E_TEXT, "", "line %d is not UTF-8 at its byte %zu; save the text as UTF-8",
                       l.number, i + 1);
      if ((code < 0x20 && code != '\t') || code == 0x7F)
        return ur_fail(UR_E_TEXT, "", "line %d has the control character U+%04X; remove it", l.number,
                       (unsigned)code);
      const ur_status status = collect ? add_code(out, code, l.number) : UR_OK;
      if (status != UR_OK) return status;
      if (!collect && ur__corpus_token(out, code) < 0)
        return ur_fail(UR_E_TEXT, "",
                       "line %d has %.*s, which these weights do not know; remove it or train anew", l.number,
                       bytes, (const char *)l.line.data + i);
      i += (size_t)bytes;
    }
    if (length > UR__SEQUENCE_MAX)
      return ur_fail(UR_E_TEXT, "", "line %d has %d characters; break it into lines of at most %d", l.number,
                     length, UR__SEQUENCE_MAX);
    if (length > out->longest) out->longest = length;
    *tokens += (size_t)length;
    out->sequences++;
  }
  return UR_OK;
}

static void tokenise(lines l, ur__corpus *out) {
  uint32_t at = 0;
  for (uint32_t s = 0; next_line(&l); s++) {
    out->starts[s] = at;
    for (size_t i = 0; i < l.line.size;) {
      uint32_t code;
      i += (size_t)ur__utf8_decode(l.line.data + i, l.line.size - i, &code);
      out->tokens[at++] = ur__corpus_token(out, code);
    }
  }
  out->starts[out->sequences] = at;
}

static ur_status read_into(ur_bytes text, const ur__corpus *known, ur__corpus *out) {
  const lines l = {.text = text};
  size_t tokens = 0;
  out->vocabulary_size = UR__MARKS;
  if (known != NULL) {
    out->vocabulary_size = known->vocabulary_size;
    memcpy(out->codes, known->codes, sizeof out->codes);
  }
  const ur_status status = survey(l, known == NULL, out, &tokens);
  if (status != UR_OK) return status;
  if (out->sequences < 2)
    return ur_fail(UR_E_TEXT, "",
                   "the text has %s; give at least two lines, one to learn from and one to test on",
                   out->sequences == 0 ? "no lines" : "one line");
  out->tokens = ur__alloc_array(tokens, sizeof *out->tokens);
  out->starts = ur__alloc_array((size_t)out->sequences + 1, sizeof *out->starts);
  if (out->tokens == NULL || out->starts == NULL)
    return ur_fail(UR_E_MEMORY, "", "there is no memory left for a text of %zu characters", tokens);
  name_tokens(out);
  tokenise(l, out);
  out->hash = ur__fnv1a(UR__FNV_START, text.data, text.size);
  return UR_OK;
}

static ur_status check_size(ur_bytes text) {
  if (text.size <= UR__CORPUS_MAX) return UR_OK;
  return ur_fail(UR_E_TEXT, "", "the text has %zu bytes; use at most %d", text.size, UR__CORPUS_MAX);
}

/* lines: of a size that is known to be small enough */
static ur_status read_lines(ur_bytes lines, const ur__corpus *known, ur__corpus *out) {
  const ur_status status = read_into(lines, known, out);
  if (status != UR_OK) ur__corpus_free(out);
  return status;
}

ur_status ur__corpus_read(ur_bytes text, const ur__corpus *known, ur__corpus *out) {
  *out = (ur__corpus){0};
  const ur_status status = check_size(text);
  return status == UR_OK ? read_lines(text, known, out) : status;
}

/* The text as lines of UR__SEQUENCE_MAX code points. */
static void cut(ur_bytes text, ur_buffer *out) {
  int length = 0, gap = 0;
  for (size_t i = 0; i < text.size; i++) {
    const uint8_t c = text.data[i];
    const int begins = (c & 0xC0) != 0x80; /* a code point */
    if (is_space(c) || c == '\n') {
      gap = length > 0;
      continue;
    }
    if (gap && ++length <= UR__SEQUENCE_MAX) ur_buffer_append(out, " ", 1);
    gap = 0;
    if (begins && ++length > UR__SEQUENCE_MAX) {
      ur_buffer_append(out, "\n", 1);
      length = 1;
    }
    ur_buffer_append(out, &c, 1);
  }
}

ur_status ur__corpus_read_pieces(ur_bytes text, const ur__corpus *known, ur__corpus *out) {
  ur_buffer lines = {0};
  ur_status status = check_size(text);
  *out = (ur__corpus){0};
  if (status != UR_OK) return status;
  cut(text, &lines);
  status = lines.failed
               ? ur_fail(UR_E_MEMORY, "", "there is no memory left for a text of %zu bytes", text.size)
               : read_lines((ur_bytes){lines.data, lines.size}, known, out);
  ur_buffer_free(&lines);
  out->pieces = status == UR_OK;
  return status;
}

void ur__corpus_free(ur__corpus *corpus) {
  ur__free(corpus->tokens);
  ur__free(corpus->starts);
  *corpus = (ur__corpus){0};
}

ur_status ur__corpus_add_token(ur__corpus *corpus, const char *text) {
  const int at = corpus->vocabulary_size;
  if (at == UR__VOCABULARY_MAX)
    return ur_fail(UR_E_TEXT, "", "the vocabulary has more than %d tokens", UR__VOCABULARY_MAX);
  if (at < UR__MARKS) {
    if (strcmp(text, at == UR__START ? "<start>" : "<end>") != 0)
      return ur_fail(UR_E_TEXT, "", "the vocabulary should begin with <start> and <end>");
  } else {
    const size_t size = strlen(text);
    if ((size_t)ur__utf8_decode((const uint8_t *)text, size, &corpus->codes[at]) != size || size == 0)
      return ur_fail(UR_E_TEXT, "", "token %d of the vocabulary is not one character", at);
    if (at > UR__MARKS && corpus->codes[at] <= corpus->codes[at - 1])
      return ur_fail(UR_E_TEXT, "", "token %d of the vocabulary is out of order", at);
  }
  corpus->vocabulary_size++;
  name_tokens(corpus);
  return UR_OK;
}

ur_status ur__corpus_encode(const ur__corpus *corpus, const char *text, int32_t *tokens, int capacity,
                            int *count) {
  const size_t size = strlen(text);
  ur_buffer lacking = {0};
  int n = 0;
  for (size_t i = 0; i < size;) {
    uint32_t code;
    const int bytes = ur__utf8_decode((const uint8_t *)text + i, size - i, &code);
    if (bytes == 0) {
      ur_buffer_free(&lacking);
      return ur_fail(UR_E_TEXT, "", "the text is not UTF-8 at its byte %zu", i + 1);
    }
    const int32_t token = ur__corpus_token(corpus, code);
    if (token < 0 && lacking.size < 60) ur_buffer_print(&lacking, " %.*s", bytes, text + i);
    if (token >= 0 && n < capacity) tokens[n] = token;
    n++;
    i += (size_t)bytes;
  }
  *count = n <= capacity ? n : capacity;
  ur_status status = UR_OK;
  if (lacking.failed)
    status = ur_fail(UR_E_MEMORY, "", "there is no memory left to read the text");
  else if (lacking.size > 0)
    status = ur_fail(UR_E_TEXT, "", "the model knows no%s; write without", (const char *)lacking.data);
  else if (n > capacity)
    status = ur_fail(UR_E_TEXT, "", "the text has %d characters; write at most %d", n, capacity);
  ur_buffer_free(&lacking);
  return status;
}
