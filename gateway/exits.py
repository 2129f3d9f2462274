"""What a command's exit code says."""

ANSWERED, FAULT, REFUSED, NO_DATA, INTERRUPTED = 0, 1, 2, 3, 130

OF_STATUS = {"answered": ANSWERED, "refused": REFUSED, "clarify": REFUSED, "no_data": NO_DATA, "error": FAULT}
