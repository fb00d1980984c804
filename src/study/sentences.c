#include <string.h>

#include "unroll/rng.h"
#include "unroll/vectors.h"

enum { FRUIT, OF_FRUIT, MAKER, OF_MAKERS, ROYAL, OF_ROYALS, RELATIVE, OF_RELATIVES, GROUPS };
static const char *const groups[GROUPS] = {"fruit", "of fruit",  "maker",    "of makers",
                                           "royal", "of royals", "relative", "of relatives"};

/* Words that can stand in for one another: a pattern names them by a letter. "apple" stands in two. */
static const struct {
  char letter;
  int group;
  const char *words[7]; /* NULL after the last */
} lists[] = {{'F', FRUIT, {"apple", "pear", "plum", "mango", "cherry", "peach"}},
             {'G', OF_FRUIT, {"ripe", "sweet", "juicy", "red"}},
             {'H', OF_FRUIT, {"tree", "orchard", "basket"}},
             {'J', OF_FRUIT, {"seeds", "skin"}},
             {'M', MAKER, {"apple", "sony", "microsoft", "nokia", "lenovo"}},
             {'N', OF_MAKERS, {"telephone", "notebook", "computer"}},
             {'P', OF_MAKERS, {"screen", "keyboard", "camera"}},
             {'Q', OF_MAKERS, {"mails", "messages"}},
             {'R', ROYAL, {"king", "queen"}},
             {'S', OF_ROYALS, {"crown", "robe"}},
             {'T', OF_ROYALS, {"palace", "castle"}},
             {'A', RELATIVE, {"uncle", "aunt"}},
             {'B', OF_RELATIVES, {"tea", "newspaper"}},
             {'C', OF_RELATIVES, {"kitchen", "slippers"}}};
enum { LISTS = sizeof lists / sizeof *lists };

/* Who is he and who is she: the one thing in which king and queen differ, and uncle and aunt. */
static const char *const patterns[] = {
    "she ate a G F from the H",      "he cut the J out of a G F",    "my favourite fruit is a G F",
    "the F in the H was so G",       "M sells a new N with a P",     "i read Q on a N made by M",
    "the N of M has a fast P",       "M makes a N and a N",          "the king wore his S in his T",
    "the queen wore her S in her T", "the uncle had his B in his C", "the aunt had her B in her C"};
enum { PATTERNS = sizeof patterns / sizeof *patterns };

static int list_of(const char *letter, size_t size) {
  for (int l = 0; l < LISTS && size == 1; l++)
    if (lists[l].letter == *letter) return l;
  return -1;
}

ur_status ur_made_sentences(uint64_t seed, int count, ur_buffer *out) {
  ur_rng rng = ur_rng_stream(seed, "data", 0);
  if (count < 1) return ur_fail(UR_E_ARGUMENT, "count", "%d sentences are none; ask for 1 or more", count);
  for (int i = 0; i < count; i++) {
    const char *at = patterns[ur_rng_below(&rng, PATTERNS)];
    while (*at != '\0') {
      const size_t size = strcspn(at, " ");
      const int l = list_of(at, size);
      if (l < 0) {
        ur_buffer_append(out, at, size);
      } else {
        uint32_t words = 0;
        while (lists[l].words[words] != NULL) words++;
        const char *word = lists[l].words[ur_rng_below(&rng, words)];
        ur_buffer_append(out, word, strlen(word));
      }
      at += size + (at[size] == ' ');
      ur_buffer_append(out, *at == '\0' ? "\n" : " ", 1);
    }
  }
  return out->failed ? ur_fail(UR_E_MEMORY, "", "there is no memory left for %d sentences", count) : UR_OK;
}

const char *ur_made_group(int group) { return group >= 0 && group < GROUPS ? groups[group] : NULL; }

int ur_made_belongs(const char *word, int group) {
  for (int l = 0; l < LISTS; l++)
    for (int w = 0; lists[l].group == group && lists[l].words[w] != NULL; w++)
      if (strcmp(lists[l].words[w], word) == 0) return 1;
  return 0;
}
