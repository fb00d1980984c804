#include "corpus.h"

#include <string.h>

#include "alloc.h"
#include "hash.h"
#include "lines.h"
#include "utf8.h"

/* Where code stands or would stand among the sorted tokens. */
static int rank(const ur__corpus *corpus, uint32_t code) {
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
  const int at = rank(corpus, code);
  return at < corpus->vocabulary_size && corpus->codes[at] == code ? at : -1;
}

static void name_tokens(ur__corpus *corpus) {
  strcpy(corpus->texts[UR__START], "<start>");
  strcpy(corpus->texts[UR__END], "<end>");
  for (int i = UR__MARKS; i < corpus->vocabulary_size; i++)
    ur__utf8_encode(corpus->codes[i], corpus->texts[i]);
}

/* UR_E_TEXT, without words, where there is no room for it. */
static ur_status add_code(ur__corpus *corpus, uint32_t code) {
  const int at = rank(corpus, code);
  if (at < corpus->vocabulary_size && corpus->codes[at] == code) return UR_OK;
  if (corpus->vocabulary_size == UR__VOCABULARY_MAX) return UR_E_TEXT;
  memmove(corpus->codes + at + 1, corpus->codes + at,
          (size_t)(corpus->vocabulary_size - at) * sizeof *corpus->codes);
  corpus->codes[at] = code;
  corpus->vocabulary_size++;
  return UR_OK;
}

/* ---- a text, as it was written and as it is read ---- */

/* lines: one sequence a line; what was written itself, or the pieces that `cut` makes of it. */
typedef struct source {
  ur_bytes written, lines;
  int pieces;
} source;

/* Spaces and line ends that `text` begins with. */
static size_t gap(const uint8_t *text, size_t size) {
  size_t all = 0, bytes;
  while (all < size && ((bytes = ur__space(text + all, size - all)) > 0 ||
                        (bytes = ur__line_end(text + all, size - all)) > 0))
    all += bytes;
  return all;
}

/* The text as lines of UR__SEQUENCE_MAX code points. */
static void cut(ur_bytes text, ur_buffer *out) {
  int length = 0;
  for (size_t i = 0; i < text.size;) {
    const uint8_t *at = text.data + i;
    const size_t blank = gap(at, text.size - i);
    const int begins = (*at & 0xC0) != 0x80; /* a code point */
    if (blank > 0) {
      i += blank;
      if (length > 0 && i < text.size && ++length <= UR__SEQUENCE_MAX) ur_buffer_append(out, " ", 1);
      continue;
    }
    if (begins && ++length > UR__SEQUENCE_MAX) {
      ur_buffer_append(out, "\n", 1);
      length = 1;
    }
    ur_buffer_append(out, at, 1);
    i++;
  }
}

typedef struct place {
  int line;    /* of what was written, from 1, blank ones counted */
  size_t byte; /* of that line, from 1 */
} place;

/* Where byte i of a line of the source was written. Cutting keeps all that is no gap, in order. */
static place place_of(const source *from, const ur__lines *l, size_t i) {
  const uint8_t *text = from->lines.data, *found = l->line.data + i;
  if (!from->pieces) return (place){l->number, (size_t)(found - (text + l->start)) + 1};
  size_t before = 0;
  for (const uint8_t *at = text; at < found; at++) before += *at != ' ' && *at != '\n';
  const ur_bytes written = from->written;
  place here = {1, 1};
  for (size_t at = 0; at < written.size;) {
    const uint8_t *left = written.data + at;
    const size_t ends = ur__line_end(left, written.size - at), space = ur__space(left, written.size - at);
    if (ends == 0 && space == 0 && before-- == 0) break;
    const size_t bytes = ends > 0 ? ends : space > 0 ? space : 1;
    here = ends > 0 ? (place){here.line + 1, 1} : (place){here.line, here.byte + bytes};
    at += bytes;
  }
  return here;
}

static int is_control(uint32_t code) {
  return (code < 0x20 && code != '\t') || (code >= 0x7F && code < 0xA0);
}

/* The character that byte i of this line begins with, checked, and added to the vocabulary or sought in it.
 */
