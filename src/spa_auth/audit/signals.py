"""For what takes the entries elsewhere, such as a SIEM."""

from django.dispatch import Signal

# Sent with `sender=Entry` and `entry=`, after the commit: what was rolled back is not told, and a
# receiver that fails is logged and changes nothing.
recorded = Signal()
