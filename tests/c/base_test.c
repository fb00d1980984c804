/* Status, buffers, allocation and its failures, arena, hash, UTF-8, random streams, functions in double. */
#include "check.h"

#include "alloc.h"
#include "arena.h"
#include "decimal.h"
#include "hash.h"
#include "real.h"
#include "unroll/rng.h"
#include "unroll/status.h"
#include "utf8.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void test_status(void) {
  TEST("no error yet") {
    CHECK(ur_last_error()->code == UR_OK);
    CHECK(ur_last_error()->message[0] == '\0');
  }
  TEST("every status has a name of its own") {
    for (int i = 0; i < UR_STATUS_COUNT; i++) {
      CHECK(strcmp(ur_status_name((ur_status)i), "unknown") != 0);
      for (int j = 0; j < i; j++)
        CHECK(strcmp(ur_status_name((ur_status)i), ur_status_name((ur_status)j)) != 0);
    }
    CHECK(strcmp(ur_status_name(UR_E_SHAPE), "shape") == 0);
    CHECK(strcmp(ur_status_name(UR_STATUS_COUNT), "unknown") == 0);
    CHECK(strcmp(ur_status_name((ur_status)-1), "unknown") == 0);
  }
  TEST("a failure in words") {
    CHECK(ur_fail(UR_E_SHAPE, "rnn.3.h", "%s has %d columns, not %d", "h", 7, 8) == UR_E_SHAPE);
    CHECK(ur_last_error()->code == UR_E_SHAPE);
    CHECK(strcmp(ur_last_error()->node, "rnn.3.h") == 0);
    CHECK(strcmp(ur_last_error()->message, "h has 7 columns, not 8") == 0);
  }
  TEST("a failure that quotes the last one") {
    ur_fail(UR_E_NAME, ur_last_error()->node, "again: %s", ur_last_error()->message);
    CHECK(strcmp(ur_last_error()->node, "rnn.3.h") == 0);
    CHECK(strcmp(ur_last_error()->message, "again: h has 7 columns, not 8") == 0);
  }
  TEST("too long is cut, no node is empty") {
    char text[1000];
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    ur_fail(UR_E_TEXT, text, "%s", text);
    CHECK(strlen(ur_last_error()->message) == sizeof ur_last_error()->message - 1);
    CHECK(strlen(ur_last_error()->node) == sizeof ur_last_error()->node - 1);
    ur_fail(UR_E_TEXT, NULL, "plain");
    CHECK(ur_last_error()->node[0] == '\0');
  }
}

static void test_alloc(void) {
  TEST("zeroed, and overflow is refused") {
    unsigned char *p = ur__alloc_array(100, 3);
    if (CHECK(p != NULL))
      for (int i = 0; i < 300; i++) CHECK(p[i] == 0);
    ur__free(p);
    CHECK(ur__alloc_array(SIZE_MAX / 2, 3) == NULL);
    CHECK(ur__alloc_array(SIZE_MAX / 4 + 2, 4) == NULL);
    CHECK(ur__alloc(SIZE_MAX) == NULL);
    CHECK(ur__realloc(NULL, SIZE_MAX) == NULL);
    p = ur__alloc(0);
    CHECK(p != NULL);
    ur__free(p);
    ur__free(NULL);
  }
  TEST("the nth allocation fails, and all after it") {
    ur__alloc_fail_after(1);
    void *first = ur__alloc(8);
    CHECK(first != NULL);
    CHECK(ur__alloc(8) == NULL);
    CHECK(ur__realloc(first, 16) == NULL);
    CHECK(ur__alloc_array(2, 8) == NULL);
    ur__alloc_fail_after(-1);
    void *second = ur__alloc(8);
    CHECK(second != NULL);
    ur__free(first);
    ur__free(second);
  }
}

