/* The table of claims, how one is run, and what there is as JSON. */
#include "claims.h"

#include <math.h>
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
  for (int i = 0; i < 10; i++) {
    CHECK(ur_claim_step(claim, &report) == UR_OK && !report.done && report.count == 0);
    /* side by side: three of 300 updates, two of one, five measurements, each as much of the whole */
    CHECK(fabs(report.fraction * (3 * 300 + 2 + 5) - (i + 1)) < 1e-9 && isfinite(report.loss));
    CHECK(report.row == (i < 5 ? i : 2 + (i - 5) % 3) && strcmp(report.task, "names") == 0);
  }
  CHECK(strcmp(report.now, "window of 5 letters") == 0 && report.step == 3 && report.steps == 300);
  ur_claim_free(claim);
  CHECK(ur_claim_create("bptt", 1, 1, &claim) == UR_OK);
  for (int i = 0; i < 5; i++) {
    CHECK(ur_claim_step(claim, &report) == UR_OK && report.done == (i == 4) && report.count == i + 1);
    CHECK(report.row == i && isnan(report.loss) && strcmp(report.rows[i].name, report.now) == 0);
  }
  CHECK(report.holds && report.fraction == 1);
  ur_claim_free(claim);
  /* what is no net of the table trains in updates too, and can be left in the middle */
  CHECK(ur_claim_create("meaning", 1, 1, &claim) == UR_OK);
  for (int i = 0; i < 2; i++)
    CHECK(ur_claim_step(claim, &report) == UR_OK && report.row == 1 && report.step == (uint64_t)i + 1 &&
          report.steps == 20 && report.loss > 1 && report.count == 0);
  CHECK(ur__claim_stands(30, 30) && ur__claim_stands(29, 30) && !ur__claim_stands(28, 30) &&
        !ur__claim_stands(28, 29));
  CHECK(ur__claim_stands(3, 3) && !ur__claim_stands(2, 3) && ur__claim_stands(58, 60) &&
        !ur__claim_stands(57, 60));
  ur_claim_free(claim);
}

int main(void) {
  TEST("describe without memory") { test_describe_without_memory(); }
  TEST("claim") { test_claim_mechanics(); }
  return check_done();
}
