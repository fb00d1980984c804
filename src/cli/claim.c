#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "claims.h"
#include "command.h"
#include "json.h"

#define SEED_MAX  9007199254740991.0 /* what a page's numbers hold exactly */
#define SEEDS_MAX 1000

typedef struct seeds {
  uint64_t first;
  int count;
} seeds;

/* "1..30". 0 after an error line. */
static int read_seeds(const cli *c, const char *text, seeds *out) {
  static const char digits[] = "0123456789";
  const size_t length = strspn(text, digits);
  double first = 0, last = -1;
  if (length > 0 && strncmp(text + length, "..", 2) == 0) {
    const char *second = text + length + 2;
    const size_t rest = strspn(second, digits);
    first = strtod(text, NULL);
    if (rest > 0 && second[rest] == 0) last = strtod(second, NULL);
  }
  if (last >= first && last <= SEED_MAX && last - first < SEEDS_MAX) {
    *out = (seeds){(uint64_t)first, (int)(last - first) + 1};
    return 1;
  }
  cli_error(c, "--seeds should be like 1..30, the first and the last of at most %d, not \"%.40s\"", SEEDS_MAX,
            text);
  return 0;
}

static double seconds_since(const cli *c, double started) {
  return (c->host->clock_ms(c->host->context) - started) / 1000;
}

static void write_end(ur_buffer *line, const ur_claim_report *r, double seconds) {
  ur_buffer_print(line, "],\"sentence\":");
  ur__json_string(line, r->sentence, strlen(r->sentence));
  ur_buffer_print(line, ",\"asked\":");
  ur__json_string(line, r->asked, strlen(r->asked));
  ur_buffer_print(line, ",\"seconds\":%.3f}", seconds);
}

static void write_number(ur_buffer *line, const char *key, double value) {
  ur_buffer_print(line, ",\"%s\":", key);
  ur__json_number(line, value);
}

/* "along":"length of the source","of":"share written right","series":[[4,1],[5,0.98]] of a row that is one.
 */
static void write_series(ur_buffer *line, const ur_claim_row *row) {
  if (row->along == NULL) return;
  ur_buffer_print(line, ",\"along\":");
  ur__json_string(line, row->along, strlen(row->along));
  ur_buffer_print(line, ",\"of\":");
  ur__json_string(line, row->of, strlen(row->of));
  ur_buffer_print(line, ",\"series\":[");
  for (int i = 0; i < row->points; i++) {
    ur_buffer_print(line, "%s[", i > 0 ? "," : "");
    ur__json_number(line, row->series[i].at);
    ur_buffer_print(line, ",");
    ur__json_number(line, row->series[i].measured);
    ur_buffer_print(line, "]");
  }
  ur_buffer_print(line, "]");
}

static void print_line(const cli *c, ur_buffer *line) {
  cli_write(c, line);
  ur_buffer_free(line);
}

static void json_of_seed(const cli *c, const char *id, uint64_t seed, const ur_claim_report *r,
                         double seconds) {
  ur_buffer line = {0};
  ur_buffer_print(&line, "{\"claim\":\"%s\",\"seed\":%" PRIu64 ",\"holds\":%s,\"rows\":[", id, seed,
                  r->holds ? "true" : "false");
  for (int i = 0; i < r->count; i++) {
    ur_buffer_print(&line, "%s{\"name\":\"%s\"", i > 0 ? "," : "", r->rows[i].name);
    write_number(&line, "measured", r->rows[i].measured);
    write_series(&line, &r->rows[i]);
    ur_buffer_print(&line, "}");
  }
  write_end(&line, r, seconds);
  print_line(c, &line);
}

/* Runs one seed. *claim is the caller's to free; the report points into it. */
static ur_status run_seed(const cli *c, const char *id, uint64_t seed, int before, int count, cli_bar *bar,
                          ur_claim **claim, ur_claim_report *report) {
  ur_status status = ur_claim_create(id, seed, cli_value(c, "short") != NULL, claim);
  while (status == UR_OK && !report->done) {
    char text[80];
    status = ur_claim_step(*claim, report);
    if (status != UR_OK) break;
    if (count > 1)
      snprintf(text, sizeof text, "seed %" PRIu64 ": %s", seed, report->now);
    else
      snprintf(text, sizeof text, "%s", report->now);
    cli_progress(c, bar, (before + report->fraction) / count, text);
  }
  return status;
}

static void print_row(const cli *c, const ur_claim_row *row) {
  cli_print(c, "  %-38s %.4f\n", row->name, row->measured);
  if (row->along == NULL) return;
  ur_buffer line = {0};
  ur_buffer_print(&line, "    by %s:", row->along);
  for (int i = 0; i < row->points; i++)
    ur_buffer_print(&line, "  %g %.3g", row->series[i].at, row->series[i].measured);
  cli_write(c, &line);
  ur_buffer_free(&line);
}

