#include "unroll/status.h"

#include "alloc.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Room for `more` bytes and a NUL. */
static int reserve(ur_buffer *buffer, size_t more) {
  if (buffer->failed) return 0;
  size_t limit = PTRDIFF_MAX / 2;
  if (more >= limit - buffer->size) {
    buffer->failed = 1;
    return 0;
  }
  size_t need = buffer->size + more + 1;
  if (need <= buffer->capacity) return 1;
  size_t capacity = need > 2 * buffer->capacity ? need : 2 * buffer->capacity;
  if (capacity < 64) capacity = 64;
  uint8_t *data = ur__realloc(buffer->data, capacity);
  if (!data) {
    buffer->failed = 1;
    return 0;
  }
  buffer->data = data;
  buffer->capacity = capacity;
  return 1;
}

void ur_buffer_append(ur_buffer *buffer, const void *data, size_t size) {
  if (!reserve(buffer, size)) return;
  if (size != 0) memcpy(buffer->data + buffer->size, data, size);
  buffer->size += size;
  buffer->data[buffer->size] = 0;
}

void ur_buffer_print(ur_buffer *buffer, const char *format, ...) {
  va_list args, again;
  va_start(args, format);
  va_copy(again, args);
  int size = vsnprintf(NULL, 0, format, args);
  if (size < 0) {
    buffer->failed = 1;
  } else if (reserve(buffer, (size_t)size)) {
    vsnprintf((char *)buffer->data + buffer->size, (size_t)size + 1, format, again);
    buffer->size += (size_t)size;
  }
  va_end(again);
  va_end(args);
}

void ur_buffer_free(ur_buffer *buffer) {
  ur__free(buffer->data);
  *buffer = (ur_buffer){0};
}
