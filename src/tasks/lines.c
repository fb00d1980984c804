#include "lines.h"

#include "utf8.h"

/* text begins with this code point: two or three bytes of UTF-8. */
static size_t begins(const uint8_t *text, size_t size, uint32_t code) {
  if (code < 0x800)
    return size >= 2 && text[0] == (0xC0 | code >> 6) && text[1] == (0x80 | (code & 0x3F)) ? 2 : 0;
  return size >= 3 && text[0] == (0xE0 | code >> 12) && text[1] == (0x80 | (code >> 6 & 0x3F)) &&
                 text[2] == (0x80 | (code & 0x3F))
             ? 3
             : 0;
}

static size_t begins_with_one(const uint8_t *text, size_t size, const uint16_t *codes, size_t count) {
  size_t bytes = 0;
  for (size_t i = 0; i < count && bytes == 0; i++) bytes = begins(text, size, codes[i]);
  return bytes;
}

size_t ur__line_end(const uint8_t *text, size_t size) {
  static const uint16_t others[] = {0x85, 0x2028, 0x2029};
  if (size == 0) return 0;
  if (text[0] == '\r') return size > 1 && text[1] == '\n' ? 2 : 1;
  if (text[0] < 0x80) return text[0] == '\n' || text[0] == '\v' || text[0] == '\f';
  return begins_with_one(text, size, others, sizeof others / sizeof *others);
}

size_t ur__space(const uint8_t *text, size_t size) {
  static const uint16_t others[] = {0xA0,   0x1680, 0x2000, 0x2001, 0x2002, 0x2003, 0x2004, 0x2005, 0x2006,
                                    0x2007, 0x2008, 0x2009, 0x200A, 0x202F, 0x205F, 0x3000, 0xFEFF};
  if (size == 0) return 0;
  if (text[0] < 0x80) return text[0] == ' ' || text[0] == '\t';
  return begins_with_one(text, size, others, sizeof others / sizeof *others);
}

int ur__lines_next(ur__lines *l) {
  while (l->at < l->text.size) {
    const uint8_t *data = l->text.data;
    const size_t size = l->text.size;
    size_t first = l->at, end = l->at, at = l->at, bytes;
    l->start = l->at;
    l->number++;
    while (at < size && (bytes = ur__line_end(data + at, size - at)) == 0) {
      const size_t space = ur__space(data + at, size - at);
      at += space > 0 ? space : 1;
      if (space == 0)
        end = at;
      else if (end == l->start)
        first = at;
    }
    l->at = at < size ? at + bytes : at;
    l->line = (ur_bytes){data + first, end > first ? end - first : 0};
    if (l->line.size > 0) return 1;
  }
  return 0;
}

static int is_control(uint32_t code) {
  return (code < 0x20 && code != '\t') || (code >= 0x7F && code < 0xA0);
}

ur__character ur__character_at(const uint8_t *text, size_t size, uint32_t *code, int *bytes) {
  *bytes = ur__utf8_decode(text, size, code);
  return *bytes == 0 ? UR__NOT_UTF8 : is_control(*code) ? UR__CONTROL : UR__CHARACTER;
}

ur_status ur__character_refused(ur__character what, uint32_t code, int line, size_t byte) {
  if (what == UR__CONTROL)
    return ur_fail(UR_E_TEXT, "", "line %d has the control character U+%04X; remove it", line,
                   (unsigned)code);
  return ur_fail(UR_E_TEXT, "", "line %d is not UTF-8 at its byte %zu; save the text as UTF-8", line, byte);
}
