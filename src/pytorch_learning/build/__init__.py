"""Makes the notebooks from `source/*.py`.

`percent` reads a source into cells that know their lines, `validation` finds what is wrong with them, and
`source` puts both together into a course; `editions` makes the notebooks of each language, `execution` runs
them, `files` writes what changed, and `command` is the command line.
"""
