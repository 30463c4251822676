/* columns.c: the tables of fields and of known column names; see columns.h. */
#include "importers/columns.h"

#include "address/text.h"
#include "base/i18n.h"

#include <stdio.h>
#include <string.h>

/* Names are compared folded, without marks, spaces and underscores: "Mã hồ sơ", "MA_HO_SO" and
 * "MaHoSo" are all "mahoso". */
#define POINT_FIELDS                                                                               \
    {"lon", NOI_FIELD_X, false, "longitude lng kinhdo"},                                           \
        {"lat", NOI_FIELD_Y, false, "latitude vido"},                                              \
        {"error_m", NOI_FIELD_ERROR, false, "errorm accuracym saiso saisom"}, {                    \
        "geocoder", NOI_FIELD_GEOCODER, false,                                                     \
            "nguontoado nguondinhvi phuongphapdinhvi geocodesource locationsource"                 \
    }

/* Records alone. What is deleted must be said in so many words: a column of another name that looks like it may
 * mean something else. */
#define CHANGE_FIELDS                                                                              \
    {"changed", NOI_FIELD_CHANGED, false,                                                          \
     "changedat updatedat modifiedat lastmodified ngaycapnhat thoidiemcapnhat ngaythaydoi"},       \
    {                                                                                              \
        "deleted", NOI_FIELD_GONE, false, ""                                                       \
    }

static const noi_field unit_fields[] = {
    {"code", NOI_FIELD_STRICT_CODE, true, "madonvi maxa maphuongxa"},
    {"kind", NOI_FIELD_TEXT, true, "loai loaidonvi cap"},
    {"name", NOI_FIELD_TEXT, true, "tendonvi tenxa tenphuongxa"},
    {"district_code", NOI_FIELD_TEXT, false, "maquanhuyen mahuyen"},
    {"district_kind", NOI_FIELD_TEXT, false, "loaiquanhuyen loaihuyen"},
    {"district_name", NOI_FIELD_TEXT, false, "tenquanhuyen quanhuyen tenhuyen"},
    {"province_code", NOI_FIELD_STRICT_CODE, true, "matinh matinhthanh matp"},
    {"province_name", NOI_FIELD_TEXT, false, "tentinh tinhthanh tinhthanhpho"},
    {"area_km2", NOI_FIELD_REAL, false, "dientich dientichkm2"},
    {"population", NOI_FIELD_COUNT, false, "danso"},
    {"resolution", NOI_FIELD_TEXT, false, "nghiquyet songhiquyet"},
    {"clause", NOI_FIELD_TEXT, false, "khoan"},
    {"lon", NOI_FIELD_X, false, "longitude lng kinhdo"},
    {"lat", NOI_FIELD_Y, false, "latitude vido"},
};

static const noi_field alias_fields[] = {
    {"former_code", NOI_FIELD_STRICT_CODE, true, ""},
    {"former_name", NOI_FIELD_TEXT, true, ""},
    {"former_kind", NOI_FIELD_TEXT, true, ""},
    {"former_district_code", NOI_FIELD_TEXT, false, ""},
    {"former_district", NOI_FIELD_TEXT, false, ""},
    {"province_code", NOI_FIELD_STRICT_CODE, true, ""},
    {"last_day", NOI_FIELD_DAY, true, ""},
    {"resolution", NOI_FIELD_TEXT, true, ""},
    {"successor_code", NOI_FIELD_STRICT_CODE, true, ""},
    {"successor_name", NOI_FIELD_TEXT, true, ""},
    {"successor_kind", NOI_FIELD_TEXT, true, ""},
    {"part", NOI_FIELD_TEXT, true, ""},
};

static const noi_field district_alias_fields[] = {
    {"former_code", NOI_FIELD_STRICT_CODE, true, ""},
    {"former_name", NOI_FIELD_TEXT, true, ""},
    {"province_code", NOI_FIELD_STRICT_CODE, true, ""},
    {"last_day", NOI_FIELD_DAY, true, ""},
    {"resolution", NOI_FIELD_TEXT, true, ""},
    {"successor_code", NOI_FIELD_STRICT_CODE, true, ""},
    {"successor_name", NOI_FIELD_TEXT, true, ""},
};

