"""Spanish with a point before decimals: pictures are drawn from these numbers, and a comma there would break them."""

DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = "\xa0"
NUMBER_GROUPING = 3
