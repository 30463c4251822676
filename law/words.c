/* words.c: see words.h. */
#include "law/words.h"

#include "address/text.h"

#include <string.h>

/* Every word of the legal language that the grammar knows, in folded form. */
static const char *const plain_words[] = {
    "sắp",   "xếp",    "nhập", "sáp",   "hợp",   "nhất",  "toàn",  "bộ",     "một",   "phần",
    "diện",  "tích",   "tự",   "nhiên", "quy",   "qui",   "mô",    "dân",    "số",    "của",
    "các",   "phường", "xã",   "thị",   "trấn",  "và",    "còn",   "lại",    "sau",   "khi",
    "theo",  "định",   "tại",  "khoản", "điều",  "này",   "thành", "mới",    "có",    "tên",
    "gọi",   "là",     "đặc",  "khu",   "huyện", "quận",  "tỉnh",  "phố",    "đổi",   "hình",
    "không", "thực",   "hiện", "đơn",   "vị",    "hành",  "chính", "cấp",    "gồm",   "trong",
    "đó",    "với",    "vào",  "để",    "lập",   "trên",  "cơ",    "sở",     "giữ",   "nguyên",
    "bao",   "kể",     "cả",   "thuộc", "cùng",  "tổ",    "chức",  "chuyển", "chỉnh", "từ",
    "nêu",   "đã",     "được", "trạng", "mang",  "lấy",   "nghị",  "quyết",  "việc",  "đặt",
    "trừ",   "ở",      "bằng", "cách",  "nay",   "trước", "đây",   "về",     "đảo",   "hiệu",
    "hai",   "những",
};

/* Words that may hang on the end of a name without a space: nothing else follows a name there, and
 * no unit's name ends so. */
static const char *const tails[] = {"thành", "và", "sau", "vào", "một", "phần", "để"};

#define N_ITEMS(table) (sizeof(table) / sizeof *(table))
#define MAX_WORD       96 /* bytes; longer words are names as they stand */

static bool is_in(noi_str word, const char *const *table, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (noi_str_is(word, table[i]))
            return true;
    return false;
}