static int run_one(const cli *c, const char *id, uint64_t seed) {
  const double started = c->host->clock_ms(c->host->context);
  ur_claim *claim = NULL;
  ur_claim_report r = {0};
  cli_bar bar = {0};
  const ur_status status = run_seed(c, id, seed, 0, 1, &bar, &claim, &r);
  const double seconds = seconds_since(c, started);
  if (status == UR_OK && c->json) {
    json_of_seed(c, id, seed, &r, seconds);
  } else if (status == UR_OK) {
    cli_print(c, "%s\n", r.sentence);
    for (int i = 0; i < r.count; i++) print_row(c, &r.rows[i]);
    cli_print(c, "  asked: %s\n  %s, seed %" PRIu64 ", %.1f s\n", r.asked,
              r.holds ? "holds" : "DOES NOT HOLD", seed, seconds);
  }
  ur_claim_free(claim);
  if (status != UR_OK) return cli_last_error(c);
  return r.holds ? CLI_OK : CLI_FALSE;
}

static int ascending(const void *a, const void *b) {
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* values [rows][count], of which each row is put in order. */
static void print_summary(const cli *c, const char *id, seeds of, int hold, const ur_claim_report *r,
                          double *values, double seconds) {
  ur_buffer line = {0};
  const uint64_t last = of.first + (uint64_t)of.count - 1;
  if (c->json)
    ur_buffer_print(
        &line, "{\"claim\":\"%s\",\"seeds\":\"%" PRIu64 "..%" PRIu64 "\",\"hold\":%d,\"of\":%d,\"rows\":[",
        id, of.first, last, hold, of.count);
  else
    cli_print(c, "%s\n  %-38s %12s %12s %12s\n", r->sentence, "", "smallest", "median", "largest");
  for (int i = 0; i < r->count; i++) {
    double *row = values + (size_t)i * (size_t)of.count;
    qsort(row, (size_t)of.count, sizeof *row, ascending);
    const double median = (row[(of.count - 1) / 2] + row[of.count / 2]) / 2, most = row[of.count - 1];
    if (!c->json) {
      cli_print(c, "  %-38s %12.5g %12.5g %12.5g\n", r->rows[i].name, row[0], median, most);
      continue;
    }
    ur_buffer_print(&line, "%s{\"name\":\"%s\"", i > 0 ? "," : "", r->rows[i].name);
    write_number(&line, "min", row[0]);
    write_number(&line, "median", median);
    write_number(&line, "max", most);
    ur_buffer_print(&line, "}");
  }
  if (!c->json) {
    cli_print(c, "  asked: %s\n  holds on %d of %d seeds, %.1f s\n", r->asked, hold, of.count, seconds);
    return;
  }
  write_end(&line, r, seconds);
  print_line(c, &line);
}

static int run_seeds(const cli *c, const char *id, seeds of) {
  const double started = c->host->clock_ms(c->host->context);
  double *values = ur__alloc_array((size_t)of.count * UR__CLAIM_ROWS, sizeof *values);
  ur_status status = UR_OK;
  int hold = 0;
  cli_bar bar = {0};
  if (values == NULL) return cli_error(c, "there is no memory left for %d seeds", of.count);
  for (int i = 0; i < of.count && status == UR_OK; i++) {
    const double begun = c->host->clock_ms(c->host->context);
    const uint64_t seed = of.first + (uint64_t)i;
    ur_claim *claim = NULL;
    ur_claim_report r = {0};
    status = run_seed(c, id, seed, i, of.count, &bar, &claim, &r);
    for (int k = 0; k < r.count; k++) values[k * of.count + i] = r.rows[k].measured;
    hold += r.holds;
    if (status == UR_OK && c->json) json_of_seed(c, id, seed, &r, seconds_since(c, begun));
    if (status == UR_OK && !c->json) {
      cli_print(c, "  seed %-6" PRIu64 " %-14s", seed, r.holds ? "holds" : "DOES NOT HOLD");
      for (int k = 0; k < r.count; k++) cli_print(c, " %11.5g", r.rows[k].measured);
      cli_print(c, "\n");
    }
    if (status == UR_OK && i == of.count - 1)
      print_summary(c, id, of, hold, &r, values, seconds_since(c, started));
    ur_claim_free(claim);
  }
  ur__free(values);
  if (status != UR_OK) return cli_last_error(c);
  return ur__claim_stands(hold, of.count) ? CLI_OK : CLI_FALSE;
}

static int run(cli *c) {
  const char *text = cli_value(c, "seeds");
  double seed;
  seeds many = {0};
  int code = CLI_OK;
  if (text != NULL && cli_given(c, "seed"))
    return cli_error(c, "--seed is one and --seeds are many; give one of them");
  if (text != NULL && !read_seeds(c, text, &many)) return CLI_ERROR;
  if (!cli_number(c, "seed", 0, SEED_MAX, &seed)) return CLI_ERROR;
  for (int i = 0; i < ur__claim_count; i++) {
    const char *id = c->operand != NULL ? c->operand : ur__claims[i]->id;
    const int one = text != NULL ? run_seeds(c, id, many) : run_one(c, id, (uint64_t)seed);
    if (one > code) code = one;
    if (c->operand != NULL) break;
  }
  return code;
}

const cli_command cli_claim = {
    "claim",
    "[ID]",
    "run an exhibit's experiment (all of them without ID): what comes out, does it hold",
    run,
    {{"seed", "S", "1", "of everything that is random"},
     {"seeds", "A..B", NULL, "each of these seeds, then how many hold; exit 0 where at most one in 30 fails"},
     {"short", NULL, NULL, "fewer updates, with thresholds of their own"}}};
