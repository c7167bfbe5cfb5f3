"""Coming back: which pages a run asks for, in which order, and what it remembers of them.

    catalog -> Visit of a source -> lanes, one a host -> VisitScheduler -> the engine of Scrapy
    answer of a list -> ListKeeper -> articles, lists and the next page, in the catalog and in the visit

A visit hands out one call at a time. Nothing is asked for that is not due, and nothing is held in memory that
the catalog can give when its turn has come.
"""
