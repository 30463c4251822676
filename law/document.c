/*
 * document.c: from the bytes of a resolution to its number, province, day and clauses.
 *
 * The texts come from scans by way of word processors and Markdown: emphasis marks in the middle of
 * words, backslashes before dots, lines broken anywhere, NFC and NFD in one file, clause numbers
 * that were lost or run on in one line. Clauses are found in Article 1, between "Điều 1." and
 * "Điều 2.".
 */
#include "law/work.h"

#include "address/text.h"
#include "base/i18n.h"

#include <string.h>

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool starts_with(noi_str text, const char *prefix) {
    size_t n = strlen(prefix);
    return text.n >= n && memcmp(text.p, prefix, n) == 0;
}

static noi_str from(noi_str text, size_t at) {
    return (noi_str){text.p + at, text.n - at};
}

/* ---- one text ------------------------------------------------------------------------------- */

/* Characters that are written in several ways, and what they mean here. */
typedef struct replacement {
    const char *from, *to;
} replacement;

static const replacement replacements[] = {
    {"\r", ""},
    {"*", ""},
    {"\\", ""},
    {"_", ""},
    {"#", ""},
    {"\xC2\xA0", " "},
    {"\t", " "},
    {"\xE2\x80\x8B", ""},
    {"\xEF\xBB\xBF", ""},
    {"\xC2\xAD", ""},
    {"\xE2\x80\x98", "'"},
    {"\xE2\x80\x99", "'"},
    {"\xCA\xBC", "'"},
    {"`", "'"},
    {"\xC2\xB4", "'"},
    {"\xE2\x80\x90", "-"},
    {"\xE2\x80\x91", "-"},
    {"\xE2\x80\x92", "-"},
    {"\xE2\x80\x93", "-"},
    {"\xE2\x80\x94", "-"},
    {"\xE2\x80\x9C", ""},
    {"\xE2\x80\x9D", ""},
    {"\"", ""},
};

static const replacement *replacement_at(noi_str text) {
    for (size_t i = 0; i < sizeof replacements / sizeof *replacements; i++)
        if (starts_with(text, replacements[i].from))
            return &replacements[i];
    return NULL;
}

static bool is_plain_byte(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == ' ';
}

/* NFC, without markup; lines are kept. The text lies in the arena. */
static noi_status clean(noi_str *out, law_work *work, noi_str text) {
    NOI_AUTO_BUF noi_buf nfc = {0};
    NOI_TRY(noi_text_nfc(&nfc, text));
    noi_str all = noi_buf_view(&nfc);
    NOI_AUTO_BUF noi_buf plain = {0};
    for (size_t i = 0; i < all.n;) {
        size_t run = 0;
        while (i + run < all.n && is_plain_byte(all.p[i + run]))
            run++;
        noi_buf_add(&plain, all.p + i, run);
        i += run;
        if (i >= all.n)
            break;
        while (all.p[i] == '\n' && plain.n && plain.p[plain.n - 1] == ' ')
            plain.n--;
        const replacement *r = replacement_at(from(all, i));
        if (r)
            noi_buf_add_str(&plain, r->to);
        else
            noi_buf_add_char(&plain, all.p[i]);
        i += r ? strlen(r->from) : 1;
    }
    *out = (noi_str){noi_arena_strndup(work->arena, plain.p ? plain.p : "", plain.n), plain.n};
    return NOI_OK;
}

/* ---- places in the text --------------------------------------------------------------------- */

static size_t skip_blanks(noi_str text, size_t i) {
    while (i < text.n && text.p[i] == ' ')
        i++;
    return i;
}

/* Is there an article's heading "Điều N." at this line's start? Returns the offset behind it. */
static size_t article_heading(noi_str line, int number) {
    size_t i = skip_blanks(line, 0);
    noi_str rest = from(line, i);
    if (!starts_with(rest, "Điều") && !starts_with(rest, "ĐIỀU"))
        return 0;
    i = skip_blanks(line, i + (starts_with(rest, "Điều") ? strlen("Điều") : strlen("ĐIỀU")));
    int value = 0;
    for (; i < line.n && is_digit(line.p[i]) && value < 1000; i++)
        value = value * 10 + (line.p[i] - '0');
    i = skip_blanks(line, i);
    if (value != number || i >= line.n || (line.p[i] != '.' && line.p[i] != ':'))
        return 0;
    return i + 1;
}

/* Finds the line that begins with "Điều N."; *behind is the offset behind the dot. */
static bool find_article(size_t *line_start, size_t *behind, noi_str text, int number) {
    for (size_t i = 0; i < text.n;) {
        size_t n = article_heading(from(text, i), number);
        if (n) {
            *line_start = i;
            *behind = i + n;
            return true;
        }
        const char *end = memchr(text.p + i, '\n', text.n - i);
        if (!end)
            return false;
        i = (size_t)(end - text.p) + 1;
    }
    return false;
}

