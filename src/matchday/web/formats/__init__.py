"""How numbers and dates are written where Django leaves a gap."""
