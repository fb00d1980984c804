/* io/json.h: JSON out of the core and, strictly, into it.
 *
 * The reader pulls: the caller says what it expects next, nothing is built in memory, and nesting is at most
 * UR__JSON_DEPTH deep. It is stricter than RFC 8259: numbers are whole and not negative, because no file of
 * ours holds others. After the first failure every call gives 0, so a caller checks once, at the end. */
#ifndef UNROLL_IO_JSON_H
#define UNROLL_IO_JSON_H

#include "unroll/status.h"

#define UR__JSON_DEPTH 8

/* A string with its quotes, escaped as JSON wants; bytes that are no UTF-8 become U+FFFD. */
void ur__json_string(ur_buffer *out, const char *text, size_t size);
/* Nine digits, enough to bring back a float exactly; null for NaN and infinities, which JSON lacks. */
void ur__json_number(ur_buffer *out, double value);

typedef struct ur__json {
  const uint8_t *text;
  size_t size, at;
  int depth, first;   /* first: the container just opened has had no member yet */
  const char *failed; /* what was expected at byte `at`; NULL while all is well */
} ur__json;

ur__json ur__json_open(const void *text, size_t size);
/* '{' or '['. 1 where it was there. */
int ur__json_object(ur__json *json);
int ur__json_array(ur__json *json);
/* The next member: its key, decoded, replaces what is in `key`. 0 at '}' and after a failure. */
int ur__json_member(ur__json *json, ur_buffer *key);
/* Whether another element follows. 0 at ']' and after a failure. */
int ur__json_element(ur__json *json);
/* A string, decoded into `out`, whose contents it replaces. */
int ur__json_text(ur__json *json, ur_buffer *out);
/* A whole number below 2^63 without sign, fraction or exponent. */
int ur__json_whole(ur__json *json, uint64_t *out);
/* Nothing but space may follow. UR_E_FORMAT with `what`, the place and what was expected; UR_E_MEMORY. */
ur_status ur__json_close(ur__json *json, const char *what);

#endif
