"""Arabic with the digits that sources and forms use: thousands apart, as in 12,430."""

DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = 3
