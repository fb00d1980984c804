/* JSON in and out, and files of weights: what we write comes back, and what others write is checked first. */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "check.h"
#include "json.h"
#include "safetensors.h"

static int holds(const ur_buffer *buffer, const char *text) {
  return buffer->size == strlen(text) && memcmp(buffer->data, text, buffer->size) == 0;
}

static void test_json_write(void) {
  ur_buffer out = {0};
  const char text[] = "a\"b\\c\n\x01é\xFFz";
  ur__json_string(&out, text, sizeof text - 1);
  CHECK(holds(&out, "\"a\\\"b\\\\c\\u000a\\u0001é\xEF\xBF\xBDz\""));
  out.size = 0;
  ur__json_number(&out, 0.1f);
  ur_buffer_print(&out, " ");
  ur__json_number(&out, 1.0 / 0.0 - 1.0 / 0.0);
  ur_buffer_print(&out, " ");
  ur__json_number(&out, -1.0 / 0.0);
  CHECK(holds(&out, "0.100000001 null null"));
  ur_buffer_free(&out);
}

static void test_json_read(void) {
  const char *text = " {\"a\":[1, 22],\"b\\u00e9\\ud83d\\ude00\":\"x\\n\",\"c\":{}} ";
  ur__json json = ur__json_open(text, strlen(text));
  ur_buffer buffer = {0};
  uint64_t number = 0;
  CHECK(ur__json_object(&json));
  CHECK(ur__json_member(&json, &buffer) && holds(&buffer, "a"));
  CHECK(ur__json_array(&json));
  CHECK(ur__json_element(&json) && ur__json_whole(&json, &number) && number == 1);
  CHECK(ur__json_element(&json) && ur__json_whole(&json, &number) && number == 22);
  CHECK(!ur__json_element(&json));
  CHECK(ur__json_member(&json, &buffer) && holds(&buffer, "bé😀"));
  CHECK(ur__json_text(&json, &buffer) && holds(&buffer, "x\n"));
  CHECK(ur__json_member(&json, &buffer) && ur__json_object(&json) && !ur__json_member(&json, &buffer));
  CHECK(!ur__json_member(&json, &buffer));
  CHECK(ur__json_close(&json, "it") == UR_OK);
  ur_buffer_free(&buffer);
}

/* Reads {"k": <value>} with the value as text or number; UR_OK where that works. */
static ur_status read_one(const char *text, int number) {
  ur__json json = ur__json_open(text, strlen(text));
  ur_buffer buffer = {0};
  uint64_t value;
  ur__json_object(&json);
  while (ur__json_member(&json, &buffer)) {
    if (number)
      ur__json_whole(&json, &value);
    else
      ur__json_text(&json, &buffer);
  }
  ur_buffer_free(&buffer);
  return ur__json_close(&json, "it");
}

static void test_json_hostile(void) {
  static const char *const bad_text[] = {"",
                                         "{",
                                         "{}x",
                                         "{\"a\"}",
                                         "{\"a\":}",
                                         "{,}",
                                         "{\"a\":\"b\",}",
                                         "{\"a\":\"",
                                         "{\"a\":\"\n\"}",
                                         "{\"a\":\"\\x\"}",
                                         "{\"a\":\"\\u12\"}",
                                         "{\"a\":\"\\ud800\"}",
                                         "{\"a\":\"\\ud800\\u0041\"}",
                                         "{\"a\":\"\\udc00\"}",
                                         "{\"a\":\"\\u0000\"}",
                                         "{\"a\":\"\xC0\x80\"}",
                                         "{\"a\" \"b\"}",
                                         "{\"a\":\"b\" \"c\":\"d\"}",
                                         "{'a':\"b\"}"};
  static const char *const bad_number[] = {"{\"a\":-1}",
                                           "{\"a\":1.5}",
                                           "{\"a\":1e3}",
                                           "{\"a\":01}",
                                           "{\"a\":x}",
                                           "{\"a\":9223372036854775808}",
                                           "{\"a\":99999999999999999999}"};
  CHECK(read_one("{\"a\":\"b\"}", 0) == UR_OK);
  CHECK(read_one("{\"a\":9223372036854775807}", 1) == UR_OK);
  CHECK(read_one("{\"a\":0}", 1) == UR_OK);
  for (size_t i = 0; i < sizeof bad_text / sizeof *bad_text; i++) {
    if (!CHECK(read_one(bad_text[i], 0) == UR_E_FORMAT)) printf("       %s\n", bad_text[i]);
  }
  for (size_t i = 0; i < sizeof bad_number / sizeof *bad_number; i++) {
    if (!CHECK(read_one(bad_number[i], 1) == UR_E_FORMAT)) printf("       %s\n", bad_number[i]);
  }
  ur__json json = ur__json_open("[[[[[[[[[[", 10);
  while (ur__json_array(&json)) ur__json_element(&json);
  CHECK(ur__json_close(&json, "it") == UR_E_FORMAT && json.at <= UR__JSON_DEPTH + 1);
}

