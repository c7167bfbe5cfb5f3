"""Adapters: Page -> Article -> ArchivedArticle, one step each."""
