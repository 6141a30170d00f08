"""The law as it speaks: pages, papers and a workbook of benefits, changes and amounts."""