static ur_status take(const source *from, const ur__lines *l, size_t i, int collect, ur__corpus *out,
                      int *bytes) {
  uint32_t code;
  ur_status status = UR_OK;
  *bytes = ur__utf8_decode(l->line.data + i, l->line.size - i, &code);
  if (*bytes == 0) {
    const place at = place_of(from, l, i);
    return ur_fail(UR_E_TEXT, "", "line %d is not UTF-8 at its byte %zu; save the text as UTF-8", at.line,
                   at.byte);
  }
  if (is_control(code))
    return ur_fail(UR_E_TEXT, "", "line %d has the control character U+%04X; remove it",
                   place_of(from, l, i).line, (unsigned)code);
  if (collect) status = add_code(out, code);
  if (status != UR_OK)
    return ur_fail(status, "", "line %d brings more than %d different characters into the text; use fewer",
                   place_of(from, l, i).line, UR__VOCABULARY_MAX - UR__MARKS);
  if (!collect && ur__corpus_token(out, code) < 0)
    return ur_fail(UR_E_TEXT, "",
                   "line %d has %.*s, which these weights do not know; remove it or train anew",
                   place_of(from, l, i).line, *bytes, (const char *)l->line.data + i);
  return UR_OK;
}

/* Checks every line, counts, and collects the vocabulary where it is not known already. */
static ur_status survey(const source *from, int collect, ur__corpus *out, size_t *tokens) {
  ur__lines l = {.text = from->lines};
  while (ur__lines_next(&l)) {
    int length = 0, bytes;
    for (size_t i = 0; i < l.line.size; i += (size_t)bytes, length++) {
      const ur_status status = take(from, &l, i, collect, out, &bytes);
      if (status != UR_OK) return status;
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

static void tokenise(ur_bytes lines, ur__corpus *out) {
  ur__lines l = {.text = lines};
  uint32_t at = 0;
  for (uint32_t s = 0; ur__lines_next(&l); s++) {
    out->starts[s] = at;
    for (size_t i = 0; i < l.line.size;) {
      uint32_t code;
      i += (size_t)ur__utf8_decode(l.line.data + i, l.line.size - i, &code);
      out->tokens[at++] = ur__corpus_token(out, code);
    }
  }
  out->starts[out->sequences] = at;
}

static ur_status check_count(const source *from, uint32_t sequences) {
  if (sequences >= 2) return UR_OK;
  if (sequences == 0)
    return ur_fail(UR_E_TEXT, "",
                   "the text has no lines; give at least two, one to learn from and one to test on");
  return from->pieces
             ? ur_fail(UR_E_TEXT, "",
                       "the text makes one piece; give more than %d characters, so that there is one piece "
                       "to learn from and one to test on",
                       UR__SEQUENCE_MAX)
             : ur_fail(
                   UR_E_TEXT, "",
                   "the text has one line; give at least two lines, one to learn from and one to test on");
}

static ur_status read_into(const source *from, const ur__corpus *known, ur__corpus *out) {
  size_t tokens = 0;
  out->vocabulary_size = UR__MARKS;
  if (known != NULL) {
    out->vocabulary_size = known->vocabulary_size;
    memcpy(out->codes, known->codes, sizeof out->codes);
  }
  ur_status status = survey(from, known == NULL, out, &tokens);
  if (status == UR_OK) status = check_count(from, out->sequences);
  if (status != UR_OK) return status;
  out->tokens = ur__alloc_array(tokens, sizeof *out->tokens);
  out->starts = ur__alloc_array((size_t)out->sequences + 1, sizeof *out->starts);
  if (out->tokens == NULL || out->starts == NULL)
    return ur_fail(UR_E_MEMORY, "", "there is no memory left for a text of %zu characters", tokens);
  name_tokens(out);
  tokenise(from->lines, out);
  out->pieces = from->pieces;
  out->hash = ur__fnv1a(UR__FNV_START, from->lines.data, from->lines.size);
  return UR_OK;
}

static ur_status check_size(ur_bytes text) {
  if (text.size <= UR__CORPUS_MAX) return UR_OK;
  return ur_fail(UR_E_TEXT, "", "the text has %zu bytes; use at most %d", text.size, UR__CORPUS_MAX);
}

/* Of a size that is known to be small enough. */
static ur_status read_source(const source *from, const ur__corpus *known, ur__corpus *out) {
  const ur_status status = read_into(from, known, out);
  if (status != UR_OK) ur__corpus_free(out);
  return status;
}

ur_status ur__corpus_read(ur_bytes text, const ur__corpus *known, ur__corpus *out) {
  *out = (ur__corpus){0};
  const ur_status status = check_size(text);
  return status == UR_OK ? read_source(&(source){text, text, 0}, known, out) : status;
}

ur_status ur__corpus_read_pieces(ur_bytes text, const ur__corpus *known, ur__corpus *out) {
  ur_buffer lines = {0};
  ur_status status = check_size(text);
  *out = (ur__corpus){0};
  if (status != UR_OK) return status;
  cut(text, &lines);
  status = lines.failed
               ? ur_fail(UR_E_MEMORY, "", "there is no memory left to read a text of %zu bytes", text.size)
               : read_source(&(source){text, {lines.data, lines.size}, 1}, known, out);
  ur_buffer_free(&lines);
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
