/*
 * variants.c: see variants.h. All variants of one word are looked up in the vocabulary (about 400
 * for a word of seven letters); the other words must be as written. The first letter counts as
 * certain: people seldom miss it, and names that differ in it are other names.
 */
#include "address/variants.h"

#include <string.h>

#define MAX_WORDS 4

typedef struct search {
    const noi_scan *scan;
    size_t first, end, wrong; /* tokens of the name; the one with the error */
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
        s->found(s->context, node, s->end);
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

static void try_word(const search *s) {
    const noi_token *token = &s->scan->tokens[s->wrong];
    size_t n = token->n_letters;
    if (token->is_number || n < 3 || n > 8)
        return;
    char word[9] = "", made[10];
    memcpy(word, &token->bare, 8);
    for (size_t i = 1; i < n; i++) {
        memcpy(made, word, i); /* left out */
        memcpy(made + i, word + i + 1, n - i - 1);
        try_letters(s, made, n - 1);
        for (char c = 'a'; c <= 'z'; c++) {
            if (c != word[i]) { /* exchanged */
                memcpy(made, word, n);
                made[i] = c;
                try_letters(s, made, n);
            }
        }
        if (i + 1 < n && word[i] != word[i + 1]) { /* swapped */
            memcpy(made, word, n);
            made[i] = word[i + 1];
            made[i + 1] = word[i];
            try_letters(s, made, n);
        }
    }
    for (size_t i = 1; i <= n && n < 8; i++)
        for (char c = 'a'; c <= 'z'; c++) { /* put in */
            memcpy(made, word, i);
            made[i] = c;
            memcpy(made + i + 1, word + i, n - i);
            try_letters(s, made, n + 1);
        }
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
