#include "corpus.h"

#include <string.h>

#include "alloc.h"
#include "hash.h"
#include "lines.h"
#include "utf8.h"
#include "vocabulary.h"

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

/* The character that byte i of this line begins with, checked, and added to the vocabulary or sought in it.
 */
static ur_status take(const source *from, const ur__lines *l, size_t i, int collect, ur__corpus *out,
                      int *bytes) {
  const uint8_t *at = l->line.data + i;
  uint32_t code;
  const ur__character what = ur__character_at(at, l->line.size - i, &code, bytes);
  if (what != UR__CHARACTER) {
    const place here = place_of(from, l, i);
    return ur__character_refused(what, code, here.line, here.byte);
  }
  const ur_bytes token = {at, (size_t)*bytes};
  if (collect ? ur__vocabulary_collect(out, token) : ur__vocabulary_find(out, token) >= 0) return UR_OK;
  return ur__vocabulary_refused(out, token, collect, place_of(from, l, i).line);
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
      const size_t bytes = (size_t)ur__utf8_decode(l.line.data + i, l.line.size - i, &code);
      out->tokens[at++] = ur__vocabulary_find(out, (ur_bytes){l.line.data + i, bytes});
      i += bytes;
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
  ur__vocabulary_begin(out, known);
  ur_status status = survey(from, known == NULL, out, &tokens);
  if (status == UR_OK) status = check_count(from, out->sequences);
  if (status != UR_OK) return status;
  out->tokens = ur__alloc_array(tokens, sizeof *out->tokens);
  out->starts = ur__alloc_array((size_t)out->sequences + 1, sizeof *out->starts);
  if (out->tokens == NULL || out->starts == NULL)
    return ur_fail(UR_E_MEMORY, "", "there is no memory left for a text of %zu characters", tokens);
  tokenise(from->lines, out);
  out->pieces = from->pieces;
  out->hash = ur__fnv1a(UR__FNV_START, from->lines.data, from->lines.size);
  return UR_OK;
}

ur_status ur__corpus_check_size(ur_bytes text) {
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
  const ur_status status = ur__corpus_check_size(text);
  return status == UR_OK ? read_source(&(source){text, text, 0}, known, out) : status;
}

ur_status ur__corpus_read_pieces(ur_bytes text, const ur__corpus *known, ur__corpus *out) {
  ur_buffer lines = {0};
  ur_status status = ur__corpus_check_size(text);
  *out = (ur__corpus){0};
  if (status != UR_OK) return status;
  cut(text, &lines);
  status = lines.failed
               ? ur_fail(UR_E_MEMORY, "", "there is no memory left to read a text of %zu bytes", text.size)
               : read_source(&(source){text, {lines.data, lines.size}, 1}, known, out);
  ur_buffer_free(&lines);
  return status;
}

/* ---- tunes ---- */

static int is_title(ur_bytes line) { return line.size >= 2 && line.data[0] == 'T' && line.data[1] == ':'; }

/* The text with its titles blank, so that lines and bytes stand where they were written. */
static void blank_titles(ur_bytes text, ur_buffer *out) {
  ur__lines l = {.text = text};
  ur_buffer_append(out, text.data, text.size);
  while (!out->failed && ur__lines_next(&l))
    if (is_title(l.line)) memset(out->data + (l.line.data - text.data), ' ', l.line.size);
}

/* Which tune each strain is of, from 0. */
static ur_status number_tunes(ur_bytes text, ur__corpus *out) {
  ur__lines l = {.text = text};
  int32_t tune = -1;
  int titled = 0;
  uint32_t s = 0;
  out->tunes = ur__alloc_array(out->sequences, sizeof *out->tunes);
  if (out->tunes == NULL) return ur_fail(UR_E_MEMORY, "", "there is no memory left to number the tunes");
  while (ur__lines_next(&l)) {
    const int title = is_title(l.line);
    titled |= title;
    if (title || !titled) tune++;
    if (!title) out->tunes[s++] = tune;
  }
  return UR_OK;
}

ur_status ur__corpus_read_tunes(ur_bytes text, const ur__corpus *known, ur__corpus *out) {
  ur_buffer strains = {0};
  ur_status status = ur__corpus_check_size(text);
  *out = (ur__corpus){0};
  if (status != UR_OK) return status;
  blank_titles(text, &strains);
  const ur_bytes read = {strains.data, strains.size};
  status = strains.failed
               ? ur_fail(UR_E_MEMORY, "", "there is no memory left to read a text of %zu bytes", text.size)
               : read_source(&(source){read, read, 0}, known, out);
  ur_buffer_free(&strains);
  if (status == UR_OK) status = number_tunes(text, out);
  if (status != UR_OK) {
    ur__corpus_free(out);
    return status;
  }
  out->hash = ur__fnv1a(UR__FNV_START, text.data, text.size);
  return UR_OK;
}

void ur__corpus_free(ur__corpus *corpus) {
  ur__free(corpus->tokens);
  ur__free(corpus->tunes);
  ur__free(corpus->starts);
  ur__free(corpus->targets);
  ur__free(corpus->target_starts);
  ur_buffer_free(&corpus->points);
  *corpus = (ur__corpus){0};
}
