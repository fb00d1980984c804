#include "json.h"

#include <string.h>

#include "utf8.h"

static int fail(ur__json *json, const char *expected) {
  if (json->failed == NULL) json->failed = expected;
  return 0;
}

static int peek(ur__json *json) {
  while (json->at < json->size && memchr(" \t\r\n", json->text[json->at], 4) != NULL) json->at++;
  return json->at < json->size ? json->text[json->at] : -1;
}

static int take(ur__json *json, char c, const char *expected) {
  if (json->failed != NULL) return 0;
  if (peek(json) != (unsigned char)c) return fail(json, expected);
  json->at++;
  return 1;
}

static int enter(ur__json *json, char c, const char *expected) {
  if (!take(json, c, expected)) return 0;
  if (json->depth == UR__JSON_DEPTH) return fail(json, "less nesting");
  json->depth++;
  json->first = 1;
  return 1;
}

/* Before a member or element: 1 with the comma eaten, 0 with the closing bracket eaten. */
static int follows(ur__json *json, char close, const char *expected) {
  if (json->failed != NULL) return 0;
  const int first = json->first;
  json->first = 0;
  if (peek(json) == (unsigned char)close) {
    json->at++;
    json->depth--;
    return 0;
  }
  return first || take(json, ',', expected);
}

static int hex4(ur__json *json, uint32_t *out) {
  *out = 0;
  for (int i = 0; i < 4; i++, json->at++) {
    const int c = json->at < json->size ? json->text[json->at] : -1;
    const int digit = c >= '0' && c <= '9'   ? c - '0'
                      : c >= 'a' && c <= 'f' ? c - 'a' + 10
                      : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                             : -1;
    if (digit < 0) return fail(json, "four hexadecimal digits");
    *out = *out << 4 | (uint32_t)digit;
  }
  return 1;
}

static int escape(ur__json *json, ur_buffer *out) {
  static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
  const int c = json->at < json->size ? json->text[json->at] : 0;
  const char *plain = c != 0 ? strchr(from, c) : NULL;
  if (plain != NULL) {
    json->at++;
    ur_buffer_append(out, to + (plain - from), 1);
    return 1;
  }
  uint32_t code, low;
  char utf8[5];
  if (c != 'u') return fail(json, "an escape");
  json->at++;
  if (!hex4(json, &code)) return 0;
  if (code >= 0xD800 && code < 0xDC00) {
    if (json->size - json->at < 2 || memcmp(json->text + json->at, "\\u", 2) != 0)
      return fail(json, "the second half of a surrogate pair");
    json->at += 2;
    if (!hex4(json, &low)) return 0;
    if (low < 0xDC00 || low > 0xDFFF) return fail(json, "the second half of a surrogate pair");
    code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
  }
  const int length = ur__utf8_encode(code, utf8);
  if (length == 0 || code == 0) return fail(json, "a character");
  ur_buffer_append(out, utf8, (size_t)length);
  return 1;
}

ur__json ur__json_open(const void *text, size_t size) { return (ur__json){.text = text, .size = size}; }
int ur__json_object(ur__json *json) { return enter(json, '{', "'{'"); }
int ur__json_array(ur__json *json) { return enter(json, '[', "'['"); }
int ur__json_element(ur__json *json) { return follows(json, ']', "',' or ']'"); }

int ur__json_member(ur__json *json, ur_buffer *key) {
  return follows(json, '}', "',' or '}'") && ur__json_text(json, key) && take(json, ':', "':'");
}

int ur__json_text(ur__json *json, ur_buffer *out) {
  out->size = 0;
  ur_buffer_append(out, "", 0);
  if (!take(json, '"', "a string")) return 0;
  for (;;) {
    uint32_t code;
    const int length = ur__utf8_decode(json->text + json->at, json->size - json->at, &code);
    if (length == 0) return fail(json, json->at < json->size ? "valid UTF-8" : "the end of the string");
    if (code < 0x20) return fail(json, "no control character in a string");
    json->at += (size_t)length;
    if (code == '"') break;
    if (code != '\\')
      ur_buffer_append(out, json->text + json->at - length, (size_t)length);
    else if (!escape(json, out))
      return 0;
  }
  return out->failed ? fail(json, "memory") : 1;
}

int ur__json_whole(ur__json *json, uint64_t *out) {
  *out = 0;
  if (json->failed != NULL) return 0;
  const int first = peek(json);
  if (first < '0' || first > '9') return fail(json, "a whole number");
  for (size_t digits = 0; json->at < json->size; digits++, json->at++) {
    const int c = json->text[json->at];
    if (c == '.' || c == 'e' || c == 'E') return fail(json, "a whole number");
    if (c < '0' || c > '9') break;
    if (digits == 1 && *out == 0) return fail(json, "a number without leading zeros");
    if (*out > (UINT64_MAX / 2 - (uint64_t)(c - '0')) / 10) return fail(json, "a smaller number");
    *out = *out * 10 + (uint64_t)(c - '0');
  }
  return 1;
}

ur_status ur__json_close(ur__json *json, const char *what) {
  if (json->failed == NULL && peek(json) >= 0) fail(json, "nothing more");
  if (json->failed == NULL) return UR_OK;
  if (strcmp(json->failed, "memory") == 0)
    return ur_fail(UR_E_MEMORY, "", "there is no memory left to read %s", what);
  return ur_fail(UR_E_FORMAT, "", "%s is not the JSON it should be: expected %s at byte %zu", what,
                 json->failed, json->at);
}
