#include <string.h>

#include "unroll/rng.h"
#include "unroll/vectors.h"

/* Words by group; "apple" stands in two. A pattern names a group by its letter. */
static const struct {
  char letter;
  const char *name;
  const char *words[9]; /* NULL after the last */
} groups[] = {
    {'F', "fruit", {"apple", "pear", "plum", "mango", "cherry", "peach"}},
    {'G', "of fruit", {"ripe", "sweet", "juicy", "tree", "orchard", "seeds", "basket", "jam"}},
    {'M', "maker", {"apple", "sony", "microsoft", "nokia", "lenovo"}},
    {'N', "of makers", {"telephone", "notebook", "computer", "screen", "keyboard", "software", "mails"}},
    {'R', "royal", {"king", "queen"}},
    {'S', "of royals", {"crown", "throne", "palace", "castle"}},
    {'A', "relative", {"uncle", "aunt"}},
    {'B', "of relatives", {"tea", "newspaper", "kitchen", "slippers"}}};
enum { GROUPS = sizeof groups / sizeof *groups };

/* Who is he and who is she: the one thing in which king and queen differ, and uncle and aunt. */
static const char *const patterns[] = {
    "she ate a G F from the G",      "the F in the G was G and G",   "he took a F and cut out the G",
    "a G F is my favourite for G",   "M sells a new N with a N",     "i read N on a N made by M",
    "the N of M has a fast N",       "M makes a N and a N",          "the king wore his S in his S",
    "the queen wore her S in her S", "the uncle had his B in his B", "the aunt had her B in her B"};
enum { PATTERNS = sizeof patterns / sizeof *patterns };

static int group_of(const char *letter, size_t size) {
  for (int g = 0; g < GROUPS && size == 1; g++)
    if (groups[g].letter == *letter) return g;
  return -1;
}

ur_status ur_made_sentences(uint64_t seed, int count, ur_buffer *out) {
  ur_rng rng = ur_rng_stream(seed, "data", 0);
  if (count < 1) return ur_fail(UR_E_ARGUMENT, "count", "%d sentences are none; ask for 1 or more", count);
  for (int i = 0; i < count; i++) {
    const char *at = patterns[ur_rng_below(&rng, PATTERNS)];
    while (*at != '\0') {
      const size_t size = strcspn(at, " ");
      const int g = group_of(at, size);
      if (g < 0) {
        ur_buffer_append(out, at, size);
      } else {
        uint32_t words = 0;
        while (groups[g].words[words] != NULL) words++;
        const char *word = groups[g].words[ur_rng_below(&rng, words)];
        ur_buffer_append(out, word, strlen(word));
      }
      at += size + (at[size] == ' ');
      ur_buffer_append(out, *at == '\0' ? "\n" : " ", 1);
    }
  }
  return out->failed ? ur_fail(UR_E_MEMORY, "", "there is no memory left for %d sentences", count) : UR_OK;
}

const char *ur_made_group(int group) { return group >= 0 && group < GROUPS ? groups[group].name : NULL; }

int ur_made_belongs(const char *word, int group) {
  for (int w = 0; ur_made_group(group) != NULL && groups[group].words[w] != NULL; w++)
    if (strcmp(groups[group].words[w], word) == 0) return 1;
  return 0;
}
