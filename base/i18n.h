/* i18n.h: text for people goes through gettext. _("...") translates now, N_("...") marks a text in
 * a table that is translated where it is shown. Message ids are English; the domain is "noi". */
#ifndef NOI_BASE_I18N_H
#define NOI_BASE_I18N_H

#include <libintl.h>

#define NOI_TEXT_DOMAIN "noi"
#define _(text)         dgettext(NOI_TEXT_DOMAIN, text)
#define N_(text)        text

#endif
