#include "check.h"
#include "unroll/rng.h"
int main(void) {
  TEST("rng") {
    ur_rng r = ur_rng_stream(1, "init", 0);
    double s = 0, q = 0;
    for (int i = 0; i < 100000; i++) {
      double x = ur_rng_normal(&r);
      s += x;
      q += x * x;
    }
    CHECK_NEAR(s / 1e5, 0, 0.01);
    CHECK_NEAR(q / 1e5, 1, 0.02);
  }
  return check_done();
}
