"""The voucher of a month for the accounting program: what is booked, how it is laid out, where it is written."""
