#include <inttypes.h>
#include <stdio.h>

#include "claims.h"
#include "command.h"

static void print_report(const cli *c, const ur__claim *claim, uint64_t seed, const ur_claim_report *r,
                         double seconds) {
  if (!c->json) {
    cli_print(c, "%s\n", claim->sentence);
    for (int i = 0; i < r->count; i++) cli_print(c, "  %-22s %.4f\n", r->rows[i].name, r->rows[i].measured);
    cli_print(c, "  asked: %s\n  %s, seed %" PRIu64 ", %.1f s\n", r->asked,
              r->holds ? "holds" : "DOES NOT HOLD", seed, seconds);
    return;
  }
  cli_print(c, "{\"claim\":\"%s\",\"seed\":%" PRIu64 ",\"holds\":%s,\"rows\":[", claim->id, seed,
            r->holds ? "true" : "false");
  for (int i = 0; i < r->count; i++)
    cli_print(c, "%s{\"name\":\"%s\",\"measured\":%.9g}", i > 0 ? "," : "", r->rows[i].name,
              r->rows[i].measured);
  cli_print(c, "],\"sentence\":\"%s\",\"asked\":\"%s\",\"seconds\":%.3f}\n", claim->sentence, r->asked,
            seconds);
}

static int run_one(const cli *c, const char *id, uint64_t seed) {
  const double started = c->host->clock_ms(c->host->context);
  const ur__claim *what = ur__claims;
  ur_claim *claim;
  ur_claim_report report = {0};
  cli_bar bar = {0};
  if (ur_claim_create(id, seed, cli_value(c, "short") != NULL, &claim) != UR_OK) return cli_last_error(c);
  while (!report.done) {
    char text[60];
    if (ur_claim_step(claim, &report) != UR_OK) {
      ur_claim_free(claim);
      return cli_last_error(c);
    }
    snprintf(text, sizeof text, "%s", report.now);
    cli_progress(c, &bar, report.fraction, text);
  }
  const double seconds = (c->host->clock_ms(c->host->context) - started) / 1000;
  for (int i = 0; i < ur__claim_count; i++) {
    if (ur__claims[i].sentence == report.sentence) what = &ur__claims[i];
  }
  print_report(c, what, seed, &report, seconds);
  ur_claim_free(claim);
  return report.holds ? CLI_OK : CLI_FALSE;
}

static int run(cli *c) {
  double seed;
  int code = CLI_OK;
  if (!cli_number(c, "seed", 0, 9007199254740991.0, &seed)) return CLI_ERROR;
  if (c->operand != NULL) return run_one(c, c->operand, (uint64_t)seed);
  for (int i = 0; i < ur__claim_count; i++) {
    const int one = run_one(c, ur__claims[i].id, (uint64_t)seed);
    if (one > code) code = one;
  }
  return code;
}

const cli_command cli_claim = {
    "claim",
    "[ID]",
    "run an exhibit's experiment (all of them without ID): what comes out, does it hold",
    run,
    {{"seed", "S", "1", "of everything that is random"},
     {"short", NULL, NULL, "fewer updates, with thresholds of their own"}}};