static const noi_field crosswalk_fields[] = {
    {"old_code", NOI_FIELD_STRICT_CODE, true, "macu"},
    {"new_code", NOI_FIELD_STRICT_CODE, true, "mamoi"},
    {"part", NOI_FIELD_TEXT, true, ""},
    {"scope", NOI_FIELD_TEXT, true, ""},
    {"resolution", NOI_FIELD_TEXT, true, "nghiquyet songhiquyet"},
    {"clause", NOI_FIELD_TEXT, false, "khoan"},
};

static const noi_field layer_fields[] = {
    {"code", NOI_FIELD_TEXT, false, ""},
    {"name", NOI_FIELD_TEXT, false, ""},
    {"kind", NOI_FIELD_TEXT, false, ""},
};

static const noi_field address_fields[] = {
    {"id", NOI_FIELD_KEY, true, "madiachi addressid iddiachi"},
    {"text", NOI_FIELD_TEXT, false, "address diachi diachidaydu fulladdress"},
    {"old_code", NOI_FIELD_CODE, false, "code wardcode maxa maphuong maphuongxa maxacu macu"},
    POINT_FIELDS,
    CHANGE_FIELDS,
};

static const noi_field household_fields[] = {
    {"id", NOI_FIELD_KEY, true, "householdid maho mahogiadinh sohogiadinh"},
    {"address_id", NOI_FIELD_KEY, false, "madiachi addresskey"},
    {"text", NOI_FIELD_TEXT, false, "address diachi noithuongtru diachithuongtru"},
    {"old_code", NOI_FIELD_CODE, false, "code wardcode maxa maphuong maphuongxa maxacu"},
    {"residence_file", NOI_FIELD_KEY, false, "sohosocutru hosocutru"},
    CHANGE_FIELDS,
};

static const noi_field member_fields[] = {
    {"id", NOI_FIELD_KEY, true, "memberid mathanhvien manhankhau"},
    {"household_id", NOI_FIELD_KEY, true, "householdkey maho mahogiadinh"},
    {"is_head", NOI_FIELD_FLAG, false, "head chuho lachuho"},
    {"address_id", NOI_FIELD_KEY, false, "madiachi addresskey"},
    CHANGE_FIELDS,
};

static const noi_field parcel_fields[] = {
    {"id", NOI_FIELD_KEY, true, "parcelid mathua mathuadat"},
    {"old_code", NOI_FIELD_CODE, false, "code wardcode maxa maphuong maphuongxa maxacu"},
    {"sheet", NOI_FIELD_KEY, false, "to soto tobando sohieutoban sohieutobando"},
    {"number", NOI_FIELD_KEY, false, "thua sothua sohieuthua thuadat"},
    POINT_FIELDS,
    CHANGE_FIELDS,
};

static const noi_field case_fields[] = {
    {"id", NOI_FIELD_KEY, true, "mahoso sohoso caseid dossierid sobiennhan"},
    {"procedure_code", NOI_FIELD_KEY, false, "matttc mattthc matthc mathutuc procedure"},
    {"received_on", NOI_FIELD_DAY, false, "ngaytiepnhan ngaynhan receivedat"},
    {"due_on", NOI_FIELD_DAY, false, "ngayhentra ngayhen hantra dueat"},
    {"status", NOI_FIELD_STATUS, false, "trangthaihoso trangthai"},
    {"intake_unit", NOI_FIELD_UNIT, false, "donvitiepnhan noitiepnhan"},
    {"handling_unit", NOI_FIELD_UNIT, false, "donvixuly coquanxuly"},
    {"text", NOI_FIELD_TEXT, false, "address diachi diachidoituong objectaddress"},
    {"parcel_id", NOI_FIELD_KEY, false, "mathua mathuadat parcelkey"},
    POINT_FIELDS,
    {"household_id", NOI_FIELD_KEY, false, "maho mahogiadinh householdkey"},
    {"field", NOI_FIELD_TEXT, false, "malinhvuc linhvuc tenlinhvuc"},
    {"head_office", NOI_FIELD_TEXT, false, "truso trusochinh diachitruso"},
    {"system", NOI_FIELD_KEY, false, "hethong maphanmem"},
    CHANGE_FIELDS,
};

/* Reports of citizens by telephone and web (1022): their own numbers, mostly with a point. What their
 * states mean is the system's own affair: a status must be mapped by name. */