static bool is_plain(noi_str word) {
    return is_in(word, plain_words, N_ITEMS(plain_words));
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool starts_letter(const char *p) {
    return ((unsigned char)*p & 0xC0) != 0x80;
}

/* Capital letters of Vietnamese in UTF-8: folding changes their first letter. */
static bool is_capital(noi_str word) {
    unsigned char c = (unsigned char)word.p[0];
    if (c < 0x80)
        return c >= 'A' && c <= 'Z';
    size_t n = 1;
    while (n < word.n && !starts_letter(word.p + n))
        n++;
    char fold[16];
    size_t m = noi_text_fold(fold, (noi_str){word.p, n < 6 ? n : 6}, NOI_FOLD_MARKS);
    return m != n || memcmp(fold, word.p, n) != 0;
}

typedef struct splitter {
    noi_arena *arena;
    law_word *items;
    size_t n, capacity;
    size_t n_doubled;
    noi_str doubled;
} splitter;

/* Folding moves the tone of "oa" to its first letter everywhere, so that hoà is hòa; words of the
 * language come back to their spelling. */
static noi_str fold_word(noi_arena *arena, noi_str text) {
    char *out = noi_arena_alloc(arena, 2 * text.n + 1);
    noi_str fold = {out, noi_text_fold(out, text, NOI_FOLD_MARKS)};
    if (noi_str_is(fold, "tòan"))
        return NOI_STR("toàn");
    if (noi_str_is(fold, "khỏan"))
        return NOI_STR("khoản");
    return fold;
}

static int number_of(noi_str text) {
    int value = 0;
    for (size_t i = 0; i < text.n && value < 1000000; i++)
        value = value * 10 + (text.p[i] - '0');
    return value;
}

static void push(splitter *s, law_word_kind kind, noi_str text) {
    law_word word = {kind, text, {"", 0}, 0};
    if (kind == LAW_WORD_NUMBER)
        word.number = number_of(text);
    if (kind <= LAW_WORD_NUMBER)
        word.fold = fold_word(s->arena, text);
    if (kind == LAW_WORD_NAME && !is_capital(text) && is_plain(word.fold))
        word.kind = LAW_WORD_PLAIN;
    const law_word *last = s->n ? &s->items[s->n - 1] : NULL;
    if (word.kind == LAW_WORD_PLAIN && last && last->kind == LAW_WORD_PLAIN &&
        noi_str_eq(last->fold, word.fold)) {
        s->n_doubled++;
        s->doubled = word.fold;
        return;
    }
    NOI_GROW(s->items, s->capacity, s->n + 1);
    s->items[s->n++] = word;
}

/* Can `text` be read as plain words without spaces? cut[i] becomes the length of the word at i. */
static bool segment(unsigned char *cut, noi_str text) {
    for (size_t i = text.n; i-- > 0;) {
        cut[i] = 0;
        for (size_t k = 0; k < N_ITEMS(plain_words) && starts_letter(text.p + i); k++) {
            size_t m = strlen(plain_words[k]);
            bool fits = i + m == text.n || (i + m < text.n && cut[i + m]);
            if (fits && m > cut[i] && memcmp(text.p + i, plain_words[k], m) == 0)
                cut[i] = (unsigned char)m;
        }
    }
    return text.n > 0 && cut[0];
}

static void push_segments(splitter *s, noi_str text, const unsigned char *cut) {
    for (size_t i = 0; i < text.n; i += cut[i])
        push(s, LAW_WORD_NAME, (noi_str){text.p + i, cut[i]});
}

static bool all_digits(noi_str text) {
    for (size_t i = 0; i < text.n; i++)
        if (!is_digit(text.p[i]))
            return false;
    return text.n > 0;
}

static void push_glued(splitter *s, noi_str text);

/* "xãQuảng", "khoản78": plain words, then a capital or a digit. */
static bool split_front(splitter *s, noi_str text) {
    unsigned char cut[MAX_WORD];
    for (size_t i = 1; i < text.n; i++) {
        noi_str rest = {text.p + i, text.n - i};
        if (!starts_letter(rest.p) || !(is_digit(*rest.p) || is_capital(rest)))
            continue;
        noi_str front = {text.p, i};
        if (!segment(cut, front))
            return false;
        push_segments(s, front, cut);
        push_glued(s, rest);
        return true;
    }
    return false;
}

/* "Minhthành", "Avàphần": a name, then plain words of which the first may follow a name. */
static bool split_back(splitter *s, noi_str text) {
    unsigned char cut[MAX_WORD];
    for (size_t i = 1; i < text.n; i++) {
        noi_str rest = {text.p + i, text.n - i};
        if (!starts_letter(rest.p) || !segment(cut, rest) ||
            !is_in((noi_str){rest.p, cut[0]}, tails, N_ITEMS(tails)))
            continue;
        push(s, LAW_WORD_NAME, (noi_str){text.p, i});
        push_segments(s, rest, cut);
        return true;
    }
    return false;
}

/* "Sắpxếp", "Điềunày": a capital only in front of words of the language. */
static bool split_capital(splitter *s, noi_str text) {
    unsigned char cut[MAX_WORD];
    size_t n = 1;
    while (n < text.n && !starts_letter(text.p + n))
        n++;
    char low[MAX_WORD + 16];
    if (noi_text_fold(low, (noi_str){text.p, n}, NOI_FOLD_MARKS) != n)
        return false;
    memcpy(low + n, text.p + n, text.n - n);
    if (!segment(cut, (noi_str){low, text.n}) || cut[0] == text.n)
        return false;
    push_segments(s, text, cut);
    return true;
}

static void push_glued(splitter *s, noi_str text) {
    unsigned char cut[MAX_WORD];
    if (all_digits(text)) {
        push(s, LAW_WORD_NUMBER, text);
        return;
    }
    if (text.n >= MAX_WORD || is_plain(text)) {
        push(s, LAW_WORD_NAME, text);
        return;
    }
    if (is_digit(text.p[0])) { /* "78Điều" */
        size_t n = 0;
        while (n < text.n && is_digit(text.p[n]))
            n++;
        push(s, LAW_WORD_NUMBER, (noi_str){text.p, n});
        push_glued(s, (noi_str){text.p + n, text.n - n});
        return;
    }
    if (!is_capital(text)) {
        if (segment(cut, text))
            push_segments(s, text, cut);
        else if (!split_front(s, text) && !split_back(s, text))
            push(s, LAW_WORD_NAME, text);
        return;
    }
    /* "Phường1": a capital word of the language with a number behind it. */
    size_t n = text.n;
    while (n > 1 && is_digit(text.p[n - 1]))
        n--;
    noi_str letters = {text.p, n};
    if (n < text.n && is_plain(fold_word(s->arena, letters))) {
        push(s, LAW_WORD_NAME, letters);
        push(s, LAW_WORD_NUMBER, (noi_str){text.p + n, text.n - n});
        return;
    }
    if (!split_capital(s, text) && !split_back(s, text))
        push(s, LAW_WORD_NAME, text);
}

static law_word_kind punctuation(char c) {
    switch (c) {
    case ',':
    case ';':
    case ':':
        return LAW_WORD_COMMA;
    case '.':
        return LAW_WORD_STOP;
    case '(':
    case '[':
        return LAW_WORD_OPEN;
    case ')':
    case ']':
        return LAW_WORD_CLOSE;
    case '-':
        return LAW_WORD_DASH;
    default:
        return LAW_WORD_OTHER;
    }
}

static bool is_word_byte(char c) {
    return (unsigned char)c >= 0x80 || is_digit(c) || (c >= 'a' && c <= 'z') ||
           (c >= 'A' && c <= 'Z') || c == '\'';
}

const law_word *noi_law_words(size_t *n, size_t *n_doubled, noi_str *doubled, noi_arena *arena,
                              noi_str text) {
    splitter s = {.arena = arena};
    for (size_t i = 0; i < text.n;) {
        if (text.p[i] == ' ') {
            i++;
            continue;
        }
        size_t from = i;
        while (i < text.n && is_word_byte(text.p[i]))
            i++;
        if (i > from)
            push_glued(&s, (noi_str){text.p + from, i - from});
        else {
            push(&s, punctuation(text.p[i]), (noi_str){text.p + i, 1});
            i++;
        }
    }
    push(&s, LAW_WORD_END, (noi_str){text.p + text.n, 0});
    law_word *out = noi_arena_alloc(arena, s.n * sizeof *out);
    memcpy(out, s.items, s.n * sizeof *out);
    free(s.items);
    *n = s.n;
    *n_doubled = s.n_doubled;
    *doubled = s.doubled;
    return out;
}