static void test_buffer(void) {
  TEST("grows, and text ends in a NUL") {
    ur_buffer b = {0};
    for (int i = 0; i < 1000; i++) ur_buffer_print(&b, "%d,", i);
    ur_buffer_append(&b, "end\0!", 5);
    ur_buffer_append(&b, NULL, 0);
    CHECK(!b.failed && b.size == 10 * 2 + 90 * 3 + 900 * 4 + 5 && b.size < b.capacity && b.data[b.size] == 0);
    CHECK(memcmp(b.data, "0,1,2,", 6) == 0 && memcmp(b.data + b.size - 9, "999,end\0!", 9) == 0);
    ur_buffer_free(&b);
    CHECK(b.data == NULL && b.size == 0 && b.capacity == 0);
  }
  TEST("a failure stays and keeps what was there") {
    ur_buffer b = {0};
    ur_buffer_append(&b, "abc", 3);
    ur__alloc_fail_after(0);
    for (int i = 0; i < 100; i++) ur_buffer_print(&b, "0123456789");
    ur__alloc_fail_after(-1);
    CHECK(b.failed);
    size_t size = b.size;
    ur_buffer_append(&b, "x", 1);
    CHECK(b.failed && b.size == size && b.data[size] == 0 && memcmp(b.data, "abc", 3) == 0);
    ur_buffer_free(&b);
    ur_buffer_append(&b, "x", SIZE_MAX / 2);
    CHECK(b.failed && b.data == NULL);
    ur_buffer_free(&b);
  }
}

typedef struct layout {
  float *a;
  double *b;
  char *c;
} layout;
static layout lay_out(ur__arena *arena) {
  layout l;
  l.a = ur__arena_take(arena, 5, sizeof *l.a);
  l.b = ur__arena_take(arena, 0, sizeof *l.b);
  l.c = ur__arena_take(arena, 65, 1);
  return l;
}

static void test_arena(void) {
  ur__arena arena = {0};
  TEST("measured, committed, laid out again") {
    layout l = lay_out(&arena);
    CHECK(l.a == NULL && l.b == NULL && l.c == NULL);
    CHECK(arena.used == 64 + 0 + 128);
    CHECK(ur__arena_commit(&arena, 192, "test") == UR_OK);
    l = lay_out(&arena);
    if (CHECK(l.a && l.b && l.c)) {
      CHECK((uintptr_t)l.a % 64 == 0 && (uintptr_t)l.c % 64 == 0);
      CHECK((char *)l.c == (char *)l.a + 64);
      CHECK(l.a[4] == 0 && l.c[64] == 0);
      memset(l.c, 1, 128);
    }
    CHECK(ur__arena_take(&arena, 1, 1) == NULL && arena.overflow); /* nobody measured that */
    ur__arena_free(&arena);
    CHECK(arena.block == NULL && arena.used == 0 && arena.overflow == 0);
  }
  TEST("nothing at all") {
    CHECK(ur__arena_commit(&arena, 0, "test") == UR_OK);
    CHECK(ur__arena_take(&arena, 0, 8) != NULL);
    ur__arena_free(&arena);
  }
  TEST("refused: over the limit, no memory, too large to count") {
    lay_out(&arena);
    CHECK(ur__arena_commit(&arena, 191, "graph") == UR_E_MEMORY && arena.block == NULL);
    CHECK(strcmp(ur_last_error()->node, "graph") == 0 && strstr(ur_last_error()->message, "limit") != NULL);
    lay_out(&arena);
    ur__alloc_fail_after(0);
    CHECK(ur__arena_commit(&arena, 0, "graph") == UR_E_MEMORY && arena.block == NULL);
    ur__alloc_fail_after(-1);
    CHECK(ur__arena_take(&arena, SIZE_MAX / 2, 4) == NULL);
    CHECK(ur__arena_commit(&arena, 0, "graph") == UR_E_MEMORY && arena.block == NULL);
    CHECK(ur__arena_take(&arena, PTRDIFF_MAX / 2, 1) == NULL && !arena.overflow);
    CHECK(ur__arena_take(&arena, PTRDIFF_MAX / 2 + 1, 1) == NULL && arena.overflow);
    ur__arena_free(&arena);
  }
}

