"""Files that others work with: forms.json, workbooks, CSV, manual reviews."""