static const float four[4] = {1, -2, 3.5f, 1e-30f};
static const int64_t two[2] = {-1, INT64_MAX};

static void sample_file(ur_buffer *out) {
  ur__stored tensors[] = {
      {.name = "state", .dtype = UR__I64, .rank = 1, .shape = {2}, .data = two, .size = sizeof two},
      {.name = "W_h", .dtype = UR__F32, .rank = 2, .shape = {2, 2}, .data = four, .size = sizeof four},
      {.name = "none", .dtype = UR__F32, .rank = 2, .shape = {0, 7}, .data = four, .size = 0}};
  ur__pair pairs[] = {{"model", "rnn_lm"}, {"quoted", "{\"a\":\"é\"}"}};
  const ur__safetensors file = {.tensors = tensors, .tensor_count = 3, .metadata = pairs, .pair_count = 2};
  CHECK(ur__safetensors_write(&file, out) == UR_OK);
}

static void test_round_trip(void) {
  ur_buffer bytes = {0}, again = {0};
  ur__safetensors file;
  sample_file(&bytes);
  uint64_t header;
  memcpy(&header, bytes.data, 8);
  CHECK(header % 8 == 0);
  if (CHECK(ur__safetensors_read((ur_bytes){bytes.data, bytes.size}, &file) == UR_OK)) {
    const ur__stored *W = ur__safetensors_find(&file, "W_h"), *state = ur__safetensors_find(&file, "state");
    CHECK(file.tensor_count == 3 && W != NULL && state != NULL);
    CHECK(W->rank == 2 && W->shape[0] == 2 && W->shape[1] == 2 && W->size == 16);
    CHECK(memcmp(W->data, four, sizeof four) == 0 && memcmp(state->data, two, sizeof two) == 0);
    CHECK(strcmp(ur__safetensors_meta(&file, "quoted"), "{\"a\":\"é\"}") == 0);
    CHECK(ur__safetensors_meta(&file, "other") == NULL && ur__safetensors_find(&file, "other") == NULL);
    CHECK(ur__safetensors_write(&file, &again) == UR_OK);
    CHECK(again.size == bytes.size && memcmp(again.data, bytes.data, bytes.size) == 0);
    ur__safetensors_free(&file);
  }
  ur_buffer_free(&bytes);
  ur_buffer_free(&again);
}

/* A file of this header and so many bytes of data, copied so that the sanitizer sees a read past its end. */
static ur_status read_made(const char *header, uint64_t claimed, size_t data) {
  const size_t length = strlen(header), size = 8 + length + data;
  uint8_t *bytes = malloc(size);
  ur__safetensors file;
  memcpy(bytes, &claimed, 8);
  memcpy(bytes + 8, header, length);
  memset(bytes + 8 + length, 0, data);
  const ur_status status = ur__safetensors_read((ur_bytes){bytes, size}, &file);
  if (status == UR_OK)
    ur__safetensors_free(&file);
  else
    CHECK(file.tensors == NULL && file.strings == NULL);
  free(bytes);
  return status;
}

#define T(name, dtype, shape, from, to)                                                                      \
  "\"" name "\":{\"dtype\":\"" dtype "\",\"shape\":[" shape "],\"data_offsets\":[" from "," to "]}"

