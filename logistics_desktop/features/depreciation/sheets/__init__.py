"""The workbooks of depreciation that finance prints, signs and files: one file each."""
