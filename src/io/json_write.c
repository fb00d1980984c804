#include "json.h"

#include <float.h>

#include "utf8.h"

void ur__json_string(ur_buffer *out, const char *text, size_t size) {
  ur_buffer_append(out, "\"", 1);
  for (size_t i = 0; i < size;) {
    const unsigned char c = (unsigned char)text[i];
    uint32_t code;
    const int length = ur__utf8_decode((const uint8_t *)text + i, size - i, &code);
    if (length == 0) {
      ur_buffer_append(out, "\xEF\xBF\xBD", 3);
    } else if (c == '"' || c == '\\') {
      ur_buffer_print(out, "\\%c", c);
    } else if (c < 0x20 || c == 0x7F) {
      ur_buffer_print(out, "\\u%04x", c);
    } else {
      ur_buffer_append(out, text + i, (size_t)length);
    }
    i += length > 0 ? (size_t)length : 1;
  }
  ur_buffer_append(out, "\"", 1);
}

void ur__json_number(ur_buffer *out, double value) {
  if (value >= -DBL_MAX && value <= DBL_MAX)
    ur_buffer_print(out, "%.9g", value);
  else
    ur_buffer_append(out, "null", 4);
}
