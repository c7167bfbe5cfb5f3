"""Extraction -> Article: what farms and templates put into a text is taken out, with an account. The only importer of pypinyin."""
