"""Reading lists as officers have them: any spreadsheet, loose headings, values as typed. Pure; knows no database."""
