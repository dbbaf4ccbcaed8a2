"""Workbooks: read them as they are, plan and apply an import, write them."""
