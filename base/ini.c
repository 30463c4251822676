/* ini.c: see ini.h. */
#include "base/ini.h"

#include "base/i18n.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static noi_str next_line(noi_str *rest) {
    const char *end = memchr(rest->p, '\n', rest->n);
    size_t n = end ? (size_t)(end - rest->p) : rest->n, whole = n + (end != NULL);
    noi_str line = noi_str_trim((noi_str){rest->p, n});
    *rest = (noi_str){rest->p + whole, rest->n - whole};
    return line;
}

static noi_status take_section(noi_str *section, const char *name, noi_str line, int64_t number) {
    if (line.p[line.n - 1] != ']')
        return noi_fail_at(NOI_ERR_INPUT, name, number, _("'%.*s' lacks its closing bracket"),
                           NOI_STR_ARG(line));
    *section = noi_str_trim((noi_str){line.p + 1, line.n - 2});
    return NOI_OK;
}

static noi_status check_twice(const noi_ini *ini, const noi_ini_entry *entry) {
    for (size_t i = 0; i < ini->n; i++) {
        const noi_ini_entry *other = &ini->items[i];
        if (noi_str_eq(other->section, entry->section) && noi_str_eq(other->key, entry->key))
            return noi_fail_at(NOI_ERR_INPUT, ini->name, entry->line,
                               _("'%.*s' is '%.*s' here and '%.*s' in line %lld"),
                               NOI_STR_ARG(entry->key), NOI_STR_ARG(entry->value),
                               NOI_STR_ARG(other->value), (long long)other->line);
    }
    return NOI_OK;
}

static noi_status take_entry(noi_ini *ini, size_t *capacity, noi_str section, noi_str line,
                             int64_t number) {
    const char *equals = memchr(line.p, '=', line.n);
    size_t at = equals ? (size_t)(equals - line.p) : 0;
    noi_ini_entry entry = {.section = section,
                           .key = noi_str_trim((noi_str){line.p, at}),
                           .line = number};
    if (entry.key.n == 0) {
        noi_status status = noi_fail_at(NOI_ERR_INPUT, ini->name, number,
                                        _("'%.*s' is no line of settings"), NOI_STR_ARG(line));
        noi_hint(_("lines are [section], key = value, or begin with #"));
        return status;
    }
    entry.value = noi_str_trim((noi_str){line.p + at + 1, line.n - at - 1});
    NOI_TRY(check_twice(ini, &entry));
    NOI_GROW(ini->items, *capacity, ini->n + 1);
    ini->items[ini->n++] = entry;
    return NOI_OK;
}

noi_status noi_ini_read(noi_ini **out, const char *name, noi_str bytes) {
    NOI_AUTO(noi_ini_freep) noi_ini *ini = noi_alloc_zero(1, sizeof *ini);
    size_t capacity = 0;
    noi_str section = NOI_STR(""), rest = bytes;
    ini->name = name;
    if (rest.n >= 3 && memcmp(rest.p, "\xEF\xBB\xBF", 3) == 0)
        rest = (noi_str){rest.p + 3, rest.n - 3};
    for (int64_t number = 1; rest.n; number++) {
        noi_str line = next_line(&rest);
        if (line.n == 0 || line.p[0] == '#' || line.p[0] == ';')
            continue;
        if (line.p[0] == '[')
            NOI_TRY(take_section(&section, name, line, number));
        else
            NOI_TRY(take_entry(ini, &capacity, section, line, number));
    }
    *out = ini;
    ini = NULL;
    return NOI_OK;
}

void noi_ini_free(noi_ini *ini) {
    if (!ini)
        return;
    free(ini->items);
    free(ini);
}

noi_status noi_ini_number(int64_t *out, const noi_ini *ini, const noi_ini_entry *entry,
                          int64_t least, int64_t most) {
    char digits[24], *end = digits;
    snprintf(digits, sizeof digits, "%.*s", NOI_STR_ARG(entry->value));
    errno = 0;
    long long value = entry->value.n < sizeof digits ? strtoll(digits, &end, 10) : 0;
    if (end == digits || *end || errno || value < least || value > most)
        return noi_fail_at(NOI_ERR_INPUT, ini->name, entry->line,
                           _("%.*s is '%.*s', not a whole number from %lld to %lld"),
                           NOI_STR_ARG(entry->key), NOI_STR_ARG(entry->value), (long long)least,
                           (long long)most);
    *out = value;
    return NOI_OK;
}

noi_status noi_ini_yes(bool *out, const noi_ini *ini, const noi_ini_entry *entry) {
    bool yes = noi_str_is(entry->value, "yes");
    if (!yes && !noi_str_is(entry->value, "no"))
        return noi_fail_at(NOI_ERR_INPUT, ini->name, entry->line,
                           _("%.*s is '%.*s', neither yes nor no"), NOI_STR_ARG(entry->key),
                           NOI_STR_ARG(entry->value));
    *out = yes;
    return NOI_OK;
}

bool noi_ini_word(noi_str *word, noi_str *rest) {
    noi_str text = noi_str_trim(*rest);
    size_t n = 0;
    while (n < text.n && text.p[n] != ' ' && text.p[n] != '\t')
        n++;
    *word = (noi_str){text.p, n};
    *rest = (noi_str){text.p + n, text.n - n};
    return n > 0;
}