static const noi_field report_fields[] = {
    {"id", NOI_FIELD_KEY, true, "maphananh mathongtin maphieu reportid sophieu"},
    {"received_on", NOI_FIELD_DAY, false, "ngaytiepnhan ngaynhan ngayphananh"},
    {"due_on", NOI_FIELD_DAY, false, "hanxuly ngayhentra ngayhen"},
    {"status", NOI_FIELD_STATUS, false, "trangthaihoso"},
    {"handling_unit", NOI_FIELD_UNIT, false, "donvixuly coquanxuly"},
    {"text", NOI_FIELD_TEXT, false, "address diachi vitri noixayra"},
    POINT_FIELDS,
    {"field", NOI_FIELD_TEXT, false, "linhvuc chuyenmuc tenlinhvuc"},
    CHANGE_FIELDS,
};

/* Documents in and out, addressed to an office. */
static const noi_field document_fields[] = {
    {"id", NOI_FIELD_KEY, true, "mavanban sokyhieu sovanban documentid"},
    {"received_on", NOI_FIELD_DAY, false, "ngayden ngaynhan ngayvanban"},
    {"due_on", NOI_FIELD_DAY, false, "hanxuly hangiaiquyet"},
    {"handling_unit", NOI_FIELD_UNIT, true, "noinhan donvinhan coquannhan donvixuly office"},
    {"field", NOI_FIELD_TEXT, false, "linhvuc loaivanban"},
    CHANGE_FIELDS,
};

/* Mailboxes and accounts of an office. */
static const noi_field account_fields[] = {
    {"id", NOI_FIELD_KEY, true, "taikhoan hopthu tendangnhap mailbox account"},
    {"handling_unit", NOI_FIELD_UNIT, true, "donvi coquan office donvicongtac"},
    {"roles", NOI_FIELD_TEXT, false, "vaitro quyen chucnang"},
    CHANGE_FIELDS,
};

static const noi_field case_alias_fields[] = {
    {"alias", NOI_FIELD_KEY, true, "mahosocu socu macu sobiennhan"},
    {"id", NOI_FIELD_KEY, true, "mahoso caseid dossierid"},
    {"system", NOI_FIELD_KEY, false, "hethong maphanmem"},
};

static const noi_field case_rule_fields[] = {
    {"id", NOI_FIELD_KEY, true, "rule quytac maquytac"},
    {"applies_from", NOI_FIELD_DAY, false, "tungay hieuluctu"},
    {"applies_to", NOI_FIELD_DAY, false, "denngay hieulucden"},
    {"scope", NOI_FIELD_KEY, false, "phamvi matinh"},
    {"text", NOI_FIELD_TEXT, true, "noidung"},
    {"citation", NOI_FIELD_TEXT, true, "cancu nguon"},
    {"text_vi", NOI_FIELD_TEXT, false, ""},
    {"citation_vi", NOI_FIELD_TEXT, false, ""},
    {"configurable", NOI_FIELD_KEY, false, "tuychinh"},
};

static const noi_field decision_rule_fields[] = {
    {"id", NOI_FIELD_KEY, true, "rule quytac maquytac"},
    {"applies_from", NOI_FIELD_DAY, false, "tungay hieuluctu"},
    {"applies_to", NOI_FIELD_DAY, false, "denngay hieulucden"},
    {"condition", NOI_FIELD_KEY, true, "dieukien"},
    {"limit", NOI_FIELD_COUNT, false, "nguong gioihan"},
    {"persons", NOI_FIELD_COUNT, true, "songuoi"},
    {"text", NOI_FIELD_TEXT, true, "noidung"},
    {"citation", NOI_FIELD_TEXT, true, "cancu nguon"},
};

static const noi_field procedure_fields[] = {
    {"code", NOI_FIELD_KEY, false, "procedurecode matttc mattthc matthc mathutuc"},
    {"field", NOI_FIELD_TEXT, false, "linhvuc malinhvuc tenlinhvuc"},
    {"name", NOI_FIELD_TEXT, false, "tentttc tentthc tenthutuc"},
    {"scope", NOI_FIELD_KEY, false, "phamvi matinh"},
    {"place", NOI_FIELD_TEXT, false, "noiphatsinh diadiem"},
    {"level_before", NOI_FIELD_TEXT, false, "captruoc capcu"},
    {"level_after", NOI_FIELD_TEXT, false, "capsau capmoi"},
    {"rules", NOI_FIELD_TEXT, false, "quytac"},
    {"source", NOI_FIELD_TEXT, true, "nguon cancu"},
};

