#include "words.h"

#include "lines.h"

static int is_sign(uint8_t byte) {
  const uint8_t letter = byte | 0x20;
  return byte < 0x80 && byte != '\'' && !(letter >= 'a' && letter <= 'z');
}

ur_bytes ur__words_next(ur_bytes text, size_t *at) {
  size_t space, end;
  while (*at < text.size && (space = ur__space(text.data + *at, text.size - *at)) > 0) *at += space;
  const size_t first = end = *at;
  if (end < text.size && is_sign(text.data[end])) end++;
  while (end == first || !is_sign(text.data[first])) {
    if (end == text.size || is_sign(text.data[end]) || ur__space(text.data + end, text.size - end) > 0) break;
    end++;
  }
  *at = end;
  return (ur_bytes){text.data + first, end - first};
}

int ur__words_apart(ur_bytes before, ur_bytes after) {
  const uint8_t last = before.data[0], next = after.data[0];
  if (next == ',' || next == '.') return 0;
  return !is_sign(last) || !is_sign(next) || last == ',';
}

void ur__words_write(ur_bytes text, ur_buffer *out) {
  ur_bytes before = {NULL, 0}, word;
  for (size_t at = 0; (word = ur__words_next(text, &at)).size > 0; before = word) {
    if (before.size > 0 && ur__words_apart(before, word)) ur_buffer_append(out, " ", 1);
    ur_buffer_append(out, word.data, word.size);
  }
}
