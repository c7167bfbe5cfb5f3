"""The sites we crawl: one TOML file each, by province, with a strict schema."""
