/* store.c: units, edges and runs as plain structures; see store.h. */
#include "registry/store.h"

#include "base/i18n.h"

#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* A column as a C string that lives as long as the arena; "" for NULL. */
static const char *keep_text(noi_arena *arena, noi_stmt *q, int at) {
    noi_str text = noi_column_text(q, at);
    return text.n ? noi_arena_strndup(arena, text.p, text.n) : "";
}

static noi_code column_code(noi_stmt *q, int at) {
    noi_str text = noi_column_text(q, at);
    return text.n ? noi_code_parse(text.p, text.n) : 0;
}

/* ---- units ----------------------------------------------------------------------------------- */

static noi_unit_row read_unit(noi_arena *arena, noi_stmt *q) {
    return (noi_unit_row){
        .id = noi_column_int(q, 0),
        .code = column_code(q, 1),
        .kind = keep_text(arena, q, 2),
        .name = keep_text(arena, q, 3),
        .district_code = column_code(q, 4),
        .district_kind = keep_text(arena, q, 5),
        .district_name = keep_text(arena, q, 6),
        .province_code = column_code(q, 7),
        .province_name = keep_text(arena, q, 8),
        .from = noi_column_day(q, 9),
        .to = noi_column_is_null(q, 10) ? NOI_DAY_OPEN : noi_column_day(q, 10),
        .area_km2 = noi_column_real(q, 11),
        .population = noi_column_is_null(q, 12) ? -1 : noi_column_int(q, 12),
        .lon = noi_column_real(q, 13),
        .lat = noi_column_real(q, 14),
        .resolution = keep_text(arena, q, 15),
        .clause = keep_text(arena, q, 16),
    };
}

noi_status noi_unit_list_load(noi_unit_list **out, noi_registry *registry, noi_day on) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    NOI_TRY(noi_prepare(&q, registry, "registry/units"));
    noi_bind_day(q, 1, on);
    NOI_AUTO(noi_unit_list_freep) noi_unit_list *list = noi_alloc_zero(1, sizeof *list);
    list->arena = noi_arena_new();
    size_t capacity = 0;
    for (;;) {
        bool row = false;
        NOI_TRY(noi_step(q, &row));
        if (!row)
            break;
        NOI_GROW(list->items, capacity, list->n + 1);
        list->items[list->n++] = read_unit(list->arena, q);
    }
    *out = list;
    list = NULL;
    return NOI_OK;
}

void noi_unit_list_free(noi_unit_list *list) {
    if (!list)
        return;
    free(list->items);
    noi_arena_free(list->arena);
    free(list);
}

/* The kinds of units begin with an ASCII letter or with đ (0xC4 0x91; Đ is 0xC4 0x90). */
void noi_unit_full_name(char *out, size_t size, const char *kind, const char *name) {
    if (size == 0)
        return;
    snprintf(out, size, "%s%s%s", kind, kind[0] && name[0] ? " " : "", name);
    if (kind[0] >= 'a' && kind[0] <= 'z' && size > 1)
        out[0] = (char)(out[0] - 'a' + 'A');
    else if (size > 2 && (unsigned char)kind[0] == 0xC4 && (unsigned char)kind[1] == 0x91)
        out[1] = (char)0x90;
}

/* ---- edges ----------------------------------------------------------------------------------- */

static noi_edge_row read_edge(noi_arena *arena, noi_stmt *q) {
    return (noi_edge_row){
        .id = noi_column_int(q, 0),
        .old_unit = noi_column_int(q, 1),
        .new_unit = noi_column_int(q, 2),
        .part = keep_text(arena, q, 3),
        .scope = keep_text(arena, q, 4),
        .resolution = keep_text(arena, q, 5),
        .clause = keep_text(arena, q, 6),
        .basis = keep_text(arena, q, 7),
        .effective_on = noi_column_day(q, 8),
    };
}

noi_status noi_edge_list_load(noi_edge_list **out, noi_registry *registry) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    NOI_TRY(noi_prepare(&q, registry, "registry/edges"));
    NOI_AUTO(noi_edge_list_freep) noi_edge_list *list = noi_alloc_zero(1, sizeof *list);
    list->arena = noi_arena_new();
    size_t capacity = 0;
    for (;;) {
        bool row = false;
        NOI_TRY(noi_step(q, &row));
        if (!row)
            break;
        NOI_GROW(list->items, capacity, list->n + 1);
        list->items[list->n++] = read_edge(list->arena, q);
    }
    *out = list;
    list = NULL;
    return NOI_OK;
}

void noi_edge_list_free(noi_edge_list *list) {
    if (!list)
        return;
    free(list->items);
    noi_arena_free(list->arena);
    free(list);
}

/* ---- runs ------------------------------------------------------------------------------------ */

static noi_str login_name(void) {
    const struct passwd *user = getpwuid(geteuid());
    return user && user->pw_name[0] ? noi_str_of(user->pw_name) : NOI_STR("?");
}

noi_status noi_run_begin(int64_t *run_id, noi_registry *registry, const char *command,
                         const char *plan_hash) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    NOI_TRY(noi_prepare(&q, registry, "registry/run_begin"));
    noi_bind_text(q, 1, noi_str_of(command));
    noi_bind_text(q, 2, NOI_STR(NOI_VERSION));
    noi_bind_text(q, 3, noi_str_of(plan_hash));
    noi_bind_text(q, 4, login_name());
    NOI_TRY(noi_run(q));
    *run_id = noi_last_id(registry);
    return NOI_OK;
}

noi_status noi_run_end(noi_registry *registry, int64_t run_id) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    NOI_TRY(noi_prepare(&q, registry, "registry/run_end"));
    noi_bind_int(q, 1, run_id);
    return noi_run(q);
}
