"""The thin outside: commands loaded by name, the error boundary, the composition root."""

import gettext

from hygiene import language

# Click takes these two functions when it is imported, which this package always precedes; so its own words
# ("Usage:", "No such option") come from our catalogue, in the language that is in use when they are shown.
gettext.gettext = language._
gettext.ngettext = language.ngettext