static void test_hash(void) {
  TEST("FNV-1a against its authors' vectors") {
    CHECK(ur__fnv1a(UR__FNV_START, NULL, 0) == UINT64_C(0xcbf29ce484222325));
    CHECK(ur__fnv1a(UR__FNV_START, "a", 1) == UINT64_C(0xaf63dc4c8601ec8c));
    CHECK(ur__fnv1a(UR__FNV_START, "foobar", 6) == UINT64_C(0x85944171f73967e8));
    CHECK(ur__fnv1a(ur__fnv1a(UR__FNV_START, "foo", 3), "bar", 3) == UINT64_C(0x85944171f73967e8));
  }
}

static int decoded(const char *text, size_t size, uint32_t *code) {
  return ur__utf8_decode((const uint8_t *)text, size, code);
}

static void test_utf8(void) {
  TEST("every code point there and back; a cut one is none") {
    uint32_t wrong = 0;
    for (uint32_t c = 0; c <= 0x110000; c++) {
      char text[5];
      uint32_t back = ~c;
      int length = ur__utf8_encode(c, text), valid = c <= 0x10ffff && (c < 0xd800 || c > 0xdfff);
      if (length != (!valid ? 0 : c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4)) wrong++;
      if (text[length] != '\0') wrong++;
      if (valid && (decoded(text, 5, &back) != length || back != c)) wrong++;
      if (valid && decoded(text, (size_t)length - 1, &back) != 0) wrong++;
    }
    CHECK(wrong == 0);
  }
  TEST("what is no character") {
    static const char *const bad[] = {"\x80",
                                      "\xbf",
                                      "\xc0\x80",
                                      "\xc1\xbf",
                                      "\xe0\x9f\xbf",
                                      "\xed\xa0\x80",
                                      "\xed\xbf\xbf",
                                      "\xf0\x8f\xbf\xbf",
                                      "\xf4\x90\x80\x80",
                                      "\xf8\x88\x80\x80\x80",
                                      "\xfe",
                                      "\xff",
                                      "\xc3(",
                                      "\xe2\x82(",
                                      "\xf0\x9f\x98(",
                                      "\xe2(\x82"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
      uint32_t code = 77;
      CHECK(decoded(bad[i], strlen(bad[i]), &code) == 0 && code == 77);
    }
    uint32_t code = 0;
    CHECK(decoded("", 0, &code) == 0);
    CHECK(decoded("\0", 1, &code) == 1 && code == 0);
    CHECK(decoded("\xc3\xa9t\xc3\xa9", 5, &code) == 2 && code == 0xe9);
  }
}

