/* tests/c/check.h: the whole test harness. A test program includes it once:
 *
 *   int main(void) {
 *     TEST("adds") { CHECK(1 + 1 == 2); }
 *     return check_done();
 *   }
 *
 * A failed check is printed with its place and the test goes on. */
#ifndef UNROLL_TESTS_CHECK_H
#define UNROLL_TESTS_CHECK_H

#include <math.h>
#include <stdio.h>

static struct {
  const char *test;
  unsigned long passed, failed;
} check_state = {"", 0, 0};

static inline int check_that(int ok, const char *file, int line, const char *what) {
  if (ok) {
    check_state.passed++;
  } else if (++check_state.failed <= 50) { /* a broken kernel fails thousands of times */
    printf("FAILED %s:%d: %s: %s\n", file, line, check_state.test, what);
  }
  return ok;
}

static inline int check_near(double a, double b, double tolerance, const char *file, int line,
                             const char *what) {
  int ok = fabs(a - b) <= tolerance; /* false for NaN */
  if (!check_that(ok, file, line, what))
    printf("       %.17g against %.17g, tolerance %g\n", a, b, tolerance);
  return ok;
}

static inline int check_done(void) {
  printf("%lu passed, %lu failed\n", check_state.passed, check_state.failed);
  return check_state.failed != 0 || check_state.passed == 0;
}

/* Each is an expression: 1 where it held, so that a test can stop where going on makes no sense. */
#define CHECK(condition)            check_that((condition) ? 1 : 0, __FILE__, __LINE__, #condition)
#define CHECK_NEAR(a, b, tolerance) check_near((a), (b), (tolerance), __FILE__, __LINE__, #a " near " #b)
/* Names the block that follows. */
#define TEST(name) for (int check_once = (check_state.test = (name), 1); check_once; check_once = 0)

/* How many of what is computed alike: natively all. A sanitizer sees the same accesses for each, and
 * WebAssembly computes what native code does: of them some. */
#if defined __has_feature
#if __has_feature(address_sanitizer)
#define CHECK_SANITIZED 1
#endif
#endif
#if defined __SANITIZE_ADDRESS__ || defined CHECK_SANITIZED || defined __wasm__
#define CHECK_OF(all, some) (some)
#else
#define CHECK_OF(all, some) (all)
#endif

#endif