static const noi_field office_fields[] = {
    {"old_id", NOI_FIELD_KEY, true, "madinhdanhcu macu madonvicu"},
    {"new_id", NOI_FIELD_KEY, false, "madinhdanhmoi mamoi madonvimoi"},
    {"unit_code", NOI_FIELD_UNIT, false, "madvhc madonvihanhchinh wardcode"},
    {"name", NOI_FIELD_TEXT, false, "tendonvi tencoquan"},
    {"starts_on", NOI_FIELD_DAY, false, "tungay hieuluctu ngayhieuluc"},
};

static const noi_field split_rule_fields[] = {
    {"old_code", NOI_FIELD_STRICT_CODE, true, "macu maphuongcu maxacu madonvicu"},
    {"new_code", NOI_FIELD_STRICT_CODE, true, "mamoi maphuongmoi maxamoi madonvimoi"},
    {"street", NOI_FIELD_TEXT, false, "duong tenduong"},
    {"side", NOI_FIELD_TEXT, false, "ben chanle bensonha benduong"},
    {"from", NOI_FIELD_COUNT, false, "tuso sotu tusonha"},
    {"to", NOI_FIELD_COUNT, false, "denso soden densonha"},
    {"alley", NOI_FIELD_TEXT, false, "hem sohem hemngo"},
    {"hamlet", NOI_FIELD_TEXT, false, "khupho ap khuphoap tokhupho tothon"},
    {"sheet", NOI_FIELD_TEXT, false, "tobando soto sohieutoban"},
    {"source", NOI_FIELD_TEXT, false, "nguon cancu"},
    {"support", NOI_FIELD_COUNT, false, "sodiachi"},
    {"purity", NOI_FIELD_REAL, false, "dothuan"},
    {"date", NOI_FIELD_DAY, false, "ngay ngaylap"},
};

#define FIELDS(table) table, sizeof table / sizeof *table

static const noi_file_kind kinds[NOI_IMPORT_N_KINDS] = {
    [NOI_IMPORT_UNITS] = {FIELDS(unit_fields), NULL, NULL, NULL, false, false, false, NULL, 0},
    [NOI_IMPORT_ALIASES] = {FIELDS(alias_fields), NULL, NULL, NULL, false, false, false, NULL, 0},
    [NOI_IMPORT_DISTRICT_ALIASES] = {FIELDS(district_alias_fields), NULL, NULL, NULL, false, false,
                                     false, NULL, 0},
    [NOI_IMPORT_CROSSWALK] = {FIELDS(crosswalk_fields), NULL, NULL, NULL, false, false, false, NULL, 0},
    [NOI_IMPORT_DECREE] = {NULL, 0, NULL, NULL, NULL, false, false, false, NULL, 0},
    [NOI_IMPORT_LAYER] = {FIELDS(layer_fields), NULL, NULL, NULL, false, false, false, NULL, 0},
    [NOI_IMPORT_ADDRESSES] = {FIELDS(address_fields), "text old_code lon", "import/address",
                              "import/first_address", true, false, false, "address", 1},
    [NOI_IMPORT_HOUSEHOLDS] = {FIELDS(household_fields), "address_id text old_code",
                               "import/household", "import/first_household", true, false, false, "household", 2},
    [NOI_IMPORT_MEMBERS] = {FIELDS(member_fields), NULL, "import/member", "import/first_member",
                            false, false, false, "member", 5},
    [NOI_IMPORT_PARCELS] = {FIELDS(parcel_fields), "old_code sheet lon", "import/parcel",
                            "import/first_parcel", true, false, false, "parcel", 3},
    [NOI_IMPORT_CASES] = {FIELDS(case_fields),
                          "text parcel_id lon household_id handling_unit intake_unit",
                          "import/dossier", "import/first_dossier", true, true, true, "dossier", 4},
    [NOI_IMPORT_REPORTS] = {FIELDS(report_fields), "text lon handling_unit", "import/report",
                            "import/first_dossier", true, true, false, "dossier", 4},
    [NOI_IMPORT_DOCUMENTS] = {FIELDS(document_fields), NULL, "import/document",
                              "import/first_dossier", true, true, false, "dossier", 4},
    [NOI_IMPORT_ACCOUNTS] = {FIELDS(account_fields), NULL, "import/account",
                             "import/first_dossier", true, false, false, "dossier", 4},
    [NOI_IMPORT_CASE_ALIASES] = {FIELDS(case_alias_fields), NULL, NULL, NULL, false, false, false, NULL, 0},
    [NOI_IMPORT_CASE_RULES] = {FIELDS(case_rule_fields), NULL, NULL, NULL, false, false, false, NULL, 0},
    [NOI_IMPORT_DECISION_RULES] = {FIELDS(decision_rule_fields), NULL, NULL, NULL, false, false, false, NULL, 0},
    [NOI_IMPORT_PROCEDURES] = {FIELDS(procedure_fields), "code field", NULL, NULL, false, false,
                               false, NULL, 0},
    [NOI_IMPORT_OFFICES] = {FIELDS(office_fields), "new_id unit_code", NULL, NULL, false, false,
                            false, NULL, 0},
    [NOI_IMPORT_SPLIT_RULES] = {FIELDS(split_rule_fields), "street side from to alley hamlet sheet",
                                NULL, NULL, false, false, false, NULL, 0},
};

