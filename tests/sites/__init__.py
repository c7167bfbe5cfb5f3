"""Regional news sites by the dozen, made up page by page when they are asked for.

    stories (what is said) + manners (how a system writes it) + a seed -> Site -> SiteServer, with a log and a clock

A site is in the manner of one content management system, and beyond that its seed decides: how its sections
are called and nested, how its lists are marked up and dated, what stands beside them, which of its pages are
no articles. Nothing here looks at newscrawl's own rules. Some of the systems exist nowhere: their addresses
have shapes that no rule names.
"""
