"""Print: the card for a wallet, the sheet for a fridge, the sheet to read aloud from."""
