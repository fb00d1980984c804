/* The table of claims, how one is run, and what there is as JSON. */
#include "claims.h"

#include <string.h>

#include "alloc.h"
#include "check.h"

static void test_describe_without_memory(void) {
  long n = 0;
  for (int failed = 1; failed; n++) {
    ur_buffer out = {0};
    ur__alloc_fail_after(n);
    ur_describe(&out);
    ur__alloc_fail_after(-1);
    failed = out.failed;
    if (!failed) CHECK(out.size > 1000 && out.data[out.size - 1] == '}');
    ur_buffer_free(&out);
  }
  CHECK(n > 2);
}

static void test_claim_mechanics(void) {
  ur_claim *claim = NULL;
  ur_claim_report report = {0};
  CHECK(ur_claim_create("nothing", 1, 1, &claim) == UR_E_NAME && claim == NULL);
  CHECK(strstr(ur_last_error()->message, "there are rnn") != NULL);
  CHECK(ur_claim_create("rnn", 1, 1, &claim) == UR_OK);
  double fraction = -1;
  for (int i = 0; i < 10; i++) {
    CHECK(ur_claim_step(claim, &report) == UR_OK && report.fraction > fraction && !report.done);
    fraction = report.fraction;
  }
  CHECK(report.count == 2 && strcmp(report.rows[0].name, "counting pairs") == 0);
  CHECK(report.rows[0].measured > 2.35 && report.rows[0].measured < 2.45);
  CHECK(report.rows[1].measured > 2.13 && report.rows[1].measured < 2.2);
  CHECK(ur__claim_stands(30, 30) && ur__claim_stands(29, 30) && !ur__claim_stands(28, 30) &&
        !ur__claim_stands(28, 29));
  CHECK(ur__claim_stands(3, 3) && !ur__claim_stands(2, 3) && ur__claim_stands(58, 60) &&
        !ur__claim_stands(57, 60));
  CHECK(strcmp(report.now, "window of 3 letters") == 0 && report.step == 6 && report.steps == 300);
  ur_claim_free(claim);
}

int main(void) {
  TEST("describe without memory") { test_describe_without_memory(); }
  TEST("claim") { test_claim_mechanics(); }
  return check_done();
}
