"""Text in, text or spans out: the bottom layer, pure functions that know no page, no site and no disk."""
