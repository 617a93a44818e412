"""Timelines: records become stretches of time, and stretches become what an SVG draws.

stretches   what lasted or happened, between bounds that partial dates leave open
subjects    the rows: an operation, its milestones, ladders, tenures
axes        where a day stands, in percent of the width
drawing     bars, fades and marks with their positions; the template only copies them
pages       which rows the page of a record has
"""
