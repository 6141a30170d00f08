"""Papers and sheets: workbooks, PDF, numbers read in Vietnamese words.

Words owned: workbook, signing sheet, reading of numbers. Asks: kernel. Knows no Django.
"""
