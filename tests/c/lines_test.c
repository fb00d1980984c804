/* Where a line ends, what is a space, and which line an error is in. */
#include <string.h>

#include "check.h"
#include "corpus.h"
#include "lines.h"

static ur_bytes bytes(const char *text) { return (ur_bytes){(const uint8_t *)text, strlen(text)}; }

static const char *const ends[] = {"\n", "\r",       "\r\n",         "\v",
                                   "\f", "\xC2\x85", "\xE2\x80\xA8", "\xE2\x80\xA9"};
enum { ENDS = sizeof ends / sizeof *ends };
static const char *const spaces[] = {" ",
                                     "\t",
                                     "\xC2\xA0",
                                     "\xE1\x9A\x80",
                                     "\xE2\x80\x80",
                                     "\xE2\x80\x8A",
                                     "\xE2\x80\xAF",
                                     "\xE2\x81\x9F",
                                     "\xE3\x80\x80",
                                     "\xEF\xBB\xBF"};
enum { SPACES = sizeof spaces / sizeof *spaces };
static const char *const neither[] = {
    "",  "a", "\xC2", "\xC2\x84", "\xE2\x80\x8B", "\xE2\x80\xA7", "\xE2\x80",
    "_", "0", "\x1C", "\xC2\xAD", "\xE2\x81\xA0", "\xE3\x80\x81", "\xEF\xBB"};

static void test_ends(void) {
  for (int i = 0; i < ENDS; i++) {
    const ur_bytes end = bytes(ends[i]);
    CHECK(ur__line_end(end.data, end.size) == end.size && ur__space(end.data, end.size) == 0);
  }
  for (int i = 0; i < SPACES; i++) {
    const ur_bytes space = bytes(spaces[i]);
    CHECK(ur__space(space.data, space.size) == space.size && ur__line_end(space.data, space.size) == 0);
  }
  for (size_t i = 0; i < sizeof neither / sizeof *neither; i++) {
    const ur_bytes other = bytes(neither[i]);
    CHECK(ur__space(other.data, other.size) == 0 && ur__line_end(other.data, other.size) == 0);
  }
}

/* Every pair of ends: "a", end, " ", end, "b": lines 1 and 3, but CR then LF is one. */
static void test_mixed(void) {
  for (int i = 0; i < ENDS; i++) {
    for (int k = 0; k < ENDS; k++) {
      char text[64];
      snprintf(text, sizeof text, "%s a%s%sb %s", spaces[i % SPACES], ends[i], ends[k], ends[k]);
      ur__lines lines = {.text = bytes(text)};
      const int one = strcmp(ends[i], "\r") == 0 && strcmp(ends[k], "\n") == 0;
      CHECK(ur__lines_next(&lines) && lines.number == 1 && lines.line.size == 1 && *lines.line.data == 'a');
      CHECK(ur__lines_next(&lines) && lines.number == (one ? 2 : 3) && lines.line.size == 1 &&
            *lines.line.data == 'b');
      CHECK(!ur__lines_next(&lines) && !ur__lines_next(&lines));
    }
  }
}

/* A text is the same text whatever its lines end with, read by lines or in pieces. */
static void test_same_text(void) {
  static const char *const written[] = {"mary had a little lamb", "its fleece was white as snow", "",
                                        "and everywhere that mary went", "the lamb was sure to go"};
  for (int pieces = 0; pieces < 2; pieces++) {
    ur__corpus first = {0};
    for (int i = 0; i < ENDS; i++) {
      ur_buffer text = {0};
      ur__corpus corpus;
      for (int line = 0; line < 5; line++) ur_buffer_print(&text, "%s%s", written[line], ends[i]);
      const ur_bytes all = {text.data, text.size};
      if (!CHECK((pieces ? ur__corpus_read_pieces(all, NULL, &corpus)
                         : ur__corpus_read(all, NULL, &corpus)) == UR_OK))
        printf("       %s\n", ur_last_error()->message);
      ur_buffer_free(&text);
      if (i == 0) {
        first = corpus;
        CHECK(corpus.sequences == (pieces ? 2 : 4));
        continue;
      }
      const size_t tokens = first.starts[first.sequences];
      CHECK(corpus.sequences == first.sequences && corpus.vocabulary_size == first.vocabulary_size);
      CHECK(memcmp(corpus.starts, first.starts, (first.sequences + 1) * sizeof *first.starts) == 0 &&
            memcmp(corpus.tokens, first.tokens, tokens * sizeof *first.tokens) == 0);
      ur__corpus_free(&corpus);
    }
    ur__corpus_free(&first);
  }
}

static void check_refused(const char *text, int pieces, const ur__corpus *known, const char *says) {
  ur__corpus corpus;
  const ur_status status = pieces ? ur__corpus_read_pieces(bytes(text), known, &corpus)
                                  : ur__corpus_read(bytes(text), known, &corpus);
  if (!CHECK(status == UR_E_TEXT && strstr(ur_last_error()->message, says) != NULL))
    printf("       %s\n", ur_last_error()->message);
}

/* Errors name the line and byte that were written, in pieces too. */
static void test_places(void) {
  ur__corpus known;
  CHECK(ur__corpus_read(bytes("abc d\nd"), NULL, &known) == UR_OK);
  for (int pieces = 0; pieces < 2; pieces++) {
    check_refused("one\r\rt\xFFwo", pieces, NULL, "line 3 is not UTF-8 at its byte 2");
    check_refused("one\r\n\r\n \t t\xFFwo", pieces, NULL, "line 3 is not UTF-8 at its byte 5");
    check_refused("one\n\r\xC2\x85\xE2\x80\xA8\vab\xC2\xA0\x01", pieces, NULL,
                  "line 6 has the control character U+0001");
    check_refused("one\rtwo\r\xC2\x93quoted\xC2\x94", pieces, NULL,
                  "line 3 has the control character U+0093");
    check_refused("a b c\rd a\r\nb x", pieces, &known, "line 3 has x, which these weights do not know");
    check_refused("\r\v\f\xE2\x80\xA8 \t", pieces, NULL, "no lines");
    check_refused("one\r", pieces, NULL, pieces ? "one piece; give more than 64" : "one line");
  }
  /* Beyond the first piece. */
  ur_buffer text = {0};
  for (int i = 0; i < 50; i++) ur_buffer_print(&text, "a b c%s", ends[i % ENDS]);
  ur_buffer_print(&text, "x");
  check_refused((const char *)text.data, 1, &known, "line 51 has x");
  ur_buffer_free(&text);
  ur__corpus_free(&known);
}

int main(void) {
  TEST("line ends and spaces") { test_ends(); }
  TEST("mixed ends") { test_mixed(); }
  TEST("one text, eight ways to end a line") { test_same_text(); }
  TEST("places of errors") { test_places(); }
  return check_done();
}