static void test_hostile(void) {
  static const struct {
    const char *header;
    size_t data;
    const char *says;
  } cases[] = {
      {"{" T("a", "F32", "2", "0", "8") "}", 4, "4 bytes of data"},
      {"{" T("a", "F32", "2", "0", "8") "}", 9, "belong to none"},
      {"{" T("a", "F32", "2", "8", "0") "}", 8, "bytes 8 to 0"},
      {"{" T("a", "F17", "2", "0", "4") "}", 4, "dtype F17"},
      {"{" T("a", "BF16", "2", "0", "8") "}", 8, "takes 4 bytes by its shape but 8"},
      {"{" T("a", "F64", "2", "0", "8") "}", 8, "takes 16 bytes by its shape but 8"},
      {"{" T("a", "F32", "3", "0", "8") "}", 8, "takes 12 bytes by its shape but 8"},
      {"{" T("a", "F32", "1", "0", "4") "," T("b", "F32", "1", "0", "4") "}", 4, "overlaps"},
      {"{" T("a", "F32", "1", "0", "4") "," T("b", "F32", "1", "8", "12") "}", 12, "gap"},
      {"{" T("a", "F32", "1", "0", "4") "," T("a", "F32", "1", "4", "8") "}", 8, "twice"},
      {"{" T("a", "F32", "1,1,1,1,1,1,1,1,1", "0", "4") "}", 4, "dimensions"},
      {"{" T("a", "F32", "4294967296,4294967296,4294967296", "0", "4") "}", 4, "too large"},
      {"{" T("a", "F32", "4611686018427387904,4", "0", "0") "}", 0, "too large"},
      {"{\"a\":{\"dtype\":\"F32\",\"shape\":[1]}}", 4, "lacks"},
      {"{\"a\":{\"dtype\":\"F32\",\"dtype\":\"F32\"}}", 4, "twice"},
      {"{\"a\":{\"type\":\"F32\"}}", 4, "unknown"},
      {"{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4,8]}}", 4, "more than two"},
      {"{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0]}}", 4, "expected"},
      {"{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}}", 4, "whole number"},
      {"{\"__metadata__\":{\"a\":\"b\",\"a\":\"c\"}}", 0, "twice"},
      {"{\"__metadata__\":{},\"__metadata__\":{}}", 0, "twice"},
      {"{\"__metadata__\":{\"a\":1}}", 0, "a string"},
      {"[1]", 0, "'{'"},
      {"not json", 0, "'{'"},
      {"{}{}", 0, "nothing more"},
  };
  CHECK(read_made("{" T("a", "F32", "2", "0", "8") "}", strlen("{" T("a", "F32", "2", "0", "8") "}"), 8) ==
        UR_OK);
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    const ur_status status = read_made(cases[i].header, strlen(cases[i].header), cases[i].data);
    if (!CHECK(status == UR_E_FORMAT && strstr(ur_last_error()->message, cases[i].says) != NULL))
      printf("       %s: %s\n", cases[i].header, status == UR_OK ? "accepted" : ur_last_error()->message);
  }
  CHECK(read_made("{}", 3, 0) == UR_E_FORMAT);
  CHECK(read_made("{}", UINT64_MAX, 0) == UR_E_FORMAT);
  ur__safetensors file;
  CHECK(ur__safetensors_read((ur_bytes){(const uint8_t *)"1234567", 7}, &file) == UR_E_FORMAT);
}

/* Every prefix and every changed byte of a good file is refused or read, and never read past its end. */
static void test_damaged(void) {
  ur_buffer bytes = {0};
  ur__safetensors file;
  sample_file(&bytes);
  for (size_t size = 0; size < bytes.size; size++) {
    uint8_t *cut = malloc(size + 1);
    memcpy(cut, bytes.data, size);
    CHECK(ur__safetensors_read((ur_bytes){cut, size}, &file) == UR_E_FORMAT);
    free(cut);
  }
  for (size_t at = 0; at < bytes.size; at++) {
    for (int flip = 0; flip < 8; flip++) {
      bytes.data[at] ^= (uint8_t)(1 << flip);
      if (ur__safetensors_read((ur_bytes){bytes.data, bytes.size}, &file) == UR_OK)
        ur__safetensors_free(&file);
      bytes.data[at] ^= (uint8_t)(1 << flip);
    }
  }
  ur_buffer_free(&bytes);
}

static void test_no_memory(void) {
  ur_buffer bytes = {0};
  ur__safetensors file;
  sample_file(&bytes);
  long n = 0;
  for (;; n++) {
    ur__alloc_fail_after(n);
    const ur_status status = ur__safetensors_read((ur_bytes){bytes.data, bytes.size}, &file);
    ur__alloc_fail_after(-1);
    if (status == UR_OK) break;
    CHECK(status == UR_E_MEMORY && file.tensors == NULL);
  }
  CHECK(n > 2);
  ur__safetensors_free(&file);
  ur_buffer_free(&bytes);
}

int main(void) {
  TEST("json out") { test_json_write(); }
  TEST("json in") { test_json_read(); }
  TEST("json refused") { test_json_hostile(); }
  TEST("safetensors there and back") { test_round_trip(); }
  TEST("hostile safetensors") { test_hostile(); }
  TEST("damaged safetensors") { test_damaged(); }
  TEST("no memory") { test_no_memory(); }
  return check_done();
}
