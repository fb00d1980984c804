/* unroll/status.h: what every public function returns, and the last error in words.
 *
 * Every public function returns a ur_status. When it is not UR_OK, ur_last_error() says what went
 * wrong, where (a node path or a name), and what to do, in one sentence. Nothing in the library
 * aborts, exits, jumps or prints. One thread uses one core; the last error is per thread. */
#ifndef UNROLL_STATUS_H
#define UNROLL_STATUS_H

#include <stddef.h>
#include <stdint.h>

/* code, name, meaning */
#define UR_STATUS_LIST(X)                                                                                    \
  X(UR_OK, "ok", "no error")                                                                                 \
  X(UR_E_ARGUMENT, "argument", "an argument is missing or out of range")                                     \
  X(UR_E_SHAPE, "shape", "shapes do not fit together")                                                       \
  X(UR_E_MEMORY, "memory", "not enough memory, or more than the limit")                                      \
  X(UR_E_SETTING, "setting", "a setting is unknown or its value is wrong")                                   \
  X(UR_E_NAME, "name", "no model, task, op or claim has this name")                                          \
  X(UR_E_FORMAT, "format", "the bytes are not what they should be")                                          \
  X(UR_E_TEXT, "text", "the text is too short, too long, or not readable")                                   \
  X(UR_E_NUMBER, "number", "a value is not a finite number")                                                 \
  X(UR_E_STATE, "state", "this cannot be done now")

typedef enum ur_status {
#define UR_STATUS_ENUM(code, name, meaning) code,
  UR_STATUS_LIST(UR_STATUS_ENUM)
#undef UR_STATUS_ENUM
      UR_STATUS_COUNT
} ur_status;

typedef struct ur_error {
  ur_status code;
  char node[96];     /* path of the node, key of the setting, name of the tensor; "" where none */
  char message[352]; /* one sentence: what, where, what to do */
} ur_error;

/* The last error of this thread. Never NULL; code is UR_OK before the first error. */
const ur_error *ur_last_error(void);
/* "shape" for UR_E_SHAPE; "unknown" for a number that is no status. */
const char *ur_status_name(ur_status code);
/* Records an error and returns its code, so that `return ur_fail(...)` is the whole of a failure. */
ur_status ur_fail(ur_status code, const char *node, const char *format, ...)
#if defined(__GNUC__)
    __attribute__((format(printf, 3, 4)))
#endif
    ;

/* Bytes that somebody else owns. */
typedef struct ur_bytes {
  const uint8_t *data;
  size_t size;
} ur_bytes;

/* Bytes that grow; the owner calls ur_buffer_free. `failed` stays set after an allocation failed, so
 * that a writer checks once at the end. text is always followed by a NUL that size does not count. */
typedef struct ur_buffer {
  uint8_t *data;
  size_t size, capacity;
  int failed;
} ur_buffer;
void ur_buffer_append(ur_buffer *buffer, const void *data, size_t size);
void ur_buffer_print(ur_buffer *buffer, const char *format, ...)
#if defined(__GNUC__)
    __attribute__((format(printf, 2, 3)))
#endif
    ;
void ur_buffer_free(ur_buffer *buffer);

#endif