/* White space folded to single spaces, trimmed; in the arena. */
static noi_str fold_space(law_work *work, noi_str text) {
    char *out = noi_arena_alloc(work->arena, text.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i] == '\n' ? ' ' : text.p[i];
        if (c == ' ' && (n == 0 || out[n - 1] == ' '))
            continue;
        out[n++] = c;
    }
    if (n && out[n - 1] == ' ')
        n--;
    out[n] = '\0';
    return (noi_str){out, n};
}

/* ---- number, province, day ------------------------------------------------------------------ */

/* "Số: 1685/NQ-UBTVQH15": the first number in front of "/NQ-UBTVQH". */
static void read_number(law_work *work, noi_str text) {
    const char *mark = memmem(text.p, text.n, "NQ-UBTVQH", strlen("NQ-UBTVQH"));
    if (!mark)
        return;
    const char *end = mark;
    while (end > text.p && (end[-1] == ' ' || end[-1] == '/'))
        end--;
    const char *start = end;
    while (start > text.p && is_digit(start[-1]))
        start--;
    const char *tail = mark + strlen("NQ-UBTVQH");
    const char *stop = tail;
    while (stop < text.p + text.n && is_digit(*stop))
        stop++;
    if (start < end && stop > tail)
        work->law->resolution = noi_arena_format(
            work->arena, "%.*s/NQ-UBTVQH%.*s", (int)(end - start), start, (int)(stop - tail), tail);
}

/* The province as the heading of Article 1 names it, with a capital first letter. */
static void read_province(law_work *work, noi_str heading) {
    static const char mark[] = "cấp xã của";
    noi_str line = fold_space(work, heading);
    const char *found = memmem(line.p, line.n, mark, sizeof mark - 1);
    if (!found)
        return;
    noi_str name = noi_str_trim(from(line, (size_t)(found - line.p) + sizeof mark - 1));
    const char *cut = memmem(name.p, name.n, " năm ", strlen(" năm "));
    if (cut)
        name.n = (size_t)(cut - name.p);
    while (name.n && (name.p[name.n - 1] == '.' || name.p[name.n - 1] == ':'))
        name.n--;
    char *copy = noi_arena_strndup(work->arena, name.p, name.n);
    if (*copy == 't')
        *copy = 'T';
    work->law->province_name = copy;
}

static int next_number(noi_str text, size_t *at, size_t within) {
    size_t end = *at + within < text.n ? *at + within : text.n;
    for (size_t i = *at; i < end; i++) {
        if (!is_digit(text.p[i]))
            continue;
        int value = 0;
        for (; i < text.n && is_digit(text.p[i]) && value < 100000; i++)
            value = value * 10 + (text.p[i] - '0');
        *at = i;
        return value;
    }
    return -1;
}

/* "chính thức hoạt động từ ngày 01 tháng 7 năm 2025", in Article 2. */
static void read_day(law_work *work, noi_str articles) {
    static const char mark[] = "hoạt động từ ngày";
    noi_str text = fold_space(work, articles);
    const char *found = memmem(text.p, text.n, mark, sizeof mark - 1);
    if (found) {
        size_t at = (size_t)(found - text.p);
        int day = next_number(text, &at, 40);
        int month = next_number(text, &at, 20);
        int year = next_number(text, &at, 20);
        work->law->effective_on = noi_day_from_ymd(year, month, day);
    }
    if (work->law->effective_on == NOI_DAY_NONE)
        noi_law_find(work, NOI_LAW_WARNING, "no_day", 0,
                     _("Article 2 names no day on which the new units start to work"));
}

/* ---- clauses -------------------------------------------------------------------------------- */

/* The words with which a clause can begin. */
static const char *const verbs[] = {"Sắp xếp", "Nhập",       "Sáp nhập",  "Hợp nhất",
                                    "Đổi tên", "Sau khi",    "Thành lập", "Giữ",
                                    "Chuyển",  "Điều chỉnh", "Tổ chức",   "Sau sắp xếp"};

static bool at_verb(noi_str text) {
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (starts_with(text, verbs[i]))
            return true;
    return false;
}

/* "12." or "12)" in front of a letter; *number and the offset behind it, 0 if there is none. */
static size_t clause_number(int *number, noi_str text) {
    size_t i = 0;
    int value = 0;
    for (; i < text.n && i < 4 && is_digit(text.p[i]); i++)
        value = value * 10 + (text.p[i] - '0');
    if (i == 0)
        return 0;
    size_t behind = skip_blanks(text, i);
    bool dotted = behind < text.n && (text.p[behind] == '.' || text.p[behind] == ')');
    if (dotted)
        behind = skip_blanks(text, behind + 1);
    noi_str rest = from(text, behind);
    bool letter =
        rest.n && ((unsigned char)rest.p[0] >= 0x80 || (rest.p[0] >= 'A' && rest.p[0] <= 'Z'));
    if (!letter || (!dotted && !at_verb(rest)))
        return 0;
    *number = value;
    return behind;
}

typedef struct clause_head {
    size_t at;   /* where the head begins */
    size_t text; /* where the clause's words begin */
    int number;  /* 0 when it has none */
} clause_head;

/* Is there a clause's head at `i`? At a line's start any number counts; inside a line only the
 * expected one behind a full stop and before a verb; a paragraph that begins with a verb has lost
 * its number. */
