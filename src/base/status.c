#include "unroll/status.h"

#include <stdarg.h>
#include <stdio.h>

static _Thread_local ur_error last;

const ur_error *ur_last_error(void) { return &last; }

const char *ur_status_name(ur_status code) {
  static const char *const names[UR_STATUS_COUNT] = {
#define NAME(code, name, meaning) name,
      UR_STATUS_LIST(NAME)
#undef NAME
  };
  return (unsigned)code < UR_STATUS_COUNT ? names[code] : "unknown";
}

ur_status ur_fail(ur_status code, const char *node, const char *format, ...) {
  /* Both are written aside first: an argument may point into the last error itself. */
  ur_error error = {.code = code};
  va_list args;
  va_start(args, format);
  vsnprintf(error.message, sizeof error.message, format, args);
  va_end(args);
  snprintf(error.node, sizeof error.node, "%s", node ? node : "");
  last = error;
  return code;
}