const noi_file_kind *noi_file_kind_of(noi_import_kind kind) {
    return &kinds[kind];
}

/* ---- finding --------------------------------------------------------------------------------- */

typedef struct finder {
    const noi_file_kind *kind;
    const char *file;
    const noi_str *names;
    size_t n_names;
    char (*folded)[64]; /* of each name */
} finder;

void noi_column_key(char out[64], noi_str name) {
    char folded[512];
    size_t n = 0;
    if (name.n < sizeof folded / 2)
        n = noi_text_fold(folded, name, NOI_FOLD_BARE);
    size_t kept = 0;
    for (size_t i = 0; i < n && kept < 63; i++)
        if (folded[i] != ' ')
            out[kept++] = folded[i];
    out[kept] = '\0';
}

static int column_named(const finder *f, const char *folded) {
    for (size_t i = 0; i < f->n_names; i++)
        if (strcmp(f->folded[i], folded) == 0)
            return (int)i;
    return -1;
}

/* The column of a field: its own name first, then its known ones, in their order. */
static int known_column(const finder *f, const noi_field *field) {
    char name[64];
    noi_column_key(name, noi_str_of(field->name));
    int at = column_named(f, name);
    const char *p = field->known;
    while (at < 0 && *p) {
        size_t n = strcspn(p, " ");
        snprintf(name, sizeof name, "%.*s", (int)n, p);
        at = column_named(f, name);
        p += n + (p[n] == ' ');
    }
    return at;
}

static void hint_columns(const finder *f, const char *field) {
    NOI_AUTO_BUF noi_buf list = {0};
    for (size_t i = 0; i < f->n_names && list.n < 600; i++)
        noi_buf_printf(&list, "%s%.*s", i ? ", " : "",
                       (int)(f->names[i].n > 60 ? 60 : f->names[i].n), f->names[i].p);
    noi_hint(_("the file has the columns %s; name the right one with --map %s=COLUMN"),
             list.n ? list.p : "-", field);
}

static void hint_fields(const finder *f) {
    NOI_AUTO_BUF noi_buf list = {0};
    for (size_t i = 0; i < f->kind->n; i++)
        noi_buf_printf(&list, "%s%s", i ? ", " : "", f->kind->fields[i].name);
    noi_hint(_("the fields of this kind are %s"), list.n ? list.p : "-");
}

static int field_named(const finder *f, noi_str name, bool *planar) {
    if (noi_str_is(name, "x") || noi_str_is(name, "y")) {
        *planar = true;
        name = noi_str_is(name, "x") ? NOI_STR("lon") : NOI_STR("lat");
    }
    for (size_t i = 0; i < f->kind->n; i++)
        if (noi_str_is(name, f->kind->fields[i].name))
            return (int)i;
    return -1;
}

/* One --map FIELD=COLUMN. */
static noi_status apply_map(int *columns, bool *planar, const finder *f, const char *map) {
    const char *equals = strchr(map, '=');
    if (!equals || equals == map || !equals[1]) {
        noi_status status = noi_fail(NOI_ERR_USAGE, _("'--map %s' is not FIELD=COLUMN"), map);
        noi_hint(_("for example --map id=MaHoSo"));
        return status;
    }
    int field = field_named(f, (noi_str){map, (size_t)(equals - map)}, planar);
    if (field < 0) {
        noi_status status = noi_fail(NOI_ERR_USAGE, _("'--map %s': there is no such field"), map);
        hint_fields(f);
        return status;
    }
    char folded[64];
    noi_column_key(folded, noi_str_of(equals + 1));
    columns[field] = -1;
    for (size_t i = 0; i < f->n_names; i++)
        if (noi_str_is(f->names[i], equals + 1))
            columns[field] = (int)i;
    if (columns[field] < 0 && folded[0])
        columns[field] = column_named(f, folded);
    if (columns[field] >= 0)
        return NOI_OK;
    noi_status status =
        noi_fail_at(NOI_ERR_INPUT, f->file, 0, _("there is no column '%s'"), equals + 1);
    hint_columns(f, f->kind->fields[field].name);
    return status;
}