static void test_rng(void) {
  TEST("xoshiro256** against its authors' numbers for the state 1, 2, 3, 4") {
    static const uint64_t right[] = {UINT64_C(11520), UINT64_C(0), UINT64_C(1509978240),
                                     UINT64_C(1215971899390074240), UINT64_C(1216172134540287360)};
    ur_rng rng = {{1, 2, 3, 4}};
    for (size_t i = 0; i < sizeof right / sizeof *right; i++) CHECK(ur_rng_u64(&rng) == right[i]);
  }
  TEST("streams differ in seed, name and index, and come again") {
    ur_rng a = ur_rng_stream(1, "init", 0), same = ur_rng_stream(1, "init", 0);
    ur_rng others[] = {ur_rng_stream(2, "init", 0), ur_rng_stream(1, "data", 0), ur_rng_stream(1, "init", 1),
                       ur_rng_stream(0, "init", 1), ur_rng_stream(0, "init", 0)};
    CHECK(memcmp(&a, &same, sizeof a) == 0);
    uint64_t first = ur_rng_u64(&a);
    CHECK(ur_rng_u64(&same) == first);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) CHECK(ur_rng_u64(others + i) != first);
  }
  TEST("below: even, also where n does not divide 2^32") {
    ur_rng rng = ur_rng_stream(3, "test", 0);
    int counts[6] = {0};
    for (int i = 0; i < 60000; i++) counts[ur_rng_below(&rng, 6)]++;
    for (int i = 0; i < 6; i++) CHECK_NEAR(counts[i], 10000, 400); /* 4.4 standard deviations */
    int low = 0, n = 40000;
    for (int i = 0; i < n; i++) low += ur_rng_below(&rng, 0xc0000000u) < 0x60000000u;
    CHECK_NEAR(low, n / 2, 450); /* x % n without rejection would give two thirds */
    CHECK(ur_rng_below(&rng, 1) == 0);
  }
  TEST("uniform: [0, 1), mean 1/2, variance 1/12") {
    ur_rng rng = ur_rng_stream(4, "test", 0);
    double sum = 0, squares = 0;
    int n = 100000, outside = 0;
    for (int i = 0; i < n; i++) {
      double x = (double)ur_rng_uniform(&rng);
      outside += x < 0 || x >= 1;
      sum += x;
      squares += x * x;
    }
    CHECK(outside == 0);
    CHECK_NEAR(sum / n, 0.5, 0.004);
    CHECK_NEAR(squares / n, 1.0 / 3, 0.004);
  }
  TEST("normal: moments 0, 1, 0, 3 and tails") {
    ur_rng rng = ur_rng_stream(5, "test", 0);
    double moment[4] = {0};
    int n = 200000, beyond = 0;
    for (int i = 0; i < n; i++) {
      double x = (double)ur_rng_normal(&rng), power = x;
      for (int k = 0; k < 4; k++, power *= x) moment[k] += power / n;
      beyond += fabs(x) > 1.959963984540054;
    }
    CHECK_NEAR(moment[0], 0, 0.01);
    CHECK_NEAR(moment[1], 1, 0.015);
    CHECK_NEAR(moment[2], 0, 0.04);
    CHECK_NEAR(moment[3], 3, 0.1);
    CHECK_NEAR((double)beyond / n, 0.05, 0.0025);
  }
  TEST("the same numbers on every target") {
    /* A golden value, as the first build printed it. */
    ur_rng rng = ur_rng_stream(42, "sampling", 9);
    uint64_t hash = UR__FNV_START;
    for (int i = 0; i < 20000; i++) {
      float x = ur_rng_normal(&rng), u = ur_rng_uniform(&rng);
      uint32_t below = ur_rng_below(&rng, 1000);
      hash = ur__fnv1a(ur__fnv1a(ur__fnv1a(hash, &x, sizeof x), &u, sizeof u), &below, sizeof below);
    }
    printf("streams  %08lx%08lx\n", (unsigned long)(hash >> 32), (unsigned long)(hash & 0xffffffffu));
    CHECK(hash == UINT64_C(0x62450bb6478b484d));
  }
}

/* Relative to libm's, which is good to its last bits. */
static double off(double ours, double right) { return fabs(ours - right) / (right == 0 ? 1 : fabs(right)); }

static void test_real(void) {
  TEST("within 1e-15 of libm") {
    double worst[5] = {0};
    ur_rng rng = ur_rng_stream(1, "test", 0);
    for (int i = 0; i < 200000; i++) {
      const double u = 2 * ((double)(ur_rng_u64(&rng) >> 11) * 0x1p-53) - 1;
      const double small = u * pow(10, -(i % 30)), wide = u * 708;
      worst[0] = fmax(worst[0], off(ur__exp(i % 2 ? wide : small), exp(i % 2 ? wide : small)));
      worst[1] = fmax(worst[1], off(ur__log(exp(wide)), log(exp(wide))));
      worst[1] = fmax(worst[1], off(ur__log(1 + small), log(1 + small)));
      worst[2] = fmax(worst[2], off(ur__tanh(i % 2 ? 20 * u : small), tanh(i % 2 ? 20 * u : small)));
      worst[3] =
          fmax(worst[3], off(ur__sigmoid(wide), u < 0 ? exp(wide) / (1 + exp(wide)) : 1 / (1 + exp(-wide))));
      worst[4] = fmax(worst[4], fabs(ur__sin_turns(u) - sin(6.283185307179586 * u)));
    }
    for (int i = 0; i < 5; i++)
      if (!CHECK(worst[i] < 1e-15)) printf("       function %d: %g\n", i, worst[i]);
  }
  TEST("at the ends") {
    CHECK(ur__exp(0) == 1 && ur__exp(-1e308) == 0 && ur__exp(-709) == 0 && isinf(ur__exp(710)));
    CHECK(off(ur__exp(709.7), exp(709.7)) < 1e-15 && off(ur__log(5e-324), log(5e-324)) < 1e-15);
    CHECK(ur__log(1) == 0 && isnan(ur__log(-1)) && isinf(ur__log(0)) && ur__log(0) < 0 &&
          isinf(ur__log(INFINITY)));
    CHECK(ur__tanh(0) == 0 && ur__tanh(1e300) == 1 && ur__tanh(-INFINITY) == -1 && ur__sigmoid(-1e9) == 0);
    CHECK(isnan(ur__exp(NAN)) && isnan(ur__log(NAN)) && isnan(ur__tanh(NAN)) && isnan(ur__sigmoid(NAN)));
    CHECK(ur__sin_turns(0) == 0 && ur__sin_turns(0.25) == 1 && ur__sin_turns(0.5) == 0);
    CHECK(ur__sin_turns(-0.25) == -1 && ur__sin_turns(1) == 0 && ur__sin_turns(1e9 + 0.75) == -1);
  }
  TEST("the same doubles on every target") {
    ur_rng rng = ur_rng_stream(2, "test", 0);
    uint64_t hash = UR__FNV_START;
    for (int i = 0; i < 20000; i++) {
      const double x = 30 * (double)ur_rng_normal(&rng);
      const double y[] = {ur__exp(x), ur__log(fabs(x)), ur__tanh(x / 30), ur__sigmoid(x), ur__sin_turns(x)};
      hash = ur__fnv1a(hash, y, sizeof y);
    }
    if (!CHECK(hash == UINT64_C(0x156e64047a69bab4))) printf("       0x%016llx\n", (unsigned long long)hash);
  }
}

