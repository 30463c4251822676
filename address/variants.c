/*
 * variants.c: see variants.h. All variants of one word are looked up in the vocabulary (about 400
 * for a word of seven letters); the other words must be as written. An error in the first letter is
 * not believed, since names that differ in it are other names: it only keeps another name, one edit
 * away in another letter, from being taken for sure.
 */
#include "address/variants.h"

#include <string.h>

#define MAX_WORDS 4

typedef struct search {
    const noi_scan *scan;
    size_t first, end, wrong; /* tokens of the name; the one with the error */
    bool is_rival;
    noi_variant_found *found;
    void *context;
} search;

/* Follows the words with `word` in the place of the wrong one. */
static void follow(const search *s, uint32_t word) {
    uint32_t node = 0;
    for (size_t i = s->first; i < s->end; i++) {
        uint32_t here = i == s->wrong ? word : s->scan->words[i];
        node = noi_gazetteer_step(s->scan->gazetteer, node, here);
        if (node == 0)
            return;
    }
    const noi_node *nodes = NOI_GAZETTEER_PART(noi_node, s->scan->gazetteer, nodes);
    if (nodes[node].levels & (1u << NOI_LEVEL_WARD))
        s->found(s->context, node, s->end, s->wrong, s->is_rival);
}

static void try_letters(const search *s, const char *letters, size_t n) {
    char padded[8] = "";
    if (n == 0 || n > 8)
        return;
    memcpy(padded, letters, n);
    uint64_t bare;
    memcpy(&bare, padded, 8);
    const noi_vocabulary_slot *slot = noi_gazetteer_word(s->scan->gazetteer, bare);
    if (slot)
        follow(s, slot->word);
}

/* All words that differ in letter i. */
static void try_letter(const search *s, const char *word, size_t n, size_t i) {
    char made[10];
    memcpy(made, word, i); /* left out */
    memcpy(made + i, word + i + 1, n - i - 1);
    try_letters(s, made, n - 1);
    for (char c = 'a'; c <= 'z'; c++) {
        if (c == word[i])
            continue;
        memcpy(made, word, n); /* exchanged */
        made[i] = c;
        try_letters(s, made, n);
    }
    if (i + 1 >= n || word[i] == word[i + 1])
        return;
    memcpy(made, word, n); /* swapped */
    made[i] = word[i + 1];
    made[i + 1] = word[i];
    try_letters(s, made, n);
}

/* All words with a letter more, before letter i. */
static void try_more(const search *s, const char *word, size_t n, size_t i) {
    char made[10];
    for (char c = 'a'; c <= 'z' && n < 8; c++) {
        memcpy(made, word, i);
        made[i] = c;
        memcpy(made + i + 1, word + i, n - i);
        try_letters(s, made, n + 1);
    }
}

static void try_word(search *s) {
    const noi_token *token = &s->scan->tokens[s->wrong];
    size_t n = token->n_letters;
    if (token->is_number || n < 2 || n > 8)
        return;
    char word[9] = "";
    memcpy(word, &token->bare, 8);
    for (size_t i = 0; i < n; i++) {
        s->is_rival = i == 0 || n < 3;
        try_letter(s, word, n, i);
        try_more(s, word, n, i);
    }
    s->is_rival = n < 3;
    try_more(s, word, n, n);
    s->is_rival = false;
}

void noi_variants_find(const noi_scan *scan, size_t first, noi_variant_found *found,
                       void *context) {
    size_t end = first;
    while (end < scan->n && end - first <= MAX_WORDS &&
           (end == first || scan->tokens[end].gap < NOI_GAP_HYPHEN)) {
        bool begins = false;
        for (size_t k = 0; k < scan->n_mentions; k++)
            begins |= scan->mentions[k].first == end && end > first;
        if (begins)
            break;
        end++;
    }
    if (end == first || end - first > MAX_WORDS)
        return;
    search s = {
        .scan = scan, .first = first, .end = end, .wrong = end, .found = found, .context = context};
    follow(&s, 0); /* wrong marks only */
    for (s.wrong = first; s.wrong < end; s.wrong++)
        try_word(&s);
}
