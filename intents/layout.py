"""What stands where in the arrays that the models share, and what training and reading must do alike."""

from typing import Final

from intents.understanding import Intent

# The linear models of a table, in order. The last two have two classes each, the second of which is "yes".
MATTERS, CERTIFICATES, INTENTS, FAQ, PERSON, ISSUED = range(6)
# The intent of asking where to get a paper: it tells that no matter is named.
OBTAIN: Final = tuple(Intent).index(Intent.CERTIFICATE_OBTAIN)
# What an n-gram outside the slot still counts for the model of a role: context tells 红本本 of a house from a marriage.
LEAKS: Final = (0.6, 0.3, 0.35)