/* Coordinates named x and y, where no lon and lat were found. */
static void find_planar(int *columns, bool *planar, const finder *f) {
    bool unused = false;
    int lon = field_named(f, NOI_STR("lon"), &unused),
        lat = field_named(f, NOI_STR("lat"), &unused);
    if (lon < 0 || lat < 0 || columns[lon] >= 0 || columns[lat] >= 0)
        return;
    int x = column_named(f, "x"), y = column_named(f, "y");
    if (x < 0 || y < 0)
        return;
    columns[lon] = x;
    columns[lat] = y;
    *planar = true;
}

bool noi_word_in(const char *words, const char *word) {
    size_t n = strlen(word);
    for (const char *p = words; n && (p = strstr(p, word)); p += n)
        if ((p == words || p[-1] == ' ') && (p[n] == ' ' || p[n] == '\0'))
            return true;
    return false;
}

static noi_status fail_missing(const finder *f, const char *field) {
    noi_status status = noi_fail_at(NOI_ERR_INPUT, f->file, 1, _("no column holds '%s'"), field);
    hint_columns(f, field);
    return status;
}

/* A point has two coordinates. */
static noi_status check_point(const int *columns, const finder *f) {
    bool unused = false;
    int lon = field_named(f, NOI_STR("lon"), &unused),
        lat = field_named(f, NOI_STR("lat"), &unused);
    if (lon < 0 || lat < 0 || (columns[lon] >= 0) == (columns[lat] >= 0))
        return NOI_OK;
    return fail_missing(f, columns[lon] >= 0 ? "lat" : "lon");
}

/* A list of what is deleted needs no other column than the key. */
static bool only_gone(const int *columns, const noi_file_kind *kind) {
    for (size_t i = 0; i < kind->n; i++)
        if (kind->fields[i].type == NOI_FIELD_GONE)
            return columns[i] >= 0;
    return false;
}

static noi_status check_found(const int *columns, const finder *f) {
    bool any = !f->kind->any_of;
    for (size_t i = 0; i < f->kind->n; i++) {
        const noi_field *field = &f->kind->fields[i];
        any = any || (columns[i] >= 0 && noi_word_in(f->kind->any_of, field->name));
        any = any || (columns[i] >= 0 && field->type == NOI_FIELD_GONE);
        if (columns[i] < 0 && field->required && (i == 0 || !only_gone(columns, f->kind)))
            return fail_missing(f, field->name);
    }
    NOI_TRY(check_point(columns, f));
    if (any)
        return NOI_OK;
    noi_status status = noi_fail_at(NOI_ERR_INPUT, f->file, 1,
                                    _("the file has none of these columns: %s"), f->kind->any_of);
    hint_columns(f, "text");
    return status;
}

noi_status noi_columns_find(int columns[NOI_MAX_FIELDS], bool *planar, noi_buf *mapping,
                            noi_import_kind kind, const char *file, const noi_str *names,
                            size_t n_names, const char *const *maps, size_t n_maps) {
    finder f = {.kind = &kinds[kind], .file = file, .names = names, .n_names = n_names};
    NOI_AUTO_FREE char(*folded)[64] = noi_alloc_zero(n_names + 1, sizeof *folded);
    f.folded = folded;
    for (size_t i = 0; i < n_names; i++)
        noi_column_key(folded[i], names[i]);
    for (size_t i = 0; i < NOI_MAX_FIELDS; i++)
        columns[i] = -1;
    *planar = false;
    for (size_t i = 0; i < f.kind->n; i++)
        columns[i] = known_column(&f, &f.kind->fields[i]);
    for (size_t i = 0; i < n_maps; i++)
        NOI_TRY(apply_map(columns, planar, &f, maps[i]));
    find_planar(columns, planar, &f);
    NOI_TRY(check_found(columns, &f));
    for (size_t i = 0; i < f.kind->n; i++)
        if (columns[i] >= 0)
            noi_buf_printf(mapping, "%s%s=%.*s", mapping->n ? "," : "", f.kind->fields[i].name,
                           NOI_STR_ARG(names[columns[i]]));
    return NOI_OK;
}
