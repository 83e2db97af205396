"""Loans: tools that neighbors lend each other, who has one and who waits. The commands are LEND and BORROW."""