static bool head_at(clause_head *out, noi_str text, size_t i, int expected) {
    bool line = i == 0 || text.p[i - 1] == '\n';
    size_t start = line ? skip_blanks(text, i) : i;
    int number = 0;
    size_t n = clause_number(&number, from(text, start));
    noi_str words = from(text, start + n);
    if (line && n) {
        *out = (clause_head){i, start + n, number};
        return true;
    }
    size_t b = i;
    while (b > 0 && text.p[b - 1] == ' ')
        b--;
    if (!line && n && number == expected && b > 0 && text.p[b - 1] == '.' && at_verb(words)) {
        *out = (clause_head){i, start + n, number};
        return true;
    }
    bool paragraph = line && (i < 2 || text.p[i - 2] == '\n');
    if (!paragraph || n || !at_verb(words))
        return false;
    *out = (clause_head){i, start, 0};
    return true;
}

static bool next_head(clause_head *out, noi_str text, size_t at, int expected) {
    for (size_t i = at; i < text.n; i++) {
        bool line = i == 0 || text.p[i - 1] == '\n';
        if ((line || is_digit(text.p[i])) && head_at(out, text, i, expected))
            return true;
        while (i + 1 < text.n && is_digit(text.p[i]) && is_digit(text.p[i + 1]))
            i++;
    }
    return false;
}

/* A line with nothing but digits is a page number, one of dashes a rule. */
static noi_str drop_page_numbers(law_work *work, noi_str text) {
    char *out = noi_arena_alloc(work->arena, text.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < text.n;) {
        const char *end = memchr(text.p + i, '\n', text.n - i);
        size_t stop = end ? (size_t)(end - text.p) + 1 : text.n;
        bool letters = false, something = false;
        for (size_t k = i; k < stop; k++) {
            char c = text.p[k];
            something = something || (c != ' ' && c != '\n');
            letters = letters || !(is_digit(c) || c == ' ' || c == '\n' || c == '-');
        }
        if (letters || !something) {
            memcpy(out + n, text.p + i, stop - i);
            n += stop - i;
        }
        i = stop;
    }
    return (noi_str){out, n};
}

static void add_clause(law_work *work, int number, noi_str text) {
    NOI_GROW(work->clauses, work->cap_clauses, work->n_clauses + 1);
    work->clauses[work->n_clauses++] = (noi_law_clause){number, fold_space(work, text)};
}

static void check_number(law_work *work, const clause_head *head, int expected) {
    if (head->number == 0)
        noi_law_find(work, NOI_LAW_WARNING, "clause_unnumbered", expected,
                     _("clause %d has lost its number; it is the one behind clause %d"), expected,
                     expected - 1);
    else if (head->number != expected)
        noi_law_find(work, NOI_LAW_WARNING, "clause_number", head->number,
                     _("clause %d stands where clause %d is due"), head->number, expected);
}

static void split_clauses(law_work *work, noi_str article) {
    clause_head head, next;
    int expected = 1;
    bool more = next_head(&head, article, 0, expected);
    while (more) {
        check_number(work, &head, expected);
        int number = head.number ? head.number : expected;
        expected = number + 1;
        more = next_head(&next, article, head.text + 1, expected);
        size_t end = more ? next.at : article.n;
        add_clause(work, number, (noi_str){article.p + head.text, end - head.text});
        head = next;
    }
}

noi_status noi_law_read_document(law_work *work, noi_str text) {
    noi_str all;
    if (!noi_utf8_is_valid(text)) {
        NOI_TRY(noi_fail_at(NOI_ERR_INPUT, work->name, 0, _("the text is not UTF-8")));
        return NOI_ERR_INPUT;
    }
    NOI_TRY(clean(&all, work, text));
    size_t line, begin, end, behind;
    if (!find_article(&line, &begin, all, 1)) {
        noi_status status = noi_fail_at(NOI_ERR_INPUT, work->name, 0,
                                        _("there is no heading 'Điều 1.' in the text"));
        noi_hint(_("a resolution of the Standing Committee on commune-level units is wanted"));
        return status;
    }
    noi_str rest = from(all, begin);
    if (!find_article(&end, &behind, rest, 2)) {
        end = rest.n;
        noi_law_find(work, NOI_LAW_WARNING, "no_article_2", 0,
                     _("the heading 'Điều 2.' is missing: the text may be cut off"));
    }
    work->law->effective_on = NOI_DAY_NONE;
    noi_str article = drop_page_numbers(work, (noi_str){rest.p, end});
    const char *stop = memmem(article.p, article.n, "\n\n", 2);
    const char *basis = memmem(article.p, article.n, "Trên cơ sở", strlen("Trên cơ sở"));
    if (basis && (!stop || basis < stop))
        stop = basis;
    size_t heading = stop ? (size_t)(stop - article.p) : 0;
    read_number(work, all);
    read_province(work, (noi_str){article.p, heading});
    read_day(work, from(rest, end));
    split_clauses(work, from(article, heading));
    if (work->n_clauses == 0)
        return noi_fail_at(NOI_ERR_INPUT, work->name, 0, _("Article 1 has no numbered clause"));
    return NOI_OK;
}
