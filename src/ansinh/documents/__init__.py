"""Official papers going out: templates, prints kept with their hash, the register that numbers them.

Words owned: paper, print, template, numbering, outgoing entry. Asks: access, localities, files, journal, rendering.
Rooms above bring their kinds of papers (`ANSINH_PAPERS`) and fill in the fields.
"""