static int as_libc(const char *text) {
  const char *end;
  char *theirs;
  const double ours = ur__decimal_read(text, &end), right = strtod(text, &theirs);
  return memcmp(&ours, &right, sizeof ours) == 0 && end == theirs;
}

/* Against the C library, which rounds right in glibc and in musl. */
static void test_decimal(void) {
  static const char *const written[] = {
      "",
      "-",
      ".",
      "-.",
      "x1",
      "1.",
      "+.5",
      "1e",
      "1e+",
      "1e5x",
      "0",
      "-0",
      "0e999",
      "1e400",
      "-1e400",
      "1e-400",
      "1..2",
      "1.2.3",
      "1e22",
      "1e23",
      ".e5",
      "8.5e22",
      "00012.500",
      "0.1e-99999999",
      "1e99999999999",
      "0.000000000000000000000000000001e30",
      "123456789012345678901234567890e-10",
      "9007199254740993",
      "9007199254740992.999999999999999999",
      "9007199254740993.00000000000000000000000000000000000001", /* a tie, and just above it */
      "4.9406564584124654e-324",
      "2.4703282292062327e-324",
      "2.4703282292062328e-324",
      "2.2250738585072011e-308",
      "2.2250738585072014e-308",
      "1.7976931348623157e308",
      "1.797693134862315807e308",
      "1.7976931348623159e308"};
  TEST("decimal numbers") {
    for (size_t i = 0; i < sizeof written / sizeof *written; i++)
      if (!CHECK(as_libc(written[i]))) printf("       %s\n", written[i]);
    ur_rng rng = ur_rng_stream(3, "decimal", 0);
    for (int i = 0; i < 20000; i++) {
      const uint64_t bits = (uint64_t)ur_rng_below(&rng, UINT32_MAX) << 32 | ur_rng_below(&rng, UINT32_MAX);
      double x;
      char text[40];
      memcpy(&x, &bits, sizeof x);
      if (!isfinite(x)) continue;
      snprintf(text, sizeof text, "%.*g", 1 + i % 19, x);
      CHECK(as_libc(text));
    }
  }
  TEST("a number of a thousand digits, between two doubles and just above") {
    char text[1100];
    const int size = snprintf(text, sizeof text, "%.1000f", 0x1p-1074 + 0x1p-1022);
    CHECK(as_libc(text));
    snprintf(text + size, sizeof text - (size_t)size, "%060d1", 0);
    CHECK(as_libc(text));
  }
}

int main(void) {
  test_decimal();
  test_status();
  test_alloc();
  test_buffer();
  test_arena();
  test_hash();
  test_utf8();
  test_rng();
  test_real();
  return check_done();
}
